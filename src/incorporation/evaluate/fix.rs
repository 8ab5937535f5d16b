//! Safe changes to what was judged.

use std::path::{Path, PathBuf};

use super::{Evaluated, inputs};
use crate::error::Result;
use crate::execute::fixes;
use crate::model::{Diagnostic, Digest, FileJudgement, Severity, path_key};
use crate::security::analyse::{InlineSuppressions, analyse};
use crate::security::inputs::Kind;
use crate::security::rules::RuleSet;
use crate::security::{fix, source};

/// Larger files are left as they are.
const MAX_BYTES: u64 = 64 << 20;

/// A file with the changes that are safe to make in it.
pub struct Prepared {
    /// As findings name it.
    pub path: String,
    /// Where it lies.
    pub source: PathBuf,
    /// What was judged.
    pub digest: Digest,
    /// The text as it is.
    pub old: String,
    /// The text as it would be.
    pub new: String,
    /// The content as it would be, in the encoding of the file.
    pub bytes: Vec<u8>,
    /// How many changes.
    pub fixes: usize,
}

/// Prepares the changes for all findings that are told, and says which files are left as they are although a finding
/// in them could be corrected.
///
/// A change is prepared only if the result can be written in the encoding of the file, parses as well as before, and
/// has fewer of the findings that it corrects.
pub fn prepare(
    project: &Path,
    evaluated: &Evaluated,
    report_from: Severity,
    rules: &RuleSet,
) -> (Vec<Prepared>, Vec<Diagnostic>) {
    let (mut all, mut left) = (Vec::new(), Vec::new());
    for (judgement, _) in &evaluated.files {
        if !judgement.findings.iter().any(|finding| fix::is_wanted(finding, report_from)) {
            continue;
        }
        match one(project, judgement, report_from, rules) {
            Ok(Some(prepared)) => all.push(prepared),
            Ok(None) => {}
            Err(why) => left.push(
                Diagnostic::warning("not-fixed", format!("a finding could be corrected, but {why}"))
                    .at(judgement.path.clone())
                    .helped("correct it by hand, or run the command again"),
            ),
        }
    }
    (all, left)
}

fn one(
    project: &Path,
    judgement: &FileJudgement,
    report_from: Severity,
    rules: &RuleSet,
) -> std::result::Result<Option<Prepared>, String> {
    let path = path_key::to_path(project, &judgement.path);
    let metadata = std::fs::symlink_metadata(&path).map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("it is reached by a symbolic link".to_owned());
    }
    let bytes = inputs::read(&path, MAX_BYTES).map_err(|error| error.to_string())?;
    if Digest::of(&bytes) != judgement.digest {
        return Err("the file changed since it was judged".to_owned());
    }
    // Places in a notebook or an archive are not places in its file.
    if crate::security::inputs::of(&judgement.path, bytes.get(..512).unwrap_or(&bytes)) != Some(Kind::Python) {
        return Ok(None);
    }
    let (old, encoding) = source::decode(&bytes).map_err(|why| why.to_string())?;
    if source::encode(&old, encoding).as_ref() != Some(&bytes) {
        return Err(format!("its encoding, {encoding}, cannot be written back as it is"));
    }
    let (new, fixes) = fix::apply(&old, &judgement.findings, report_from);
    if fixes == 0 {
        return Ok(None);
    }
    let Some(bytes) = source::encode(&new, encoding) else {
        return Err(format!("the result cannot be written in its encoding, {encoding}"));
    };
    if !corrects(&judgement.path, &old, &new, rules) {
        return Err("the result would not be free of it".to_owned());
    }
    let path_of_finding = judgement.path.clone();
    Ok(Some(Prepared { path: path_of_finding, source: path, digest: judgement.digest, old, new, bytes, fixes }))
}

/// Whether a changed text parses as far as before and has fewer findings that can be corrected.
fn corrects(path: &str, old: &str, new: &str, rules: &RuleSet) -> bool {
    let judge =
        |text: &str| analyse(path, text.as_bytes(), Digest::of(text.as_bytes()), rules, InlineSuppressions::Obeyed);
    let (before, after) = (judge(old), judge(new));
    let count = |judgement: &FileJudgement| judgement.findings.iter().filter(|found| found.fix.is_some()).count();
    after.gap.is_some() <= before.gap.is_some() && count(&after) < count(&before)
}

/// Makes the changes.
///
/// # Errors
/// The first file that changed meanwhile or cannot be written. When it is the first of all, nothing was changed;
/// else the message says how many were.
pub fn make(prepared: &[Prepared]) -> Result<()> {
    for (done, file) in prepared.iter().enumerate() {
        fixes::write(&file.source, file.digest, &file.bytes).map_err(|error| match done {
            0 => error,
            _ => error.hinted(format!("{done} files before it are corrected already")),
        })?;
    }
    Ok(())
}
