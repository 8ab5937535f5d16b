"""Breaks wishes into tasks."""

from aetherra.agents.base import AgentBase


class PlannerAgent(AgentBase):
    def __init__(self, llm, store):
        super().__init__(name="planner")
        self.llm = llm
        self.store = store

    async def process_input(self, text, context=None):
        tasks = await self.llm.generate(f"Break this into tasks: {text}")
        for task in tasks.splitlines():
            self.store.add(task)
        return {"tasks": tasks.splitlines()}
