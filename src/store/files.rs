//! The index of files.

use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::{Store, Tx, statement_error};
use crate::error::{Error, Result};
use crate::model::{Digest, FileGap, FileKind, FileStat, IndexRecord, IndexedFile, Language, SkipReason, Structure};

/// Compression of structures: they repeat their own words, and more effort gains little. Below zero entropy
/// is not coded, which is where most of the time went.
const COMPRESSION_LEVEL: i32 = -3;

/// Fewer bytes of JSON are stored as they are: compressing them takes longer than writing them.
const MIN_COMPRESSED_BYTES: usize = 512;

/// No structure is larger than this when it is unpacked: it is bounded where it is made.
const MAX_STRUCTURE_BYTES: usize = 64 * 1024 * 1024;

/// A structure as it is stored. Workers pack in parallel; the one thread that writes only copies bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedStructure(Box<[u8]>);

/// What packs structures. Each worker has its own: making a compressor costs more than most structures do.
#[derive(Default)]
pub struct Packer {
    json: Vec<u8>,
    /// What comes out of the compressor, before it is cut to its size: packed structures wait for the one thread
    /// that writes, and should not hold the room that compressing them might have taken.
    packed: Vec<u8>,
    compressor: Option<zstd::bulk::Compressor<'static>>,
}

impl Packer {
    /// Packs a structure.
    pub fn pack(&mut self, structure: &Structure) -> Result<PackedStructure> {
        self.json.clear();
        serde_json::to_writer(&mut self.json, structure)
            .map_err(|error| Error::bug(format!("a structure has no JSON: {error}")))?;
        if self.json.len() < MIN_COMPRESSED_BYTES {
            return Ok(PackedStructure(self.json.as_slice().into()));
        }
        let failed = |error| Error::bug(format!("a structure cannot be compressed: {error}"));
        let compressor = match &mut self.compressor {
            Some(compressor) => compressor,
            none => none.insert(zstd::bulk::Compressor::new(COMPRESSION_LEVEL).map_err(failed)?),
        };
        self.packed.clear();
        self.packed.reserve(zstd::zstd_safe::compress_bound(self.json.len()));
        compressor.compress_to_buffer(&self.json, &mut self.packed).map_err(failed)?;
        Ok(PackedStructure(self.packed.as_slice().into()))
    }
}

impl PackedStructure {
    fn unpack(&self) -> Result<Structure> {
        let corrupt = || {
            Error::state("state-corrupt", "the structure of a file cannot be read back")
                .hinted("run `aetherra-maint scan --full` to read all files again")
        };
        // No frame of Zstandard begins with a brace.
        if self.0.first() == Some(&b'{') {
            return serde_json::from_slice(&self.0).map_err(|_| corrupt());
        }
        let size =
            zstd::bulk::Decompressor::upper_bound(&self.0).unwrap_or(MAX_STRUCTURE_BYTES).min(MAX_STRUCTURE_BYTES);
        let json = zstd::bulk::decompress(&self.0, size).map_err(|_| corrupt())?;
        serde_json::from_slice(&json).map_err(|_| corrupt())
    }
}

/// What an unchanged file is recognised by, and what is counted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFile {
    /// Row.
    pub id: i64,
    /// What the file system said.
    pub stat: FileStat,
    /// Whether it has to be read again although nothing seems to have changed.
    pub racy: bool,
    /// What it is.
    pub kind: FileKind,
    /// Its language.
    pub language: Language,
}

const RECORD: &str = "SELECT path, root, digest, size, mtime_ns, ctime_ns, inode, racy, kind, language, encoding, newlines, \
     entry_points, gap_reason, gap_detail FROM files";

impl Store {
    /// Every file with what it is recognised by, in no order.
    pub fn file_stats(&self, mut each: impl FnMut(&str, KnownFile)) -> Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, path, size, mtime_ns, ctime_ns, inode, racy, kind, language FROM files")
            .map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            let known = (|| {
                let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                let known = KnownFile {
                    id: row.get(0)?,
                    stat: FileStat {
                        size: row.get(2)?,
                        mtime_ns: row.get(3)?,
                        ctime_ns: row.get(4)?,
                        inode: row.get::<_, i64>(5)?.cast_unsigned(),
                    },
                    racy: row.get(6)?,
                    kind: FileKind::from_word(text(7)?).unwrap_or(FileKind::Text),
                    language: Language::from_word(text(8)?).unwrap_or(Language::Other),
                };
                each(text(1)?, known);
                Ok(())
            })();
            known.map_err(statement_error)?;
        }
        Ok(())
    }

    /// What could not be judged in files of the index: path and gap.
    pub fn file_gaps(&self) -> Result<Vec<(String, FileGap)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT path, gap_reason, gap_detail FROM files WHERE gap_reason IS NOT NULL ORDER BY path")
            .map_err(statement_error)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)))
            .map_err(statement_error)?;
        rows.map(|row| {
            let (path, reason, detail) = row.map_err(statement_error)?;
            Ok((path, FileGap { reason: SkipReason::from_word(&reason).unwrap_or(SkipReason::Unreadable), detail }))
        })
        .collect()
    }

    /// The digest of a file by its row.
    pub fn file_digest(&self, id: i64) -> Result<Option<Digest>> {
        let mut statement =
            self.connection.prepare_cached("SELECT digest FROM files WHERE id = ?1").map_err(statement_error)?;
        statement.query_row([id], |row| row.get(0).map(Digest)).optional().map_err(statement_error)
    }

    /// One file of the index.
    pub fn file_get(&self, path: &str) -> Result<Option<IndexedFile>> {
        let sql = format!("{RECORD} WHERE path = ?1");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let record = statement.query_row([path], read_record).optional().map_err(statement_error)?;
        Ok(record.map(|record| record.file))
    }

    /// All files of the index, sorted by path.
    pub fn file_list(&self) -> Result<Vec<IndexedFile>> {
        let mut files = Vec::new();
        self.file_records(|record| {
            files.push(record.file);
            Ok(())
        })?;
        Ok(files)
    }

    /// How many files the index has.
    pub fn file_count(&self) -> Result<u64> {
        self.connection.query_row("SELECT COUNT(*) FROM files", [], |row| row.get(0)).map_err(statement_error)
    }

    /// Everything that is kept of every file except its structure, sorted by path.
    pub fn file_records(&self, mut each: impl FnMut(IndexRecord) -> Result<()>) -> Result<()> {
        let sql = format!("{RECORD} ORDER BY path");
        let mut statement = self.connection.prepare_cached(&sql).map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        while let Some(row) = rows.next().map_err(statement_error)? {
            each(read_record(row).map_err(statement_error)?)?;
        }
        Ok(())
    }

    /// What a file declares; none when it declares nothing, is not indexed, or was restored and not yet scanned.
    pub fn structure_get(&self, path: &str) -> Result<Option<Structure>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM structures JOIN files ON files.id = structures.file WHERE path = ?1")
            .map_err(statement_error)?;
        let body: Option<Vec<u8>> =
            statement.query_row([path], |row| row.get(0)).optional().map_err(statement_error)?;
        body.map(|body| PackedStructure(body.into()).unpack()).transpose()
    }

    /// What every file declares, with its record, sorted by path. Files that declare nothing come as well.
    pub fn structure_list(&self) -> Result<Vec<(IndexedFile, Structure)>> {
        let sql = "SELECT path, root, digest, size, mtime_ns, ctime_ns, inode, racy, kind, language, encoding, newlines, \
                   entry_points, gap_reason, gap_detail, body \
                   FROM files LEFT JOIN structures ON structures.file = files.id ORDER BY path";
        let mut statement = self.connection.prepare_cached(sql).map_err(statement_error)?;
        let mut rows = statement.query([]).map_err(statement_error)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next().map_err(statement_error)? {
            let record = read_record(row).map_err(statement_error)?;
            let body: Option<Vec<u8>> = row.get(15).map_err(statement_error)?;
            let structure = body.map(|body| PackedStructure(body.into()).unpack()).transpose()?;
            all.push((record.file, structure.unwrap_or_default()));
        }
        Ok(all)
    }
}

fn read_record(row: &Row<'_>) -> rusqlite::Result<IndexRecord> {
    let word = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let points: Option<String> = row.get(12)?;
    let reason: Option<String> = row.get(13)?;
    let detail: Option<String> = row.get(14)?;
    Ok(IndexRecord {
        file: IndexedFile {
            path: row.get(0)?,
            root: row.get(1)?,
            digest: Digest(row.get(2)?),
            size: row.get(3)?,
            mtime_ns: row.get(4)?,
            kind: FileKind::from_word(word(8)?).unwrap_or(FileKind::Text),
            language: Language::from_word(word(9)?).unwrap_or(Language::Other),
            encoding: row.get(10)?,
            newlines: row.get(11)?,
            entry_points: points.and_then(|points| serde_json::from_str(&points).ok()).unwrap_or_default(),
        },
        ctime_ns: row.get(5)?,
        inode: row.get::<_, i64>(6)?.cast_unsigned(),
        racy: row.get(7)?,
        gap: reason.map(|reason| FileGap {
            reason: SkipReason::from_word(&reason).unwrap_or(SkipReason::Unreadable),
            detail: detail.unwrap_or_default(),
        }),
    })
}

/// Binds a record to the columns of `files`, in the order in which the statements name them.
fn with_columns<T>(record: &IndexRecord, run: impl FnOnce(&[&dyn ToSql]) -> rusqlite::Result<T>) -> Result<T> {
    let file = &record.file;
    let points = if file.entry_points.is_empty() { None } else { serde_json::to_string(&file.entry_points).ok() };
    run(params![
        file.path,
        file.root,
        file.digest.0,
        file.size,
        file.mtime_ns,
        record.ctime_ns,
        record.inode.cast_signed(),
        record.racy,
        file.kind.word(),
        file.language.word(),
        file.encoding,
        file.newlines,
        points,
        record.gap.as_ref().map(|gap| gap.reason.word()),
        record.gap.as_ref().map(|gap| gap.detail.as_str()),
    ])
    .map_err(statement_error)
}

impl Tx<'_> {
    /// Writes a file, replacing what was known of this path.
    pub fn file_put(&self, record: &IndexRecord, structure: Option<&PackedStructure>) -> Result<()> {
        let sql = "INSERT INTO files (path, root, digest, size, mtime_ns, ctime_ns, inode, racy, kind, language, encoding, \
                   newlines, entry_points, gap_reason, gap_detail) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
                   ON CONFLICT (path) DO UPDATE SET root = excluded.root, digest = excluded.digest, size = excluded.size, \
                   mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, inode = excluded.inode, \
                   racy = excluded.racy, kind = excluded.kind, language = excluded.language, \
                   encoding = excluded.encoding, newlines = excluded.newlines, entry_points = excluded.entry_points, \
                   gap_reason = excluded.gap_reason, gap_detail = excluded.gap_detail RETURNING id";
        let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
        let id: i64 = with_columns(record, |columns| statement.query_row(columns, |row| row.get(0)))?;
        let sql = match structure {
            Some(_) => "INSERT OR REPLACE INTO structures (file, body) VALUES (?1, ?2)",
            None => "DELETE FROM structures WHERE file = ?1",
        };
        let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
        let written = match structure {
            Some(packed) => statement.execute(params![id, &*packed.0]),
            None => statement.execute([id]),
        };
        written.map_err(statement_error)?;
        Ok(())
    }

    /// Writes a file of which the index has nothing yet, in half the time that [`Tx::file_put`] takes.
    pub fn file_add(&self, record: &IndexRecord, structure: Option<&PackedStructure>) -> Result<()> {
        let sql = "INSERT INTO files (path, root, digest, size, mtime_ns, ctime_ns, inode, racy, kind, language, encoding, \
                   newlines, entry_points, gap_reason, gap_detail) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
        let id = with_columns(record, |columns| statement.insert(columns))?;
        if let Some(packed) = structure {
            let sql = "INSERT INTO structures (file, body) VALUES (?1, ?2)";
            let mut statement = self.transaction.prepare_cached(sql).map_err(statement_error)?;
            statement.execute(params![id, &*packed.0]).map_err(statement_error)?;
        }
        Ok(())
    }

    /// Gives a file another path. Whatever is known of the new path must have been deleted.
    pub fn file_rename(&self, from: &str, to: &str) -> Result<()> {
        let mut statement =
            self.transaction.prepare_cached("UPDATE files SET path = ?2 WHERE path = ?1").map_err(statement_error)?;
        statement.execute([from, to]).map_err(statement_error)?;
        Ok(())
    }

    /// Forgets a file.
    pub fn file_delete(&self, path: &str) -> Result<()> {
        let mut statement =
            self.transaction.prepare_cached("DELETE FROM files WHERE path = ?1").map_err(statement_error)?;
        statement.execute([path]).map_err(statement_error)?;
        Ok(())
    }

    /// Forgets all files.
    pub fn file_clear(&self) -> Result<()> {
        self.transaction.execute_batch("DELETE FROM structures; DELETE FROM files;").map_err(statement_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Host;
    use crate::model::NewEntry;
    use crate::model::structure::Class;

    fn record(path: &str) -> IndexRecord {
        IndexRecord {
            file: IndexedFile {
                path: path.to_owned(),
                root: String::new(),
                digest: Digest::of(path.as_bytes()),
                size: 3,
                mtime_ns: 4,
                kind: FileKind::Source,
                language: Language::Python,
                encoding: "utf-8".to_owned(),
                newlines: "lf".to_owned(),
                entry_points: vec!["__main__".to_owned()],
            },
            ctime_ns: 5,
            inode: u64::MAX,
            racy: true,
            gap: Some(FileGap { reason: SkipReason::Unparsable, detail: "line 1".to_owned() }),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Host::fake(1, 1)).unwrap();
        let structure =
            Structure { classes: vec![Class { name: "A".to_owned(), ..Class::default() }], ..Structure::default() };
        let packed = Packer::default().pack(&structure).unwrap();
        store
            .record("t", |tx| {
                tx.file_put(&record("a"), Some(&packed))?;
                tx.file_put(&record("a"), Some(&packed))?;
                tx.file_put(&record("b"), None)?;
                tx.file_put(&record("gone"), Some(&packed))?;
                tx.file_delete("gone")?;
                tx.file_rename("b", "c")?;
                Ok(((), NewEntry::new("index.update", "", "test")))
            })
            .unwrap();
        let mut records = Vec::new();
        store
            .file_records(|record| {
                records.push(record);
                Ok(())
            })
            .unwrap();
        assert_eq!(records[0], record("a"));
        assert_eq!(records[1].file.path, "c");
        assert_eq!(store.structure_get("a").unwrap(), Some(structure));
        assert_eq!(store.structure_get("c").unwrap(), None);
        assert_eq!(store.structure_list().unwrap().len(), 2);
        assert_eq!(store.file_gaps().unwrap()[0].1.reason, SkipReason::Unparsable);
        assert_eq!(store.file_get("a").unwrap(), Some(record("a").file));
        let mut known = Vec::new();
        store.file_stats(|path, stat| known.push((path.to_owned(), stat.stat.inode))).unwrap();
        assert_eq!(known.len(), 2);
        assert_eq!(known[0].1, u64::MAX);
    }
}
