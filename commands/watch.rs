//! `watch`: the loop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aetherra_maint::cycle::{Looked, Looking, Observer, Place, STAGES, Tallies, due};
use aetherra_maint::model::{Diagnostic, StageRun, counted};
use aetherra_maint::report::Answer;
use aetherra_maint::report::watch::{WatchReport, stage_item, stage_line};
use aetherra_maint::settings::Settings;
use aetherra_maint::settings::layers::resolve;
use aetherra_maint::{Error, Result};

use crate::globals::FormatArg;
use crate::session::{self, Session};
use crate::streams::{self, Talk};

/// Flags of `watch`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Do what is due now, and end
    #[arg(long)]
    pub once: bool,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    if session.globals.dry_run {
        return rehearsed(session);
    }
    let state = session.state_directory();
    let place = Place { project: &session.project, state: &state, host: &session.host, run_id: &session.run_id };
    let mut listener = Listener::new(session, args.once)?;
    if args.once {
        let stages = place.tick(&session.settings, &mut Looked::new(), &mut listener)?;
        let diagnostics = listener.diagnostics;
        return Ok(Answer { diagnostics, ..Answer::new(WatchReport { stages, runs: listener.runs, due: None }) });
    }
    let mut stages = Tallies::new();
    let ended = place.run(session.settings.clone(), &mut listener, &mut stages);
    let sum = |count: fn(&aetherra_maint::cycle::Tally) -> u64| stages.values().map(count).sum::<u64>();
    listener.talk.line(&format!(
        "watch: {}, {} of them failed",
        counted(sum(|tally| tally.runs), "run"),
        sum(|tally| tally.failed)
    ));
    ended.map(|()| Answer::new(WatchReport { stages, runs: Vec::new(), due: None }))
}

/// What would be run first. What becomes due through it is not known before it has run.
fn rehearsed(session: &Session) -> Result<Answer> {
    let store = session.open_to_look()?;
    let looking = Looking { store: &store, settings: &session.settings };
    let due = due(STAGES, &looking, &Looked::new(), session.host.clock.now_ns())?;
    let due = Some(due.iter().map(|stage| stage.name.to_owned()).collect());
    Ok(Answer::new(WatchReport { stages: Tallies::new(), runs: Vec::new(), due }))
}

/// Tells what happens as it happens, and reads the configuration again on SIGHUP.
struct Listener<'a> {
    session: &'a Session,
    talk: Talk,
    once: bool,
    hangup: Arc<AtomicBool>,
    runs: Vec<StageRun>,
    diagnostics: Vec<Diagnostic>,
    /// What was told of the signer.
    signer: Option<Diagnostic>,
}

impl<'a> Listener<'a> {
    fn new(session: &'a Session, once: bool) -> Result<Self> {
        let hangup = Arc::new(AtomicBool::new(false));
        if !once {
            signal_hook::flag::register(signal_hook::consts::SIGHUP, Arc::clone(&hangup))
                .map_err(|error| Error::bug(format!("installing the handler of SIGHUP failed: {error}")))?;
        }
        let talk = Talk::new(&session.globals);
        Ok(Self { session, talk, once, hangup, runs: Vec::new(), diagnostics: Vec::new(), signer: None })
    }

    /// A loop may run for months: what is told at the end of other runs is told as it happens, once.
    fn tell_of_signer(&mut self) {
        let trouble = self.session.signer_trouble();
        if !self.once && trouble != self.signer {
            trouble.iter().for_each(|trouble| self.talk.diagnostics(std::slice::from_ref(trouble)));
            self.signer = trouble;
        }
    }
}

impl Observer for Listener<'_> {
    fn stage(&mut self, run: &StageRun) {
        if self.once {
            self.runs.push(run.clone());
        } else if self.session.globals.format == FormatArg::Jsonl {
            // A reader that went away does not stop the loop.
            let _ = streams::write_data(&format!("{}\n", stage_item(run)));
        } else {
            self.talk.line(&stage_line(run));
        }
        self.tell_of_signer();
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        if self.once {
            self.diagnostics.push(diagnostic.clone());
        } else {
            self.talk.diagnostics(std::slice::from_ref(diagnostic));
        }
    }

    fn reloaded(&mut self) -> Option<Result<Settings>> {
        if !self.hangup.swap(false, Ordering::Relaxed) {
            return None;
        }
        let resolved = resolve(&session::sources(&self.session.globals)).into_result();
        Some(resolved.map(|(settings, warnings)| {
            self.talk.diagnostics(&warnings);
            settings
        }))
    }
}
