from pathlib import Path

plugin_data = {
    "name": "notes",
    "version": "1.2.0",
    "author": "A. Writer",
    "description": "Keeps short notes in a folder",
    "ui_component": "NotesPanel",
    "category": "productivity",
}


def add(folder, title, text):
    (Path(folder) / f"{title}.txt").write_text(text)


def titles(folder):
    return sorted(path.stem for path in Path(folder).glob("*.txt"))
