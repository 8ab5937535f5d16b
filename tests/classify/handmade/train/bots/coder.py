import anthropic


class CodingAgent:
    """Writes code until the tests pass."""

    def __init__(self, tools):
        self.client = anthropic.Anthropic()
        self.tools = tools
        self.messages = []

    def think(self):
        return self.client.messages.create(model="m", max_tokens=900, messages=self.messages, tools=self.tools)

    def act(self, call):
        return self.tools[call.name](**call.input)

    def run(self, task, limit=10):
        self.messages.append({"role": "user", "content": task})
        for _ in range(limit):
            answer = self.think()
            calls = [part for part in answer.content if part.type == "tool_use"]
            if not calls:
                return answer
            self.messages += [{"role": "user", "content": self.act(call)} for call in calls]
