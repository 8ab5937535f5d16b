#!/usr/bin/env bash
# Judges a tree of nothing but findings in every format, and prints what that costs; the README has it from
# `benches/security/flood.sh | benches/security/publish.py security-flood`.
#
#   cargo build --release && benches/security/flood.sh     BINARY names another build
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=${BINARY:-$PWD/target/release/aetherra-maint}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/many" "$work/one"
python3 - "$work" <<'PYTHON'
import pathlib
import sys

work = pathlib.Path(sys.argv[1])
text = "import os\n" + "os.system('a' + b)\n" * 1000
for number in range(1000):
    (work / "many" / f"m{number:04}.py").write_text(text)
(work / "one" / "m.py").write_text("eval(x)\n" * 1_000_000)
PYTHON
row() {
    local tree=$1 format=$2 state=$3
    python3 - "$ours" "$work" "$tree" "$format" "$state" <<'PYTHON'
import os
import resource
import subprocess
import sys

ours, work, tree, format, state = sys.argv[1:]
command = [ours, "--isolated", "security-eval", tree, "-f", format, "-q"]
command += ["--no-cache"] if state == "none" else ["--state", f"{work}/{state}"]
with open(f"{work}/out", "wb") as out:
    code = subprocess.run(command, cwd=work, stdout=out, stderr=subprocess.DEVNULL).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
size = os.path.getsize(f"{work}/out") / 1e6
print(f"{code} | {usage.ru_utime + usage.ru_stime:.1f} | {usage.ru_maxrss / 1024:.0f} | {size:.1f} |")
PYTHON
}
echo '| tree | format | exit code | CPU seconds | peak memory, MB | output, MB |'
echo '|---|---|---:|---:|---:|---:|'
for format in human json jsonl sarif github gitlab junit markdown; do
    echo "| 1,000 files of 1,000 findings | $format | $(row many "$format" none)"
done
echo "| the same, remembered in a state | human | $(row many human state)"
echo "| one file of 1,000,000 findings | human | $(row one human none)"
