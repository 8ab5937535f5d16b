//! The backup of the index as JSON lines, and the way back.
//!
//! The first line says what the file is, one line a file follows, sorted by path, and the last line counts
//! them, so that a file that was cut off is noticed. Structures are not in it, for they are several times as
//! large: they are read again from the files that still have the content of the backup. Every other row is
//! marked, so that the next scan reads its file.

use std::collections::BTreeSet;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::open::read_regular;
use super::reading::{Candidate, Reader};
use super::walk::Found;
use super::{Effect, roots, worker_pool};
use crate::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Diagnostic, FileStat, IndexRecord, Level, NewEntry, path_key};
use crate::store::{LedgerHead, PackedStructure, Store};

/// The name of the backup in the state directory.
pub const BACKUP: &str = "index.jsonl";

/// The name of the backup while the index is newer than it: what is called [`BACKUP`] is always up to date,
/// whenever a run is killed or runs out of room.
const BEFORE: &str = "index.before.jsonl";

/// The version of the format.
const VERSION: u32 = 1;

/// A backup of more bytes than this is not read: a million files take a third of it.
const MAX_BACKUP_BYTES: u64 = 1 << 30;

/// Records whose roots are looked at, and roots that are opened: a backup may name as many as it likes.
const MAX_RECORDS_FOR_ROOTS: usize = 1_000_000;
const MAX_ROOTS: usize = 64;

/// How many bad lines are told one by one.
const MAX_TOLD: usize = 20;

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Line {
    Index { version: u32 },
    File(Box<IndexRecord>),
    Summary { files: u64 },
}

/// A line that is written: the same as [`Line`], without a copy of the record.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum NewLine<'a> {
    Index { version: u32 },
    File(&'a IndexRecord),
    Summary { files: u64 },
}

/// A backup that is written to the end, but does not yet stand in the place of the one before.
pub(super) struct Draft {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Writes the records that `each` hands over, which come sorted by path.
    pub(super) fn write(
        directory: &Path,
        each: impl FnOnce(&mut dyn FnMut(&IndexRecord) -> Result<()>) -> Result<()>,
    ) -> Result<Self> {
        let path = directory.join(BACKUP);
        let failed = |error: std::io::Error| Error::io("writing the backup of the index", &path, error);
        let file = tempfile::Builder::new().prefix(".index-").suffix(".tmp").tempfile_in(directory).map_err(failed)?;
        let mut writer = BufWriter::with_capacity(256 * 1024, file);
        let mut line = |line: &NewLine<'_>| -> Result<()> {
            serde_json::to_writer(&mut writer, line).map_err(|error| failed(error.into()))?;
            writer.write_all(b"\n").map_err(failed)
        };
        line(&NewLine::Index { version: VERSION })?;
        let mut files = 0;
        each(&mut |record| {
            files += 1;
            line(&NewLine::File(record))
        })?;
        line(&NewLine::Summary { files })?;
        let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        Ok(Self { file, path })
    }

    /// Replaces the backup before in one step.
    pub(super) fn publish(self) -> Result<PathBuf> {
        let Self { file, path } = self;
        file.persist(&path).map_err(|error| Error::io("writing the backup of the index", &path, error.error))?;
        // It may not be there.
        let _ = std::fs::remove_file(path.with_file_name(BEFORE));
        Ok(path)
    }
}

/// Writes the backup beside the database, from what the database says.
pub(super) fn write(store: &Store) -> Result<PathBuf> {
    Draft::write(store.directory(), |line| store.file_records(|record| line(&record)))?.publish()
}

/// Marks the backup as older than the index is about to be.
pub(super) fn put_aside(store: &Store) {
    let path = store.directory().join(BACKUP);
    // When there is none yet, or the folder cannot be written, there is nothing to be misled by.
    let _ = std::fs::rename(&path, path.with_file_name(BEFORE));
}

/// Whether the index has no backup that is up to date.
pub(super) fn is_missing(store: &Store) -> bool {
    std::fs::symlink_metadata(store.directory().join(BACKUP)).is_err()
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// Files in the index now.
    pub files: u64,
    /// Those of them that are on disk as the backup has them, so that what they declare is known again.
    pub confirmed: u64,
    /// Lines that were left out.
    pub bad_lines: u64,
    /// Each bad line, and whatever else is wrong with the backup.
    pub diagnostics: Vec<Diagnostic>,
    /// The entry in the ledger; none when nothing was written.
    pub audit: Option<LedgerHead>,
}

/// Replaces the index by what a backup says. Good lines are taken even when others are bad. `project` is the folder
/// that the paths in it are relative to.
pub fn restore(context: &mut Context<'_>, project: &Path, path: &Path, effect: Effect) -> Result<Restored> {
    let bytes = read_regular(path, MAX_BACKUP_BYTES)
        .map_err(|error| Error::io("reading the backup", path, error).of_kind(ErrorKind::Usage))?;
    let mut parsed = parse(&bytes, &path.display().to_string());
    if parsed.records.is_empty() && !parsed.is_complete() {
        return Err(Error::usage("backup-unusable", "this file holds no backup of an index")
            .at_path(path)
            .hinted(format!("name the `{BACKUP}` of a state directory")));
    }
    let files = parsed.records.len() as u64;
    let bad_lines = parsed.bad_lines;
    let mut audit = None;
    let mut confirmed = 0;
    if effect == Effect::Record {
        let structures = confirm(context, project, &mut parsed.records)?;
        confirmed = structures.len() as u64;
        context.check_stop()?;
        let entry = NewEntry::new("index.restore", path.display().to_string(), "rebuilt from a backup")
            .detailed(serde_json::json!({"files": files, "confirmed": confirmed, "bad_lines": bad_lines}));
        let ((), head) = context.store.record(context.trace_id, |tx| {
            tx.file_clear()?;
            for record in &parsed.records {
                tx.file_add(record, structures.get(&record.file.path).and_then(Option::as_ref))?;
            }
            Ok(((), entry))
        })?;
        audit = Some(head);
        // Restoring from the very file that is the backup must not lose the lines that were bad.
        let own = context.store.directory().join(BACKUP);
        let is_own = own.canonicalize().ok().is_some_and(|own| path.canonicalize().is_ok_and(|path| path == own));
        if !is_own {
            write(context.store)?;
        }
    }
    Ok(Restored { files, confirmed, bad_lines, diagnostics: parsed.diagnostics, audit })
}

/// Reads what the records are of. Those whose file still has their content are brought up to date; they are
/// returned by path, with their structures. The backup may come from anywhere, so only files are read that a scan
/// of the configured roots might read, or of roots inside the project.
fn confirm(
    context: &Context<'_>,
    project: &Path,
    records: &mut [IndexRecord],
) -> Result<FxHashMap<String, Option<PackedStructure>>> {
    let project = roots::canonical_project(project)?;
    let inside = records.iter().map(|record| record.file.root.as_str()).filter(|root| !root.starts_with('/'));
    let inside: BTreeSet<PathBuf> =
        inside.take(MAX_RECORDS_FOR_ROOTS).map(|root| path_key::to_path(&project, root)).collect();
    let mut named: Vec<PathBuf> = context.settings.scan.roots.iter().map(PathBuf::from).collect();
    named.extend(
        inside
            .into_iter()
            .filter(|root| root.canonicalize().is_ok_and(|root| root.starts_with(&project)))
            .take(MAX_ROOTS),
    );
    // Without any root there is nothing to compare with, which is no fault of the backup.
    let Ok(roots) = roots::open(&project, &named) else { return Ok(FxHashMap::default()) };
    let by_key: FxHashMap<&str, usize> =
        roots.good.iter().enumerate().map(|(index, root)| (root.key.as_str(), index)).collect();
    let candidates: Vec<Candidate> = records
        .iter()
        .filter_map(|record| {
            let root = *by_key.get(record.file.root.as_str())?;
            let stat = FileStat {
                size: record.file.size,
                mtime_ns: record.file.mtime_ns,
                ctime_ns: record.ctime_ns,
                inode: record.inode,
            };
            let within = path_key::is_within(&record.file.path, &record.file.root);
            within.then(|| Candidate { found: Found { key: record.file.path.clone(), root, stat }, known: None })
        })
        .collect();
    let reader = Reader::new(&roots, context.settings.scan.max_parse_bytes, context.host);
    let attempts = worker_pool()?.install(|| reader.all(candidates));
    let mut read: FxHashMap<String, (IndexRecord, Option<PackedStructure>)> = attempts
        .into_iter()
        .filter_map(Result::ok)
        .map(|fresh| (fresh.record.file.path.clone(), (fresh.record, fresh.structure)))
        .collect();
    let mut confirmed = FxHashMap::default();
    for record in records {
        if let Some((now, structure)) = read.remove(&record.file.path)
            && now.file.digest == record.file.digest
        {
            *record = now;
            confirmed.insert(record.file.path.clone(), structure);
        }
    }
    Ok(confirmed)
}

#[derive(Debug, Default)]
struct Parsed {
    records: Vec<IndexRecord>,
    bad_lines: u64,
    counted: Option<u64>,
    diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    fn is_complete(&self) -> bool {
        self.bad_lines == 0 && self.counted == Some(self.records.len() as u64)
    }

    fn bad(&mut self, file: &str, line: usize, message: String) {
        self.bad_lines += 1;
        if self.diagnostics.len() < MAX_TOLD {
            self.diagnostics.push(
                Diagnostic::new(Level::Error, "backup-bad-line", message)
                    .at(file)
                    .on_line(u32::try_from(line).unwrap_or(u32::MAX))
                    .helped("the line was left out; scan again to read the file that it stood for"),
            );
        }
    }
}

/// Reads a backup. `file` is how diagnostics name it.
fn parse(bytes: &[u8], file: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut paths: FxHashSet<String> = FxHashSet::default();
    let mut headed = false;
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let number = index + 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line>(line) {
            Err(error) => parsed.bad(file, number, format!("not a line of a backup: {error}")),
            Ok(Line::Index { version: VERSION }) if !headed => headed = true,
            Ok(Line::Index { version }) => {
                parsed.bad(file, number, format!("a second beginning, or the unknown version {version}"));
            }
            Ok(Line::Summary { files }) => parsed.counted = Some(files),
            Ok(Line::File(_)) if !headed => {
                parsed.bad(file, number, "a file before the line that says what this is".to_owned());
            }
            Ok(Line::File(mut record)) => match fault(&record) {
                Some(fault) => parsed.bad(file, number, fault),
                None if !paths.insert(record.file.path.clone()) => {
                    parsed.bad(file, number, format!("`{}` comes a second time", record.file.path));
                }
                None => {
                    // Nothing is known about what happened since, and its structure has to be read.
                    record.racy = true;
                    parsed.records.push(*record);
                }
            },
        }
    }
    if parsed.counted != Some(parsed.records.len() as u64 + parsed.bad_lines) {
        let message = match parsed.counted {
            None => "the backup was cut off: its last line is missing".to_owned(),
            Some(files) => format!("the backup counts {files} files, but holds {}", parsed.records.len()),
        };
        parsed.bad_lines = parsed.bad_lines.max(1);
        parsed
            .diagnostics
            .push(Diagnostic::warning("backup-cut-off", message).at(file).helped("scan again to add what is missing"));
    }
    parsed
}

/// Why a record cannot be taken, although it is well formed.
fn fault(record: &IndexRecord) -> Option<String> {
    let path = &record.file.path;
    let Some(bytes) = path_key::unescape(path) else { return Some(format!("`{path}` is no path of an index")) };
    let steps_up = bytes.split(|&byte| byte == b'/').any(|step| step == b".." || step == b".");
    if bytes.is_empty() || bytes.contains(&0) || steps_up {
        return Some(format!("`{path}` is no path of an index"));
    }
    i64::try_from(record.file.size).is_err().then(|| format!("the size of `{path}` is impossible"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"{"type":"index","version":1}"#;

    fn file(path: &str) -> String {
        format!(
            r#"{{"type":"file","path":"{path}","root":"","digest":"sha256:{}","size":1,"mtime_ns":1,"kind":"source","language":"python","encoding":"utf-8","newlines":"lf","entry_points":[],"ctime_ns":1,"inode":1}}"#,
            "0".repeat(64)
        )
    }

    fn lines(lines: &[&str]) -> Parsed {
        parse(lines.join("\n").as_bytes(), "index.jsonl")
    }

    #[test]
    fn a_whole_backup_is_read() {
        let parsed = lines(&[HEAD, &file("a"), &file("b"), r#"{"type":"summary","files":2}"#, ""]);
        assert!(parsed.is_complete(), "{parsed:?}");
        assert!(parsed.records.iter().all(|record| record.racy));
    }

    #[test]
    fn each_bad_line_is_told_by_its_number() {
        let parsed = lines(&[HEAD, "{", &file("a"), &file("../b"), &file("a"), r#"{"type":"summary","files":4}"#]);
        let told: Vec<_> = parsed.diagnostics.iter().filter_map(|diagnostic| diagnostic.line).collect();
        assert_eq!(told, [2, 4, 5]);
        assert_eq!((parsed.records.len(), parsed.bad_lines), (1, 3));
    }

    #[test]
    fn a_backup_that_was_cut_off_is_noticed() {
        let parsed = lines(&[HEAD, &file("a")]);
        assert_eq!(parsed.diagnostics[0].code, "backup-cut-off");
        assert!(!parsed.is_complete());
    }

    proptest::proptest! {
        #[test]
        fn no_backup_panics(text in "\\PC{0,60}", cut in 0usize..400) {
            let mut whole = format!("{HEAD}\n{}\n{text}\n", file("a"));
            let end = (0..=whole.len().saturating_sub(cut)).rev().find(|&at| whole.is_char_boundary(at)).unwrap_or(0);
            whole.truncate(end);
            parse(whole.as_bytes(), "x");
        }
    }
}
