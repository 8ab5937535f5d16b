from pathlib import Path


def home():
    return Path.home() / ".thing"


def ensure(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder
