"""What is done every night."""

STEPS = [
    {"name": "backup", "action": "copy_folder", "with": {"from": "data", "to": "backup"}},
    {"name": "compact", "action": "vacuum_database"},
    {"name": "report", "action": "send_mail", "needs": ["backup", "compact"]},
]
