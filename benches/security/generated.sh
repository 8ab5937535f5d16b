#!/usr/bin/env bash
# How well security-eval tells generated programs from their harmless twins: true less false positives, in points.
#
#     cargo build --release && benches/security/generated.sh
#
# The programs are our own (benches/security/generator): a source, a way, a sink and a layout, all names drawn anew.
# SEED chooses other programs than those that the analysis was developed with; COUNT says how many.
# CELLS=1 prints the parts that are judged wrongly most often; BINARY names another build.
set -euo pipefail
cd "$(dirname "$0")/../.."
ours=${BINARY:-$PWD/target/release/aetherra-maint}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 benches/security/generator/generate.py "$work/programs" --count "${COUNT:-6000}" --seed "${SEED:-held-out}"
(cd "$work/programs" && "$ours" --isolated --state "$work/state" security-eval . --no-cache --exit-zero -q -f json) \
    >"$work/report.json"
python3 benches/security/generator/score.py "$work/programs" "$work/report.json" ${CELLS:+--cells}
