"""Compares a report of security-eval with the labels of generated programs.

    python3 benches/security/generator/score.py FOLDER REPORT.json [--cells]

Prints, by category, how many of the bad programs are found less how many of the good ones are, in points of a hundred;
with --cells also the parts that are judged wrongly most often, and examples.
"""

import collections
import json
import os
import sys

import sinks

folder, report = sys.argv[1], sys.argv[2]
labels = json.load(open(os.path.join(folder, "labels.json")))
found = collections.defaultdict(set)
for finding in json.load(open(report))["data"]["findings"]:
    parts = finding["path"].split("/")
    program = next((part for part in parts if part in labels), None)
    # What another file would do with data from elsewhere is a question about that file.
    flows = program and labels[program]["category"] not in ("hash", "cipher", "cookie", "random")
    if flows and not finding["path"].endswith(labels[program]["main"]):
        continue
    if program:
        found[program].add(finding["cwe"])
table = collections.defaultdict(lambda: [0, 0, 0, 0])
cells = collections.defaultdict(lambda: [0, 0, []])
for name, label in labels.items():
    hit = bool(found[name] & sinks.CWES[label["category"]])
    row = table[label["category"]]
    row[0 if label["bad"] else 2] += 1
    row[1 if label["bad"] else 3] += hit
    wrong = hit != label["bad"]
    kind = "missed" if label["bad"] else "false alarm"
    keys = [("sink", f"{label['category']}/{label['sink']}", kind), ("layout", label["layout"], kind)]
    if not label["category"] in ("hash", "cipher", "cookie", "random"):
        keys += [("source", label["source"], kind), ("way", label["way"], kind)]
    for key in keys:
        cells[key][0] += 1
        if wrong:
            cells[key][1] += 1
            cells[key][2].append(name)
print("| category | bad programs | found | good programs | found | true − false |")
print("|---|---:|---:|---:|---:|---:|")
scores = []
for category, (bad, true, good, false) in sorted(table.items()):
    score = 100 * (true / max(bad, 1) - false / max(good, 1))
    scores.append(score)
    print(f"| {category} | {bad} | {100 * true / max(bad, 1):.1f} % | {good} | {100 * false / max(good, 1):.1f} % | {score:+.1f} |")
print(f"| **mean** | {sum(r[0] for r in table.values())} | | {sum(r[2] for r in table.values())} | | **{sum(scores) / len(scores):+.1f}** |")
if "--cells" in sys.argv:
    print()
    worst = [(wrong / seen, wrong, seen, key, names) for key, (seen, wrong, names) in cells.items() if wrong]
    for share, wrong, seen, key, names in sorted(worst, key=lambda w: (-w[0] * w[1] ** 0.5, w[3]))[:70]:
        print(f"{wrong:4}/{seen:<4} {100 * share:5.1f} %  {' '.join(key):55} {' '.join(names[:4])}")
