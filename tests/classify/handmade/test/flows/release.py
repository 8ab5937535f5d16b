PIPELINE = [
    {"step": "lint", "run": "make lint"},
    {"step": "test", "run": "make test"},
    {"step": "publish", "run": "make publish", "needs": ["lint", "test"]},
]
