//! Telling how far long work has come. The library reports; the binary decides whether anybody sees it.

/// A listener for progress. Workers on other threads may call it.
pub trait Progress: Send + Sync {
    /// A piece of work begins; `total` is in whatever unit `advance` counts, when it is known.
    fn begin(&self, what: &str, total: Option<u64>);

    /// So much more is done.
    fn advance(&self, by: u64);

    /// The piece of work is over.
    fn finish(&self);
}

/// Nobody listens.
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _what: &str, _total: Option<u64>) {}

    fn advance(&self, _by: u64) {}

    fn finish(&self) {}
}
