class Translate:
    """Looks words up in a table."""

    def __init__(self, table):
        self.table = table

    def translate(self, text, to):
        return " ".join(self.table.get((word, to), word) for word in text.split())

    def detect(self, text):
        return "en"
