#!/usr/bin/env python3
"""Trains the classifier: multinomial logistic regression with a ridge penalty, on named features.

    cargo bench --bench classify -- features SET > features.jsonl
    python3 tests/classify/train.py features.jsonl config/classifier.json

Only rows of the split "train" are used. The penalty and the temperature are chosen on folds by ecosystem,
so that neither rests on packages whose idioms the weights have seen. Standard library only; the result is the
same on every run.
"""

import argparse
import collections
import json
import math
import multiprocessing
import zlib

CLASSES = ["PLUGIN", "AGENT", "AETHER", "WORKFLOW", "UTILITY", "DATASET", "DOCS", "UNKNOWN"]
FOLDS = 5
STEPS = 260
RATE = 0.35
PENALTIES = [0.3, 1.0, 3.0]
THRESHOLD = 0.3
# Features that fewer rows have are not learned from.
MIN_ROWS = 3
# A class with few rows counts up to this many times, so that it is not drowned.
MAX_CLASS_WEIGHT = 2.5


def read_rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def vectors(rows, names):
    index = {name: position for position, name in enumerate(names)}
    return [
        ([(index[name], value) for name, value in row["features"].items() if name in index], CLASSES.index(row["class"]))
        for row in rows
    ]


def weights_of(data):
    counts = collections.Counter(truth for _, truth in data)
    mean = len(data) / len(counts)
    return [min(MAX_CLASS_WEIGHT, max(1.0, math.sqrt(mean / counts[k]))) if counts[k] else 1.0 for k in range(len(CLASSES))]


def scores_of(features, weights, bias):
    scores = list(bias)
    for position, value in features:
        row = weights[position]
        for k in range(len(CLASSES)):
            scores[k] += row[k] * value
    return scores


def softmax(scores, temperature=1.0):
    most = max(scores)
    powers = [math.exp((score - most) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def train(job):
    """Adam on the whole set at once; deterministic."""
    data, width, penalty = job
    classes = range(len(CLASSES))
    weights = [[0.0] * len(CLASSES) for _ in range(width)]
    bias = [0.0] * len(CLASSES)
    first = [[0.0] * len(CLASSES) for _ in range(width + 1)]
    second = [[0.0] * len(CLASSES) for _ in range(width + 1)]
    class_weights = weights_of(data)
    total = sum(class_weights[truth] for _, truth in data)
    for step in range(1, STEPS + 1):
        slopes = [[penalty * weight / total for weight in row] for row in weights] + [[0.0] * len(CLASSES)]
        for features, truth in data:
            errors = softmax(scores_of(features, weights, bias))
            errors[truth] -= 1.0
            share = class_weights[truth] / total
            errors = [error * share for error in errors]
            for position, value in features:
                row = slopes[position]
                for k in classes:
                    row[k] += errors[k] * value
            row = slopes[width]
            for k in classes:
                row[k] += errors[k]
        rate = RATE * (0.05 + 0.95 * (1 + math.cos(math.pi * step / STEPS)) / 2)
        for position in range(width + 1):
            row = bias if position == width else weights[position]
            for k in classes:
                slope = slopes[position][k]
                first[position][k] = 0.9 * first[position][k] + 0.1 * slope
                second[position][k] = 0.99 * second[position][k] + 0.01 * slope * slope
                mean = first[position][k] / (1 - 0.9**step)
                spread = second[position][k] / (1 - 0.99**step)
                row[k] -= rate * mean / (math.sqrt(spread) + 1e-6)
    return weights, bias


def fold_of(row):
    # The files made by hand are spread over the folds one by one, ecosystems as a whole: packages of one
    # ecosystem share its idioms, and the program has to be right about ecosystems that it has not seen.
    key = row["path"] if row["tree"] == "handmade" else row["ecosystem"]
    return zlib.crc32(key.encode()) % FOLDS


def loss(results, temperature):
    return -sum(math.log(max(1e-9, softmax(scores, temperature)[truth])) for scores, truth in results) / len(results)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("features")
    arguments.add_argument("model")
    arguments.add_argument("--misses", action="store_true", help="print what the held-out folds got wrong")
    options = arguments.parse_args()
    rows = [row for row in read_rows(options.features) if row["split"] == "train"]
    counts = collections.Counter(name for row in rows for name in row["features"])
    names = sorted(name for name, count in counts.items() if count >= MIN_ROWS)
    data = vectors(rows, names)
    folds = [fold_of(row) for row in rows]
    jobs = [
        ([item for item, fold in zip(data, folds) if fold != held], len(names), penalty)
        for penalty in PENALTIES
        for held in range(FOLDS)
    ]
    best, missed = None, []
    with multiprocessing.Pool() as pool:
        models = pool.map(train, jobs, chunksize=1)
        for which, penalty in enumerate(PENALTIES):
            results = []
            for held in range(FOLDS):
                weights, bias = models[which * FOLDS + held]
                for row, item, fold in zip(rows, data, folds):
                    if fold == held:
                        scores = scores_of(item[0], weights, bias)
                        results.append((scores, item[1]))
                        answer = scores.index(max(scores))
                        if options.misses and answer != item[1]:
                            missed.append((penalty, row["class"], CLASSES[answer], row["tree"], row["path"], sorted(row["features"])))
            temperature = min((t / 20 for t in range(10, 61)), key=lambda t: loss(results, t))
            right = sum(scores.index(max(scores)) == truth for scores, truth in results) / len(results)
            value = loss(results, temperature)
            print(f"penalty {penalty}: loss {value:.4f} accuracy {right:.4f} temperature {temperature:.2f}")
            if best is None or value < best[0]:
                best = (value, penalty, temperature)
    _, penalty, temperature = best
    for used, *miss in sorted(missed):
        if used == penalty:
            print(*miss[:4], " ".join(miss[4]), sep="\t")
    weights, bias = train((data, len(names), penalty))
    with open(options.model, "w", encoding="utf-8") as file:
        lines = ",\n".join(
            f"    {json.dumps(name)}: {json.dumps([round(weight, 3) + 0.0 for weight in row])}" for name, row in zip(names, weights)
        )
        file.write(
            "{\n"
            f'  "temperature": {temperature},\n'
            f'  "threshold": {THRESHOLD},\n'
            f'  "classes": {json.dumps(CLASSES)},\n'
            f'  "bias": {json.dumps([round(weight, 3) for weight in bias])},\n'
            f'  "weights": {{\n{lines}\n  }}\n'
            "}\n"
        )


if __name__ == "__main__":
    main()
