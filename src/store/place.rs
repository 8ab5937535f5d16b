//! Where a state is at home.
//!
//! What was judged is remembered, so that unchanged files are not judged again. A project that is looked at may
//! come with a state of its own, made to say that all is well. So judgements carry the mark of the very file that
//! they were written to, and count only there: a copy, a checkout or an unpacked archive is another file.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::{DATABASE, Store};
use crate::model::Digest;

/// Tells this machine from others; absent on some.
const MACHINE: &str = "/etc/machine-id";

/// The mark of the state in a directory: that of its file, its birth, its owner and its machine.
pub(super) fn mark(directory: &Path) -> String {
    let Ok(metadata) = directory.join(DATABASE).metadata() else { return "nowhere".to_owned() };
    let birth = metadata.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let parts = serde_json::json!([
        metadata.dev(),
        metadata.ino(),
        metadata.uid(),
        birth.map(|birth| birth.as_nanos().to_string()),
        std::fs::read_to_string(MACHINE).unwrap_or_default().trim(),
    ]);
    format!("@{}", &Digest::of(parts.to_string().as_bytes()).hex()[..16])
}

impl Store {
    /// The mark that judgements carry which were made here.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Seconds since 1970, by the clock of the run.
    pub fn now_seconds(&self) -> u64 {
        u64::try_from(self.host.clock.now_ns() / 1_000_000_000).unwrap_or(0)
    }
}
