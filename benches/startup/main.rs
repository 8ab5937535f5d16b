//! Measures how long the program takes to start, against a program that does nothing.
//!
//!     cargo bench --bench startup
//!
//! Each command is started 300 times, in turns, so that a busy moment of the machine hits all alike. The
//! figure is the median.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench is a program for developers"
)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often each command is started.
const ROUNDS: usize = 300;

fn main() {
    let ours = env!("CARGO_BIN_EXE_aetherra-maint");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("aetherra-maint.yaml"), "scan:\n  max_parse_bytes: 1000000\n").unwrap();
    let cases: [(&str, &str, &[&str]); 4] = [
        ("`true`", "true", &[]),
        ("`aetherra-maint --version`", ours, &["--version"]),
        ("`aetherra-maint explain usage`", ours, &["explain", "usage"]),
        ("`aetherra-maint config show` with a file", ours, &["config", "show"]),
    ];
    let mut times = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for _ in 0..ROUNDS {
        for (times, (_, program, arguments)) in times.iter_mut().zip(cases) {
            times.push(once(program, arguments, folder.path()));
        }
    }
    println!("| command | median, ms | slowest of ten, ms |\n|---|---:|---:|");
    for (mut times, (name, ..)) in times.into_iter().zip(cases) {
        times.sort();
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
        println!("| {name} | {:.2} | {:.2} |", at(50), at(90));
    }
}

fn once(program: &str, arguments: &[&str], folder: &std::path::Path) -> Duration {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    assert!(command.status().unwrap().success());
    start.elapsed()
}
