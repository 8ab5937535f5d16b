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
hyperfine -N -w 1 -r "${RUNS:-7}" --export-json "$room/cold.json" \
    -n bare "$bare ." \
    --prepare "rm -rf .aetherra" -n scan "$scan scan $quiet" \
    -n sha256sum "sh -c 'find . -path ./.git -prune -o -type f -print0 | xargs -0 -P $jobs -n 200 sha256sum > /dev/null'"
# One process a file, as `xargs -n 1` does it, is slow enough to be measured once or twice.
hyperfine -N -r 2 --prepare "rm -rf .aetherra" --export-json "$room/single.json" \
    -n single "sh -c 'find . -path ./.git -prune -o -type f -print0 | xargs -0 -P $jobs -n 1 sha256sum > /dev/null'"
"$scan" scan $quiet > /dev/null
sleep 1
"$scan" scan $quiet > /dev/null
hyperfine -N -w 3 -r 20 --export-json "$room/warm.json" \
    -n unchanged "$scan scan $quiet" \
    -n git "git status --porcelain"
rm -rf .aetherra
peak=$(command time -f %M "$scan" scan $quiet 2>&1 > /dev/null | tail -1)

# Seconds of processors say more than the clock does on a machine that has other work.
cpu() { awk -F'[:,]' -v name="\"$2\"" '/"command":/ { on = index($0, name) > 0 } on && /"(user|system)":/ { sum += $2 } END { print sum }' "$1"; }
median() { sed -n "/\"command\": \"$2\"/,/\"median\"/s/.*\"median\": \([0-9.e-]*\).*/\1/p" "$1"; }
ratio() { awk -v name="$1" -v a="$2" -v b="$3" -v limit="$4" \
    'BEGIN { printf "%-36s %.3f s / %.3f s = %.2f   (at most %s)\n", name, a, b, a / b, limit }'; }
ratio "cold scan / bare loop" "$(median "$room/cold.json" scan)" "$(median "$room/cold.json" bare)" 1.25
ratio "  the same, processor seconds" "$(cpu "$room/cold.json" scan)" "$(cpu "$room/cold.json" bare)" 1.25
ratio "cold scan / xargs sha256sum" "$(median "$room/cold.json" scan)" "$(median "$room/cold.json" sha256sum)" 1.00
ratio "  the same, processor seconds" "$(cpu "$room/cold.json" scan)" "$(cpu "$room/cold.json" sha256sum)" 1.00
ratio "bare loop / xargs sha256sum" "$(median "$room/cold.json" bare)" "$(median "$room/cold.json" sha256sum)" -
ratio "cold scan / xargs -n 1 sha256sum" "$(median "$room/cold.json" scan)" "$(median "$room/single.json" single)" 1.00
ratio "unchanged scan / git status" "$(median "$room/warm.json" unchanged)" "$(median "$room/warm.json" git)" 1.50
ratio "  the same, processor seconds" "$(cpu "$room/warm.json" unchanged)" "$(cpu "$room/warm.json" git)" 1.50
echo "peak memory of the cold scan          $((peak / 1024)) MB   (under 200 MB)"
