//! The command line: parse, call one library function, report.

mod audit;
mod audit_follow;
mod audit_life;
mod audit_outside;
mod audit_verify;
mod canary;
mod classify;
mod completions;
mod config;
mod demo;
mod doctor;
mod explain;
mod feed;
mod generations;
mod globals;
mod health;
mod init;
mod integrate;
mod man;
mod output;
mod path_list;
mod plan;
mod policy;
mod progress;
mod quarantine;
mod rollback;
mod scan;
mod schema;
mod security_eval;
mod session;
mod signals;
mod state;
mod status;
mod streams;
mod trust;
mod usage;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use aetherra_maint::host::Host;
use aetherra_maint::model::Diagnostic;
use aetherra_maint::report::envelope::Run;
use aetherra_maint::report::exit::{Exit, ExitRules};
use aetherra_maint::report::skipped_run::SkippedRun;
use aetherra_maint::report::{Answer, Format};
use aetherra_maint::settings::Settings;
use aetherra_maint::settings::layers::resolve;
use aetherra_maint::store::lease::LOCKED;
use aetherra_maint::{Error, ErrorKind, Result};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use globals::{Globals, OnLock};
use session::Session;

/// Keeps a system of plugins, agents, scripts and data healthy, and proves what it did.
#[derive(Debug, Parser)]
#[command(name = "aetherra-maint", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// One line a subcommand.
#[derive(Debug, Subcommand)]
enum Command {
    /// Gives each indexed file a class and a confidence
    Classify(classify::Args),
    /// The ledger: check it, list it, take over a host's
    Audit(audit::Args),
    /// What is on trial, and what the settings of a trial do
    Canary(canary::Args),
    /// A script that teaches a shell the subcommands and flags
    Completions(completions::Args),
    /// What is configured, where it came from, whether it is valid
    Config(config::Args),
    /// A small sample system, and the whole loop over it
    Demo(demo::Args),
    /// Whether the tool itself is well: state, permissions, configuration, clock
    Doctor(doctor::Args),
    /// What a code, a rule or an exit code means, or why a file is let in or not
    Explain(explain::Args),
    /// What is deployed, what was, and who gets what
    Generations(generations::Args),
    /// Measures once, and judges against what was promised
    Health(health::Args),
    /// Write a commented configuration to start from
    Init(init::Args),
    /// Executes a plan, and gives a token that undoes it
    Integrate(integrate::Args),
    /// Manual pages
    Man(man::Args),
    /// Discovers code and data, and brings the index up to date
    Scan(scan::Args),
    /// What would be let in, in which order, and why the rest is not
    Plan(plan::Args),
    /// What the policy of the gate says
    Policy(policy::Args),
    /// What is isolated
    Quarantine(quarantine::Args),
    /// Goes back, by a token, by one step or to a generation
    Rollback(rollback::Args),
    /// The published JSON Schemas and exit codes
    Schema(schema::Args),
    /// Findings, risk, trust tier and decision of code
    SecurityEval(security_eval::Args),
    /// The state: what is in it, its version, a copy of it
    State(state::Args),
    /// Everything at a glance
    Status(status::Args),
    /// Signatures and approvals: who vouched for what
    Trust(trust::Args),
    /// The loop: every stage at its cadence
    Watch(watch::Args),
}

impl Command {
    fn run(&self, session: &mut Session) -> Result<Answer> {
        match self {
            Self::Classify(args) => classify::run(args, session),
            Self::Audit(args) => audit::run(args, session),
            Self::Canary(args) => canary::run(args, session),
            Self::Completions(args) => completions::run(args, session),
            Self::Config(args) => config::run(args, session),
            Self::Demo(args) => demo::run(args, session),
            Self::Doctor(args) => doctor::run(args, session),
            Self::Explain(args) => explain::run(args, session),
            Self::Generations(args) => generations::run(args, session),
            Self::Health(args) => health::run(args, session),
            Self::Init(args) => init::run(args, session),
            Self::Integrate(args) => integrate::run(args, session),
            Self::Man(args) => man::run(args, session),
            Self::Scan(args) => scan::run(args, session),
            Self::Plan(args) => plan::run(args, session),
            Self::Policy(args) => policy::run(args, session),
            Self::Quarantine(args) => quarantine::run(args, session),
            Self::Rollback(args) => rollback::run(args, session),
            Self::Schema(args) => schema::run(args, session),
            Self::SecurityEval(args) => security_eval::run(args, session),
            Self::State(args) => state::run(args, session),
            Self::Status(args) => status::run(args, session),
            Self::Trust(args) => trust::run(args, session),
            Self::Watch(args) => watch::run(args, session),
        }
    }

    /// How much of the configuration it needs.
    fn need(&self) -> Need {
        match self {
            Self::Completions(_) | Self::Demo(_) | Self::Man(_) | Self::Schema(_) => Need::Nothing,
            // What a code means must be told when the configuration is what is wrong.
            Self::Explain(args) if args.topic().is_some() || args.is_list() => Need::Nothing,
            Self::Config(_) | Self::Doctor(_) | Self::Init(_) => Need::WhatCanBeRead,
            _ => Need::AllOfIt,
        }
    }

    /// The formats that its report has besides `human`, `json` and `jsonl`.
    fn formats(&self) -> &'static [Format] {
        match self {
            Self::Health(_) => &[Format::Prometheus],
            Self::SecurityEval(_) => &[Format::Sarif, Format::Github, Format::Gitlab, Format::Junit, Format::Markdown],
            _ => &[],
        }
    }
}

/// How much of the configuration a subcommand needs.
enum Need {
    /// None: it must work whatever the configuration says.
    Nothing,
    /// What can be read: it looks into what is wrong.
    WhatCanBeRead,
    /// All of it must be valid.
    AllOfIt,
}

/// The command line as clap knows it, for what is generated from it.
pub fn command_line() -> clap::Command {
    Cli::command()
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let exit = run(&arguments);
    re_raise_signal(exit);
    ExitCode::from(code_of(exit))
}

fn code_of(exit: Exit) -> u8 {
    u8::try_from(exit.code).unwrap_or(70)
}

/// A run that was ended by a signal ends by that signal.
fn re_raise_signal(exit: Exit) {
    if exit.status == ErrorKind::Interrupted(0).status() {
        signals::re_raise(exit.code - 128);
    }
}

/// Ends a run that does not end by itself although it was asked to.
#[expect(clippy::disallowed_methods, reason = "the thread that would return the exit code does not come back")]
fn end_at_once(error: Error, globals: &Globals, run: &Run) {
    let exit = output::tell(&Err(error), globals, run);
    re_raise_signal(exit);
    std::process::exit(code_of(exit).into())
}

/// Everything between the arguments and the exit code.
fn run(arguments: &[OsString]) -> Exit {
    let (host, environment) = match Host::from_environment() {
        Ok(host) => (host, Ok(())),
        Err(error) => (Host::real(), Err(error)),
    };
    let mut run = Run {
        command: String::new(),
        run_id: host.identifier(8),
        started_at: host.clock.now(),
        duration_ms: 0,
        rules: ExitRules::default(),
    };
    let parsed = Cli::command().try_get_matches_from(arguments).and_then(|matches| {
        run.command = command_path(&matches);
        Cli::from_arg_matches(&matches)
    });
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage::tell(&error, arguments, &run),
    };
    run.rules = cli.globals.exit_rules();
    let result = environment.and_then(|()| guarded(|| execute(&cli, host.clone(), &run)));
    run.duration_ms = u64::try_from(host.clock.now().duration_since(run.started_at).as_millis()).unwrap_or(0);
    output::tell(&result, &cli.globals, &run)
}

/// Prepares the session and runs the subcommand in it.
fn execute(cli: &Cli, mut host: Host, run: &Run) -> Result<Answer> {
    let globals = &cli.globals;
    check_formats(cli)?;
    host.stop = signals::install()?;
    if let Some(limit) = globals.max_runtime {
        host.stop = host.stop.after(limit, &host.clock);
    }
    let (at_the_end, run_at_the_end) = (globals.clone(), run.clone());
    signals::watch(host.stop.clone(), move |error| end_at_once(error, &at_the_end, &run_at_the_end));
    host.progress = progress::listener(globals);
    if let Some(jobs) = globals.jobs {
        // Fails only when the pool exists already, and nothing ran before this.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
    let project = globals.project();
    if !project.is_dir() {
        return Err(Error::usage("project-missing", "the folder given with `-C` is not a directory")
            .at_path(&project)
            .hinted("check the path"));
    }
    let (settings, warnings) = settings_of(cli)?;
    let mut session = Session::new(globals, settings, host, &run.run_id);
    let result = cli.command.run(&mut session).map(|mut answer| {
        answer.diagnostics.splice(0..0, warnings.into_iter().chain(session.last_words()));
        answer
    });
    match result {
        Err(error) if error.code == LOCKED && globals.on_lock == OnLock::Skip => {
            Ok(Answer::new(SkippedRun { reason: error.message }))
        }
        result => result,
    }
}

/// The configuration, with what of it was not obeyed.
fn settings_of(cli: &Cli) -> Result<(Settings, Vec<Diagnostic>)> {
    match cli.command.need() {
        Need::Nothing => Ok((Settings::default(), Vec::new())),
        Need::WhatCanBeRead => Ok((resolve(&session::sources(&cli.globals)).settings, Vec::new())),
        Need::AllOfIt => {
            let (mut settings, warnings) = resolve(&session::sources(&cli.globals)).into_result()?;
            if settings.trust.keys.as_os_str().is_empty() {
                settings.trust.keys = session::usual_keys();
            }
            Ok((settings, warnings))
        }
    }
}

/// Refuses a format that the subcommand has not, before anything is done.
fn check_formats(cli: &Cli) -> Result<()> {
    let has = |format: Format| {
        matches!(format, Format::Human | Format::Json | Format::Jsonl) || cli.command.formats().contains(&format)
    };
    let asked = std::iter::once(cli.globals.format).chain(cli.globals.output.iter().map(|output| output.format));
    for format in asked {
        if !has(format.format()) {
            let message = format!("this subcommand has no format `{}`", format.name());
            return Err(
                Error::usage("format-unsupported", message).hinted("every subcommand has human, json and jsonl")
            );
        }
    }
    Ok(())
}

/// The names of the subcommands that were given, such as `audit verify`.
fn command_path(matches: &ArgMatches) -> String {
    let mut path = String::new();
    let mut level = matches.subcommand();
    while let Some((name, inner)) = level {
        if !path.is_empty() {
            path.push(' ');
        }
        path.push_str(name);
        level = inner.subcommand();
    }
    path
}

/// Turns a panic into an error that says that it is a bug, so that machines get their document even then.
fn guarded(work: impl FnOnce() -> Result<Answer>) -> Result<Answer> {
    let seen = Arc::new(Mutex::new(None));
    let seen_by_hook = Arc::clone(&seen);
    std::panic::set_hook(Box::new(move |panic| {
        let mut first = seen_by_hook.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| panic.to_string());
    }));
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    drop(std::panic::take_hook());
    result.unwrap_or_else(|_| {
        let text = seen.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default();
        Err(Error::bug(format!("the program met a state that it should never reach: {}", text.replace('\n', " "))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_panic_becomes_an_error_that_says_so() {
        let error = guarded(|| panic!("the impossible happened")).err().expect("an error");
        assert_eq!((error.kind, error.code), (ErrorKind::Bug, "internal-error"));
        assert!(error.message.contains("the impossible happened"), "{error}");
        let from_a_worker = guarded(|| {
            rayon::join(|| (), || -> () { panic!("a worker failed") });
            Err(Error::usage("usage", "not reached"))
        });
        assert_eq!(from_a_worker.err().expect("an error").exit_code(), 70);
    }
}
