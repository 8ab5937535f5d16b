//! Starting other programs.
//!
//! A program is started without a shell, in a process group of its own, with a time limit and a limit on
//! what is kept of its output. When the time is up, and also when the program itself has ended, the
//! whole group is killed, so that nothing it started outlives it. Output past the limit is read and thrown
//! away: a program must not hang because nobody reads, and must not fill our memory. A program that is not to be
//! relied on is locked in, see [`super::confine`].

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::confine::{self, Confinement, Isolation};
use super::stop::Stop;
use crate::error::{Error, ErrorKind, Result};

/// How long to wait for the last output of a program that has ended. Only a process that left the group
/// and still holds the pipe makes this wait its full length.
const DRAIN: Duration = Duration::from_millis(500);

/// How often a program that is locked in is measured.
const MEASURE: Duration = Duration::from_millis(10);

/// How often it is looked whether the run was asked to stop.
const LISTEN: Duration = Duration::from_millis(50);

/// What the new process finds in its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environment {
    /// Our own environment, with these variables set on top.
    Inherited(Vec<(OsString, OsString)>),
    /// These variables and no other.
    Only(Vec<(OsString, OsString)>),
}

impl Default for Environment {
    fn default() -> Self {
        Self::Inherited(Vec::new())
    }
}

/// A program to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The program: a path, or a name that is looked up in `PATH`.
    pub program: OsString,
    /// Its arguments, handed over as they are; no shell reads them.
    pub args: Vec<OsString>,
    /// Where it starts; none for our own current folder.
    pub cwd: Option<PathBuf>,
    /// Its environment.
    pub env: Environment,
    /// What it reads on standard input; none for an empty one.
    pub stdin: Option<Vec<u8>>,
    /// How long it may run.
    pub timeout: Duration,
    /// How many bytes of each of its two outputs are kept.
    pub max_output: usize,
    /// What it may do, when it is locked in.
    pub confined: Option<Confinement>,
    /// What ends it before its time; none for what has to go on to its end, such as taking something back.
    pub stop: Option<Stop>,
}

impl Command {
    /// A program with arguments, thirty seconds and a mebibyte of each output.
    pub fn new<P, A, I>(program: P, args: I) -> Self
    where
        P: Into<OsString>,
        A: Into<OsString>,
        I: IntoIterator<Item = A>,
    {
        Self {
            program: program.into(),
            args: args.into_iter().map(Into::into).collect(),
            cwd: None,
            env: Environment::default(),
            stdin: None,
            timeout: Duration::from_secs(30),
            max_output: 1024 * 1024,
            confined: None,
            stop: None,
        }
    }

    /// Sets where it starts.
    #[must_use]
    pub fn starting_in(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cwd = Some(folder.into());
        self
    }

    /// The name by which messages call the program.
    pub fn name(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with this code.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
    /// By us, because its time was up.
    TimedOut,
    /// By us, because the run was asked to stop.
    Stopped,
    /// By us, because it went beyond a limit of its confinement.
    Exceeded(Exceeded),
}

/// A limit of a confinement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exceeded {
    /// Memory of all its processes together.
    Memory,
    /// Processes at once.
    Processes,
}

impl Ended {
    /// Whether it ended by itself with code 0.
    pub fn well(self) -> bool {
        self == Self::Exited(0)
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exit code {code}"),
            Self::Signalled(signal) => write!(f, "signal {signal}"),
            Self::TimedOut => f.write_str("its time limit"),
            Self::Stopped => f.write_str("the wish to stop"),
            Self::Exceeded(Exceeded::Memory) => f.write_str("its limit of memory"),
            Self::Exceeded(Exceeded::Processes) => f.write_str("its limit of processes"),
        }
    }
}

/// What a program left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// How it ended.
    pub ended: Ended,
    /// The first bytes of its standard output, up to the limit.
    pub stdout: Vec<u8>,
    /// The first bytes of its standard error, up to the limit.
    pub stderr: Vec<u8>,
    /// Whether either output was longer than what was kept.
    pub truncated: bool,
    /// How long it ran.
    pub took: Duration,
}

impl Output {
    /// A program that ended well and printed this.
    pub fn of(stdout: impl Into<Vec<u8>>) -> Self {
        Self {
            ended: Ended::Exited(0),
            stdout: stdout.into(),
            stderr: Vec::new(),
            truncated: false,
            took: Duration::ZERO,
        }
    }
}

/// Something that runs programs.
pub trait Processes: Send + Sync {
    /// Runs a program to its end or its time limit.
    ///
    /// # Errors
    ///
    /// When the program cannot be started. How a started program ended is in [`Output::ended`].
    fn run(&self, command: &Command) -> Result<Output>;

    /// What can lock programs in, the best first.
    fn isolations(&self) -> Vec<Isolation>;
}

/// The processes of the machine.
pub struct SystemProcesses;

impl Processes for SystemProcesses {
    fn run(&self, command: &Command) -> Result<Output> {
        let started = Instant::now();
        let (mut child, group) = match &command.confined {
            None => spawn(command, 0).map(|child| (child, None))?,
            Some(confinement) => spawn_confined(command, confinement).map(|(child, group)| (child, Some(group)))?,
        };
        let pid = rustix::process::Pid::from_child(&child);
        let group_id = group.as_ref().map_or(pid, |group| group.id);
        if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), command.stdin.clone()) {
            // A program that does not read its input to the end closes the pipe; that is its right.
            std::thread::spawn(move || drop(pipe.write_all(&bytes)));
        }
        let (finished, endings) = channel();
        let stdout = child.stdout.take().map(|pipe| collect(pipe, command.max_output, finished.clone()));
        let stderr = child.stderr.take().map(|pipe| collect(pipe, command.max_output, finished.clone()));
        let cut_short = wait(command, pid, group_id);
        // Fails when the group is gone, which is what was wanted.
        let _ = rustix::process::kill_process_group(group_id, rustix::process::Signal::KILL);
        let status = child.wait().map_err(|error| start_error(command, &error))?;
        let took = started.elapsed();
        drop((group, finished));
        let deadline = Instant::now() + DRAIN;
        while endings.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok() {}
        let (stdout, cut_stdout) = stdout.map(|kept| kept.take()).unwrap_or_default();
        let (stderr, cut_stderr) = stderr.map(|kept| kept.take()).unwrap_or_default();
        let ended = cut_short.unwrap_or_else(|| how_it_ended(status));
        Ok(Output { ended, stdout, stderr, truncated: cut_stdout || cut_stderr, took })
    }

    fn isolations(&self) -> Vec<Isolation> {
        confine::isolations()
    }
}

/// Waits until a program has ended, without reaping it, so that the group's number stays ours until the group is
/// killed. Says why it has to be ended by us, if it has.
fn wait(command: &Command, pid: rustix::process::Pid, group: rustix::process::Pid) -> Option<Ended> {
    let (sender, ended) = channel();
    std::thread::spawn(move || {
        let options = rustix::process::WaitIdOptions::EXITED | rustix::process::WaitIdOptions::NOWAIT;
        while let Err(rustix::io::Errno::INTR) = rustix::process::waitid(rustix::process::WaitId::Pid(pid), options) {}
        let _ = sender.send(());
    });
    let deadline = Instant::now() + command.timeout;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let step = match (&command.confined, &command.stop) {
            (Some(_), _) => MEASURE,
            (None, Some(_)) => LISTEN,
            (None, None) => left,
        };
        if ended.recv_timeout(left.min(step)) != Err(RecvTimeoutError::Timeout) {
            return None;
        }
        if command.stop.as_ref().is_some_and(Stop::is_requested) {
            return Some(Ended::Stopped);
        }
        if left.is_zero() {
            return Some(Ended::TimedOut);
        }
        let over = |confinement| confine::over(group.as_raw_pid(), confinement);
        if let Some(limit) = command.confined.as_ref().and_then(over) {
            return Some(Ended::Exceeded(limit));
        }
    }
}

/// A process group that exists before the program that is locked into it: it cannot make one then, and cannot leave
/// this one.
struct Group {
    holder: std::process::Child,
    id: rustix::process::Pid,
}

impl Drop for Group {
    fn drop(&mut self) {
        // It ends when its input does; nothing of it may be left.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

fn spawn_confined(command: &Command, confinement: &Confinement) -> Result<(std::process::Child, Group)> {
    let mut holding = Command::new("/bin/cat", Vec::<OsString>::new());
    holding.env = Environment::Only(Vec::new());
    // A pipe that nobody writes to, and that closes with us.
    holding.stdin = Some(Vec::new());
    let holder = spawn(&holding, 0)?;
    let group = Group { id: rustix::process::Pid::from_child(&holder), holder };
    let id = group.id.as_raw_pid();
    let child = match confinement.by {
        Isolation::Landlock => bound(command, confinement, id)?,
        Isolation::Bubblewrap => spawn(&confine::wrapped(command), id)?,
        Isolation::Missing => spawn(command, id)?,
    };
    confine::limit(rustix::process::Pid::from_child(&child), confinement);
    Ok((child, group))
}

/// Starts a program from a thread that was locked in before.
#[cfg(target_os = "linux")]
fn bound(command: &Command, confinement: &Confinement, group: i32) -> Result<std::process::Child> {
    std::thread::scope(|scope| {
        let starting = scope.spawn(|| {
            confine::bind(confinement, group).map_err(|why| {
                Error::new(
                    ErrorKind::Incomplete,
                    "not-locked-in",
                    format!("locking `{}` in failed: {why}", command.name()),
                )
                .hinted("see the section `verification` of the configuration")
            })?;
            spawn(command, group)
        });
        starting.join().unwrap_or_else(|_| Err(Error::bug("locking a program in panicked")))
    })
}

#[cfg(not(target_os = "linux"))]
fn bound(command: &Command, _: &Confinement, _: i32) -> Result<std::process::Child> {
    Err(Error::new(ErrorKind::Incomplete, "not-locked-in", format!("locking `{}` in needs Linux", command.name()))
        .hinted("see the section `verification` of the configuration"))
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that starts programs")]
fn spawn(command: &Command, group: i32) -> Result<std::process::Child> {
    use std::os::unix::process::CommandExt;
    let mut builder = std::process::Command::new(&command.program);
    builder.args(&command.args).process_group(group).stdout(Stdio::piped()).stderr(Stdio::piped());
    builder.stdin(if command.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
    if let Some(folder) = &command.cwd {
        builder.current_dir(folder);
    }
    match &command.env {
        Environment::Inherited(extra) => builder.envs(extra.iter().map(|(name, value)| (name, value))),
        Environment::Only(all) => builder.env_clear().envs(all.iter().map(|(name, value)| (name, value))),
    };
    builder.spawn().map_err(|error| start_error(command, &error))
}

fn start_error(command: &Command, error: &std::io::Error) -> Error {
    let (code, hint) = match error.kind() {
        std::io::ErrorKind::NotFound => {
            ("program-not-found", "install it, or check that it is in `PATH` and that the folder it starts in exists")
        }
        std::io::ErrorKind::PermissionDenied => ("program-not-executable", "check its permissions"),
        _ => ("program-not-started", "see the cause above"),
    };
    Error::new(ErrorKind::Incomplete, code, format!("running `{}` failed: {error}", command.name())).hinted(hint)
}

fn how_it_ended(status: std::process::ExitStatus) -> Ended {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => Ended::Exited(code),
        (None, signal) => Ended::Signalled(signal.unwrap_or(0)),
    }
}

/// What a reading thread has kept so far.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<(Vec<u8>, bool)>>);

impl Kept {
    fn take(&self) -> (Vec<u8>, bool) {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads a pipe to its end on a thread of its own, keeping the first `limit` bytes. The thread holds
/// `finished` until then.
fn collect(mut pipe: impl Read + Send + 'static, limit: usize, finished: std::sync::mpsc::Sender<()>) -> Kept {
    let kept = Kept::default();
    let shared = kept.clone();
    std::thread::spawn(move || {
        let _finished = finished;
        let mut buffer = [0; 16 * 1024];
        loop {
            match pipe.read(&mut buffer) {
                Ok(0) => return,
                Ok(count) => {
                    let mut state = shared.0.lock().unwrap_or_else(PoisonError::into_inner);
                    let room = limit.saturating_sub(state.0.len()).min(count);
                    state.0.extend_from_slice(buffer.get(..room).unwrap_or_default());
                    state.1 |= room < count;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    });
    kept
}

/// What a fake machine answers to a program.
pub type Script = dyn Fn(&Command) -> Result<Output> + Send + Sync;

/// Processes for tests: answers from a script, and remembers what was asked.
pub struct FakeProcesses {
    script: Box<Script>,
    asked: Mutex<Vec<Command>>,
}

impl FakeProcesses {
    /// Processes that answer as `script` says.
    pub fn new(script: impl Fn(&Command) -> Result<Output> + Send + Sync + 'static) -> Self {
        Self { script: Box::new(script), asked: Mutex::default() }
    }

    /// A machine on which no program is installed.
    pub fn none() -> Self {
        Self::new(|command| Err(start_error(command, &std::io::ErrorKind::NotFound.into())))
    }

    /// Every program that was asked for, in order.
    pub fn asked(&self) -> Vec<Command> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Processes for FakeProcesses {
    fn isolations(&self) -> Vec<Isolation> {
        vec![Isolation::Landlock]
    }

    fn run(&self, command: &Command) -> Result<Output> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(command.clone());
        (self.script)(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        Command::new("/bin/sh", ["-c", script])
    }

    #[test]
    fn both_outputs_and_the_code_come_back() {
        let output = SystemProcesses.run(&shell("echo out; echo err >&2; exit 3")).unwrap();
        assert_eq!((output.ended, output.truncated), (Ended::Exited(3), false));
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
    }

    #[test]
    fn input_is_handed_over_even_when_it_is_longer_than_a_pipe() {
        let mut command = Command::new("wc", ["-c"]);
        command.stdin = Some(vec![b'x'; 300_000]);
        let output = SystemProcesses.run(&command).unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "300000");
        let mut deaf = shell("exit 0");
        deaf.stdin = Some(vec![b'x'; 300_000]);
        assert!(SystemProcesses.run(&deaf).unwrap().ended.well());
    }

    #[test]
    fn no_shell_reads_the_arguments() {
        let output = SystemProcesses.run(&Command::new("echo", ["$HOME; echo two"])).unwrap();
        assert_eq!(output.stdout, b"$HOME; echo two\n");
    }

    /// Whether the process whose number a program printed is dead, or dies within a few seconds.
    fn dies(printed: &[u8]) -> bool {
        let number = String::from_utf8_lossy(printed).trim().to_owned();
        let alive = || {
            let status = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
            !status.is_empty() && !status.contains(") Z ")
        };
        assert!(number.parse::<u32>().is_ok(), "{number}");
        (0..500).any(|_| {
            std::thread::sleep(Duration::from_millis(if alive() { 10 } else { 0 }));
            !alive()
        })
    }

    #[test]
    fn what_runs_too_long_is_killed_with_all_it_started() {
        let mut command = shell("sleep 1000 & echo $!; sleep 1000");
        command.timeout = Duration::from_millis(300);
        let output = SystemProcesses.run(&command).unwrap();
        assert_eq!(output.ended, Ended::TimedOut);
        assert!(dies(&output.stdout));
    }

    #[test]
    fn what_is_asked_to_stop_is_killed_with_all_it_started() {
        let signal = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let mut command = shell("sleep 1000 & echo $!; sleep 1000");
        command.stop = Some(Stop::on_signal(Arc::clone(&signal)));
        let running = std::thread::spawn(move || SystemProcesses.run(&command).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        signal.store(15, std::sync::atomic::Ordering::Relaxed);
        let output = running.join().unwrap();
        assert_eq!(output.ended, Ended::Stopped);
        assert!(dies(&output.stdout));
    }

    #[test]
    fn what_a_program_leaves_behind_does_not_outlive_it() {
        let output = SystemProcesses.run(&shell("sleep 1000 & echo $!")).unwrap();
        assert_eq!(output.ended, Ended::Exited(0));
        assert!(dies(&output.stdout));
    }

    #[test]
    fn output_past_the_limit_is_read_but_not_kept() {
        let mut command = shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; exit 4");
        command.max_output = 1000;
        let output = SystemProcesses.run(&command).unwrap();
        assert_eq!((output.ended, output.stdout.len(), output.truncated), (Ended::Exited(4), 1000, true));
    }

    #[test]
    fn the_environment_can_be_ours_or_none() {
        let mut command = Command::new("/usr/bin/env", Vec::<OsString>::new());
        command.env = Environment::Only(vec![("ONLY".into(), "this".into())]);
        assert_eq!(SystemProcesses.run(&command).unwrap().stdout, b"ONLY=this\n");
    }

    #[test]
    fn what_is_not_there_is_an_error_with_a_hint() {
        let error = SystemProcesses.run(&Command::new("no-such-program-here", [""])).unwrap_err();
        assert_eq!(error.code, "program-not-found");
        assert!(!error.hints.is_empty());
    }

    #[test]
    fn a_signal_is_told_apart_from_a_code() {
        assert_eq!(SystemProcesses.run(&shell("kill -9 $$")).unwrap().ended, Ended::Signalled(9));
    }
}
