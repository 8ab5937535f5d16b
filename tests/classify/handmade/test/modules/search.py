from aetherra.plugins import register_plugin


@register_plugin(
    name="file_search",
    description="Finds files by name",
    capabilities=["file_read"],
    version="1.1.0",
    author="E. Seeker",
    category="files",
    dependencies=[],
)
def search(folder, pattern):
    from pathlib import Path

    return [str(path) for path in Path(folder).rglob(pattern)]
