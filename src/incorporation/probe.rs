//! Looking at a staged tree before anybody can load from it: does it parse, is everything that it imports
//! from itself there, do manifest and entry point hold?

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::structure::{of_manifest, of_python, on_big_stack};
use crate::error::{Error, ErrorKind, Result};
use crate::model::structure::Structure;
use crate::model::{Component, Generation};

/// Larger files are data, not modules.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// Components that are parsed on one stack at most.
const ON_ONE_STACK: usize = 64;

/// Checks the components of a generation that are new in it.
pub fn probe(tree: &Path, generation: &Generation, fresh: &BTreeSet<String>) -> Result<()> {
    let there: BTreeSet<&str> = generation
        .components
        .iter()
        .flat_map(|component| component.files.iter().map(|file| file.target.as_str()))
        .collect();
    let chosen: Vec<&Component> =
        generation.components.iter().filter(|component| fresh.contains(&component.id)).collect();
    // The parsers make a large stack when they have none, which costs as much as parsing a file of usual length.
    let share = (chosen.len() / (rayon::current_num_threads() * 4)).clamp(1, ON_ONE_STACK);
    chosen.par_chunks(share).try_for_each(|chunk| {
        on_big_stack(|| chunk.iter().try_for_each(|component| probe_component(tree, component, &there)))
    })
}

fn refused(component: &Component, why: String) -> Error {
    Error::new(
        ErrorKind::RolledBack,
        "verification-failed",
        format!("`{}` did not pass verification: {why}", component.id),
    )
    .hinted("nothing that is deployed was changed; correct the component and plan again")
}

fn probe_component(tree: &Path, component: &Component, there: &BTreeSet<&str>) -> Result<()> {
    let mut defined: BTreeSet<String> = BTreeSet::new();
    for file in &component.files {
        let is_python = file.target.ends_with(".py");
        let is_manifest = file.target.ends_with("aetherra-plugin.json") || file.target.ends_with("manifest.json");
        if !is_python && !is_manifest {
            continue;
        }
        let path = tree.join(&file.target);
        let failed = |error| Error::io("verifying a file", &path, error);
        let Some(bytes) = read_module(&path).map_err(failed)? else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let structure = if is_python { of_python(&text) } else { of_manifest(&file.target, &text) };
        if let Some(problem) = structure.problems.first() {
            return Err(refused(component, format!("`{}:{}`: {}", file.target, problem.line, problem.message)));
        }
        if let Some(missing) = missing_import(&file.target, &structure, there) {
            return Err(refused(component, format!("`{}` imports `{missing}`, which is not deployed", file.target)));
        }
        defined.extend(structure.classes.iter().map(|class| class.name.clone()));
        defined.extend(structure.functions.iter().map(|function| function.name.clone()));
    }
    entry_point(component, &defined)
}

/// What is in a file; nothing when it is too large for a module. A plan may say another size than the file has.
fn read_module(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > MAX_BYTES {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or(0));
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// A relative import that leads nowhere in the tree.
fn missing_import(target: &str, structure: &Structure, there: &BTreeSet<&str>) -> Option<String> {
    structure
        .imports
        .iter()
        .filter(|import| import.level > 0 && !import.optional && !import.module.is_empty())
        .find_map(|import| {
            let mut folder = target.rsplit_once('/').map_or("", |(folder, _)| folder);
            for _ in 1..import.level {
                folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
            }
            let module = import.module.replace('.', "/");
            let stem = if folder.is_empty() { module } else { format!("{folder}/{module}") };
            let prefix = format!("{stem}/");
            let found = there.contains(format!("{stem}.py").as_str())
                || there.range(prefix.as_str()..).next().is_some_and(|next| next.starts_with(&prefix));
            (!found).then(|| format!("{}{}", ".".repeat(import.level as usize), import.module))
        })
}

/// `file.py:Name`, `file.py`, or a module or class: what names a file must be there, what names a class defined.
fn entry_point(component: &Component, defined: &BTreeSet<String>) -> Result<()> {
    let Some(entry) = component.entry_point.as_deref() else { return Ok(()) };
    let (file, name) = match entry.split_once(':') {
        Some((file, name)) => (Some(file), Some(name)),
        None if entry.ends_with(".py") || entry.contains('/') => (Some(entry), None),
        None => (None, None),
    };
    if let Some(file) = file {
        let file = file.trim_start_matches("./");
        let as_module = format!("{}.py", file.replace('.', "/"));
        let ends = |target: &str, end: &str| target == end || target.ends_with(&format!("/{end}"));
        if !component.files.iter().any(|known| ends(&known.target, file) || ends(&known.target, &as_module)) {
            return Err(refused(component, format!("its entry point `{entry}` names a file that it has not")));
        }
    }
    match name {
        Some(name) if !defined.is_empty() && !defined.contains(name) => {
            Err(refused(component, format!("its entry point `{entry}` names what it does not define")))
        }
        _ => Ok(()),
    }
}
