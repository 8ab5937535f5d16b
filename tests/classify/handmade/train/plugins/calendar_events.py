from host.plugins import register_plugin


@register_plugin(
    name="calendar_events",
    description="Lists the events of a day",
    capabilities=["calendar", "read"],
    version="1.0.0",
    author="B. Planner",
    category="time",
    dependencies=["icalendar"],
)
def calendar_events(day, calendar=None):
    return [event for event in calendar or [] if event["day"] == day]


@register_plugin(name="next_event", description="The next event", capabilities=["calendar"])
def next_event(calendar):
    return min(calendar, key=lambda event: event["day"], default=None)
