from .agent_base import AgentBase


class Reflector(AgentBase):
    """Looks back on conversations."""

    async def process_input(self, text, context=None):
        memories = await self.memory.recall(text, limit=20)
        thoughts = await self.llm.chat([{"role": "user", "content": str(memories)}])
        await self.memory.store(thoughts)
        return thoughts
