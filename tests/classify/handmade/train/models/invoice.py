class Invoice:
    """One bill."""

    name = "invoice"
    description = "A bill that was sent"

    def __init__(self, lines):
        self.lines = lines

    def total(self):
        return sum(line.amount for line in self.lines)

    def execute(self, cursor):
        cursor.execute("INSERT INTO invoices VALUES (?)", (self.total(),))
