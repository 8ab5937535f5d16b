"""Which agents there are."""

REGISTRY = {}


def add(name, factory):
    REGISTRY[name] = factory


def get(name):
    return REGISTRY[name]()
