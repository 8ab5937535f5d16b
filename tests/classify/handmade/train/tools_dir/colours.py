class Colours:
    def __init__(self):
        self.name = "colours"
        self.description = "Names the colour of a hex code"
        self.input_schema = {"type": "string"}
        self.output_schema = {"type": "string"}
        self.created_by = "someone"

    def execute(self, code):
        return {"#ff0000": "red", "#00ff00": "green"}.get(code, "unknown")
