"""What all agents share."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field


@dataclass
class AgentResponse:
    content: str
    confidence: float = 0.0
    metadata: dict = field(default_factory=dict)


class AgentBase(ABC):
    def __init__(self, name, llm=None):
        self.name = name
        self.llm = llm
        self.history = []

    @abstractmethod
    async def process_input(self, text, context=None) -> AgentResponse:
        """Answers one message."""

    async def reset(self):
        self.history.clear()
