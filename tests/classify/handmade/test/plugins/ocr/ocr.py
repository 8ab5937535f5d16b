def read_text(image):
    """Reads the text of an image."""
    rows = image.rows()
    return "\n".join(recognise(row) for row in rows)


def recognise(row):
    return "".join(chr(64 + sum(cell) % 26) for cell in row)
