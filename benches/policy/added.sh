#!/usr/bin/env bash
# Measures what the analysis of malice adds to the analysis of vulnerabilities, in CPU time, on Python's own library.
#
#     cargo build --release && benches/policy/added.sh
#
# The same files are judged with all rules and without those of malice, in turns; the least of several rounds counts.
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=${OURS:-$PWD/target/release/aetherra-maint}
rounds=${ROUNDS:-9}
tree=${TREE:-$(python3 -c 'import os; print(os.path.dirname(os.__file__))')}
malice=$(grep -ohE '^    id: "[a-z-]+"' src/security/rules/malice/*.rs src/security/rules/malice/*/*.rs | cut -d'"' -f2 | paste -sd,)
malice=$malice,obfuscated-execution,bidirectional-text
python3 - "$rounds" "$ours" "$tree" "$malice" <<'PY'
import resource, subprocess, sys
rounds, ours, tree, malice = int(sys.argv[1]), *sys.argv[2:]
command = [ours, "--isolated", "-j", "1", "security-eval", tree, "--no-cache", "-f", "json"]
cases = {"without malice": command + ["--ignore", malice], "all of it": command}
best = {}
for _ in range(rounds):
    for name, words in cases.items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        best[name] = min(best.get(name, spent), spent)
print("| analysis of Python's library | CPU, s |\n|---|---:|")
for name, spent in best.items():
    print(f"| {name} | {spent:.2f} |")
print(f"| added | {100 * (best['all of it'] / best['without malice'] - 1):.1f} % |")
PY
