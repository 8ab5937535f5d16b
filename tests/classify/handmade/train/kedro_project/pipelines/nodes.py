def clean(rows):
    return [row for row in rows if row]


def split(rows):
    return rows[::2], rows[1::2]
