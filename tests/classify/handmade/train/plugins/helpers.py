"""What several plugins need."""

import hashlib


def digest(data):
    return hashlib.sha256(data).hexdigest()


def flatten(lists):
    return [item for items in lists for item in items]
