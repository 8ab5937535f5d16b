//! A file system that keeps what was made durable, and any part of the rest.
//!
//! It is meaner than real ones: every sector of a write that was not flushed is there or not, whatever was written
//! before or after it; every name that was not flushed with its folder is there or not; a length is as any other
//! change. What is not there reads as zeros.

use std::collections::BTreeMap;
use std::path::Path;

use aetherra_maint::host::{Entropy, SeededEntropy};

use super::trace::Op;

type Names = BTreeMap<(usize, String), usize>;

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Naming {
    Add(usize, String, usize),
    Remove(usize, String),
    Rename((usize, String), (usize, String), usize),
}

impl Naming {
    fn folder(&self) -> usize {
        match self {
            Self::Add(folder, _, _) | Self::Remove(folder, _) | Self::Rename(_, (folder, _), _) => *folder,
        }
    }

    fn apply(&self, names: &mut Names) {
        match self {
            Self::Add(folder, name, node) => {
                names.insert((*folder, name.clone()), *node);
            }
            Self::Remove(folder, name) => {
                names.remove(&(*folder, name.clone()));
            }
            Self::Rename(from, to, node) => {
                if names.get(from) == Some(node) {
                    names.remove(from);
                }
                names.insert(to.clone(), *node);
            }
        }
    }
}

/// The file system.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    files: BTreeMap<usize, File>,
    durable: Names,
    pending: Vec<Naming>,
}

/// How much of what was not made durable is there.
#[derive(Debug, Clone, Copy)]
pub enum Keep {
    All,
    Nothing,
    Some,
}

impl Disk {
    pub fn apply(&mut self, op: &Op) {
        match op.clone() {
            Op::Create { node, is_folder, folder, name } => {
                if !is_folder {
                    self.files.insert(node, File::default());
                }
                self.pending.push(Naming::Add(folder, name, node));
            }
            Op::Write { node, offset, bytes } => self.change(node, Change::Write(offset, bytes)),
            Op::Length { node, length } => self.change(node, Change::Length(length)),
            Op::Rename { node, from, to } => self.pending.push(Naming::Rename(from, to, node)),
            Op::Remove { folder, name } => self.pending.push(Naming::Remove(folder, name)),
            Op::SyncFile { node } => {
                if let Some(file) = self.files.get_mut(&node) {
                    for change in std::mem::take(&mut file.pending) {
                        change.apply(&mut file.durable);
                    }
                }
            }
            Op::SyncFolder { node } => {
                let (now, later): (Vec<_>, Vec<_>) =
                    std::mem::take(&mut self.pending).into_iter().partition(|naming| naming.folder() == node);
                self.pending = later;
                now.iter().for_each(|naming| naming.apply(&mut self.durable));
            }
        }
    }

    fn change(&mut self, node: usize, change: Change) {
        if let Some(file) = self.files.get_mut(&node) {
            file.pending.push(change);
        }
    }

    /// Writes to a folder what one power cut may leave.
    pub fn cut(&self, keep: Keep, random: &SeededEntropy, into: &Path) {
        let byte = || {
            let mut buffer = [0];
            random.fill(&mut buffer);
            buffer[0]
        };
        // Some cuts keep nearly everything, some nearly nothing.
        let bias = byte();
        let keeps = || match keep {
            Keep::All => true,
            Keep::Nothing => false,
            Keep::Some => byte() <= bias,
        };
        let sector = if byte() % 2 == 0 { 512 } else { 4096 };
        let mut names = self.durable.clone();
        self.pending.iter().filter(|_| keeps()).for_each(|naming| naming.apply(&mut names));
        let contents = self.files.iter().map(|(node, file)| {
            let mut bytes = file.durable.clone();
            for change in &file.pending {
                for part in change.parts(sector).into_iter().filter(|_| keeps()) {
                    part.apply(&mut bytes);
                }
            }
            (*node, bytes)
        });
        let contents: BTreeMap<usize, Vec<u8>> = contents.collect();
        write_below(0, into, &names, &contents);
    }
}

fn write_below(folder: usize, path: &Path, names: &Names, contents: &BTreeMap<usize, Vec<u8>>) {
    for ((_, name), node) in names.range((folder, String::new())..(folder + 1, String::new())) {
        let path = path.join(name);
        match contents.get(node) {
            Some(bytes) => std::fs::write(path, bytes).expect("a file"),
            None => {
                std::fs::create_dir(&path).expect("a folder");
                write_below(*node, &path, names, contents);
            }
        }
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Length(length) => bytes.resize(*length, 0),
            Self::Write(offset, written) => {
                let end = offset + written.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*offset..end].copy_from_slice(written);
            }
        }
    }

    /// The parts that become durable each on its own.
    fn parts(&self, sector: usize) -> Vec<Self> {
        let Self::Write(offset, bytes) = self else { return vec![self.clone()] };
        let mut parts = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let end = ((offset + at) / sector + 1) * sector - offset;
            let end = end.min(bytes.len());
            parts.push(Self::Write(offset + at, bytes[at..end].to_vec()));
            at = end;
        }
        parts
    }
}
