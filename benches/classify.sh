#!/usr/bin/env bash
# Measures the shipped classifier on the packages that were held out when it was trained.
#
#   benches/classify.sh [SET]      SET is the folder for the packages [default: target/classify-set]
#
# The tables go to benches/classify/RESULTS.md and from there into the README; a test compares the two. The answers
# that were wrong go to stderr. Needs Python 3 with pip, and the package registry while SET is not filled.
set -euo pipefail
cd "$(dirname "$0")/.."
set_folder=${1:-target/classify-set}
python3 tests/classify/fetch.py "$set_folder"
cargo bench --quiet --bench classify -- evaluate "$(realpath "$set_folder")" >benches/classify/RESULTS.md
python3 - <<'PYTHON'
import pathlib
import re

results = pathlib.Path("benches/classify/RESULTS.md").read_text(encoding="utf-8")
readme = pathlib.Path("README.md")
text = readme.read_text(encoding="utf-8")
block = f"<!-- figures: classify -->\n{results}<!-- end: classify -->\n"
pattern = r"<!-- figures: classify -->\n(.*?<!-- end: classify -->\n)?"
readme.write_text(re.sub(pattern, lambda _: block, text, count=1, flags=re.S), encoding="utf-8")
PYTHON
