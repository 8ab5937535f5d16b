"""Tells the weather of a place."""

import json
import urllib.request


class Weather:
    """Asks a public service and keeps the last answer."""

    def __init__(self):
        self.cache = {}

    def ask(self, place):
        if place not in self.cache:
            with urllib.request.urlopen(f"https://weather.example.org/{place}", timeout=5) as answer:
                self.cache[place] = json.load(answer)
        return self.cache[place]


PLUGIN_CLASS = Weather
