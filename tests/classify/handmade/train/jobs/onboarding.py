workflow = {
    "name": "onboarding",
    "trigger": "user_created",
    "steps": [
        {"id": "greet", "action": "send_mail", "template": "welcome"},
        {"id": "room", "action": "create_room", "after": "greet"},
        {"id": "tour", "action": "start_tour", "after": "room"},
    ],
}
