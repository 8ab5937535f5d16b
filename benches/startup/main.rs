//! Measures what a whole process costs for the smallest jobs, against a program that does nothing.
//!
//!     cargo bench --bench startup
//!
//! Each command is started many times, in turns, so that a busy moment of the machine hits all alike. The
//! figure is the median. One staged file is judged as the pre-commit hook does it: a new process, in a git
//! repository of a thousand files, once without the cache and once with it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench is a program for developers"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each command is started.
const ROUNDS: usize = 300;

/// Committed files beside the staged one.
const COMMITTED: usize = 1000;

/// A command to start, and what it ends with when all is well.
struct Case<'a> {
    name: &'a str,
    program: &'a str,
    arguments: &'a [&'a str],
    exit_code: i32,
    /// One start in so many rounds.
    every: usize,
}

fn main() {
    let ours = env!("CARGO_BIN_EXE_aetherra-maint");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("aetherra-maint.yaml"), "scan:\n  max_parse_bytes: 1000000\n").unwrap();
    repository(folder.path());
    let case = |name, program, arguments, exit_code, every| Case { name, program, arguments, exit_code, every };
    let cases = [
        case("`true`", "true", &[][..], 0, 1),
        case("`aetherra-maint --version`", ours, &["--version"], 0, 1),
        case("`aetherra-maint explain usage`", ours, &["explain", "usage"], 0, 1),
        case("`aetherra-maint config show` with a file", ours, &["config", "show"], 0, 1),
        case("`git diff --cached --name-only`", "git", &["diff", "--cached", "--name-only"], 0, 1),
        case("`security-eval --staged --no-cache`, one file", ours, &["security-eval", "--staged", "--no-cache"], 1, 1),
        case("`security-eval --staged`, one file, cached", ours, &["security-eval", "--staged"], 1, 1),
        case("`demo`, the whole loop", ours, &["demo"], 0, 30),
    ];
    let mut times = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for round in 0..ROUNDS {
        for (times, case) in times.iter_mut().zip(&cases).filter(|(_, case)| round % case.every == 0) {
            times.push(once(case, folder.path()));
        }
    }
    println!("| command | median, ms | slowest of ten, ms |\n|---|---:|---:|");
    for (mut times, case) in times.into_iter().zip(&cases) {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
        println!("| {} | {:.2} | {:.2} |", case.name, at(50), at(90));
    }
}

/// A repository of many files with one more staged, which has a finding that blocks.
fn repository(folder: &Path) {
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"];
        let status = Command::new("git").args(identity).args(arguments).current_dir(folder).status().unwrap();
        assert!(status.success(), "git {arguments:?}");
    };
    git(&["init", "--quiet"]);
    for number in 0..COMMITTED {
        let text = format!("import json\n\n\ndef read_{number}(text):\n    return json.loads(text)\n");
        std::fs::write(folder.join(format!("part_{number}.py")), text).unwrap();
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Parts"]);
    let staged = "import subprocess\n\n\ndef show(name):\n    subprocess.run('ls ' + name, shell=True)\n";
    std::fs::write(folder.join("staged.py"), staged).unwrap();
    git(&["add", "staged.py"]);
}

fn once(case: &Case<'_>, folder: &Path) -> Duration {
    // `demo` leaves its sample in the folder for temporary files: here, so that it goes when the bench ends.
    let mut command = Command::new(case.program);
    command.args(case.arguments).current_dir(folder).env("TMPDIR", folder.join(".git"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().unwrap();
    let spent = start.elapsed();
    assert_eq!(status.code(), Some(case.exit_code), "{}", case.name);
    spent
}
