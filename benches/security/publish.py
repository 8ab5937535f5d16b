#!/usr/bin/env python3
"""Puts a table from standard input into the README, between the marks of its name."""

import pathlib
import re
import sys

name = sys.argv[1]
readme = pathlib.Path(__file__).resolve().parents[2] / "README.md"
text = readme.read_text(encoding="utf-8")
block = f"<!-- figures: {name} -->\n{sys.stdin.read()}<!-- end: {name} -->"
pattern = rf"<!-- figures: {name} -->\n.*?<!-- end: {name} -->"
text, count = re.subn(pattern, lambda _: block, text, count=1, flags=re.S)
assert count == 1, f"the README has no place for {name}"
readme.write_text(text, encoding="utf-8")
