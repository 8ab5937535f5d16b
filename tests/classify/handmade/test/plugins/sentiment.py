class SentimentTool:
    """Judges the mood of a text."""

    def __init__(self):
        self.name = "sentiment"
        self.description = "Judges the mood of a text"
        self.input_schema = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}
        self.output_schema = {"type": "object", "properties": {"mood": {"type": "string"}}}
        self.created_by = "Plugin generator"
        self.words = {"good": 1, "bad": -1}

    def execute(self, inputs):
        score = sum(self.words.get(word, 0) for word in inputs["text"].lower().split())
        return {"mood": "happy" if score > 0 else "sad" if score < 0 else "calm"}
