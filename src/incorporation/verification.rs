//! The operator's own look at what is about to be let in, by a program that is locked in.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::probe::probe;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::host::confine::{Confinement, Isolation};
use crate::host::process::{Command, Ended, Environment};
use crate::model::{Diagnostic, Generation, TrustMode};
use crate::settings::Settings;
use crate::settings::verification::{IsolationChoice, VerificationSettings};

/// Bytes of each output of the program that are kept.
const MAX_OUTPUT: usize = 64 * 1024;

/// Characters of its output that a message repeats.
const SAID: usize = 600;

/// How the operator's program is run, when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// There is none: what is let in passes our own checks.
    OwnChecksOnly,
    /// It is locked in by the kernel.
    Landlock,
    /// It is locked in by bubblewrap.
    Bubblewrap,
    /// It runs freely: it can write, connect and read everything.
    Freely,
    /// It cannot be locked in as is demanded, so nothing is let in.
    Refused,
}

impl Standing {
    /// How it is under these settings on this machine.
    pub fn of(settings: &Settings, host: &Host) -> Self {
        if settings.verification.command.is_empty() {
            return Self::OwnChecksOnly;
        }
        match Verification::new(settings, host).map(|verification| verification.by) {
            Ok(Isolation::Landlock) => Self::Landlock,
            Ok(Isolation::Bubblewrap) => Self::Bubblewrap,
            Ok(Isolation::Missing) => Self::Freely,
            Err(_) => Self::Refused,
        }
    }

    /// What has to be said about it, if anything.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::Freely => Some("the program of `verification.command` runs freely"),
            Self::Refused => Some("the program of `verification.command` cannot be locked in, so nothing is let in"),
            _ => None,
        }
    }
}

/// Verification before a change: ours, and the operator's program when there is one.
#[derive(Clone)]
pub struct Verification {
    settings: VerificationSettings,
    host: Host,
    by: Isolation,
}

impl Verification {
    /// What verifies a change under these settings.
    ///
    /// # Errors
    ///
    /// With the code `isolation-missing`, when the program would run freely and strict mode does not allow that, or
    /// when the isolation that was asked for is not there.
    pub fn new(settings: &Settings, host: &Host) -> Result<Self> {
        let verification = settings.verification.clone();
        let by = choose(&verification, host);
        let wants = |choice| verification.isolation == choice;
        let refused = by == Isolation::Missing
            && (settings.trust_mode == TrustMode::Strict
                || wants(IsolationChoice::Landlock)
                || wants(IsolationChoice::Bubblewrap));
        if refused && !verification.command.is_empty() {
            let message = "the program of `verification.command` cannot be locked in, so it is not run";
            return Err(Error::new(ErrorKind::Precondition, "isolation-missing", message).hinted(
                "use a kernel with Landlock (5.19 or later) and seccomp, or install bubblewrap; see `verification.isolation`",
            ));
        }
        Ok(Self { settings: verification, host: host.clone(), by })
    }

    /// What has to be said about it, if anything.
    pub fn notice(&self) -> Option<Diagnostic> {
        let free = self.by == Isolation::Missing && !self.settings.command.is_empty();
        free.then(|| {
            let message = "the program of `verification.command` runs freely: it can write, connect and read everything";
            Diagnostic::warning("isolation-missing", message).helped(
                "use a kernel with Landlock (5.19 or later) and seccomp, or install bubblewrap; see `verification.isolation`",
            )
        })
    }

    /// Verifies the tree of a generation that nobody can load from yet.
    pub fn verify(&self, tree: &Path, generation: &Generation, fresh: &BTreeSet<String>) -> Result<()> {
        probe(tree, generation, fresh)?;
        match self.settings.command.split_first() {
            Some((program, arguments)) => self.run(program, arguments, tree, generation),
            None => Ok(()),
        }
    }

    fn run(&self, program: &str, arguments: &[String], tree: &Path, generation: &Generation) -> Result<()> {
        let tree = tree.canonicalize().map_err(|error| Error::io("finding a generation", tree, error))?;
        let mut command = Command::new(program, arguments).starting_in(&tree);
        let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
        let variables: [(&str, OsString); 7] = [
            ("PATH", path),
            ("HOME", "/nonexistent".into()),
            ("LC_ALL", "C.UTF-8".into()),
            // Nothing can be written.
            ("PYTHONDONTWRITEBYTECODE", "1".into()),
            ("AETHERRA_GENERATION", generation.number.to_string().into()),
            ("AETHERRA_TREE", tree.clone().into_os_string()),
            ("AETHERRA_ISOLATION", self.by.word().into()),
        ];
        let variables = variables.into_iter().map(|(name, value)| (OsString::from(name), value)).collect();
        command.env = Environment::Only(variables);
        command.timeout = Duration::from_secs(u64::from(self.settings.timeout));
        command.max_output = MAX_OUTPUT;
        command.stop = Some(self.host.stop.clone());
        let mut readable: Vec<PathBuf> = self.settings.readable.iter().map(PathBuf::from).collect();
        readable.push(tree);
        if program.contains('/') {
            readable.push(PathBuf::from(program));
        }
        command.confined = Some(Confinement {
            by: self.by,
            readable,
            memory: u64::from(self.settings.memory) * 1024 * 1024,
            processes: u64::from(self.settings.processes),
        });
        let output = self.host.process.run(&command).map_err(|error| error.of_kind(ErrorKind::RolledBack))?;
        if output.ended.well() {
            return Ok(());
        }
        if output.ended == Ended::Stopped {
            self.host.stop.check()?;
        }
        let said = if output.stderr.is_empty() { &output.stdout } else { &output.stderr };
        Err(Error::new(
            ErrorKind::RolledBack,
            "verification-refused",
            format!(
                "the operator's verification refused generation {}: it ended by {}{}",
                generation.number,
                output.ended,
                quoted(said)
            ),
        )
        .hinted("nothing that is deployed was changed; run the program of `verification.command` by hand to see more"))
    }
}

fn choose(settings: &VerificationSettings, host: &Host) -> Isolation {
    let wanted = match settings.isolation {
        IsolationChoice::Off => return Isolation::Missing,
        IsolationChoice::Auto => None,
        IsolationChoice::Landlock => Some(Isolation::Landlock),
        IsolationChoice::Bubblewrap => Some(Isolation::Bubblewrap),
    };
    let found = host.process.isolations();
    found.into_iter().find(|found| wanted.is_none_or(|wanted| wanted == *found)).unwrap_or(Isolation::Missing)
}

/// The end of what was said, where the reason usually is.
fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim();
    let skip = text.chars().count().saturating_sub(SAID);
    let end: String = text.chars().skip(skip).collect();
    if end.is_empty() { String::new() } else { format!(": {}", end.replace('\n', " ")) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::host::FakeProcesses;

    fn with(isolation: IsolationChoice, mode: TrustMode) -> Settings {
        let verification =
            VerificationSettings { command: vec!["check".to_owned()], isolation, ..VerificationSettings::default() };
        Settings { trust_mode: mode, verification, ..Settings::default() }
    }

    #[test]
    fn what_runs_freely_is_said_and_refused_in_strict_mode() {
        let host = Host { process: Arc::new(FakeProcesses::none()), ..Host::fake(0, 1) };
        let new = |isolation, mode| Verification::new(&with(isolation, mode), &host);
        assert!(new(IsolationChoice::Auto, TrustMode::Strict).unwrap().notice().is_none());
        let standing = |isolation, mode| Standing::of(&with(isolation, mode), &host);
        assert_eq!(standing(IsolationChoice::Auto, TrustMode::Strict), Standing::Landlock);
        assert_eq!(standing(IsolationChoice::Off, TrustMode::Standard), Standing::Freely);
        assert_eq!(standing(IsolationChoice::Off, TrustMode::Strict), Standing::Refused);
        assert!(new(IsolationChoice::Off, TrustMode::Standard).unwrap().notice().is_some());
        assert_eq!(new(IsolationChoice::Off, TrustMode::Strict).err().unwrap().code, "isolation-missing");
        // The fake machine has no bubblewrap: what was asked for and is not there is not replaced by nothing.
        assert_eq!(new(IsolationChoice::Bubblewrap, TrustMode::Standard).err().unwrap().code, "isolation-missing");
        let mut none = with(IsolationChoice::Off, TrustMode::Strict);
        none.verification.command.clear();
        assert!(Verification::new(&none, &host).unwrap().notice().is_none(), "nothing is run");
    }
}
