"""Looks things up and writes a report."""

from core.agents import AgentBase


class ResearchAgent(AgentBase):
    """Plans a search, reads what it finds, and answers."""

    def __init__(self, llm, memory):
        super().__init__("researcher", "Finds and reads sources")
        self.llm = llm
        self.memory = memory

    async def process_input(self, text, context=None):
        plan = await self.llm.complete(f"Plan a search for: {text}")
        notes = [await self.search(step) for step in plan.splitlines()]
        await self.memory.store(text, notes)
        return await self.llm.complete(f"Write a report from: {notes}")

    async def search(self, step):
        return await self.tools["search"].run(step)
