//! From what happened to the exit code, in one pure function. The output format has no part in it.

use super::Outcome;
use crate::error::ErrorKind;

/// What the operator wants certain outcomes to count as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExitRules {
    /// `--exit-zero`: an answer of no exits with 0. Masks nothing else.
    pub exit_zero: bool,
    /// `--allow-incomplete`: gaps alone exit with 0.
    pub allow_incomplete: bool,
    /// `--fail-on-empty`: no inputs is a failure.
    pub fail_on_empty: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// The code of the process.
    pub code: i32,
    /// The word in the `status` field of the envelope; masking a code leaves the word alone.
    pub status: &'static str,
}

/// Decides how a run ends.
pub fn exit_of(result: Result<Outcome, ErrorKind>, rules: ExitRules) -> Exit {
    let unless = |masked: bool, code: i32| if masked { 0 } else { code };
    let (code, status) = match result {
        Ok(Outcome::Yes) => (0, "ok"),
        Ok(Outcome::No) => (unless(rules.exit_zero, 1), "negative"),
        Ok(Outcome::Incomplete) | Err(ErrorKind::Incomplete) => (unless(rules.allow_incomplete, 3), "incomplete"),
        Ok(Outcome::Empty) | Err(ErrorKind::NoInputs) => (unless(!rules.fail_on_empty, 4), "no-inputs"),
        Ok(Outcome::RolledBack) => (7, ErrorKind::RolledBack.status()),
        Ok(Outcome::NotRolledBack) => (8, ErrorKind::NotRolledBack.status()),
        Err(kind) => (kind.exit_code(), kind.status()),
    };
    Exit { code, status }
}

/// One row of the published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct ExitCode {
    /// The code.
    pub code: i32,
    /// The word in the `status` field of the envelope.
    pub status: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Every exit code, as `schema exit-codes` prints it. A code that is not here counts as failure.
pub const EXIT_CODES: &[ExitCode] = &[
    ExitCode { code: 0, status: "ok", meaning: "done, and the answer is yes; also nothing to do" },
    ExitCode {
        code: 1,
        status: "negative",
        meaning: "done, and the answer is no: findings at or above --fail-on, a broken chain, unhealthy, a plan rejected",
    },
    ExitCode { code: 2, status: "usage-error", meaning: "the command line or the configuration is wrong" },
    ExitCode {
        code: 3,
        status: "incomplete",
        meaning: "some inputs could not be judged, and nothing gated was found; --allow-incomplete makes it 0",
    },
    ExitCode { code: 4, status: "no-inputs", meaning: "there were no inputs, and --fail-on-empty was given" },
    ExitCode {
        code: 5,
        status: "state-error",
        meaning: "the state is missing, corrupt, or newer than this binary, or what was to be written could not be",
    },
    ExitCode {
        code: 6,
        status: "precondition-failed",
        meaning: "what the plan pinned has changed; nothing was changed",
    },
    ExitCode { code: 7, status: "rolled-back", meaning: "the operation failed and was rolled back" },
    ExitCode {
        code: 8,
        status: "not-rolled-back",
        meaning: "the operation failed and was not rolled back: a person is needed",
    },
    ExitCode { code: 11, status: "locked", meaning: "another run holds the state" },
    ExitCode { code: 70, status: "bug", meaning: "a bug in aetherra-maint" },
    ExitCode { code: 124, status: "timeout", meaning: "--max-runtime was reached" },
    ExitCode { code: 130, status: "interrupted", meaning: "stopped by SIGINT, re-raised after cleaning up" },
    ExitCode { code: 143, status: "interrupted", meaning: "stopped by SIGTERM, re-raised after cleaning up" },
];

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [ErrorKind; 12] = [
        ErrorKind::Usage,
        ErrorKind::Incomplete,
        ErrorKind::NoInputs,
        ErrorKind::State,
        ErrorKind::Precondition,
        ErrorKind::RolledBack,
        ErrorKind::NotRolledBack,
        ErrorKind::Locked,
        ErrorKind::Bug,
        ErrorKind::Timeout,
        ErrorKind::Interrupted(2),
        ErrorKind::Interrupted(15),
    ];

    #[test]
    fn exit_zero_masks_only_one() {
        let masked = ExitRules { exit_zero: true, fail_on_empty: true, ..ExitRules::default() };
        let plain = ExitRules { fail_on_empty: true, ..ExitRules::default() };
        for outcome in [Outcome::Incomplete, Outcome::Empty, Outcome::RolledBack, Outcome::NotRolledBack] {
            assert_eq!(exit_of(Ok(outcome), masked), exit_of(Ok(outcome), plain));
            assert_ne!(exit_of(Ok(outcome), masked).code, 0);
        }
        for kind in KINDS {
            assert_eq!(exit_of(Err(kind), masked), exit_of(Err(kind), plain));
            assert_ne!(exit_of(Err(kind), masked).code, 0);
        }
        assert_eq!(exit_of(Ok(Outcome::No), masked), Exit { code: 0, status: "negative" });
        assert_eq!(exit_of(Ok(Outcome::No), plain).code, 1);
    }

    #[test]
    fn every_exit_is_in_the_published_table() {
        let rules = ExitRules { fail_on_empty: true, ..ExitRules::default() };
        let outcomes = [
            Outcome::Yes,
            Outcome::No,
            Outcome::Incomplete,
            Outcome::Empty,
            Outcome::RolledBack,
            Outcome::NotRolledBack,
        ];
        let exits = outcomes.into_iter().map(Ok).chain(KINDS.into_iter().map(Err)).map(|result| exit_of(result, rules));
        for exit in exits {
            assert!(
                EXIT_CODES.iter().any(|row| row.code == exit.code && row.status == exit.status),
                "{exit:?} is not published"
            );
        }
    }
}
