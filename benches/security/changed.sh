#!/usr/bin/env bash
# Times what one changed file costs in a tree that was judged before.
#
#     cargo build --release && benches/security/changed.sh TREE     BINARY names another build, ROUNDS how often
#
# TREE is copied. Prints a Markdown table of medians.
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=${BINARY:-$PWD/target/release/aetherra-maint}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$1" "$work/tree"
python3 - "$ours" "$work" "${ROUNDS:-9}" <<'PYTHON'
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time

ours, work, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
tree = pathlib.Path(work, "tree")
command = [ours, "--isolated", "--state", f"{work}/state", "security-eval", "-q", "--exit-zero"]


def timed(*paths):
    before, start = os.times(), time.perf_counter()
    subprocess.run([*command, *paths], cwd=tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after, end = os.times(), time.perf_counter()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return 1000 * (end - start), 1000 * spent


# What was changed within two seconds of its judgement is judged once more.
time.sleep(2.2)
cold = timed()
files = sorted(path for path in tree.rglob("*.py") if 1_000 < path.stat().st_size < 20_000)
random.seed(1)
rows = {"one changed file": [], "nothing changed": [], "more for the change": []}
for path in random.sample(files, rounds):
    with path.open("a") as text:
        text.write("\n# changed\n")
    time.sleep(2.2)
    changed, same = timed(), timed()
    rows["one changed file"].append(changed)
    rows["nothing changed"].append(same)
    rows["more for the change"].append((changed[0] - same[0], changed[1] - same[1]))
count = sum(1 for _ in tree.rglob("*.py"))
print(f"| {count} files of Python, {rounds} rounds | median, ms | processor, ms |")
print("|---|---:|---:|")
print(f"| the first judgement | {cold[0]:.0f} | {cold[1]:.0f} |")
for name, times in rows.items():
    print(f"| {name} | {statistics.median(t[0] for t in times):.0f} | {statistics.median(t[1] for t in times):.0f} |")
PYTHON
