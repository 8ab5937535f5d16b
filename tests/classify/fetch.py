#!/usr/bin/env python3
"""Fetches the packages of the labelled set and unpacks what the classifier needs of them.

Only wheels are fetched: a wheel is an archive, so nothing of a package runs, neither here nor in pip.
Versions and digests are pinned in packages.tsv. Of each package the Python modules, the labelled files, their
neighbours in the same folders, the files of the folders above them and the metadata are unpacked.

    python3 tests/classify/fetch.py DIR          fetch and unpack into DIR/<package>/
    python3 tests/classify/fetch.py DIR --only NAME [NAME ...]
"""

import argparse
import concurrent.futures
import csv
import hashlib
import pathlib
import posixpath
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# Larger members are left out; no labelled file is larger.
MAX_MEMBER_BYTES = 3 * 1024 * 1024
MAX_PACKAGE_BYTES = 200 * 1024 * 1024
TIMEOUT_SECONDS = 300
PARALLEL = 8


def read_table(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def download(package, version, sha256, folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
               "--python-version", "3.11", "--platform", "any", "--platform", "manylinux_2_17_x86_64",
               "--platform", "manylinux_2_28_x86_64", "--implementation", "cp", "--dest", folder,
               f"{package}=={version}"]
    subprocess.run(command, check=True, timeout=TIMEOUT_SECONDS)
    (wheel,) = pathlib.Path(folder).glob("*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != sha256:
        raise SystemExit(f"{package} {version}: sha256 is {found}, expected {sha256}")
    return wheel


def wanted_folders(paths):
    """The folders of the labelled files, and all above them."""
    folders = {""}
    for path in paths:
        folder = posixpath.dirname(path)
        while folder:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return folders


def unpack(wheel, paths, target):
    folders, labelled, total = wanted_folders(paths), set(paths), 0
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            name = member.filename
            parts = name.split("/")
            if member.is_dir() or name.startswith("/") or ".." in parts or "\\" in name:
                continue
            folder = posixpath.dirname(name)
            if folder not in folders and not folder.endswith(".dist-info") and not name.endswith(".py"):
                continue
            if member.file_size > MAX_MEMBER_BYTES or total + member.file_size > MAX_PACKAGE_BYTES:
                if name in labelled:
                    raise SystemExit(f"{wheel.name}: {name} is labelled and too large")
                continue
            total += member.file_size
            archive.extract(member, target)
    missing = [path for path in sorted(labelled) if not (target / path).is_file()]
    if missing:
        raise SystemExit(f"{wheel.name} lacks labelled files: {', '.join(missing[:5])}")


def fetch(row, paths, root):
    target = root / row["package"]
    mark = root / ".done" / f"{row['package']}-{row['sha256']}-{len(paths)}"
    if mark.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        unpack(download(row["package"], row["version"], row["sha256"], folder), paths, target)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--only", nargs="+", default=None, metavar="NAME")
    options = arguments.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for row in read_table("labels.tsv"):
        paths.setdefault(row["package"], []).append(row["path"])
    rows = [row for row in read_table("packages.tsv") if options.only is None or row["package"] in options.only]
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        jobs = [pool.submit(fetch, row, paths.get(row["package"], []), options.folder) for row in rows]
        for job in concurrent.futures.as_completed(jobs):
            job.result()
    print(f"{len(rows)} packages in {options.folder}")


if __name__ == "__main__":
    main()
