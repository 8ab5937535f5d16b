//! `security-eval`: findings, risk, tier and decision, with reasons.

use std::path::PathBuf;

use aetherra_maint::incorporation::evaluate::watch::{Seen, wait};
use aetherra_maint::incorporation::evaluate::{
    Evaluated, Inputs, Request, Wanted, baseline, collect, evaluate, fix, remember, rules_of,
};
use aetherra_maint::model::{Diagnostic, counted};
use aetherra_maint::report::Answer;
use aetherra_maint::report::baseline::BaselineReport;
use aetherra_maint::report::security_answer::{Telling, answer};
use aetherra_maint::report::security_eval::HumanStyle;
use aetherra_maint::report::security_fix::{FixedFile, SecurityFix};
use aetherra_maint::security::rules::Selection;
use aetherra_maint::security::threshold::Thresholds;
use aetherra_maint::store::lease::LOCKED;
use aetherra_maint::store::{LedgerHead, OLDER, Store};
use aetherra_maint::{Error, Result};

use crate::globals::FormatArg;
use crate::output;
use crate::path_list::{Named, asks_for_list, named};
use crate::session::Session;
use crate::streams::Talk;

/// Flags of `security-eval`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders; `-` reads a list from standard input [default: the project]
    paths: Vec<PathBuf>,
    /// The list on standard input is ended by NUL instead of line ends
    #[arg(short = '0', long = "null")]
    null: bool,
    /// Judge what is staged for the next commit, as it is staged
    #[arg(long, conflicts_with_all = ["paths", "from_ref"])]
    staged: bool,
    /// Judge what changed since this commit
    #[arg(long, value_name = "COMMIT", conflicts_with = "paths")]
    from_ref: Option<String>,
    /// As it is in this commit
    #[arg(long, value_name = "COMMIT", requires = "from_ref", default_value = "HEAD")]
    to_ref: String,
    /// Only these rules: ids, ids of bandit or ruff, categories, `bandit`, `ruff`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// All but these rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Findings in this file do not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what counts now to this file, and answer yes
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Make the changes that are safe, and judge what is left
    #[arg(long, conflicts_with_all = ["staged", "from_ref", "diff", "write_baseline"])]
    fix: bool,
    /// Show the changes that are safe, and make none
    #[arg(long, conflicts_with_all = ["staged", "from_ref", "write_baseline"])]
    diff: bool,
    /// Judge again whenever a file changes, until a signal ends it
    #[arg(long, conflicts_with_all = ["staged", "from_ref", "fix", "diff", "write_baseline", "null"])]
    watch: bool,
    /// The human form: full, concise
    #[arg(long, value_enum, default_value_t = Style::Full, value_name = "STYLE", hide_possible_values = true)]
    output_style: Style,
    /// Neither use nor fill the cache in the state
    #[arg(long)]
    no_cache: bool,
}

/// The human forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Style {
    /// The code with a mark below it
    Full,
    /// One line a finding
    Concise,
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    if args.watch {
        return args.watch(session);
    }
    let (evaluated, audit) = args.judge(session)?;
    if let Some(path) = &args.write_baseline {
        let path = session.path(path);
        let written = baseline::write(&path, &evaluated)?;
        return Ok(Answer { audit, ..Answer::new(BaselineReport::of(&path, &written)) });
    }
    let telling = args.telling(session)?;
    if !args.fix && !args.diff {
        return Ok(Answer { audit, ..answer(evaluated, &telling) });
    }
    let rules = rules_of(&session.settings.security, &args.selection())?;
    let (prepared, left) = fix::prepare(&session.project, &evaluated, telling.report_from, &rules);
    let shown = |file: &fix::Prepared| FixedFile::new(&file.path, file.fixes, &file.old, &file.new);
    let files = prepared.iter().map(shown).collect::<Vec<_>>();
    if args.diff || session.globals.dry_run {
        let answer = Answer::new(SecurityFix { applied: false, files });
        return Ok(Answer { audit, diagnostics: left, ..answer });
    }
    fix::make(&prepared)?;
    let (evaluated, audit) = args.judge(session)?;
    let notes = files
        .iter()
        .map(|file| Diagnostic::note("fixed", format!("{} made", counted(file.fixes, "change"))).at(file.path.clone()));
    let mut answer = answer(evaluated, &telling);
    answer.diagnostics.extend(notes.chain(left));
    Ok(Answer { audit, ..answer })
}

impl Args {
    fn selection(&self) -> Selection {
        Selection { select: self.select.clone(), ignore: self.ignore.clone() }
    }

    /// What gates and what is told.
    fn telling(&self, session: &Session) -> Result<Telling> {
        let security = &session.settings.security;
        Ok(Telling {
            gates: Thresholds::new(security, session.globals.fail_on)?,
            report_from: session.globals.report_from.unwrap_or(security.report_from),
            style: match self.output_style {
                Style::Full => HumanStyle::Full,
                Style::Concise => HumanStyle::Concise,
            },
        })
    }

    /// The inputs as they are now. Strict mode lets no file of the project hide others.
    fn inputs(&self, session: &Session, wanted: &Wanted) -> Result<Inputs> {
        let hidden = session.settings.trust_mode.into();
        collect(&session.project, &session.host, wanted, hidden)
    }

    /// Judges inputs with what a store remembers.
    fn evaluated(&self, session: &Session, inputs: Inputs, store: Option<&Store>, remember: bool) -> Result<Evaluated> {
        let baseline = self.baseline.as_ref().map(|path| baseline::read(&session.path(path))).transpose()?;
        let own = self.baseline.as_ref().and_then(|path| inputs.remark_on(&session.path(path), self.is_of_change()));
        let request = Request { inputs, selection: self.selection(), baseline, remember };
        let mut evaluated = evaluate(&session.settings, &session.host, store, request)?;
        evaluated.diagnostics.extend(own);
        Ok(evaluated)
    }

    /// Whether what is judged is a change, and not what there is.
    fn is_of_change(&self) -> bool {
        self.staged || self.from_ref.is_some()
    }

    /// Judges, and remembers what is new where there is a state.
    fn judge(&self, session: &Session) -> Result<(Evaluated, Option<LedgerHead>)> {
        let inputs = self.inputs(session, &self.wanted()?)?;
        // A check leaves no state behind where there was none, unless one was named.
        let cache = !self.no_cache && (session.has_state() || session.globals.state.is_some());
        let store = match if cache { session.open_if_there() } else { Ok(None) } {
            // What an older binary remembered is brought up to date when something is written.
            Err(error) if error.code == OLDER => None,
            store => store?,
        };
        let remembers = cache && !session.globals.dry_run;
        let evaluated = self.evaluated(session, inputs, store.as_ref(), remembers)?;
        drop(store);
        if !remembers || !evaluated.is_new() {
            return Ok((evaluated, None));
        }
        match session.open_to_write() {
            Ok(mut store) => remember(&mut store, &session.run_id, &evaluated).map(|audit| (evaluated, audit)),
            // Somebody else writes: the answer does not depend on what is remembered.
            Err(error) if error.code == LOCKED => Ok((evaluated, None)),
            Err(error) => Err(error),
        }
    }

    /// Judges again and again. Nothing is written anywhere: what is remembered lives as long as the run.
    fn watch(&self, session: &Session) -> Result<Answer> {
        let globals = &session.globals;
        if !matches!(globals.format, FormatArg::Human | FormatArg::Jsonl) || !globals.output.is_empty() {
            return Err(Error::usage("watch-format", "a document that ends cannot be written by a run that does not")
                .hinted("use `--watch` with `-f human` or `-f jsonl`, and without `-o`"));
        }
        if asks_for_list(&self.paths) {
            return Err(Error::usage("watch-list", "a list on standard input cannot be read again")
                .hinted("name files and folders"));
        }
        let (wanted, telling, talk) = (self.wanted()?, self.telling(session)?, Talk::new(globals));
        let mut memory = Store::in_memory(&session.state_directory(), &session.host)?;
        let mut seen = Seen::of(&self.inputs(session, &wanted)?);
        for round in 1_u64.. {
            let judged = self.inputs(session, &wanted).and_then(|inputs| {
                let evaluated = self.evaluated(session, inputs, Some(&memory), true)?;
                remember(&mut memory, &session.run_id, &evaluated)?;
                Ok(answer(evaluated, &telling))
            });
            match judged {
                Ok(answer) => output::tell_round(&answer, globals, round),
                // What was there at the start may be on its way; a mistake on the command line is none.
                Err(error) if round == 1 => return Err(error),
                Err(error) => {
                    session.host.stop.check()?;
                    talk.error(&error);
                }
            }
            let next = wait(&session.host, &seen, || self.inputs(session, &wanted))?;
            talk.line(&format!("security-eval: {} files changed", next.changed_since(&seen)));
            seen = next;
        }
        Err(Error::bug("the rounds of a watch came to an end"))
    }

    /// What is to be judged.
    fn wanted(&self) -> Result<Wanted> {
        if self.staged {
            return Ok(Wanted::Staged);
        }
        if let Some(from) = &self.from_ref {
            return Ok(Wanted::Range { from: from.clone(), to: self.to_ref.clone() });
        }
        Ok(Wanted::Paths(match named(&self.paths, self.null)? {
            Named::Arguments(paths) if paths.is_empty() => vec![PathBuf::from(".")],
            Named::Arguments(paths) | Named::List(paths) => paths,
        }))
    }
}
