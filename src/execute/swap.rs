//! The one step that everybody can see: what `current` names.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::{Value, json};

use super::files::{remove_file, sync_dir};
use super::layout::{CURRENT, Layout, REGISTRY};
use crate::error::{Error, Result};
use crate::host::Disk;
use crate::model::{CanaryTrial, Digest, TrialState};
use crate::store::Store;

/// Who gets which generation.
#[derive(Debug, Clone, PartialEq)]
pub struct Routing {
    /// What most get; zero for nothing.
    pub stable: u64,
    /// What is on trial: its generation, the percentage that gets it, and the salt of the choice.
    pub canary: Option<(u64, f64, String)>,
}

impl Routing {
    /// What the state says while `stable` is deployed: a trial that runs has its share.
    pub fn wanted(store: &Store, stable: u64) -> Result<Self> {
        let trial = store.trial_open()?.filter(|trial| trial.stable == stable);
        Ok(match trial {
            Some(trial) if matches!(trial.state, TrialState::Running | TrialState::Promoting) => Self::of_trial(&trial),
            _ => Self::all(stable),
        })
    }

    /// A part gets what is on trial.
    pub fn of_trial(trial: &CanaryTrial) -> Self {
        Self { stable: trial.stable, canary: Some((trial.generation, trial.percent, trial.salt.clone())) }
    }

    /// All get one generation.
    pub fn all(stable: u64) -> Self {
        Self { stable, canary: None }
    }

    /// Which generation a key gets, and the place of the key between 0 and 100. A host that does the same with
    /// `registry.json` gets the same answer: the first eight bytes of SHA-256 over salt, a zero byte and key, as a
    /// big-endian number, are a share of 2^64.
    pub fn route(&self, key: &str) -> (u64, f64) {
        let salt = self.canary.as_ref().map_or("", |(_, _, salt)| salt.as_str());
        let digest = Digest::of(format!("{salt}\0{key}").as_bytes());
        let first = digest.0.iter().take(8).fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        let place = first as f64 / 2_f64.powi(64) * 100.0;
        match &self.canary {
            Some((canary, percent, _)) if place < *percent => (*canary, place),
            _ => (self.stable, place),
        }
    }

    pub(super) fn text(&self) -> String {
        let place = |number: u64| match number {
            0 => Value::Null,
            number => json!({ "generation": number, "path": format!("generations/{number}") }),
        };
        let (canary, percent, salt) = match &self.canary {
            Some((number, percent, salt)) => (place(*number), *percent, salt.as_str()),
            None => (Value::Null, 0.0, ""),
        };
        let value = json!({
            "schema": "registry/v1",
            "stable": place(self.stable),
            "canary": canary,
            "percent": percent,
            "salt": salt,
        });
        format!("{value:#}\n")
    }
}

/// What the registry says; all get nothing when there is none. One that cannot be read as one is an error.
pub fn routing(layout: &Layout) -> Result<Routing> {
    let path = layout.registry();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Routing::all(0)),
        Err(error) => return Err(Error::io("reading the registry", &path, error)),
    };
    let damaged = || {
        Error::state("registry-damaged", "the registry is not one that aetherra-maint wrote")
            .at_path(&path)
            .hinted("the next integration or rollback writes it again; `generations list` says what is live")
    };
    let value: Value = serde_json::from_str(&text).map_err(|_| damaged())?;
    let number = |key: &str| value.get(key)?.get("generation")?.as_u64();
    let is_told = |key: &str| value.get(key).is_some_and(Value::is_null) || number(key).is_some();
    if !(is_told("stable") && is_told("canary")) {
        return Err(damaged());
    }
    let canary = number("canary")
        .and_then(|canary| Some((canary, value.get("percent")?.as_f64()?, value.get("salt")?.as_str()?.to_owned())));
    Ok(Routing { stable: number("stable").unwrap_or_default(), canary })
}

/// The generation that `current` names; zero when there is no link.
pub fn current(layout: &Layout) -> Result<u64> {
    let path = layout.current();
    let target = match std::fs::read_link(&path) {
        Ok(target) => target,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        Err(error) => {
            return Err(Error::io("reading what is deployed", &path, error)
                .hinted("`current` must be a symbolic link that only aetherra-maint changes"));
        }
    };
    let number = target.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    number.filter(|number| Layout::link_target(*number) == target).ok_or_else(|| {
        Error::state("current-foreign", format!("`current` names `{}`, which is no generation", target.display()))
            .at_path(&path)
            .hinted("remove the link, and deploy with `aetherra-maint rollback --to N`")
    })
}

/// Points `current` and the registry at a generation. When this returns, both are durable.
///
/// Each is replaced by one rename; a reader that resolves either of them once sees one generation.
pub fn point(disk: &dyn Disk, layout: &Layout, routing: &Routing) -> Result<()> {
    write_registry(disk, layout, routing)?;
    point_link(disk, layout, routing.stable)?;
    place_registry(disk, layout)
}

/// Replaces the registry alone: what is stable stays, and something is, or is no longer, on trial. When this
/// returns, it is durable.
pub fn register(disk: &dyn Disk, layout: &Layout, routing: &Routing) -> Result<()> {
    write_registry(disk, layout, routing)?;
    place_registry(disk, layout)
}

fn write_registry(disk: &dyn Disk, layout: &Layout, routing: &Routing) -> Result<()> {
    let registry = layout.state.join(format!("{REGISTRY}.new"));
    remove_file(disk, &registry)?;
    let failed = |error| Error::io("writing the registry", &registry, error);
    disk.write_new(&registry, routing.text().as_bytes(), 0o644).map_err(failed)?;
    disk.sync_file(&registry).map_err(failed)
}

fn place_registry(disk: &dyn Disk, layout: &Layout) -> Result<()> {
    let (registry, place) = (layout.state.join(format!("{REGISTRY}.new")), layout.registry());
    disk.rename(&registry, &place).map_err(|error| Error::io("placing the registry", &place, error))?;
    sync_dir(disk, &layout.state)
}

/// Like [`point`], but writes nothing that is written already: taking a change back must not need space.
pub fn settle(disk: &dyn Disk, layout: &Layout, routing: &Routing) -> Result<()> {
    let registry = match std::fs::read_to_string(layout.registry()) {
        Ok(text) => text == routing.text(),
        Err(error) => error.kind() == ErrorKind::NotFound && *routing == Routing::all(0),
    };
    if current(layout)? == routing.stable {
        return if registry { sync_dir(disk, &layout.state) } else { register(disk, layout, routing) };
    }
    point(disk, layout, routing)
}

fn point_link(disk: &dyn Disk, layout: &Layout, number: u64) -> Result<()> {
    if number == 0 {
        return remove_file(disk, &layout.current());
    }
    let link = layout.state.join(format!("{CURRENT}.new"));
    remove_file(disk, &link)?;
    disk.symlink(&Layout::link_target(number), &link).map_err(|error| no_links(&link, error))?;
    let place = layout.current();
    disk.rename(&link, &place).map_err(|error| Error::io("swapping what is deployed", &place, error))
}

fn no_links(path: &Path, error: std::io::Error) -> Error {
    let cannot = [libc::EPERM, libc::EOPNOTSUPP, libc::ENOSYS];
    if error.raw_os_error().is_some_and(|code| cannot.contains(&code)) {
        return Error::state("no-symbolic-links", "the file system of the state directory has no symbolic links")
            .at_path(path)
            .hinted("name a state directory on another file system with `--state DIR`")
            .caused_by(error);
    }
    Error::io("making the link to a generation", path, error)
}
