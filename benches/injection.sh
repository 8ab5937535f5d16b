#!/usr/bin/env bash
# Kills every operation at, and fails, each of its system calls that touch files, and looks at what is left.
#
#   benches/injection.sh [PROGRAM]
#
# PROGRAM is aetherra-maint; without one it is built. Needs strace, and a kernel that lets it trace: where there is none,
# that is said, and nothing was tested. ONLY=integrate,gc chooses operations, EVERY=7 takes each seventh point. The
# faults are a kill -9 instead of the call, EIO and ENOSPC as its answer. After each one it is demanded that `current`
# leads to the whole old or the whole new tree, and that after the next run tree, registry and state agree and the
# ledger verifies. A copy into place, as a deployment by `cp` does it, has to be caught by the same demands.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! strace -qq -e trace=none true 2>/dev/null; then
    echo "SKIPPED: strace is missing or may not trace, so no system call was failed" >&2
    exit 0
fi
program=${1:-}
[ -n "$program" ] || { cargo build --release --quiet && program=target/release/aetherra-maint; }
PROGRAM="$(realpath "$program")" exec python3 - <<'PYTHON'
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.environ["PROGRAM"]
ONLY = [name for name in os.environ.get("ONLY", "").split(",") if name]
EVERY = int(os.environ.get("EVERY", "1"))
# What touches files: what is done in memory or to other processes cannot leave anything half done.
CALLS = (
    "open openat read pread64 write pwrite64 writev close fsync fdatasync syncfs rename renameat renameat2 link linkat "
    "symlink symlinkat unlink unlinkat mkdir mkdirat rmdir ftruncate fallocate fchmod fchmodat chmod fcntl flock "
    "getdents64 readlink readlinkat copy_file_range stat fstat lstat newfstatat statx lseek"
).split()
FAULTS = {"kill": "signal=KILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC"}
PLUGIN = 'class Weather:\n    name = "weather"\n    version = "{0}"\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = Weather\n'
OTHER = 'class Tides:\n    name = "tides"\n    version = "1.0.0"\n    def execute(self, coast):\n        return coast\n\n\nPLUGIN_CLASS = Tides\n'
memory = pathlib.Path("/dev/shm")
root = pathlib.Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
environment = {"PATH": os.environ["PATH"], "HOME": str(root), "LC_ALL": "C.UTF-8", "RAYON_NUM_THREADS": "1"}


def run(folder, *arguments, under=()):
    command = [*under, PROGRAM, "-q", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def done(folder, *arguments):
    found = run(folder, *arguments)
    assert found.returncode == 0, (arguments, found.returncode, found.stdout, found.stderr)
    return found


def judge(folder):
    for command in ["scan", "classify", "security-eval"]:
        done(folder, command, "--exit-zero")
    done(folder, "plan")


def write(folder, path, text):
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def tree(folder):
    """What a host would load: each file below the one tree that `current` names."""
    place = folder / ".aetherra/current"
    if not place.is_symlink():
        return {}
    top = place / "tree"
    return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}


def deployed(name):
    """A project in which one version is deployed and a plan for the next is made."""
    folder = root / name
    write(folder, "plugins/weather.py", PLUGIN.format("1.0.0"))
    write(folder, "plugins/tides.py", OTHER)
    judge(folder)
    done(folder, "integrate")
    write(folder, "plugins/weather.py", PLUGIN.format("1.1.0"))
    write(folder, "plugins/winds.py", OTHER.replace("Tides", "Winds").replace("tides", "winds"))
    judge(folder)
    return folder


def restore(folder):
    """Puts a project back to what was kept of it. The database stays the same file: judgements count only in the one
    that they were written to."""
    kept, database = folder.with_name(folder.name + ".kept"), folder / ".aetherra/state.db"
    for place in folder.iterdir():
        if place.name != ".aetherra":
            shutil.rmtree(place)
    for place in (folder / ".aetherra").iterdir():
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        elif place != database:
            place.unlink()

    def copy(source, target):
        if pathlib.Path(target) != database:
            return shutil.copy2(source, target)
        with open(database, "r+b") as file:
            file.write(pathlib.Path(source).read_bytes())
            file.truncate()

    shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True, copy_function=copy)


def keep(folder):
    shutil.copytree(folder, folder.with_name(folder.name + ".kept"), symlinks=True)


def interrupted(folder, name):
    """An integration that was killed: before or after the one step that counts."""
    keep(folder)
    before = tree(folder)
    for count in range(1, 200):
        restore(folder)
        strace(folder, "rename", count, "kill", ["integrate"])
        # The list of a generation has its number, so it is written after the intent.
        staged = (folder / ".aetherra/staging/new/generation.json").exists()
        if tree(folder) != before if name == "recovery-forward" else staged:
            shutil.rmtree(folder.with_name(folder.name + ".kept"))
            return
    sys.exit(f"{name}: no such moment was found")


def prepare(name, worker):
    """The project that an operation starts from, and what is done in it."""
    folder = deployed(f"{name}-{worker}")
    if name == "integrate":
        command = ["integrate"]
    elif name == "rollback":
        done(folder, "integrate")
        command = ["rollback", "--last"]
    elif name == "promote":
        done(folder, "integrate", "--canary", "--detach")
        command = ["canary", "promote", "--approve"]
    elif name == "quarantine":
        command = ["quarantine", "add", "plugins/tides.py", "--reason", "a test"]
    elif name == "gc":
        done(folder, "integrate")
        done(folder, "rollback", "--last")
        # Tokens keep what they lead to; here nobody has one any more.
        state = sqlite3.connect(folder / ".aetherra/state.db")
        with state:
            state.execute("UPDATE tokens SET spent_seq = issued_seq WHERE spent_seq IS NULL")
        state.close()
        command = ["generations", "gc", "--keep", "0"]
    else:
        interrupted(folder, name)
        command = ["generations", "gc", "--keep", "99"]
    keep(folder)
    return folder, command


def strace(folder, call, count, fault, arguments):
    under = ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", "signal=none"]
    return run(folder, *arguments, under=[*under, "-e", f"inject={call}:{FAULTS[fault]}:when={count}"])


def points(name, folder, arguments):
    """How often the operation makes each call, in the thread that makes it most often; and the tree that it leads to."""
    trace = root / f"{name}.trace"
    selected = ["-e", "trace=" + ",".join("?" + call for call in CALLS), "-e", "signal=none"]
    found = run(folder, *arguments, under=["strace", "-qq", "-f", "-o", str(trace), *selected])
    assert found.returncode == 0, (name, found.stdout, found.stderr)
    counts = collections.Counter()
    for line in trace.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match:
            counts[match.groups()] += 1
    most = collections.Counter()
    for (_, call), count in counts.items():
        most[call] = max(most[call], count)
    return most, tree(folder)


def broken(folder, allowed, ended):
    """What is wrong after a fault, and after the next run; nothing when all is well."""
    if tree(folder) not in allowed:
        return "half deployed"
    if ended in (70, 101):
        return f"it ended by {ended}"
    after = run(folder, "generations", "gc", "--keep", "99")
    if after.returncode != 0:
        return f"the next run ends by {after.returncode}: {after.stderr}"
    if tree(folder) not in allowed:
        return "half deployed after the next run"
    listed = json.loads(run(folder, "generations", "-f", "json").stdout)["data"]["current"]
    link = folder / ".aetherra/current"
    named = int(os.readlink(link).rsplit("/", 1)[-1]) if link.is_symlink() else 0
    registry = json.loads((folder / ".aetherra/registry.json").read_text())["stable"]
    if listed != named or (registry["generation"] if registry else 0) != named:
        return f"the state says {listed}, the link {named}, the registry {registry}"
    for demand in [("generations", "verify"), ("audit", "verify")]:
        found = run(folder, *demand)
        if found.returncode != 0:
            return f"{demand} ends by {found.returncode}: {found.stdout}{found.stderr}"
    return None


def attempt(name, folder, arguments, allowed, call, count, fault):
    restore(folder)
    ended = strace(folder, call, count, fault, arguments).returncode
    why = broken(folder, allowed, ended)
    if why is None and ended == 0 and name in ("integrate", "rollback") and tree(folder) != allowed[1]:
        why = "it says that it was done, and it was not"
    return f"{name}: {fault} at {call} number {count}: {why}" if why else None, ended


def operation(name, worker):
    """Each second fault of an operation: what went wrong, and how each ended."""
    folder, arguments = prepare(name, worker)
    before = tree(folder)
    counts, after = points(name + str(worker), folder, arguments)
    # What recovery finds half done was on the way from one side to the other.
    other = tree(deployed(f"{name}-{worker}-before")) if name == "recovery-forward" else after
    every = [(call, count, fault) for call in sorted(counts) for count in range(1, counts[call] + 1) for fault in FAULTS]
    chosen = every[worker :: 2 * EVERY]
    return name, [attempt(name, folder, arguments, [before, after, other], *point) for point in chosen]


def naive():
    """A deployment by a copy into place, killed at each of its writes: how often the demands catch it."""
    folder = deployed("naive")
    keep(folder)
    caught, tried, old = 0, 0, tree(folder)
    new = {**old, **{f"plugins/{name}": (folder / "plugins" / name).read_bytes() for name in ["weather.py", "winds.py"]}}
    for call in ["openat", "write", "copy_file_range", "close"]:
        for count in range(1, 60):
            restore(folder)
            top = folder / ".aetherra" / os.readlink(folder / ".aetherra/current") / "tree/plugins"
            sources = [str(folder / "plugins/weather.py"), str(folder / "plugins/winds.py")]
            under = ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", "signal=none"]
            under += ["-e", f"inject={call}:signal=KILL:when={count}"]
            ended = subprocess.run([*under, "cp", "--remove-destination", *sources, str(top)], capture_output=True)
            if ended.returncode == 0:
                break
            if tree(folder) != old:
                tried += 1
                caught += tree(folder) != new
    return caught, tried


OPERATIONS = ["integrate", "rollback", "promote", "quarantine", "gc", "recovery-back", "recovery-forward"]
try:
    jobs = [(name, worker) for name in OPERATIONS if not ONLY or name in ONLY for worker in (0, 1)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda job: operation(*job), jobs))
    tried = collections.Counter()
    results = []
    for name, of_worker in found:
        tried[name] += len(of_worker)
        results += of_worker
    wrong = [why for why, _ in results if why]
    shown = ", ".join(f"{name} {count}" for name, count in tried.items())
    killed = sum(ended in (-signal.SIGKILL, 128 + signal.SIGKILL) for _, ended in results)
    print(f"{len(results)} faults at system calls ({shown}), {killed} of them a kill: {len(wrong)} left something half done or in disagreement")
    if not ONLY or "integrate" in ONLY:
        caught, of = naive()
        print(f"a copy into place, killed after it had begun: caught at {caught} of {of} points")
    for why in wrong[:20]:
        print(why, file=sys.stderr)
    sys.exit(1 if wrong else 0)
finally:
    shutil.rmtree(root, ignore_errors=True)
PYTHON
