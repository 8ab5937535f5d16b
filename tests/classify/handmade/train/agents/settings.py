TIMEOUT_SECONDS = 30
RETRIES = 3
LEVELS = {"low": 0.2, "high": 0.8}


def level(name):
    return LEVELS.get(name, 0.5)
