__version__ = "0.2.0"
__author__ = "F. Jester"
__dependencies__ = []
__tags__ = ["fun"]
__category__ = "entertainment"

import random

JOKES = ["Why did the file cross the folder?", "A cursor walks into a bar."]


def tell():
    return random.choice(JOKES)
