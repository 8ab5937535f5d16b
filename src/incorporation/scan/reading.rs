//! Reading many files at once.

use std::sync::mpsc::SyncSender;

use rayon::prelude::*;

use super::content::{self, Buffers, Failure, Reading};
use super::roots::Roots;
use super::walk::Found;
use crate::host::Host;
use crate::model::{Digest, IndexRecord, IndexedFile, path_key};
use crate::store::{KnownFile, PackedStructure};

/// A file that has to be read.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) found: Found,
    pub(super) known: Option<KnownFile>,
}

/// A file that was read, ready to be written.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) record: IndexRecord,
    pub(super) structure: Option<PackedStructure>,
    pub(super) known: Option<KnownFile>,
    pub(super) before: Option<Digest>,
    /// Index of its root.
    pub(super) root: usize,
}

/// Files handed over at once: whoever takes them sleeps in between, and waking it for each costs more than
/// to write it.
const BATCH: usize = 32;

/// What was read of a candidate, or the candidate and why it could not be read.
pub(super) type Attempt = Result<Fresh, Box<(Candidate, Failure)>>;

/// What holds for all files of a scan.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) roots: &'a Roots,
    /// Bytes beyond which a file is only hashed.
    pub(super) max_parse: u64,
    pub(super) host: &'a Host,
    /// When reading began.
    read_ns: i64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(roots: &'a Roots, max_parse: u64, host: &'a Host) -> Self {
        Self { roots, max_parse, host, read_ns: host.clock.now_ns() }
    }

    /// Reads all candidates in parallel.
    pub(super) fn all(self, candidates: Vec<Candidate>) -> Vec<Attempt> {
        self.host.progress.begin("reading", Some(candidates.len() as u64));
        let attempts = candidates
            .into_par_iter()
            .map_init(Buffers::default, |buffers, candidate| self.attempt(candidate, buffers))
            .collect();
        self.host.progress.finish();
        attempts
    }

    /// Reads all candidates in parallel and hands them over, some at a time, as they were read. Ends early when
    /// nobody takes them any more.
    pub(super) fn stream(self, candidates: Vec<Candidate>, taker: &SyncSender<Vec<Attempt>>) {
        self.host.progress.begin("reading", Some(candidates.len() as u64));
        let mut batches = Vec::with_capacity(candidates.len() / BATCH + 1);
        let mut rest = candidates.into_iter();
        loop {
            let batch: Vec<Candidate> = rest.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            batches.push(batch);
        }
        // A taker that is gone has its own error to tell.
        let _ = batches.into_par_iter().try_for_each_init(Buffers::default, |buffers, batch| {
            let attempts = batch.into_iter().map(|candidate| self.attempt(candidate, buffers)).collect();
            taker.send(attempts).map_err(|_| ())
        });
        self.host.progress.finish();
    }

    fn attempt(self, candidate: Candidate, buffers: &mut Buffers) -> Attempt {
        if self.host.stop.is_requested() {
            return Err(Box::new((candidate, Failure::Gone)));
        }
        let read = self.read(&candidate, buffers);
        self.host.progress.advance(1);
        match read {
            Ok((reading, packed)) => Ok(self.fresh(candidate, reading, packed)),
            Err(failure) => Err(Box::new((candidate, failure))),
        }
    }

    fn read(self, candidate: &Candidate, buffers: &mut Buffers) -> Result<(Reading, Option<PackedStructure>), Failure> {
        let found = &candidate.found;
        let root = self.roots.good.get(found.root).ok_or(Failure::Gone)?;
        let relative = match &root.only {
            Some(name) => name.clone(),
            None => {
                let inner = found.key.get(root.key.len()..).unwrap_or_default().trim_start_matches('/');
                path_key::unescape(inner).ok_or(Failure::Gone)?
            }
        };
        let reading = content::read(&root.anchor, &relative, &found.key, self.max_parse, &self.host.stop, buffers)?;
        // Packing fails only when memory is exhausted; the file is then indexed without its structure.
        let packed = reading.structure.as_ref().and_then(|structure| buffers.packer.pack(structure).ok());
        Ok((reading, packed))
    }

    /// What is written of a file. The candidate's name goes on living: workers keep as little as they can, so that
    /// their memory does not become scattered between one syntax tree and the next.
    fn fresh(self, candidate: Candidate, reading: Reading, packed: Option<PackedStructure>) -> Fresh {
        let Candidate { found, known } = candidate;
        let Reading { stat, digest, kind, language, encoding, newlines, structure, gap } = reading;
        let root = self.roots.good.get(found.root).map(|root| root.key.clone()).unwrap_or_default();
        let file = IndexedFile {
            path: found.key,
            root,
            digest,
            size: stat.size,
            mtime_ns: stat.mtime_ns,
            kind,
            language,
            encoding,
            newlines: newlines.to_owned(),
            entry_points: structure.map(|structure| structure.entry_points()).unwrap_or_default(),
        };
        let record =
            IndexRecord { file, ctime_ns: stat.ctime_ns, inode: stat.inode, racy: stat.is_racy(self.read_ns), gap };
        Fresh { record, structure: packed, known, before: None, root: found.root }
    }
}
