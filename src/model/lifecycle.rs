//! What a host is asked during a change of what is deployed, and in which order. Pure.

use serde::{Deserialize, Serialize};

/// One thing that a host can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HostCall {
    /// Load the new generation beside the one that runs.
    Load,
    /// Say whether what was loaded works.
    Probe,
    /// Finish what is being done, and begin nothing new.
    Quiesce,
    /// Use the generation that `current` names now.
    Swap,
    /// Say whether that works.
    Verify,
    /// Begin new things again.
    Resume,
    /// Forget the generation that was loaded beside.
    Unload,
}

/// The steps of a change, in their order. `Swap` is preceded by our own step, the one that everybody can see.
pub const ORDER: [HostCall; 6] =
    [HostCall::Load, HostCall::Probe, HostCall::Quiesce, HostCall::Swap, HostCall::Verify, HostCall::Resume];

impl HostCall {
    /// Everything that a host can be asked.
    pub const ALL: [Self; 7] =
        [Self::Load, Self::Probe, Self::Quiesce, Self::Swap, Self::Verify, Self::Resume, Self::Unload];

    /// Its word: the name of the key in the settings, and what the host is told.
    pub fn word(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Probe => "probe",
            Self::Quiesce => "quiesce",
            Self::Swap => "swap",
            Self::Verify => "verify",
            Self::Resume => "resume",
            Self::Unload => "unload",
        }
    }

    /// What takes it back. A probe and a verification change nothing; what a failed `Resume` has begun ends with the
    /// generation that it was begun for.
    fn undo(self) -> Option<Self> {
        match self {
            Self::Load => Some(Self::Unload),
            Self::Quiesce => Some(Self::Resume),
            Self::Swap => Some(Self::Swap),
            Self::Probe | Self::Verify | Self::Resume | Self::Unload => None,
        }
    }
}

/// What has to be asked after the step `reached` failed, in this order. That step may have been half done, so it
/// is taken back as well.
pub fn undo_after(reached: HostCall) -> Vec<HostCall> {
    let done = ORDER.iter().position(|step| *step == reached).map_or(0, |at| at + 1);
    ORDER.iter().take(done).rev().filter_map(|step| step.undo()).collect()
}

#[cfg(test)]
mod tests {
    use super::HostCall::{Load, Probe, Quiesce, Resume, Swap, Unload, Verify};
    use super::*;

    #[test]
    fn every_step_is_undone_when_it_or_a_later_one_fails() {
        assert_eq!(undo_after(Load), [Unload]);
        assert_eq!(undo_after(Probe), [Unload]);
        assert_eq!(undo_after(Quiesce), [Resume, Unload]);
        for late in [Swap, Verify, Resume] {
            assert_eq!(undo_after(late), [Swap, Resume, Unload]);
        }
        assert_eq!(undo_after(Unload), []);
    }
}
