from math import exp


def logistic(x):
    return 1 / (1 + exp(-x))


def score(values, weights):
    return logistic(sum(value * weight for value, weight in zip(values, weights)))
