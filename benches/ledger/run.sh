#!/usr/bin/env bash
# Measures the ledger and tampers with it ten thousand times, and publishes both in the README.
#
#   benches/ledger/run.sh      ENTRIES says how many entries there are [default: 1000000],
#                              PROFILE how the program is built [default: bench, which is release]
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p target/ledger-figures
profile=${PROFILE:-bench}
printf 'Built with the profile `%s`.\n\n' "$profile" >target/ledger-figures/speed.md
cargo bench --quiet --profile "$profile" --bench ledger >>target/ledger-figures/speed.md
cargo test --quiet --lib none_of_ten_thousand -- --ignored --nocapture | grep '^|' >target/ledger-figures/tampering.md
python3 - <<'PYTHON'
import pathlib
import re

readme = pathlib.Path("README.md")
text = readme.read_text(encoding="utf-8")
for name in ("speed", "tampering"):
    results = pathlib.Path(f"target/ledger-figures/{name}.md").read_text(encoding="utf-8")
    block = f"<!-- figures: ledger-{name} -->\n{results}<!-- end: ledger-{name} -->\n"
    pattern = rf"<!-- figures: ledger-{name} -->\n(.*?<!-- end: ledger-{name} -->\n)?"
    text, count = re.subn(pattern, lambda _: block, text, count=1, flags=re.S)
    assert count == 1, f"the README has no place for {name}"
readme.write_text(text, encoding="utf-8")
PYTHON
