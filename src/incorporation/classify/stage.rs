//! Classifies the whole index: reads the texts in parallel, judges, and records what became different.
//!
//! # When nothing has to be done
//!
//! The class of a file depends on its content, on the model and on the files around it. All three go into
//! one digest, the basis. While it is the one that the recorded classes were made from, they are still right
//! and nothing is read.
//!
//! # Files that changed since the scan
//!
//! The text of a file counts only while size and modification time are those of the index. Otherwise the
//! class comes from the structure alone, the file is reported, and the basis is not noted, so that the next
//! run looks again.

use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::json;

use super::surroundings::name_of;
use super::{Features, MAX_BYTES, Model, Sighting, Surroundings, TextFacts, TextKind};
use crate::context::Context;
use crate::error::Result;
use crate::incorporation::scan::Effect;
use crate::model::structure::Structure;
use crate::model::{Classification, Digest, IndexedFile, NewEntry, SkipReason, Skipped, path_key};
use crate::store::{ClassifiedFile, LedgerHead};

/// What is to be classified: always the whole index, since files speak for one another.
#[derive(Debug, Clone)]
pub struct ClassifyRequest {
    /// The project folder, from which the paths of the index start.
    pub project: PathBuf,
    /// Whether the classes are written.
    pub effect: Effect,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Classified {
    /// Every file, sorted by path.
    pub files: Vec<ClassifiedFile>,
    /// Version of the model.
    pub model: String,
    /// Files whose class was written.
    pub written: usize,
    /// Classes that were forgotten, since the files are gone.
    pub forgotten: usize,
    /// Files whose text could not be used.
    pub skipped: Vec<Skipped>,
    /// The ledger entry, when something was written.
    pub audit: Option<LedgerHead>,
}

/// How a path that was named on the command line is written in the index. It may be gone by now.
pub fn key_of(project: &Path, path: &Path) -> String {
    let project = project.canonicalize().unwrap_or_else(|_| project.to_path_buf());
    let joined = project.join(path);
    // The folder is resolved and not the file: a link is indexed by its own name, if at all.
    let resolved = match (joined.parent().map(Path::canonicalize), joined.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => joined.canonicalize().unwrap_or(joined),
    };
    let inner = resolved.strip_prefix(&project).unwrap_or(&resolved);
    path_key::escape(inner.as_os_str().as_bytes())
}

/// Classifies the index.
pub fn classify(context: &mut Context<'_>, request: &ClassifyRequest) -> Result<Classified> {
    let model = Model::shipped()?;
    let index = context.store.file_list()?;
    let basis = basis_of(&index, model);
    if context.store.classification_basis()? == Some(basis) {
        let files = context.store.classification_list()?;
        return Ok(Classified {
            files,
            model: model.version.clone(),
            written: 0,
            forgotten: 0,
            skipped: Vec::new(),
            audit: None,
        });
    }
    let sightings = look(context.store.structure_list()?, &request.project);
    let skipped = unread(&sightings);
    let files = judge(&sightings, model);
    let mut done = Classified { files, model: model.version.clone(), written: 0, forgotten: 0, skipped, audit: None };
    if request.effect == Effect::Record {
        record(context, &mut done, basis)?;
    }
    Ok(done)
}

/// Judges files that were looked at. Pure.
pub fn judge(sightings: &[Sighting], model: &Model) -> Vec<ClassifiedFile> {
    let around = Surroundings::of(sightings);
    sightings
        .par_iter()
        .map(|sighting| {
            let judgement = model.judge(&Features::of(sighting, &around));
            ClassifiedFile {
                classification: Classification {
                    path: sighting.file.path.clone(),
                    digest: sighting.file.digest,
                    class: judgement.class,
                    confidence: judgement.confidence,
                    evidence: judgement.evidence,
                },
                probabilities: judgement.probabilities.to_vec(),
            }
        })
        .collect()
}

/// What the classes of an index are made from.
fn basis_of(index: &[IndexedFile], model: &Model) -> Digest {
    let mut bytes = Vec::with_capacity(index.len() * 96);
    bytes.extend_from_slice(model.version.as_bytes());
    bytes.extend_from_slice(env!("CARGO_PKG_VERSION").as_bytes());
    for file in index {
        bytes.push(0);
        bytes.extend_from_slice(file.path.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(&file.digest.0);
    }
    Digest::of(&bytes)
}

/// Reads what the texts show.
pub fn look(index: Vec<(IndexedFile, Structure)>, project: &Path) -> Vec<Sighting> {
    index
        .into_par_iter()
        .map_init(Vec::new, |buffer, (file, structure)| {
            let text = read(&file, project, buffer).unwrap_or_default();
            Sighting { file, structure, text }
        })
        .collect()
}

/// The text of a file, unless it is not what the index knows.
fn read(file: &IndexedFile, project: &Path, buffer: &mut Vec<u8>) -> Option<TextFacts> {
    buffer.clear();
    if file.size == 0 {
        return Some(TextFacts::of(buffer, TextKind::of(file)));
    }
    // Between the scan and now the path may have become a pipe or a link to somewhere else.
    let opened = std::fs::OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY)
        .open(path_key::to_path(project, &file.path))
        .ok()?;
    let metadata = opened.metadata().ok()?;
    let mtime_ns = metadata.mtime().checked_mul(1_000_000_000)?.checked_add(metadata.mtime_nsec())?;
    if !metadata.is_file() || metadata.len() != file.size || mtime_ns != file.mtime_ns {
        return None;
    }
    opened.take(MAX_BYTES as u64).read_to_end(buffer).ok()?;
    let mut facts = TextFacts::of(buffer, TextKind::of(file));
    if matches!(name_of(&file.path), "entry_points.txt" | "setup.cfg") {
        facts.read_sections(buffer);
    }
    Some(facts)
}

fn unread(sightings: &[Sighting]) -> Vec<Skipped> {
    sightings
        .iter()
        .filter(|sighting| !sighting.text.read)
        .map(|sighting| Skipped {
            path: sighting.file.path.clone(),
            reason: SkipReason::Changing,
            detail: "it is not as the index knows it; run `aetherra-maint scan`".to_owned(),
        })
        .collect()
}

/// Writes what differs from what is on record, and what it was made from.
fn record(context: &mut Context<'_>, done: &mut Classified, basis: Digest) -> Result<()> {
    let before = context.store.classification_list()?;
    let known: FxHashMap<&str, &ClassifiedFile> =
        before.iter().map(|file| (file.classification.path.as_str(), file)).collect();
    let changed: Vec<&ClassifiedFile> = done
        .files
        .iter()
        .filter(|file| known.get(file.classification.path.as_str()).is_none_or(|known| *known != *file))
        .collect();
    let there: FxHashMap<&str, ()> = done.files.iter().map(|file| (file.classification.path.as_str(), ())).collect();
    let gone: Vec<&str> =
        before.iter().map(|file| file.classification.path.as_str()).filter(|path| !there.contains_key(path)).collect();
    let (written, forgotten) = (changed.len(), gone.len());
    let complete = done.skipped.is_empty();
    let model = &done.model;
    let trace = context.trace_id.to_owned();
    let ((), head) = context.store.record(&trace, |tx| {
        for file in &changed {
            tx.classification_put(file)?;
        }
        for path in &gone {
            tx.classification_delete(path)?;
        }
        tx.classification_basis_set(complete.then_some(basis))?;
        let entry = NewEntry::new("classify", "index", "the index or the model changed")
            .detailed(json!({"written": written, "forgotten": forgotten, "model": model, "complete": complete}));
        Ok(((), entry))
    })?;
    (done.written, done.forgotten, done.audit) = (written, forgotten, Some(head));
    Ok(())
}
