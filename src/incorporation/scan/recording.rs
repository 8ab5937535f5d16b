//! Writing what a scan found: one transaction with its entry in the ledger, and the backup.
//!
//! An empty index is filled while the files are still being read: the transaction takes each file as it
//! comes. Nothing has to be compared then, so that nothing has to be known first.

use std::sync::mpsc::sync_channel;

use rustc_hash::FxHashSet;

use super::backup::{self, Draft};
use super::reading::Reader;
use super::{RootOutcome, Scan, worker_pool};
use crate::Context;
use crate::error::Result;
use crate::model::{ChangeKind, Diagnostic, Digest, NewEntry};

/// How many batches of files that were read may wait to be written.
const QUEUE: usize = 8;

impl Scan<'_> {
    /// Reads all candidates and writes them at the same time. Only for an empty index.
    pub(super) fn record_first(&mut self, context: &mut Context<'_>, reader: Reader<'_>) -> Result<()> {
        let mut candidates = std::mem::take(&mut self.candidates);
        if candidates.is_empty() {
            return Ok(());
        }
        let pool = worker_pool()?;
        candidates.sort_unstable_by(|left, right| left.found.key.cmp(&right.found.key));
        self.outcome.read = candidates.len() as u64;
        self.fresh.reserve(candidates.len());
        let stop = reader.host.stop.clone();
        let directory = context.store.directory().to_path_buf();
        let (recorded, draft) = std::thread::scope(|threads| {
            let (giver, taker) = sync_channel(QUEUE);
            threads.spawn(move || pool.install(|| reader.stream(candidates, &giver)));
            let mut draft = None;
            let recorded = context.store.record(context.trace_id, |tx| {
                for attempt in taker.into_iter().flatten() {
                    match attempt {
                        Ok(mut fresh) => {
                            tx.file_add(&fresh.record, fresh.structure.take().as_ref())?;
                            self.fresh.push(fresh);
                        }
                        Err(failed) => self.not_read(failed.0, &failed.1),
                    }
                }
                stop.check()?;
                self.sort_fresh();
                for dropped in self.check_roots() {
                    tx.file_delete(&dropped.record.file.path)?;
                }
                self.decide(Vec::new());
                // Of a new index everything is at hand, so that its backup is written beside the commit.
                let records: Vec<_> = self.fresh.iter().map(|fresh| fresh.record.clone()).collect();
                draft = Some(threads.spawn(move || Draft::write(&directory, |line| records.iter().try_for_each(line))));
                Ok(((), self.entry()))
            });
            (recorded, draft.and_then(|draft| draft.join().ok()))
        });
        let ((), head) = recorded?;
        self.outcome.audit = Some(head);
        // The backup before is replaced only when the index is in the database.
        let published = match draft {
            Some(draft) => draft.and_then(Draft::publish),
            None => backup::write(context.store),
        };
        self.tell_backup(published);
        Ok(())
    }

    /// Writes the differences and their entry in one transaction.
    pub(super) fn record(&mut self, context: &mut Context<'_>) -> Result<()> {
        if self.outcome.changes.is_empty() && self.fresh.is_empty() {
            // A run before may have been killed, or have had no room, between the index and its backup.
            if !self.was_empty && backup::is_missing(context.store) {
                self.tell_backup(backup::write(context.store));
            }
            return Ok(());
        }
        context.check_stop()?;
        let (changes, fresh, gone) = (&self.outcome.changes, &self.fresh, &self.gone);
        let entry = self.entry();
        backup::put_aside(context.store);
        let ((), head) = context.store.record(context.trace_id, |tx| {
            let mut moved: FxHashSet<&str> = FxHashSet::default();
            for change in changes {
                if let Some(from) = &change.from {
                    tx.file_rename(from, &change.path)?;
                    moved.insert(from);
                }
            }
            for path in gone.iter().filter(|path| !moved.contains(path.as_str())) {
                tx.file_delete(path)?;
            }
            for fresh in fresh {
                tx.file_put(&fresh.record, fresh.structure.as_ref())?;
            }
            Ok(((), entry))
        })?;
        self.outcome.audit = Some(head);
        self.tell_backup(backup::write(context.store));
        Ok(())
    }

    fn tell_backup(&mut self, written: Result<std::path::PathBuf>) {
        match written {
            Ok(path) => self.outcome.backup = Some(path),
            // The index itself is safe in the database, so this is no failure of the scan.
            Err(error) => self.outcome.diagnostics.push(
                Diagnostic::warning("backup-not-written", error.to_string())
                    .helped("the index is in the database; make room, and the next scan writes its backup"),
            ),
        }
    }

    fn entry(&self) -> NewEntry {
        let roots: Vec<&str> =
            self.roots.good.iter().map(|root| if root.key.is_empty() { "." } else { root.key.as_str() }).collect();
        // The entry commits to what was written: anybody who has the changes can compute this again.
        let mut text = String::new();
        for change in &self.outcome.changes {
            text.push_str(change.change.word());
            text.push('\t');
            text.push_str(&change.path);
            text.push('\t');
            text.push_str(&change.digest.hex());
            text.push('\n');
        }
        NewEntry::new("index.update", roots.join(", "), "scan").detailed(serde_json::json!({
            "new": self.outcome.count(ChangeKind::New),
            "modified": self.outcome.count(ChangeKind::Modified),
            "moved": self.outcome.count(ChangeKind::Moved),
            "deleted": self.outcome.count(ChangeKind::Deleted),
            "left_out": self.outcome.count(ChangeKind::LeftOut),
            "refreshed": self.outcome.refreshed,
            "changes_digest": Digest::of(text.as_bytes()),
        }))
    }

    /// Takes back what was counted for a file.
    pub(super) fn uncount(&mut self, root: usize, size: u64) {
        self.outcome.files -= 1;
        self.outcome.bytes -= size;
        if let Some(RootOutcome { files, .. }) = self.outcome.roots.get_mut(root) {
            *files -= 1;
        }
    }
}
