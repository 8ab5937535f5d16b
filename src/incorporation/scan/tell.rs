//! What a scan tells: files that could not be judged, roots that went wrong, trouble with git.

use rustc_hash::FxHashSet;

use super::walk::Seen;
use super::{Scan, ScanOutcome};
use crate::Context;
use crate::model::{Diagnostic, Level, SkipReason, Skipped, path_key};

impl Scan<'_> {
    /// Puts together what is told.
    pub(super) fn finish(mut self, context: &Context<'_>) -> ScanOutcome {
        self.tell_gaps(context);
        let mut outcome = self.outcome;
        outcome.skipped.append(&mut self.seen.skipped);
        for bad in &self.roots.bad {
            let detail = if bad.missing { "there is nothing of this name".to_owned() } else { bad.detail.clone() };
            outcome.diagnostics.push(
                Diagnostic::new(Level::Error, "root-not-scanned", format!("this root was not scanned: {detail}"))
                    .at(&bad.key)
                    .helped("check the path and its permissions; what the index has of it was kept"),
            );
            outcome.skipped.push(Skipped { path: bad.key.clone(), reason: SkipReason::Unreadable, detail });
        }
        for index in &self.lost {
            let Some(root) = self.roots.good.get(*index) else { continue };
            let key = if root.key.is_empty() { ".".to_owned() } else { root.key.clone() };
            let detail = "it vanished while it was scanned".to_owned();
            outcome.diagnostics.push(
                Diagnostic::new(Level::Error, "root-vanished", "this root vanished while it was scanned")
                    .at(&key)
                    .helped("bring it back and scan again; what the index has of it was kept"),
            );
            outcome.skipped.push(Skipped { path: key, reason: SkipReason::Unreadable, detail });
        }
        for (index, count) in &self.doubtful {
            let Some(root) = self.roots.good.get(*index) else { continue };
            let key = if root.key.is_empty() { ".".to_owned() } else { root.key.clone() };
            let files = if *count == 1 { "1 file".to_owned() } else { format!("{count} files") };
            let detail = format!("it is empty, and the index has {files} of it");
            outcome.diagnostics.push(
                Diagnostic::new(Level::Error, "root-empty", format!("this root was not believed: {detail}"))
                    .at(&key)
                    .helped(
                        "mount what belongs there and scan again; if it is meant to be empty, add `--accept-empty`",
                    ),
            );
            outcome.skipped.push(Skipped { path: key, reason: SkipReason::Unreadable, detail });
            if let Some(told) = outcome.roots.get_mut(*index) {
                told.fault = Some("empty, and it was not before".to_owned());
            }
        }
        outcome.diagnostics.extend(git_notes(&self.seen));
        outcome.skipped.sort();
        outcome.skipped.dedup();
        outcome.diagnostics.extend(gap_diagnostics(&outcome.skipped));
        outcome
    }

    /// Adds what could not be judged in files that are indexed: those read now, and those that did not change.
    fn tell_gaps(&mut self, context: &Context<'_>) {
        let mut odd = None;
        for fresh in &self.fresh {
            let file = &fresh.record.file;
            if let Some(gap) = &fresh.record.gap {
                self.outcome.gaps += 1;
                self.outcome.skipped.push(Skipped {
                    path: file.path.clone(),
                    reason: gap.reason,
                    detail: gap.detail.clone(),
                });
            }
            if path_key::is_escaped(&file.path) {
                odd.get_or_insert((0_u64, file.path.clone())).0 += 1;
            }
        }
        if let Some((count, path)) = odd {
            self.outcome.diagnostics.push(
                Diagnostic::note(
                    "odd-name",
                    if count == 1 {
                        "1 file name is no plain text and is written with escapes".to_owned()
                    } else {
                        format!("{count} file names are no plain text and are written with escapes")
                    },
                )
                .at(path)
                .helped("`\\xff` stands for the byte 0xff, and `\\\\` for a backslash"),
            );
        }
        if !self.unchanged_paths {
            return;
        }
        let read: FxHashSet<&str> = self.fresh.iter().map(|fresh| fresh.record.file.path.as_str()).collect();
        match context.store.file_gaps() {
            Ok(gaps) => {
                for (path, gap) in gaps {
                    let scanned = self.roots.good.iter().any(|root| path_key::is_within(&path, &root.key));
                    if scanned && !read.contains(path.as_str()) && !self.missing.contains_key(&path) {
                        self.outcome.gaps += 1;
                        self.outcome.skipped.push(Skipped { path, reason: gap.reason, detail: gap.detail });
                    }
                }
            }
            Err(error) => self.outcome.diagnostics.push(Diagnostic::warning(error.code, error.to_string())),
        }
    }
}

fn git_notes(seen: &Seen) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for (git, reason) in &seen.git_trouble {
        notes.push(
            Diagnostic::warning("git-index-unreadable", format!("what git tracks is not known: {reason}"))
                .at(git.display().to_string())
                .helped("files that `.gitignore` hides were kept, to lose none that is tracked"),
        );
    }
    for (folder, count) in &seen.vendored_tracked {
        notes.push(
            Diagnostic::note(
                "vendored-tracked",
                if *count == 1 {
                    "1 file that git tracks lies in a vendored folder; it is scanned".to_owned()
                } else {
                    format!("{count} files that git tracks lie in a vendored folder; they are scanned")
                },
            )
            .at(folder)
            .helped("to leave them out, name the folder in `.aetherraignore`"),
        );
    }
    notes.sort_by(|left, right| left.path.cmp(&right.path));
    notes
}

/// One line for each reason, with the first file as an example.
fn gap_diagnostics(skipped: &[Skipped]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for reason in SkipReason::ALL.into_iter().filter(|reason| reason.is_gap()) {
        let mut of_reason = skipped.iter().filter(|skipped| skipped.reason == reason);
        let Some(first) = of_reason.next() else { continue };
        let count = 1 + of_reason.count();
        let what = match reason {
            SkipReason::TooLarge => "too large to be parsed",
            SkipReason::Unreadable => "could not be read",
            SkipReason::Undecodable => "could not be decoded",
            SkipReason::Unparsable => "could not be parsed in full",
            SkipReason::Changing => "kept changing",
            SkipReason::LimitReached => "reached a limit",
            _ => "no text",
        };
        let files = if count == 1 { "1 file" } else { &format!("{count} files") };
        diagnostics.push(
            Diagnostic::warning(
                format!("scan-{}", reason.word()),
                format!("{files}: {what}; the first: {}", first.detail),
            )
            .at(&first.path)
            .helped("`aetherra-maint scan --list-skipped` names them all; `--allow-incomplete` makes the exit code 0"),
        );
    }
    diagnostics
}
