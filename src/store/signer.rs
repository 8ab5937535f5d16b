//! The signer's memory, which lies outside of the database: the key of the open epoch, and the last size
//! that was signed.
//!
//! # Order
//!
//! A key may neither be lost before its seal is durable nor outlive it. So the file first gets the next key
//! beside the current one, then the transaction with the seal commits, then the file is written again with
//! the next key alone. A crash in between leaves both keys; which of them counts is seen from the seals.
//!
//! The size is written after the commit and, but for the first time, not forced to the disk: after a power cut it may
//! be behind the database, never ahead of it. The same is true when it could not be written, which is told; see
//! [`super::signer_behind`]. Whoever puts an older database back does not put this file back, or has to think of it: a
//! database that is behind it was cut or replaced, and is not signed again.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::signer_behind::SignerTrouble;
use crate::error::{Error, Result};
use crate::host::{Disk, Host};
use crate::ledger::epoch::{EpochKey, Identity};
use crate::ledger::tree::CompactRange;
use crate::model::Digest;

/// The folder of the signer in the state directory.
const FOLDER: &str = "ledger";

/// The file of the key.
const KEY_FILE: &str = "epoch.key";

/// The file of the last signed size.
const SIZE_FILE: &str = "signed";

/// The first line of a key file.
const HEAD: &str = "aetherra-maint ledger key v1";

/// More than this neither file ever has, in bytes.
const FILE_LIMIT: u64 = 64 * 1024;

/// What the signer signed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// How many entries.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Digest,
}

/// The signer of a ledger, as its files say.
pub(super) struct Signer {
    folder: PathBuf,
    /// The name of the log.
    pub origin: String,
    /// When epoch zero began, nanoseconds since 1970.
    pub started_ns: i64,
    /// The key that never changes.
    pub identity: Identity,
    /// The key of the open epoch, and the next one while a seal is under way.
    keys: Vec<EpochKey>,
    /// What was signed last.
    pub signed: Option<Signed>,
}

/// Where the signer's files are, and the signer that was read from them last.
///
/// Other processes write these files too, so they are read before every append. Making keys ready takes far longer
/// than that, and is done again only when their text is another one.
pub(super) struct Signing {
    directory: PathBuf,
    /// The digest of the text that the keys were read from, and the signer.
    known: Option<(Digest, Signer)>,
    /// Whether the files could follow the newest entry.
    pub trouble: SignerTrouble,
}

impl Signing {
    /// The files in a state directory, of which nothing was read yet.
    pub fn new(directory: &Path) -> Self {
        Self { directory: directory.to_path_buf(), known: None, trouble: SignerTrouble::default() }
    }

    /// The state directory.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The signer, as its files say now; none when it has no key.
    pub fn signer(&mut self) -> Result<Option<&mut Signer>> {
        let folder = self.directory.join(FOLDER);
        let path = folder.join(KEY_FILE);
        let known = self.known.take();
        let Some(text) = read(&path)? else { return Ok(None) };
        let digest = Digest::of(text.as_bytes());
        let mut signer = match known.filter(|(known, _)| *known == digest) {
            Some((_, signer)) => signer,
            None => parse(&text, folder).ok_or_else(|| {
                Error::state("ledger-key-invalid", "the key of the ledger cannot be read")
                    .at_path(&path)
                    .hinted("restore the file; without it new entries are not signed, and moving it away says so")
            })?,
        };
        signer.signed = signed(&self.directory)?;
        Ok(Some(&mut self.known.insert((digest, signer)).1))
    }

    /// Lets the files follow what was committed.
    ///
    /// What was recorded is durable, and whoever were told that it failed would take back what the state says was done.
    /// Where this fails all is as after a crash at this place, and the next entry does it again; that it failed is told
    /// beside what the run did.
    pub fn follow(&mut self, signed: Signed, open_epoch: u64, disk: &dyn Disk) {
        let Some((_, signer)) = &mut self.known else { return };
        let erased = signer.erase_before(open_epoch);
        self.trouble.note(signer.remember(signed, disk).and(erased));
    }
}

impl Signer {
    /// Reads the signer of a state directory; none when it has no key.
    pub fn load(directory: &Path) -> Result<Option<Self>> {
        let mut signing = Signing::new(directory);
        signing.signer()?;
        Ok(signing.known.map(|(_, signer)| signer))
    }

    /// Makes the signer of a new ledger, or takes the one that is there already. Without a directory it is not
    /// written down.
    pub fn load_or_make(directory: Option<&Path>, host: &Host) -> Result<Self> {
        if let Some(signer) = directory.map(Self::load).transpose()?.flatten() {
            return Ok(signer);
        }
        let folder = directory.map(|directory| directory.join(FOLDER)).unwrap_or_default();
        let origin = format!("aetherra-maint/ledger/{}", host.identifier(8));
        let (keys, started_ns) = (vec![fresh(0, host)], host.clock.now_ns());
        let identity = Identity::new(&fresh(0, host).secret());
        let signer = Self { folder, origin, started_ns, identity, keys, signed: None };
        if directory.is_some() {
            signer.make_folder()?;
            signer.write_keys()?;
        }
        Ok(signer)
    }

    fn make_folder(&self) -> Result<()> {
        if self.folder.is_dir() {
            return Ok(());
        }
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(|error| Error::io("making the folder of the ledger's key", &self.folder, error))
    }

    /// The key of an epoch, when it is here.
    pub fn key(&self, epoch: u64) -> Option<&EpochKey> {
        self.keys.iter().find(|key| key.epoch == epoch)
    }

    /// Whether a ledger may be signed: it must not be behind what was signed before.
    pub fn accepts(&self, tree: &CompactRange) -> bool {
        self.signed.is_none_or(|signed| {
            tree.size() > signed.size || (tree.size() == signed.size && tree.root() == signed.root)
        })
    }

    /// Whether a key of an earlier epoch is here.
    pub fn has_before(&self, epoch: u64) -> bool {
        self.keys.iter().any(|key| key.epoch < epoch)
    }

    /// Makes a key for a later epoch durable beside the current one, before the seal is.
    pub fn prepare(&mut self, current: &EpochKey, next: EpochKey) -> Result<()> {
        self.keys = vec![current.clone(), next];
        self.write_keys()
    }

    /// Erases all keys but that of the open epoch, once the seals before it are durable.
    fn erase_before(&mut self, epoch: u64) -> Result<()> {
        if !self.has_before(epoch) {
            return Ok(());
        }
        self.keys.retain(|key| key.epoch >= epoch);
        let path = self.folder.join(KEY_FILE);
        let old = OpenOptions::new().write(true).open(&path);
        self.write_keys()?;
        // The old content loses its name above; here it loses its bytes as well, as far as the disk overwrites
        // in place.
        if let Ok(old) = old {
            let length = old.metadata().map_or(0, |metadata| metadata.len()).min(FILE_LIMIT);
            let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
            let _ = old.write_all_at(&zeros, 0).and_then(|()| old.sync_all());
        }
        Ok(())
    }

    /// Remembers what was signed.
    fn remember(&self, signed: Signed, disk: &dyn Disk) -> Result<()> {
        let path = self.folder.join(SIZE_FILE);
        let failed = |error| Error::io("remembering what was signed", &path, error);
        let text = format!("{:020} {}\n", signed.size, signed.root.hex());
        // Always as long as before and within one sector, so that it is overwritten as a whole.
        match disk.overwrite(&path, text.as_bytes()) {
            Ok(()) => Ok(()),
            // A file that is there before its content is would be taken for a damaged one.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => replace(&path, &text),
            Err(error) => Err(failed(error)),
        }
    }

    fn write_keys(&self) -> Result<()> {
        let path = self.folder.join(KEY_FILE);
        let identity = BASE64.encode(self.identity.secret());
        let mut text = format!("{HEAD}\norigin {}\nstarted {}\nidentity {identity}\n", self.origin, self.started_ns);
        for key in &self.keys {
            text.push_str(&format!("key {} {}\n", key.epoch, BASE64.encode(key.secret())));
        }
        replace(&path, &text)
    }
}

/// What was signed last in a state directory; none when nothing ever was.
pub(super) fn signed(directory: &Path) -> Result<Option<Signed>> {
    let path = size_file(directory);
    let Some(text) = read(&path)? else { return Ok(None) };
    let parsed = text
        .trim_end()
        .split_once(' ')
        .and_then(|(size, root)| Some(Signed { size: size.parse().ok()?, root: root.parse().ok()? }));
    parsed.map(Some).ok_or_else(|| {
        Error::state("ledger-size-invalid", "what the signer signed last cannot be read")
            .at_path(&path)
            .hinted("the file was changed by something else; compare the ledger with an anchor")
    })
}

/// A key from fresh randomness.
pub(super) fn fresh(epoch: u64, host: &Host) -> EpochKey {
    let mut secret = [0; 32];
    host.entropy.fill(&mut secret);
    EpochKey::new(epoch, &secret)
}

/// The file of the last signed size in a state directory.
pub(super) fn size_file(directory: &Path) -> PathBuf {
    directory.join(FOLDER).join(SIZE_FILE)
}

/// The file of the key in a state directory.
pub(super) fn key_file(directory: &Path) -> PathBuf {
    directory.join(FOLDER).join(KEY_FILE)
}

/// The folder of the signer in a state directory.
pub(super) fn folder(directory: &Path) -> PathBuf {
    directory.join(FOLDER)
}

/// Replaces one of the signer's files in one step, durably, for its owner alone.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let failed = |error| Error::io("writing a file of the ledger", path, error);
    let folder = path.parent().ok_or_else(|| Error::bug("a file of the ledger without a folder"))?;
    // `tempfile` makes files that only their owner can read.
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

/// The text of one of the signer's files; none when it is not there.
pub(super) fn read(path: &Path) -> Result<Option<String>> {
    let mut text = String::new();
    match File::open(path).and_then(|file| file.take(FILE_LIMIT).read_to_string(&mut text)) {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("reading the signer's memory", path, error)),
    }
}

/// The signer of which a key file tells.
fn parse(text: &str, folder: PathBuf) -> Option<Signer> {
    let secret = |text: &str| -> Option<[u8; 32]> { BASE64.decode(text).ok()?.try_into().ok() };
    let mut lines = text.lines();
    if lines.next()? != HEAD {
        return None;
    }
    let origin = lines.next()?.strip_prefix("origin ")?.to_owned();
    let started_ns = lines.next()?.strip_prefix("started ")?.parse().ok()?;
    let identity = Identity::new(&secret(lines.next()?.strip_prefix("identity ")?)?);
    let keys = lines
        .map(|line| {
            let (epoch, key) = line.strip_prefix("key ")?.split_once(' ')?;
            Some(EpochKey::new(epoch.parse().ok()?, &secret(key)?))
        })
        .collect::<Option<Vec<_>>>()?;
    (!keys.is_empty()).then_some(Signer { folder, origin, started_ns, identity, keys, signed: None })
}
