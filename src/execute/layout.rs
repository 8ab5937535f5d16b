//! Where things are in the state directory.

use std::path::{Path, PathBuf};

use crate::model::Digest;

/// The link that names what is deployed.
pub const CURRENT: &str = "current";
/// What a host reads to know what is deployed and who gets which generation.
pub const REGISTRY: &str = "registry.json";
/// In a generation: the tree that a host loads from.
pub const TREE: &str = "tree";
/// In a generation: what is in the tree.
pub const MANIFEST: &str = "generation.json";

/// The folders of one state directory.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The state directory.
    pub state: PathBuf,
}

impl Layout {
    /// The layout of a state directory.
    pub fn new(state: &Path) -> Self {
        Self { state: state.to_path_buf() }
    }

    /// Contents by digest.
    pub fn objects(&self) -> PathBuf {
        self.state.join("objects")
    }

    /// One content.
    pub fn object(&self, digest: &Digest) -> PathBuf {
        self.objects().join(digest.hex())
    }

    /// Where a content is made that must not have its name yet.
    pub fn aside(&self, digest: &Digest) -> PathBuf {
        self.staging().join(digest.hex())
    }

    /// Complete trees by number.
    pub fn generations(&self) -> PathBuf {
        self.state.join("generations")
    }

    /// One complete tree.
    pub fn generation(&self, number: u64) -> PathBuf {
        self.generations().join(number.to_string())
    }

    /// Trees that are being made or cleared away.
    pub fn staging(&self) -> PathBuf {
        self.state.join("staging")
    }

    /// The tree that is being made: it has no number yet.
    pub fn staged(&self) -> PathBuf {
        self.staging().join("new")
    }

    /// Isolated contents.
    pub fn quarantine(&self) -> PathBuf {
        self.state.join("quarantine")
    }

    /// The link that names what is deployed.
    pub fn current(&self) -> PathBuf {
        self.state.join(CURRENT)
    }

    /// What the link says for a generation; relative, so that the state directory can be moved.
    pub fn link_target(number: u64) -> PathBuf {
        PathBuf::from("generations").join(number.to_string())
    }

    /// The registry.
    pub fn registry(&self) -> PathBuf {
        self.state.join(REGISTRY)
    }
}
