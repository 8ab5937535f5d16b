//! Threads that judge: their stacks hold what bounded depth can need.

use rayon::prelude::*;

use crate::error::{Error, Result};

/// Stack of each worker: bounded depth times the largest frames of parser and walks, with room to spare.
const WORKER_STACK: usize = 64 << 20;

/// Threads whose stacks are deep enough.
pub(super) enum Workers {
    /// A pool costs more than so few files.
    One,
    Pool(rayon::ThreadPool),
}

impl Workers {
    pub(super) fn new(inputs: usize) -> Result<Self> {
        if inputs <= 2 {
            return Ok(Self::One);
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(rayon::current_num_threads())
            .stack_size(WORKER_STACK)
            .build()
            .map_err(|error| Error::bug(format!("no worker could be started: {error}")))?;
        Ok(Self::Pool(pool))
    }

    /// Runs `work` on every input, and keeps the order.
    pub(super) fn run<I: Send, T: Send>(&self, inputs: Vec<I>, work: impl Fn(I) -> T + Sync + Send) -> Result<Vec<T>> {
        match self {
            Self::One => std::thread::scope(|scope| {
                let worker = std::thread::Builder::new().stack_size(WORKER_STACK);
                let handle = worker
                    .spawn_scoped(scope, || inputs.into_iter().map(&work).collect())
                    .map_err(|error| Error::bug(format!("no worker could be started: {error}")))?;
                handle.join().map_err(|_| Error::bug("the analysis of a file ended early"))
            }),
            Self::Pool(pool) => Ok(pool.install(|| inputs.into_par_iter().with_max_len(8).map(&work).collect())),
        }
    }
}
