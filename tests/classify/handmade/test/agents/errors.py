class AgentError(Exception):
    """Something an agent did failed."""


class AgentTimeout(AgentError):
    def __init__(self, seconds):
        super().__init__(f"no answer after {seconds} seconds")
        self.seconds = seconds
