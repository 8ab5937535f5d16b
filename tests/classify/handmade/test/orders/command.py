class Command:
    """A command of the undo list."""

    def __init__(self, name, description, do, undo):
        self.name = name
        self.description = description
        self.do = do
        self.undo = undo

    def execute(self):
        self.do()


class History:
    def __init__(self):
        self.done = []

    def execute(self, command):
        command.execute()
        self.done.append(command)

    def back(self):
        self.done.pop().undo()
