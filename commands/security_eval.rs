//! `security-eval`: findings, risk, tier and decision, with reasons.

use std::path::PathBuf;

use aetherra_maint::incorporation::evaluate::{
    Evaluated, Request, Wanted, baseline, collect, evaluate, fix, read_list, remember,
};
use aetherra_maint::model::{Diagnostic, counted};
use aetherra_maint::report::Answer;
use aetherra_maint::report::baseline::BaselineReport;
use aetherra_maint::report::security_answer::{Telling, answer};
use aetherra_maint::report::security_eval::HumanStyle;
use aetherra_maint::report::security_fix::{FixedFile, SecurityFix};
use aetherra_maint::security::rules::Selection;
use aetherra_maint::store::lease::LOCKED;
use aetherra_maint::store::{DATABASE, LedgerHead};
use aetherra_maint::{Error, Result};

use crate::session::Session;

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
    let (evaluated, audit) = args.judge(session)?;
    if let Some(path) = &args.write_baseline {
        let path = session.path(path);
        let written = baseline::write(&path, &evaluated)?;
        return Ok(Answer { audit, ..Answer::new(BaselineReport::of(&path, &written)) });
    }
    let security = &session.settings.security;
    let telling = Telling {
        fail_on: session.globals.fail_on.unwrap_or(security.fail_on),
        report_from: session.globals.report_from.unwrap_or(security.report_from),
        style: match args.output_style {
            Style::Full => HumanStyle::Full,
            Style::Concise => HumanStyle::Concise,
        },
    };
    if args.fix || args.diff {
        let prepared = fix::prepare(&session.project, &evaluated, telling.report_from);
        let shown = |file: &fix::Prepared| FixedFile::new(&file.path, file.fixes, &file.old, &file.new);
        let files = prepared.iter().map(shown).collect::<Vec<_>>();
        let applied = args.fix && !session.globals.dry_run;
        if !applied {
            return Ok(Answer { audit, ..Answer::new(SecurityFix { applied, files }) });
        }
        fix::make(&prepared)?;
        let (evaluated, audit) = args.judge(session)?;
        let notes = files.iter().map(|file| {
            Diagnostic::note("fixed", format!("{} made", counted(file.fixes, "change"))).at(file.path.clone())
        });
        let mut answer = answer(evaluated, telling);
        answer.diagnostics.extend(notes);
        return Ok(Answer { audit, ..answer });
    }
    Ok(Answer { audit, ..answer(evaluated, telling) })
}

impl Args {
    /// Judges, and remembers what is new where there is a state.
    fn judge(&self, session: &Session) -> Result<(Evaluated, Option<LedgerHead>)> {
        let inputs = collect(&session.project, &session.host, &self.wanted()?)?;
        let baseline = self.baseline.as_ref().map(|path| baseline::read(&session.path(path))).transpose()?;
        let selection = Selection { select: self.select.clone(), ignore: self.ignore.clone() };
        // A check leaves no state behind where there was none, unless one was named.
        let exists = session.state_directory().join(DATABASE).is_file();
        let cache = !self.no_cache && (exists || session.globals.state.is_some());
        let store = if cache && exists { Some(session.open_to_read()?) } else { None };
        let request = Request { inputs, selection, baseline };
        let evaluated = evaluate(&session.settings, &session.host, store.as_ref(), request)?;
        drop(store);
        if !cache || !evaluated.is_new() || session.globals.dry_run {
            return Ok((evaluated, None));
        }
        match session.open_to_write() {
            Ok(mut store) => remember(&mut store, &session.run_id, &evaluated).map(|audit| (evaluated, audit)),
            // Somebody else writes: the answer does not depend on what is remembered.
            Err(error) if error.code == LOCKED => Ok((evaluated, None)),
            Err(error) => Err(error),
        }
    }

    /// What is to be judged.
    fn wanted(&self) -> Result<Wanted> {
        if self.staged {
            return Ok(Wanted::Staged);
        }
        if let Some(from) = &self.from_ref {
            return Ok(Wanted::Range { from: from.clone(), to: self.to_ref.clone() });
        }
        let list = self.null || self.paths.iter().any(|path| path.as_os_str() == "-");
        if list && self.paths.len() > 1 {
            return Err(Error::usage("list-and-paths", "paths were given both as arguments and on standard input")
                .hinted("give `-` alone"));
        }
        if list {
            return read_list(std::io::stdin().lock(), if self.null { 0 } else { b'\n' }).map(Wanted::Paths);
        }
        Ok(Wanted::Paths(if self.paths.is_empty() { vec![PathBuf::from(".")] } else { self.paths.clone() }))
    }
}
