//! The index of files: what a scan remembers of each, and how two scans differ.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Digest, IndexedFile, SkipReason};

/// What the file system says about a file without reading it. While it stays the same, so does the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileStat {
    /// Bytes.
    pub size: u64,
    /// Modification time, nanoseconds since 1970.
    pub mtime_ns: i64,
    /// Time of the last change of the inode, nanoseconds since 1970. Programs can set the modification time;
    /// nobody can set this one.
    pub ctime_ns: i64,
    /// The inode.
    pub inode: u64,
}

/// A window after a change in which a second change may leave the same times behind: the tick of the
/// kernel's coarse clock with some room.
const TICK_NS: i64 = 20_000_000;

/// The same on file systems that keep whole seconds, or two of them.
const COARSE_TICK_NS: i64 = 2_000_000_000;

impl FileStat {
    /// Whether a file that was read at `read_ns` may have changed afterwards without this showing it.
    ///
    /// This is the rule by which git's index treats "racily clean" entries: what is as young as the reading
    /// itself has to be read again the next time.
    pub fn is_racy(&self, read_ns: i64) -> bool {
        let whole_seconds = self.mtime_ns % 1_000_000_000 == 0 && self.ctime_ns % 1_000_000_000 == 0;
        let window = if whole_seconds { COARSE_TICK_NS } else { TICK_NS };
        self.mtime_ns.max(self.ctime_ns).saturating_add(window) >= read_ns
    }
}

/// What could not be judged in a file that is indexed all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileGap {
    /// Why.
    pub reason: SkipReason,
    /// In words.
    pub detail: String,
}

/// One row of the index with everything that is kept of it, except its structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IndexRecord {
    /// What others read.
    #[serde(flatten)]
    pub file: IndexedFile,
    /// Time of the last change of the inode, nanoseconds since 1970.
    pub ctime_ns: i64,
    /// The inode.
    pub inode: u64,
    /// Whether it has to be read again although nothing seems to have changed.
    #[serde(default)]
    pub racy: bool,
    /// What could not be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap: Option<FileGap>,
}

impl IndexRecord {
    /// What the file system said when it was read.
    pub fn stat(&self) -> FileStat {
        FileStat { size: self.file.size, mtime_ns: self.file.mtime_ns, ctime_ns: self.ctime_ns, inode: self.inode }
    }
}

/// How a file differs from the index before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It was not there.
    New,
    /// Its content differs.
    Modified,
    /// The same content was at another path, which is gone.
    Moved,
    /// It is gone.
    Deleted,
    /// It is still there, but an ignore pattern or a vendored folder hides it now.
    LeftOut,
}

impl ChangeKind {
    /// The word used in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Modified => "modified",
            Self::Moved => "moved",
            Self::Deleted => "deleted",
            Self::LeftOut => "left-out",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The file, by its new path where it has one.
    pub path: String,
    /// How it differs.
    pub change: ChangeKind,
    /// Its path before, when it moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Its content now, or the last one of a deleted file.
    pub digest: Digest,
    /// Its content before, when that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Digest>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_young_as_the_reading_is_racy() {
        let stat = |time_ns: i64| FileStat { size: 1, mtime_ns: time_ns, ctime_ns: time_ns, inode: 1 };
        assert!(stat(100_000_001).is_racy(100_000_001));
        assert!(stat(100_000_001).is_racy(50_000_000));
        assert!(!stat(100_000_001).is_racy(200_000_000));
        assert!(stat(1_000_000_000).is_racy(2_500_000_000));
        assert!(!stat(1_000_000_000).is_racy(3_500_000_000));
    }
}
