#!/usr/bin/env python3
"""Trains the weights by which passages for agents are judged: logistic regression over named traits, with a ridge penalty.

    TRAITS=SET cargo test --lib traits_for_training -- --ignored
    python3 tests/threats/train.py SET/traits.jsonl config/instructions.json

SET holds documents below `unsafe/` and `safe/`, and a file `list` of their paths. The unsafe ones are the cases of
`tests/threats/` and one-sentence variations of them; the safe ones are the safe cases, and above all documents for
agents from published packages, which have hundreds of passages each. Needs numpy, scipy and scikit-learn.

A document is unsafe when one passage of it is. Which one, is learned: training starts with the passage that has the most
traits, and goes on with the one that weighs most. Of the passages of safe documents those that weigh most are learned from,
and some by chance.
"""

import collections
import json
import sys

import numpy
import scipy.sparse
from sklearn.linear_model import LogisticRegression

WINDOW = 3
MAX_PASSAGE = 700
MIN_DOCUMENTS = 4
ROUNDS = 3
PENALTY = 0.1
UNSAFE_WEIGHT, CASE_WEIGHT = 8.0, 4.0
HARD, BY_CHANCE = 5000, 6000
MIN_WEIGHT = 0.04
STOP = set("a an the of to in is are be it its this that and or for on with as at by from".split())


def passages(sentences):
    for first, start in enumerate(sentences):
        traits, length = set(), 0
        for index in range(first, min(first + WINDOW, len(sentences))):
            one = sentences[index]
            if one is None:
                break
            length += one["length"]
            if index > first and length > MAX_PASSAGE:
                break
            traits = traits | {name for name in one["traits"] if name.removeprefix("word:") not in STOP}
            yield traits


def main(source, target):
    rng = numpy.random.default_rng(0)
    with open(source, encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    spans, all_traits, unsafe, published = [], [], [], []
    for document in documents:
        bad = document["path"].startswith("unsafe/")
        if not bad and not document["for_agents"]:
            continue
        own = list(passages(document["sentences"]))
        if own:
            spans.append(numpy.arange(len(all_traits), len(all_traits) + len(own)))
            unsafe.append(bad)
            published.append(document["path"].startswith("safe/published/"))
            all_traits += own
    counts = collections.Counter(
        name for span, bad in zip(spans, unsafe) if bad for index in span for name in all_traits[index]
    )
    names = sorted(name for name, count in counts.items() if count >= MIN_DOCUMENTS)
    column = {name: index for index, name in enumerate(names)}
    cells = [(row, column[name]) for row, traits in enumerate(all_traits) for name in traits if name in column]
    rows, columns = zip(*cells)
    matrix = scipy.sparse.csr_matrix(
        (numpy.ones(len(rows), numpy.float32), (rows, columns)), shape=(len(all_traits), len(names))
    )
    bad_spans = [span for span, bad in zip(spans, unsafe) if bad]
    safe = numpy.concatenate([span for span, bad in zip(spans, unsafe) if not bad])
    cases = [span for span, bad, other in zip(spans, unsafe, published) if not bad and not other]
    cases = numpy.concatenate(cases) if cases else numpy.array([], int)
    total = numpy.asarray(matrix.sum(1)).ravel()
    picked = numpy.array([span[numpy.argmax(total[span])] for span in bad_spans])
    chance = lambda: rng.choice(safe, min(BY_CHANCE, len(safe)), replace=False)
    against = numpy.unique(numpy.r_[cases, chance()])
    for round_ in range(ROUNDS):
        weight = numpy.r_[
            numpy.full(len(picked), UNSAFE_WEIGHT), numpy.where(numpy.isin(against, cases), CASE_WEIGHT, 1.0)
        ]
        answer = numpy.r_[numpy.ones(len(picked)), numpy.zeros(len(against))]
        model = LogisticRegression(C=PENALTY, solver="liblinear", max_iter=300)
        model.fit(matrix[numpy.r_[picked, against]], answer, sample_weight=weight)
        score = matrix @ model.coef_[0]
        picked = numpy.array([span[numpy.argmax(score[span])] for span in bad_spans])
        hardest = safe[numpy.argsort(-score[safe], kind="stable")[:HARD]]
        against = numpy.unique(numpy.r_[cases, hardest, chance()])
    with open(target, encoding="utf-8") as file:
        shipped = json.load(file)
    shipped["bias"] = round(float(model.intercept_[0]), 3)
    weights = {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0])}
    shipped["weights"] = {name: weight for name, weight in weights.items() if abs(weight) >= MIN_WEIGHT}
    with open(target, "w", encoding="utf-8") as file:
        json.dump(shipped, file, indent=1, ensure_ascii=False)
        file.write("\n")
    top = [score[span].max() + model.intercept_[0] for span in spans]
    for kind, wanted in (("unsafe", True), ("safe", False)):
        own = [one > shipped["threshold"] for one, bad in zip(top, unsafe) if bad == wanted]
        print(f"{kind}: {sum(own)} of {len(own)} are above the threshold")


main(*sys.argv[1:])
