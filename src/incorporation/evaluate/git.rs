//! What git knows, asked so that the repository cannot run anything.
//!
//! The repository is not trusted: no hooks, no monitors, no external diffs or text conversions, no fetching
//! of missing objects, no pager. Content is read as raw blobs, so that no filter runs.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use super::inputs::{Input, Inputs, Tree};
use crate::error::{Error, Result};
use crate::host::Host;
use crate::host::process::{Command, Environment};
use crate::model::{SkipReason, Skipped, path_key};
use crate::security::inputs as security;

/// All blobs together may be this large.
const MAX_OUTPUT: usize = 1 << 30;

/// Settings of the repository that could start programs, turned off.
const SAFE: &[&str] = &[
    "--no-optional-locks",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.untrackedCache=false",
    "-c",
    "diff.external=",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "protocol.allow=never",
];

/// What is staged, as it is staged.
pub(super) fn staged(project: &Path, host: &Host) -> Result<Inputs> {
    let mut inputs = changed(project, host, &["--cached"])?;
    let listing = run(project, host, &["ls-files", "--stage", "-z"], None)?;
    inputs.tree = around(project, host, &listing, &inputs)?;
    Ok(inputs)
}

/// What changed between two commits, as it is in the second.
pub(super) fn range(project: &Path, host: &Host, from: &str, to: &str) -> Result<Inputs> {
    for name in [from, to] {
        if name.is_empty() || name.starts_with('-') || name.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Error::usage("ref-invalid", format!("`{name}` is no name of a commit"))
                .hinted("name a branch, a tag or a hash"));
        }
    }
    let mut inputs = changed(project, host, &[&format!("{from}...{to}")])?;
    let listing = run(project, host, &["ls-tree", "-r", "-z", to], None)?;
    inputs.tree = around(project, host, &listing, &inputs)?;
    Ok(inputs)
}

fn changed(project: &Path, host: &Host, what: &[&str]) -> Result<Inputs> {
    let mut arguments =
        vec!["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative"];
    arguments.push("--diff-filter=ACMT");
    arguments.extend(what);
    arguments.push("--");
    let listing = run(project, host, &arguments, None)?;
    let mut inputs = Inputs::default();
    let mut wanted = Vec::new();
    let mut fields = listing.split(|byte| *byte == 0);
    while let (Some(header), Some(path)) = (fields.next(), fields.next()) {
        let header = String::from_utf8_lossy(header);
        let mut words = header.split(' ').skip(1);
        let (Some(mode), _, Some(blob)) = (words.next(), words.next(), words.next()) else { break };
        let path = path_key::escape(path);
        let detail = match mode {
            "100644" | "100755" => {
                wanted.push((path, blob.to_owned()));
                continue;
            }
            "120000" => (SkipReason::Symlink, "a symbolic link"),
            _ => (SkipReason::Special, "a submodule"),
        };
        inputs.skipped.push(Skipped { path, reason: detail.0, detail: detail.1.to_owned() });
    }
    read_blobs(project, host, wanted, &mut inputs)?;
    Ok(inputs)
}

/// What git has around the files that changed: the manifests above them, and the sources of those that are compiled.
///
/// An entry of the index is `<mode> <blob> <stage>\t<path>`, one of a tree `<mode> blob <blob>\t<path>`.
fn around(project: &Path, host: &Host, listing: &[u8], inputs: &Inputs) -> Result<Tree> {
    let mut folders = BTreeSet::from([""]);
    for input in &inputs.files {
        let mut folder = input.path();
        while let Some((above, _)) = folder.rsplit_once('/') {
            folders.insert(above);
            folder = above;
        }
    }
    let sources: BTreeSet<String> =
        inputs.files.iter().filter_map(|input| security::compiled::source_of(input.path())).collect();
    let mut wanted = Vec::new();
    for entry in listing.split(|byte| *byte == 0) {
        let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else { continue };
        let (about, path) = entry.split_at(tab);
        let path = path_key::escape(path.get(1..).unwrap_or_default());
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let is_manifest = super::declared::MANIFESTS.contains(&name) && folders.contains(folder);
        if !about.starts_with(b"100") || !is_manifest && !sources.contains(&path) {
            continue;
        }
        let about = String::from_utf8_lossy(about);
        if let Some(blob) = about.split(' ').find(|word| matches!(word.len(), 40 | 64)) {
            wanted.push((path, blob.to_owned()));
        }
    }
    let mut question = Vec::new();
    for (_, blob) in &wanted {
        question.extend_from_slice(blob.as_bytes());
        question.push(b'\n');
    }
    let answer =
        if wanted.is_empty() { Vec::new() } else { run(project, host, &["cat-file", "--batch"], Some(question))? };
    let mut rest = answer.as_slice();
    let mut files = BTreeMap::new();
    for (path, _) in wanted {
        let Some((bytes, after)) = next_blob(rest) else { break };
        files.insert(path, bytes.to_vec());
        rest = after;
    }
    Ok(Tree::Git(files))
}

/// Reads all blobs with one process.
fn read_blobs(project: &Path, host: &Host, wanted: Vec<(String, String)>, inputs: &mut Inputs) -> Result<()> {
    let unsupported = |path: String| Skipped {
        path,
        reason: SkipReason::Unsupported,
        detail: "no analyser knows this kind of file".to_owned(),
    };
    if wanted.is_empty() {
        return Ok(());
    }
    let mut question = Vec::new();
    for (_, blob) in &wanted {
        question.extend_from_slice(blob.as_bytes());
        question.push(b'\n');
    }
    let answer = run(project, host, &["cat-file", "--batch"], Some(question))?;
    let mut rest = answer.as_slice();
    for (path, _) in wanted {
        let Some((bytes, after)) = next_blob(rest) else {
            let detail = "git has no content for it".to_owned();
            inputs.skipped.push(Skipped { path, reason: SkipReason::Unreadable, detail });
            rest = rest.iter().position(|byte| *byte == b'\n').and_then(|at| rest.get(at + 1..)).unwrap_or_default();
            continue;
        };
        rest = after;
        if security::of(&path, bytes.get(..512).unwrap_or(bytes)).is_some() {
            inputs.files.push(Input::Blob { path, bytes: bytes.to_vec() });
        } else {
            inputs.skipped.push(unsupported(path));
        }
    }
    Ok(())
}

/// `<hash> blob <size>\n<content>\n`
fn next_blob(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let line_end = answer.iter().position(|byte| *byte == b'\n')?;
    let header = std::str::from_utf8(answer.get(..line_end)?).ok()?;
    let mut words = header.split(' ').skip(1);
    if words.next()? != "blob" {
        return None;
    }
    let size: usize = words.next()?.parse().ok()?;
    let start = line_end + 1;
    let content = answer.get(start..start.checked_add(size)?)?;
    Some((content, answer.get(start + size + 1..).unwrap_or_default()))
}

fn run(project: &Path, host: &Host, arguments: &[&str], stdin: Option<Vec<u8>>) -> Result<Vec<u8>> {
    let all = SAFE.iter().chain(arguments).map(OsString::from);
    let mut command = Command::new("git", all).starting_in(project);
    command.stdin = stdin;
    command.timeout = Duration::from_secs(120);
    command.max_output = MAX_OUTPUT;
    let quiet = [
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_EXTERNAL_DIFF", ""),
        ("LC_ALL", "C"),
    ];
    command.env = Environment::Inherited(quiet.iter().map(|(name, value)| (name.into(), value.into())).collect());
    let output = host.process.run(&command)?;
    if !output.ended.well() || output.truncated {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next().unwrap_or("").chars().take(200).collect::<String>();
        return Err(Error::usage("git-failed", format!("git ended with {}: {first}", output.ended))
            .at_path(project)
            .hinted("run this inside a git repository, and check that the commits exist"));
    }
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_follow_one_another() {
        let answer = b"aa blob 3\nx\ny\nbb blob 0\n\ncc missing\n";
        let (first, rest) = next_blob(answer).unwrap_or_default();
        let (second, rest) = next_blob(rest).unwrap_or((b"-", b""));
        assert_eq!((first, second, next_blob(rest)), (&b"x\ny"[..], &b""[..], None));
        assert_eq!(next_blob(b"aa blob 99999999999999999999\nx"), None);
        assert_eq!(next_blob(b"aa blob 18446744073709551615\nx"), None);
    }
}
