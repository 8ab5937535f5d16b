#!/usr/bin/env bash
# Measures security-eval: its cost beside ruff's, what it sees of what bandit sees, and how quiet it is.
#
#     cargo build --release && benches/security/run.sh
#
# Needs python3 with venv, and a network for the first run (ruff, bandit and bandit's source distribution come
# from the package index into a temporary folder; set WORK to keep it). Prints Markdown tables.
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=$PWD/target/release/aetherra-maint
work=${WORK:-$(mktemp -d)}
rounds=${ROUNDS:-7}
mkdir -p "$work"
if [ ! -x "$work/venv/bin/ruff" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet ruff bandit
fi
ruff=$work/venv/bin/ruff bandit=$work/venv/bin/bandit
if [ ! -d "$work/bandit" ]; then
    "$work/venv/bin/pip" download --quiet --no-deps --no-binary :all: --dest "$work" bandit
    mkdir "$work/bandit" && tar -xf "$work"/bandit-*.tar.gz --strip-components 1 -C "$work/bandit"
fi
tree=$work/stdlib
if [ ! -d "$tree" ]; then
    mkdir "$tree"
    python3 - "$tree" <<'PY'
import os, shutil, sys
source, target = os.path.dirname(os.__file__), sys.argv[1]
for folder, folders, files in os.walk(source):
    folders[:] = [f for f in folders if f not in ("site-packages", "__pycache__")]
    for name in files:
        if name.endswith(".py"):
            place = os.path.join(target, os.path.relpath(folder, source))
            os.makedirs(place, exist_ok=True)
            shutil.copyfile(os.path.join(folder, name), os.path.join(place, name))
PY
fi
export RAYON_NUM_THREADS=${THREADS:-2}

# The least CPU seconds (user and system) of several runs: what the work costs when nothing disturbs it.
cpu() {
    python3 - "$rounds" "$@" <<'PY'
import resource, subprocess, sys
best = None
for _ in range(int(sys.argv[1])):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    best = spent if best is None else min(best, spent)
print(f"{best:.3f}")
PY
}

cd "$tree"
state=$work/state
rm -rf "$state"
theirs=$(cpu "$ruff" check --isolated --select S --no-cache .)
mine=$(cpu "$ours" --isolated -j "$RAYON_NUM_THREADS" security-eval . --no-cache -f json)
"$ours" --isolated --state "$state" security-eval . -q >/dev/null 2>&1 || true
sleep 3 # files younger than two seconds are read again
"$ours" --isolated --state "$state" security-eval . -q >/dev/null 2>&1 || true
cached=$(cpu "$ours" --isolated --state "$state" -j "$RAYON_NUM_THREADS" security-eval . -f json)
"$ours" --isolated security-eval . --no-cache -f json >"$work/stdlib.json" 2>/dev/null || true
"$bandit" -q -r "$work/bandit/examples" -f json -o "$work/bandit.json" >/dev/null 2>&1 || true
(cd "$work/bandit" && "$ours" --isolated security-eval examples --select bandit --report-from note --no-cache -f json) \
    >"$work/ours.json" 2>/dev/null || true

python3 - "$work" "$theirs" "$mine" "$cached" <<'PY'
import collections, json, os, sys
work, theirs, mine, cached = sys.argv[1], *map(float, sys.argv[2:])
report = json.load(open(f"{work}/stdlib.json"))["data"]
summary = report["summary"]
lines, files = summary["lines"], summary["files"]
print(f"Standard library of Python: {files} files, {lines} lines.\n")
print("| command | CPU seconds | beside ruff |\n|---|---:|---:|")
print(f"| `ruff check --select S --no-cache` | {theirs:.2f} | 1.00 |")
print(f"| `security-eval --no-cache` | {mine:.2f} | {mine / theirs:.2f} |")
print(f"| `security-eval`, nothing changed | {cached:.2f} | {cached / theirs:.2f} |\n")
shown = sum(summary["by_severity"].values())
blocking = {f["path"] for f in report["findings"] if f["severity"] in ("high", "critical")}
print("| noise on the standard library | |\n|---|---:|")
print(f"| findings per 1,000 lines | {1000 * shown / lines:.2f} |")
print(f"| files with a finding that blocks | {len(blocking)} ({100 * len(blocking) / files:.2f} %) |\n")
ours, with_id = set(), set()
for finding in json.load(open(f"{work}/ours.json"))["data"]["findings"]:
    place = (os.path.basename(finding["path"]), finding["line"])
    ours.add(place)
    with_id.update((*place, alias) for alias in finding["aliases"])
total, line, exact = collections.Counter(), collections.Counter(), collections.Counter()
for result in json.load(open(f"{work}/bandit.json"))["results"]:
    place = (os.path.basename(result["filename"]), result["line_number"])
    for group in (result["issue_severity"], "all"):
        total[group] += 1
        line[group] += place in ours
        exact[group] += (*place, result["test_id"]) in with_id
print("| bandit's findings on its own examples | | seen on the same line | by the same id |\n|---|---:|---:|---:|")
for group in ("HIGH", "MEDIUM", "LOW", "all"):
    print(f"| {group.lower()} | {total[group]} | {100 * line[group] / total[group]:.1f} % | {100 * exact[group] / total[group]:.1f} % |")
PY
