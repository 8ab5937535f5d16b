//! Judging one file: what is stored of it holds, or it is read and analysed.

use super::inputs::{self, Input};
use super::project::{Asking, Project};
use super::{declared, together};
use crate::error::Result;
use crate::gate::{Gate, Subject};
use crate::host::Host;
use crate::model::{Asked, Digest, Evaluation, FileJudgement, FileStamp, SkipReason};
use crate::security::analyse::{InlineSuppressions, analyse_within};
use crate::security::rules::{RuleSet, Selection};
use crate::security::{suppress, threshold};
use crate::settings::SecuritySettings;
use crate::store::StoredEvaluation;

/// What one file came to.
pub(super) enum Outcome {
    /// Nothing changed since it was judged.
    Cached(Box<Evaluation>),
    /// Its content did not change, its times did.
    Restamped(Box<Evaluation>),
    /// Judged now.
    Fresh(Box<Evaluation>, Remember),
}

/// Whether a judgement is of the file that lies in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remember {
    Yes,
    No,
}

/// What is the same for all files of a run.
pub(super) struct Judge<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) inline: InlineSuppressions,
    pub(super) security: &'a SecuritySettings,
    pub(super) project: &'a Project,
    pub(super) per_path: PerPath,
    pub(super) folder: &'a std::path::Path,
    pub(super) tests: declared::Tests<'a>,
    pub(super) ruleset: &'a str,
    pub(super) host: &'a Host,
}

/// Rules that do not judge files of certain paths.
pub(super) type PerPath = Vec<(globset::GlobMatcher, Vec<String>)>;

/// The rules that the configuration ignores by path.
///
/// # Errors
/// Words that are no rule, patterns that are none.
pub(super) fn per_path(security: &SecuritySettings) -> Result<PerPath> {
    let all = security.per_path.iter().filter(|one| !one.ignore.is_empty());
    all.map(|one| {
        // A word that is no rule would silence nothing, and nobody would know.
        RuleSet::new(&Selection { select: Vec::new(), ignore: one.ignore.clone() })?;
        Ok((threshold::glob(&one.glob, "per_path")?, one.ignore.clone()))
    })
    .collect()
}

impl Outcome {
    pub(super) fn evaluation(&self) -> &Evaluation {
        match self {
            Self::Cached(evaluation) | Self::Restamped(evaluation) | Self::Fresh(evaluation, _) => evaluation,
        }
    }
}

impl Judge<'_> {
    /// Adds what a file does beyond what its component declares, what is declared and not done, and what tools do
    /// together with those of other files.
    pub(super) fn hold_to_declarations(&self, outcomes: &mut [Outcome], gate: &Gate) {
        let judgements: Vec<&FileJudgement> = outcomes.iter().map(|outcome| &outcome.evaluation().judgement).collect();
        let tree = &self.project.tree;
        let found = declared::Declarations::new(self.folder, tree, self.rules).findings(&judgements);
        let mut together = together::findings(&judgements, self.folder, tree, self.rules);
        for (index, (outcome, found)) in outcomes.iter_mut().zip(found).enumerate() {
            let judgement = &outcome.evaluation().judgement;
            let Some(mut found) = found else { continue };
            found.extend(together.remove(&index));
            let fits = self.per_path.iter().filter(|(glob, _)| glob.is_match(&judgement.path));
            let ignored: Vec<&[String]> = fits.map(|(_, ignore)| ignore.as_slice()).collect();
            let found = declared::silenced(found, &ignored);
            if declared::is_known(judgement, &found) {
                continue;
            }
            let mut evaluation = outcome.evaluation().clone();
            declared::replace(&mut evaluation.judgement, found);
            evaluation.verdict = gate.decide(Subject::of_judgement(&evaluation.judgement));
            *outcome = match outcome {
                Outcome::Cached(_) | Outcome::Restamped(_) => Outcome::Restamped(Box::new(evaluation)),
                Outcome::Fresh(_, remember) => Outcome::Fresh(Box::new(evaluation), *remember),
            };
        }
    }

    /// Judges a file, or finds that what is stored of it holds.
    pub(super) fn one(&self, input: Input, stored: Option<StoredEvaluation>, gate: &Gate) -> Outcome {
        if self.host.stop.is_requested() {
            let gap =
                FileJudgement::unjudged(input.path(), Digest([0; 32]), SkipReason::LimitReached, "the run was stopped");
            return self.fresh(gap, EMPTY_STAMP, Remember::No, gate);
        }
        self.host.progress.advance(1);
        let (path, source) = match input {
            Input::Blob { path, bytes } => {
                let digest = Digest::of(&bytes);
                let (judgement, _) = self.judge(&path, bytes, digest);
                return self.fresh(judgement, EMPTY_STAMP, Remember::No, gate);
            }
            Input::File { path, source } => (path, source),
        };
        // What cannot be read can be made again.
        let known = stored.and_then(|stored| stored.read().ok());
        let known = known.filter(|known| self.project.answers_as_before(&known.asked));
        let holds =
            |known: &Evaluation| self.project.stamp(&path, &known.asked.read) == Some(known.stamp) && !is_racy(known);
        let known = match known {
            Some(known) if holds(&known) => return Outcome::Cached(Box::new(known)),
            known => known,
        };
        let stamp = match self.project.stamp(&path, &[]) {
            Some(stamp) => stamp,
            None => match inputs::stamp(&source) {
                Ok(stamp) => stamp,
                Err(error) => return self.unreadable(&path, &error, gate),
            },
        };
        if stamp.size > self.security.max_file_bytes {
            let detail = format!("{} bytes; at most {} are judged", stamp.size, self.security.max_file_bytes);
            let judgement = FileJudgement::unjudged(&path, Digest([0; 32]), SkipReason::TooLarge, detail);
            return self.fresh(judgement, stamp, Remember::No, gate);
        }
        let bytes = match inputs::read(&source, self.security.max_file_bytes) {
            Ok(bytes) => bytes,
            Err(error) => return self.unreadable(&path, &error, gate),
        };
        let digest = Digest::of(&bytes);
        if let Some(known) = known
            && known.asked.read.is_empty()
            && known.judgement.digest == digest
        {
            let judged_ns = self.host.clock.now_ns();
            return Outcome::Restamped(Box::new(Evaluation { stamp, judged_ns, ..known }));
        }
        let (judgement, asked) = self.judge(&path, bytes, digest);
        match self.project.stamp(&path, &asked.read) {
            Some(stamp) => self.answered(judgement, stamp, asked, Remember::Yes, gate),
            None => self.answered(judgement, stamp, asked, Remember::No, gate),
        }
    }

    fn judge(&self, path: &str, bytes: Vec<u8>, digest: Digest) -> (FileJudgement, Asked) {
        let asking = Asking::new(self.project);
        let (mut judgement, _) = analyse_within(path, bytes.into(), digest, self.rules, self.inline, &asking);
        judgement.benefit.tested = judgement.benefit.public_items > 0 && self.tests.has(path);
        for (glob, ignore) in &self.per_path {
            if glob.is_match(path) {
                suppress::by_config(&mut judgement.findings, ignore);
            }
        }
        (judgement, asking.asked())
    }

    fn unreadable(&self, path: &str, error: &std::io::Error, gate: &Gate) -> Outcome {
        let judgement = FileJudgement::unjudged(path, Digest([0; 32]), SkipReason::Unreadable, error.to_string());
        self.fresh(judgement, EMPTY_STAMP, Remember::No, gate)
    }

    /// A judgement that asked nothing of other files.
    fn fresh(&self, judgement: FileJudgement, stamp: FileStamp, remember: Remember, gate: &Gate) -> Outcome {
        self.answered(judgement, stamp, Asked::default(), remember, gate)
    }

    fn answered(
        &self,
        judgement: FileJudgement,
        stamp: FileStamp,
        asked: Asked,
        remember: Remember,
        gate: &Gate,
    ) -> Outcome {
        let verdict = gate.decide(Subject::of_judgement(&judgement));
        let judged_ns = self.host.clock.now_ns();
        let evaluation = Evaluation { judgement, verdict, ruleset: self.ruleset.to_owned(), judged_ns, stamp, asked };
        Outcome::Fresh(Box::new(evaluation), remember)
    }
}

const EMPTY_STAMP: FileStamp = FileStamp { size: 0, mtime_ns: 0, ctime_ns: 0, inode: 0 };

/// A file that was changed in the very moment of its judgement may have been changed once more after it,
/// within the same tick of its clock. Two seconds cover the coarsest file systems.
fn is_racy(known: &Evaluation) -> bool {
    known.stamp.mtime_ns.max(known.stamp.ctime_ns) + 2_000_000_000 > known.judged_ns
}
