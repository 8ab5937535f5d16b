"""Reminds of things."""

__version__ = "1.4.2"
__author__ = "C. Helper"
__description__ = "Reminds of things at a time"
__dependencies__ = ["schedule"]
__tags__ = ["time", "notification"]
__category__ = "productivity"

import time


def remind(what, seconds):
    time.sleep(seconds)
    return f"Remember: {what}"


def main(arguments):
    return remind(arguments["what"], arguments.get("seconds", 1))
