class Statement:
    def __init__(self, name, description, sql):
        self.name = name
        self.description = description
        self.sql = sql

    def execute(self, connection, parameters=()):
        return connection.execute(self.sql, parameters)


class Batch:
    def __init__(self, statements):
        self.statements = statements

    def execute(self, connection):
        return [statement.execute(connection) for statement in self.statements]
