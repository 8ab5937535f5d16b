//! From which severity on a finding gates, file by file.

use globset::{Glob, GlobMatcher};

use crate::error::{Error, Result};
use crate::model::Severity;
use crate::settings::SecuritySettings;

/// The severities that gate.
#[derive(Debug, Clone)]
pub struct Thresholds {
    everywhere: Severity,
    /// What the operator set for some paths; the last that matches decides.
    instead: Vec<(GlobMatcher, Severity)>,
    /// What anybody may set for some paths: it holds where it is milder.
    also: Vec<(GlobMatcher, Severity)>,
}

impl Thresholds {
    /// The severities of a configuration; a flag replaces what holds everywhere.
    ///
    /// # Errors
    /// `glob-invalid` when a glob is none.
    pub fn new(settings: &SecuritySettings, flag: Option<Severity>) -> Result<Self> {
        let mut instead = Vec::new();
        for one in &settings.per_path {
            if let Some(severity) = one.fail_on {
                instead.push((glob(&one.glob, "per_path")?, severity));
            }
        }
        let also = settings.stricter.iter().map(|one| Ok((glob(&one.glob, "stricter")?, one.fail_on)));
        Ok(Self { everywhere: flag.unwrap_or(settings.fail_on), instead, also: also.collect::<Result<_>>()? })
    }

    /// The severity that gates everywhere where nothing else is said.
    pub fn everywhere(&self) -> Severity {
        self.everywhere
    }

    /// The mildest severity that gates in a file.
    pub fn of(&self, path: &str) -> Severity {
        let set = self.instead.iter().rev().find(|(glob, _)| glob.is_match(path));
        let holds = set.map_or(self.everywhere, |(_, severity)| *severity);
        let milder = self.also.iter().filter(|(_, severity)| *severity < holds);
        milder.filter(|(glob, _)| glob.is_match(path)).map(|(_, severity)| *severity).min().unwrap_or(holds)
    }
}

/// A glob of a key of `security`.
///
/// # Errors
/// `glob-invalid` when it is none.
pub fn glob(text: &str, key: &str) -> Result<GlobMatcher> {
    Glob::new(text).map(|glob| glob.compile_matcher()).map_err(|error| {
        Error::usage("glob-invalid", format!("`{text}` is no glob: {}", error.kind()))
            .hinted(format!("correct `security.{key}`; `tests/**` matches everything below `tests`"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::security::{PerPath, Stricter};

    #[test]
    fn the_last_glob_decides_and_stricter_ones_only_tighten() {
        let instead = |glob: &str, severity| PerPath { glob: glob.into(), ignore: vec![], fail_on: severity };
        let also = |glob: &str, fail_on| Stricter { glob: glob.into(), fail_on };
        let settings = SecuritySettings {
            per_path: vec![
                instead("tests/**", Some(Severity::Critical)),
                instead("tests/api/**", Some(Severity::Medium)),
                instead("**", None),
            ],
            stricter: vec![also("**/auth.py", Severity::Low), also("**", Severity::Critical)],
            ..SecuritySettings::default()
        };
        let thresholds = Thresholds::new(&settings, None).expect("globs");
        assert_eq!(thresholds.of("app.py"), Severity::High);
        assert_eq!(thresholds.of("tests/x.py"), Severity::Critical);
        assert_eq!(thresholds.of("tests/api/x.py"), Severity::Medium);
        assert_eq!(thresholds.of("tests/auth.py"), Severity::Low);
        assert!(
            Thresholds::new(&SecuritySettings { stricter: vec![also("[", Severity::Low)], ..settings }, None).is_err()
        );
    }
}
