//! Writes entries into a file for others: as lines of JSON with a proof each, or as events.

use std::io::{BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::error::{Error, Result};
use crate::host::replace::{FOR_OWNER, replace_file};
use crate::ledger::event::event;
use crate::ledger::line::{EntryLine, encoded};
use crate::ledger::note::{Checkpoint, Note};
use crate::ledger::segment::write_line;
use crate::ledger::tree::ProofTree;
use crate::store::{LedgerFilter, Segment, Store};

/// What the first line of an export names as its format.
const FORMAT: &str = "aetherra-maint/ledger-export/v1";

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExportForm {
    /// Lines of JSON: the checkpoint, then each entry with the proof that leads to it.
    Jsonl,
    /// Lines of JSON: each entry as an event of CloudEvents 1.0.
    Cloudevents,
}

/// What is exported.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// Which entries.
    pub filter: LedgerFilter,
    /// In which form.
    pub form: ExportForm,
    /// The checkpoint that the proofs lead to; the newest when none is given. Entries after it are left out.
    pub checkpoint: Option<String>,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The name of the log.
    pub origin: String,
    /// How many entries.
    pub entries: u64,
    /// How many entries the checkpoint covers.
    pub size: u64,
}

/// Writes an export into a file, in one step; a rehearsal has no file and only counts.
///
/// # Errors
/// When the checkpoint is not one of this ledger, a segment that is needed is not here, or the file cannot be written.
pub fn export(store: &Store, request: &ExportRequest, to: Option<&Path>) -> Result<Exported> {
    store.ledger_at_rest(|| {
        let Some(path) = to else { return write(store, request, &mut std::io::sink(), Path::new("-")) };
        replace_file(path, "writing the export", FOR_OWNER, |file| {
            let failed = |error| Error::io("writing the export", path, error);
            let mut out = BufWriter::new(file);
            let exported = write(store, request, &mut out, path)?;
            out.flush().map_err(failed)?;
            Ok(exported)
        })
    })
}

fn write(store: &Store, request: &ExportRequest, out: &mut impl Write, path: &Path) -> Result<Exported> {
    let failed = |error| Error::io("writing the export", path, error);
    let (_, newest) = store.ledger_consistency(0)?;
    let note = request.checkpoint.as_ref().unwrap_or(&newest);
    let checkpoint = Note::parse(note).and_then(|note| Checkpoint::parse(&note.text)).map_err(|error| {
        Error::usage("checkpoint-invalid", format!("the checkpoint cannot be read: {error}"))
            .hinted("`aetherra-maint audit checkpoint` prints one")
    })?;
    let Checkpoint { origin, size, root, .. } = checkpoint;
    let sources = sources(store, request, size)?;
    let mut tree = ProofTree::after(&sources.first().map_or_else(Default::default, Source::tree_before));
    if request.form == ExportForm::Jsonl {
        for source in &sources {
            source.lines(store, size, &mut |line| {
                tree.push(&line.entry_hash);
                Ok(())
            })?;
        }
        if tree.root() != root || tree.size() != size {
            return Err(Error::usage("checkpoint-other", "the checkpoint is not one of this ledger")
                .hinted("`aetherra-maint audit verify --checkpoint FILE` tells what does not fit"));
        }
        let head = json!({"type": "ledger", "format": FORMAT, "origin": origin, "size": size, "checkpoint": note});
        write_line(out, &head).map_err(failed)?;
    }
    let proofs = tree.proofs();
    let mut entries = 0;
    for source in &sources {
        source.lines(store, size, &mut |mut line| {
            if !request.filter.admits(&line) {
                return Ok(());
            }
            entries += 1;
            match request.form {
                ExportForm::Cloudevents => write_line(out, &event(&origin, &line)),
                ExportForm::Jsonl => {
                    line.proof = proofs(line.seq - 1).map(|path| encoded(&path));
                    write_line(out, &line)
                }
            }
            .map_err(failed)
        })?;
    }
    if request.form == ExportForm::Jsonl {
        write_line(out, &json!({"type": "summary", "entries": entries})).map_err(failed)?;
    }
    Ok(Exported { origin, entries, size })
}

/// Where entries are read.
enum Source {
    /// A segment, with the tree over what is in front of it.
    Segment(Box<Segment>, crate::ledger::tree::CompactRange),
    /// The database, with the tree over what was moved out of it.
    Database(crate::ledger::pass::Start),
}

impl Source {
    fn tree_before(&self) -> crate::ledger::tree::CompactRange {
        match self {
            Self::Segment(_, tree) => tree.clone(),
            Self::Database(start) => start.tree.clone(),
        }
    }

    fn lines(&self, store: &Store, size: u64, each: &mut dyn FnMut(EntryLine) -> Result<()>) -> Result<()> {
        match self {
            Self::Segment(segment, _) => {
                store.segment_lines(segment, &mut |line| if line.seq <= size { each(line) } else { Ok(()) })
            }
            Self::Database(start) => store.ledger_lines(start.after, size, each),
        }
    }
}

/// The sources from the first whose entries are wanted, in order; segments are only read when they are.
fn sources(store: &Store, request: &ExportRequest, size: u64) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut tree = crate::ledger::tree::CompactRange::default();
    for segment in store.segments()? {
        let after = std::mem::replace(&mut tree, segment.tree.clone());
        let is_wanted = segment.range.to > request.filter.after
            && request.filter.since_ns.is_none_or(|since| segment.time_ns >= since)
            && segment.range.from <= size;
        if is_wanted || !sources.is_empty() || segment.range.to > size {
            sources.push(Source::Segment(Box::new(segment), after));
        }
    }
    sources.push(Source::Database(store.segment_start()?));
    Ok(sources)
}
