#!/usr/bin/env bash
# Judges widely used pure-Python packages, each as a component: none of them may be blocked.
#
#     cargo build --release && benches/security/benign.sh [RESULTS.md]
#
# Needs python3 with pip, and a network for the first run: the newest wheels of the names in benign.txt come from the
# package index into a temporary folder (set WORK to keep them; about 1 GB unpacked). Wheels with compiled code
# are left out. Prints a table of the decisions, and writes the versions and each decision to the file that is named.
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=${BIN:-$PWD/target/release/aetherra-maint}
names=$PWD/benches/security/benign.txt
results=${1:-/dev/null}
made=
if [ -z "${WORK:-}" ]; then
    WORK=$(mktemp -d)
    made=$WORK
fi
trap '[ -z "$made" ] || rm -rf "$made"' EXIT
mkdir -p "$WORK/wheels" "$WORK/unpacked"
if [ -z "$(ls "$WORK/wheels")" ]; then
    # One that is not to be had must not take others with it.
    xargs -a "$names" -n 20 sh -c 'python3 -m pip download -q --no-deps --only-binary=:all: -d "$0" "$@" 2>/dev/null ||
        for name in "$@"; do python3 -m pip download -q --no-deps --only-binary=:all: -d "$0" "$name" 2>/dev/null || true; done' \
        "$WORK/wheels"
fi
python3 - "$WORK" "$ours" "$results" <<'PY'
import collections, json, os, subprocess, sys, zipfile
work, ours, results = sys.argv[1:]
rows, why = [], []
for wheel in sorted(os.listdir(f"{work}/wheels"), key=str.lower):
    if not wheel.endswith("-none-any.whl"):
        continue
    name, version = wheel.split("-")[:2]
    place = f"{work}/unpacked/{name}"
    if not os.path.isdir(place):
        zipfile.ZipFile(f"{work}/wheels/{wheel}").extractall(place)
    run = subprocess.run([ours, "--isolated", "-C", place, "security-eval", ".", "--no-cache", "-f", "json"],
                         capture_output=True, text=True)
    report = json.loads(run.stdout)["data"]
    rows.append((name, version, report["summary"]["files"], report["decision"]))
    for verdict in report["verdicts"]:
        if verdict["decision"] in ("reject", "quarantine"):
            why.append(f"{name} {version}: {verdict['subject']}: {verdict['decision']}: {verdict['rationale'][0]}")
decisions = collections.Counter(row[3] for row in rows)
blocked = decisions["reject"] + decisions["quarantine"]
print("| widely used pure-Python packages | |\n|---|---:|")
print(f"| judged | {len(rows)} |\n| files in them | {sum(row[2] for row in rows)} |")
print(f"| approved as they are | {decisions['approve']} |\n| left to a person | {decisions['review']} |")
print(f"| blocked | {blocked} |")
print("\n".join(why), file=sys.stderr)
with open(results, "w") as out:
    out.write("# Widely used packages, judged\n\nWritten by `benches/security/benign.sh`.\n\n| package | version | files | decision |\n|---|---|---:|---|\n")
    out.writelines(f"| {name} | {version} | {files} | {decision} |\n" for name, version, files, decision in rows)
sys.exit(1 if blocked else 0)
PY
