import csv


class CurrencyConverter:
    """Converts amounts with a table of rates."""

    def __init__(self, table="rates.csv"):
        with open(table) as file:
            self.rates = {row[0]: float(row[1]) for row in csv.reader(file)}

    def convert(self, amount, source, target):
        return amount / self.rates[source] * self.rates[target]


PLUGIN_CLASS = CurrencyConverter
