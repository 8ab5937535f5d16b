"""Time without surprises."""

from datetime import datetime, timezone


def now():
    return datetime.now(timezone.utc)


def seconds_since(then):
    return (now() - then).total_seconds()
