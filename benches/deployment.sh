#!/usr/bin/env bash
# Measures deployment and trials, and puts the figures into the README.
#
#   benches/deployment.sh [PROGRAM [BENCH [TEST]]]
#
# PROGRAM is aetherra-maint, BENCH the program of `cargo bench --profile profiling --bench integration`, TEST that of
# `cargo test --profile profiling --lib`; what is not given is built. FAULTS names a file with what
# `benches/injection.sh` printed; without it that is run, which takes half an hour. Trials are simulated with fixed seeds, so their figures do not depend on the machine; the times do.
set -euo pipefail
cd "$(dirname "$0")/.."
executable() { cargo "$@" --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))/\1/p' | head -n 1; }
program=${1:-}
[ -n "$program" ] || { cargo build --release --quiet && program=target/release/aetherra-maint; }
bench=${2:-$(executable bench --profile profiling --bench integration)}
test=${3:-$(executable test --profile profiling --lib)}
PROGRAM="$program" BENCH="$bench" TEST="$test" python3 - <<'PYTHON'
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

def simulate(*flags):
    command = [os.environ["PROGRAM"], "-f", "json", "canary", "simulate", "--runs", "2000", *flags]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["data"]

def trial(name, flags, demand):
    found = simulate(*flags)
    requests = [found["median_requests"], found["p90_requests"]]
    shown = " | ".join("" if number is None else str(number) for number in requests)
    shares = " | ".join(f"{found[name] * 100:.2f} %" for name in ["stopped", "failed", "inconclusive", "passed"])
    return f"| {name} | {shares} | {shown} | {demand} |"

PLUGIN = 'class P:\n    name = "plugin-{0}"\n    version = "1.0.0"\n    def execute(self, x):\n        return x + {0}\n\n\nPLUGIN_CLASS = P\n'

def rollbacks():
    """How long it takes to undo the newest change of a tree of so many files, and to undo that, and so on."""
    program, shown = str(pathlib.Path(os.environ["PROGRAM"]).resolve()), []
    for count in [10, 1_000, 10_000]:
        with tempfile.TemporaryDirectory(dir=".") as folder:
            def run(*arguments):
                command = [program, "-q", "--set", "guards.rollbacks_per_hour=99", *arguments]
                subprocess.run(command, cwd=folder, check=True, capture_output=True)

            def deploy(numbers):
                for number in numbers:
                    path = pathlib.Path(folder, f"plugins/group_{number // 100}/plugin_{number:05}.py")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(PLUGIN.format(number))
                for command in ["scan", "classify", "security-eval"]:
                    run(command, "--exit-zero")
                run("plan")
                run("integrate")

            deploy(range(count))
            deploy([count])
            times = []
            for _ in range(15):
                started = time.perf_counter()
                run("rollback", "--last")
                times.append(time.perf_counter() - started)
            shown.append(f"{statistics.median(times) * 1000:.0f} ms ({count + 1} files)")
    return ", ".join(shown)

def recoveries(points=60):
    """How long the next run takes after an integration of 1,000 changed files was killed at some moment."""
    program, times = str(pathlib.Path(os.environ["PROGRAM"]).resolve()), []
    with tempfile.TemporaryDirectory(dir=".") as folder:
        def start(*arguments):
            command = [program, "-q", "--set", "guards.integrations_per_hour=9999", *arguments]
            return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def plan(more):
            for number in range(1_000):
                path = pathlib.Path(folder, f"plugins/group_{number // 100}/plugin_{number:05}.py")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(PLUGIN.format(number) + f"# {more}\n")
            for command in ["scan", "classify", "security-eval"]:
                start(command, "--exit-zero").wait()
            assert start("plan").wait() == 0

        plan(0)
        begun = time.perf_counter()
        assert start("integrate").wait() == 0
        longest = time.perf_counter() - begun
        plan(1)
        for point in range(points):
            running = start("integrate")
            time.sleep(longest * point / points)
            running.kill()
            if running.wait() == 0:
                plan(point + 2)
                continue
            staging = pathlib.Path(folder, ".aetherra/staging")
            left = staging.exists() and any(staging.iterdir())
            spent, begun = os.times(), time.perf_counter()
            assert start("generations", "gc", "--keep", "99").wait() == 0
            seconds, now = time.perf_counter() - begun, os.times()
            cpu = now.children_user + now.children_system - spent.children_user - spent.children_system
            if left:
                times.append((seconds * 1000, cpu * 1000))
    clock, cpu = [sorted(of) for of in zip(*times)]
    middle = len(times) // 2
    return (
        f"the next run after a killed integration of 1,000 files, on disk, the whole program, {len(times)} kills: "
        f"{clock[middle]:.0f} ms in the median, {clock[-1]:.0f} ms at most; processor time {cpu[middle]:.0f} and {cpu[-1]:.0f} ms"
    )

lines = ["Trials, `benches/deployment.sh`: 2,000 simulated canaries each, a tenth of the traffic, α = 1 %, a look after every request.", ""]
lines += ["| canary | stopped on the way | failed at the end | too little to tell | passed | requests until stopped, median | nine of ten | demanded |", "|---|---:|---:|---:|---:|---:|---:|---|"]
lines.append(trial("healthy, 500 requests", ["--requests", "500"], "at most 1 %"))
lines.append(trial("failures 1 % → 5 %", ["--requests", "3000", "--canary-failures", "5"], "200 in the median"))
lines.append(trial("failures 0 → 1 %, 500 requests", ["--requests", "500", "--stable-failures", "0"], "half of them within 500"))
lines.append(trial("failures 0 → 1 %, 4,000 requests", ["--requests", "4000", "--stable-failures", "0"], "always"))
lines.append(trial("latency ×1.25", ["--requests", "1000", "--slowdown", "1.25"], "within 100"))
lines += ["", "A canary that goes back at the end is caught as well.", "", "Deployment, `cargo bench --profile profiling --bench integration`:", ""]
bench = subprocess.run([os.environ["BENCH"], "--bench"], check=True, capture_output=True, text=True).stdout
lines += [f"- {line}" for line in bench.splitlines() if line]
environment = os.environ | {"KILL_POINTS": os.environ.get("KILL_POINTS", "10000")}
test = [os.environ["TEST"], "execute::tests::random::no_random_kill", "--nocapture"]
killed = subprocess.run(test, check=True, capture_output=True, text=True, env=environment).stderr
lines += [f"- {line}, nothing half done, no disagreement of tree and ledger (in memory)" for line in killed.splitlines() if "kill points" in line]
lines.append(f"- `rollback --last` of one added file, the whole program, medians of 15: {rollbacks()}")
lines.append(f"- {recoveries()}")
faults = os.environ.get("FAULTS")
if faults is None:
    command = ["benches/injection.sh", os.environ["PROGRAM"]]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
else:
    said = pathlib.Path(faults).read_text(encoding="utf-8")
lines += [f"- `benches/injection.sh`: {line}" for line in said.splitlines() if " faults at " in line]
lines += [f"- the same demands on {line}" for line in said.splitlines() if line.startswith("a copy")]
readme = pathlib.Path("README.md")
text = readme.read_text(encoding="utf-8")
block = "<!-- figures: deployment -->\n" + "\n".join(lines) + "\n<!-- end: deployment -->\n"
pattern = r"<!-- figures: deployment -->\n(.*?<!-- end: deployment -->\n)?"
readme.write_text(re.sub(pattern, lambda _: block, text, count=1, flags=re.S), encoding="utf-8")
PYTHON
