"""Counts what agents do."""

from collections import Counter

COUNTS = Counter()


def count(name, amount=1):
    COUNTS[name] += amount


def top(limit=10):
    return COUNTS.most_common(limit)
