ingest_workflow = {
    "name": "ingest",
    "version": "1",
    "steps": [
        {"action": "fetch", "source": "inbox"},
        {"action": "parse", "format": "json"},
        {"action": "store", "target": "memory"},
    ],
}
