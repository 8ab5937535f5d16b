//! The bare loop that a scan is held against: it walks, reads, hashes and parses the same files in
//! parallel, and keeps nothing. `benches/scan/run.sh` times both in one run.
#![expect(clippy::print_stdout, reason = "a benchmark tells what it did")]

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use sha2::{Digest as _, Sha256};

/// The one that the product has, so that the work is compared and not the allocators.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The stack of a worker: what the parser and the destructors of deep trees need.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Folders that a scan leaves out by name.
const LEFT_OUT: &[&str] = &[".aetherra", ".git", "__pycache__", "node_modules", "site-packages"];

fn main() {
    let Some(root) = std::env::args().nth(1).filter(|argument| !argument.starts_with('-')) else {
        println!("usage: scan ROOT; benches/scan/run.sh makes a tree and compares");
        return;
    };
    let built = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build_global();
    if let Err(error) = built {
        println!("no threads: {error}");
        return;
    }
    let files: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| !entry.file_name().to_str().is_some_and(|name| LEFT_OUT.contains(&name)))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    let (bytes, parsed) = (AtomicU64::new(0), AtomicU64::new(0));
    files.par_iter().for_each(|path| {
        let Ok(content) = std::fs::read(path) else { return };
        bytes.fetch_add(content.len() as u64, Ordering::Relaxed);
        std::hint::black_box(Sha256::digest(&content));
        let is_python = path.extension().is_some_and(|extension| extension == "py" || extension == "pyi");
        if is_python && let Ok(text) = std::str::from_utf8(&content) {
            std::hint::black_box(parse_unchecked(text, ParseOptions::from(Mode::Module)));
            parsed.fetch_add(1, Ordering::Relaxed);
        }
    });
    let (bytes, parsed) = (bytes.into_inner(), parsed.into_inner());
    println!("{} files, {bytes} bytes, {parsed} parsed", files.len());
}
