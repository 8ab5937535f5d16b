import random

from core.plugin_manager import register_plugin


@register_plugin(name="dice", description="Rolls dice", capabilities=[], version="1.0.0")
def roll(sides=6, count=1):
    return [random.randint(1, sides) for _ in range(count)]
