"""Shortens texts."""


class SummaryPlugin:
    name = "summary"
    description = "Shortens a text to its first sentences"
    input_schema = {"type": "object", "properties": {"text": {"type": "string"}, "sentences": {"type": "integer"}}}
    output_schema = {"type": "object", "properties": {"summary": {"type": "string"}}}
    created_by = "Plugin workshop"

    def execute(self, inputs):
        sentences = inputs["text"].split(". ")
        return {"summary": ". ".join(sentences[: inputs.get("sentences", 2)])}
