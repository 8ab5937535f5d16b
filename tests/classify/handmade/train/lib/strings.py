"""Helpers for texts."""

import re


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def shorten(text, width=80):
    return text if len(text) <= width else text[: width - 1] + "…"
