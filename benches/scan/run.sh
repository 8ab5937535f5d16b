#!/usr/bin/env bash
# Times `scan` against a bare loop, `sha256sum` and `git status`, on one tree in one run, and prints ratios.
#
#   benches/scan/run.sh [FOLDER]
#
# FOLDER is a tree of 10,000 files or more, which is copied. Without it, packages are fetched with pip.
# SCAN and BARE name the two programs when they are built already; else they are built. RUNS: cold runs each.
# Needs cargo, git, hyperfine, GNU time; pip when there is no FOLDER.
set -euo pipefail
cd "$(dirname "$0")/../.."
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
tree=$room/tree
if [ $# -gt 0 ]; then
    cp -r "$1" "$tree"
else
    pip install -q --no-deps --no-compile --target "$tree" \
        sympy django sqlalchemy pandas apache-airflow babel scipy botocore
fi
scan=${SCAN:-}
if [ -z "$scan" ]; then
    cargo build -q --release
    scan=$PWD/target/release/aetherra-maint
fi
bare=${BARE:-}
if [ -z "$bare" ]; then
    bare=$PWD/$(cargo bench --no-run --bench scan 2>&1 | sed -n 's/.*Executable.*(\(.*\))/\1/p')
fi

cd "$tree"
git init -q .
echo '.aetherra/' > .gitignore
git add -A
git -c user.name=bench -c user.email=bench@localhost commit -qm tree
git status --porcelain > /dev/null
echo "tree: $("$bare" .)"

quiet="--isolated --allow-incomplete -qq"
jobs=$(nproc)
# One after the other in each round, for the machine may be busier in one minute than in the next.
timed() { command time -a -o "$room/$1" -f '%e %U %S' "${@:2}" > /dev/null 2>&1; }
for round in $(seq 0 "${RUNS:-7}"); do
    # The first fills the memory of the file system, and does not count.
    [ "$round" -gt 1 ] || rm -f "$room/bare" "$room/scan" "$room/sha256sum"
    timed bare "$bare" .
    rm -rf .aetherra
    timed scan "$scan" scan $quiet
    timed sha256sum sh -c "find . -path ./.git -prune -o -type f -print0 | xargs -0 -P $jobs -n 200 sha256sum"
done
# One process a file, as `xargs -n 1` does it, is slow enough to be measured once.
timed single sh -c "find . -path ./.git -prune -o -type f -print0 | xargs -0 -P $jobs -n 1 sha256sum"
"$scan" scan $quiet > /dev/null
sleep 1
"$scan" scan $quiet > /dev/null
hyperfine -N -w 3 -r 20 --export-json "$room/warm.json" \
    -n unchanged "$scan scan $quiet" \
    -n git "git status --porcelain"
rm -rf .aetherra
peak=$(command time -f %M "$scan" scan $quiet 2>&1 > /dev/null | tail -1)

# Seconds of processors say more than the clock does on a machine that has other work.
middle() { sort -n | awk '{ all[NR] = $1 } END { print (all[int((NR + 1) / 2)] + all[int(NR / 2) + 1]) / 2 }'; }
told() { awk -v name="$1" -v a="$2" -v b="$3" -v ratio="$4" -v limit="$5" \
    'BEGIN { printf "%-36s %.3f s / %.3f s = %.2f   (at most %s)\n", name, a, b, ratio, limit }'; }
# Medians of both and of the ratios of each round, by the clock and in seconds of processors.
compare() {
    local clock='{ print $1 }' processor='{ print $2 + $3 }'
    told "$1" "$(awk "$clock" "$room/$2" | middle)" "$(awk "$clock" "$room/$3" | middle)" \
        "$(paste "$room/$2" "$room/$3" | awk '{ print $1 / $4 }' | middle)" "$4"
    told "  the same, processor seconds" "$(awk "$processor" "$room/$2" | middle)" "$(awk "$processor" "$room/$3" | middle)" \
        "$(paste "$room/$2" "$room/$3" | awk '{ print ($2 + $3) / ($5 + $6) }' | middle)" "$4"
}
cpu() { awk -F'[:,]' -v name="\"$2\"" '/"command":/ { on = index($0, name) > 0 } on && /"(user|system)":/ { sum += $2 } END { print sum }' "$1"; }
median() { sed -n "/\"command\": \"$2\"/,/\"median\"/s/.*\"median\": \([0-9.e-]*\).*/\1/p" "$1"; }
ratio() { told "$1" "$2" "$3" "$(awk -v a="$2" -v b="$3" 'BEGIN { print a / b }')" "$4"; }
compare "cold scan / bare loop" scan bare 1.25
compare "cold scan / xargs sha256sum" scan sha256sum 1.00
compare "bare loop / xargs sha256sum" bare sha256sum -
ratio "cold scan / xargs -n 1 sha256sum" "$(awk '{ print $1 }' "$room/scan" | middle)" "$(awk '{ print $1 }' "$room/single")" 1.00
ratio "unchanged scan / git status" "$(median "$room/warm.json" unchanged)" "$(median "$room/warm.json" git)" 1.50
ratio "  the same, processor seconds" "$(cpu "$room/warm.json" unchanged)" "$(cpu "$room/warm.json" git)" 1.50
echo "peak memory of the cold scan          $((peak / 1024)) MB   (under 200 MB)"
