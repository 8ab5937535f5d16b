import time

plugin_data = {
    "name": "timer",
    "version": "2.0.1",
    "author": "D. Clock",
    "description": "Measures how long something takes",
    "ui_component": "TimerWidget",
}

_started = {}


def start(name):
    _started[name] = time.monotonic()


def stop(name):
    return time.monotonic() - _started.pop(name)
