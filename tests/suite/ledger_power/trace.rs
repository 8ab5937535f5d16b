//! What a program did to the files below a folder, as `strace` saw it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The calls that change files or make changes durable. One that is not understood below fails the test.
const CALLS: &str = "openat,open,creat,close,dup,dup2,dup3,fcntl,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,\
                     fallocate,fsync,fdatasync,sync_file_range,syncfs,rename,renameat,renameat2,unlink,unlinkat,rmdir,\
                     mkdir,mkdirat,link,linkat,symlink,symlinkat,copy_file_range,sendfile";

/// Bytes of one write that are recorded.
const LONGEST: &str = "8388608";

/// One change, of a file or folder by its number.
#[derive(Debug, Clone)]
pub enum Op {
    /// A new file or folder, and where its name is.
    Create {
        node: usize,
        is_folder: bool,
        folder: usize,
        name: String,
    },
    Write {
        node: usize,
        offset: usize,
        bytes: Vec<u8>,
    },
    Length {
        node: usize,
        length: usize,
    },
    Rename {
        node: usize,
        from: (usize, String),
        to: (usize, String),
    },
    Remove {
        folder: usize,
        name: String,
    },
    SyncFile {
        node: usize,
    },
    SyncFolder {
        node: usize,
    },
}

/// Whether `strace` is here and may look at programs.
pub fn is_possible() -> bool {
    Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output().is_ok_and(|run| run.status.success())
}

/// The command, with what it does written to a file.
pub fn traced(command: &Command, log: &Path) -> Command {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq", "-y", "-xx", "-s", LONGEST, "-e"]).arg(format!("trace={CALLS}")).arg("-o").arg(log);
    traced.arg(command.get_program()).args(command.get_args()).env_clear();
    traced.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        traced.current_dir(folder);
    }
    traced
}

/// The files below a folder while a trace is read: node 0 is the folder itself, and the names of all others.
#[derive(Debug, Default)]
pub struct Reader {
    root: PathBuf,
    names: BTreeMap<(usize, String), usize>,
    folders: BTreeMap<usize, bool>,
    next: usize,
    /// What descriptors stand for: a node, and where the next byte is written.
    open: BTreeMap<i64, (usize, usize)>,
    pub ops: Vec<Op>,
}

impl Reader {
    /// A folder that is empty.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), folders: [(0, true)].into(), next: 1, ..Self::default() }
    }

    /// The name of a node, for people.
    pub fn name(&self, node: usize) -> &str {
        self.names.iter().find(|(_, found)| **found == node).map_or("?", |((_, name), _)| name.as_str())
    }

    /// Reads the trace of one run.
    pub fn read(&mut self, text: &str) {
        self.open.clear();
        let mut halves: BTreeMap<&str, &str> = BTreeMap::new();
        for line in text.lines() {
            let (pid, rest) = line.split_once(' ').expect("a process");
            let rest = rest.trim_start();
            if let Some(begun) = rest.strip_suffix("<unfinished ...>") {
                halves.insert(pid, begun);
            } else if let Some((_, end)) = rest.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
                let begun = halves.remove(pid).expect("a beginning");
                self.call(&format!("{begun}{end}"));
            } else {
                self.call(rest);
            }
        }
    }

    fn call(&mut self, text: &str) {
        let Some((name, rest)) = text.split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(") = ").or_else(|| rest.rsplit_once(")  = ")) else { return };
        // The result may have spaces in front, and what a descriptor stands for behind.
        let result = result.trim_start().split([' ', '<']).next().unwrap_or_default();
        let Ok(result) = result.parse::<i64>() else { return };
        if result < 0 {
            return;
        }
        let arguments = arguments.trim_end();
        let arguments = split(arguments);
        self.apply(name, &arguments, result);
    }

    fn apply(&mut self, name: &str, arguments: &[&str], result: i64) {
        let at = |number: usize| arguments.get(number).copied().unwrap_or_default();
        match name {
            "openat" => self.opened(path(at(0), at(1)), at(2), result),
            "close" => {
                self.open.remove(&descriptor(at(0)));
            }
            "dup" | "dup2" | "dup3" => self.duplicated(at(0), result),
            "fcntl" if at(1).starts_with("F_DUPFD") => self.duplicated(at(0), result),
            "fcntl" => {}
            "write" => self.written(at(0), text_of(at(1)), None),
            "pwrite64" => self.written(at(0), text_of(at(1)), Some(at(3).parse().expect("an offset"))),
            "ftruncate" => {
                if let Some((node, _)) = self.open.get(&descriptor(at(0))) {
                    self.ops.push(Op::Length { node: *node, length: at(1).parse().expect("a length") });
                }
            }
            "fsync" | "fdatasync" => {
                if let Some((node, _)) = self.open.get(&descriptor(at(0))) {
                    let is_folder = self.folders.get(node).copied().unwrap_or(false);
                    let node = *node;
                    self.ops.push(if is_folder { Op::SyncFolder { node } } else { Op::SyncFile { node } });
                }
            }
            "rename" => self.renamed(path("", at(0)), path("", at(1))),
            "renameat" | "renameat2" => self.renamed(path(at(0), at(1)), path(at(2), at(3))),
            "unlink" | "rmdir" => self.removed(path("", at(0))),
            "unlinkat" => self.removed(path(at(0), at(1))),
            "mkdir" => self.created(path("", at(0)), true),
            "mkdirat" => self.created(path(at(0), at(1)), true),
            // Anything else would have to be understood if it were about a file of ours.
            other => {
                let is_ours = arguments.iter().any(|argument| {
                    let inside = self.open.contains_key(&descriptor(argument));
                    inside || self.place(&path("", argument)).is_some()
                });
                assert!(!is_ours, "{other}({arguments:?}) is not understood");
            }
        }
    }

    /// The folder and the name that a path stands for, when it is below the root and of interest.
    fn place(&self, path: &Path) -> Option<(usize, String)> {
        let below = if path.is_relative() { path } else { path.strip_prefix(&self.root).ok()? };
        // What stands for memory is gone after a cut, and made anew.
        let name = below.file_name()?.to_str()?.to_owned();
        if name.ends_with("-shm") {
            return None;
        }
        let folder = below
            .parent()?
            .components()
            .try_fold(0, |node, part| self.names.get(&(node, part.as_os_str().to_str()?.to_owned())).copied())?;
        Some((folder, name))
    }

    fn opened(&mut self, path: PathBuf, flags: &str, descriptor: i64) {
        self.open.remove(&descriptor);
        if path == self.root {
            self.open.insert(descriptor, (0, 0));
            return;
        }
        let Some(place) = self.place(&path) else { return };
        let node = match self.names.get(&place) {
            Some(node) => *node,
            None if flags.contains("O_CREAT") => {
                self.created(path, false);
                self.names[&place]
            }
            // It was there before anything was recorded.
            None => return,
        };
        assert!(!flags.contains("O_APPEND") || !flags.contains("O_TRUNC"), "{flags}");
        if flags.contains("O_TRUNC") {
            self.ops.push(Op::Length { node, length: 0 });
        }
        self.open.insert(descriptor, (node, 0));
    }

    fn duplicated(&mut self, from: &str, to: i64) {
        if let Some(found) = self.open.get(&descriptor(from)).copied() {
            self.open.insert(to, found);
        }
    }

    fn created(&mut self, path: PathBuf, is_folder: bool) {
        let Some((folder, name)) = self.place(&path) else { return };
        let node = self.next;
        self.next += 1;
        self.folders.insert(node, is_folder);
        self.names.insert((folder, name.clone()), node);
        self.ops.push(Op::Create { node, is_folder, folder, name });
    }

    fn written(&mut self, to: &str, bytes: Vec<u8>, offset: Option<usize>) {
        let Some((node, position)) = self.open.get_mut(&descriptor(to)) else { return };
        let at = offset.unwrap_or(*position);
        if offset.is_none() {
            *position += bytes.len();
        }
        self.ops.push(Op::Write { node: *node, offset: at, bytes });
    }

    fn renamed(&mut self, from: PathBuf, to: PathBuf) {
        let (Some(from), Some(to)) = (self.place(&from), self.place(&to)) else { return };
        let Some(node) = self.names.remove(&from) else { return };
        self.names.insert(to.clone(), node);
        self.ops.push(Op::Rename { node, from, to });
    }

    fn removed(&mut self, path: PathBuf) {
        let Some((folder, name)) = self.place(&path) else { return };
        if self.names.remove(&(folder, name.clone())).is_some() {
            self.ops.push(Op::Remove { folder, name });
        }
    }
}

/// The arguments of a call. Every text in it is in hexadecimal, so that no comma in it is part of one.
fn split(arguments: &str) -> Vec<&str> {
    arguments.split(", ").map(str::trim).collect()
}

fn descriptor(argument: &str) -> i64 {
    argument.split('<').next().and_then(|number| number.parse().ok()).unwrap_or(-1)
}

/// The bytes of `"\x41\x42"`, or of as much as stands between marks.
fn text_of(argument: &str) -> Vec<u8> {
    assert!(!argument.ends_with("..."), "a write was longer than what is recorded");
    let text = argument.trim_matches(['"', '<', '>']);
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(byte, 16).expect("hexadecimal")).collect()
}

/// The path of a call, from the folder that a descriptor stands for. A relative one of a call that names no folder
/// stays relative: the program is started in the root.
fn path(folder: &str, argument: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    let of = |text: &str| PathBuf::from(std::ffi::OsString::from_vec(text_of(text)));
    let base = folder.split_once('<').map(|(_, base)| of(base)).unwrap_or_default();
    base.join(of(argument))
}
