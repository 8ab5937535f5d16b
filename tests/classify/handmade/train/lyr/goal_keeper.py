from .agent_base import AgentBase, AgentResponse


class GoalKeeper(AgentBase):
    def __init__(self, llm_manager):
        super().__init__(name="goals", llm=llm_manager)
        self.goals = []

    async def process_input(self, text, context=None) -> AgentResponse:
        if "goal" in text:
            self.goals.append(text)
            return AgentResponse(content=f"noted, {len(self.goals)} goals", confidence=0.9)
        answer = await self.llm.chat(text)
        return AgentResponse(content=answer, confidence=0.6)
