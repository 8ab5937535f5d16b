//! Malice: code that is written to do harm.
//!
//! A capability alone is no malice. Each of these rules wants two things together: what is taken and where
//! it goes, what comes in and that it is run, what is written and that it starts by itself. [`reach`] follows
//! values between the two, through names, helper functions and their parameters.

mod agency;
mod channel;
mod consent;
mod copies;
mod covert;
mod evasion;
mod hints;
mod host;
mod injection;
mod install;
mod obfuscation;
mod packages;
mod paths;
mod persistence;
mod ransom;
mod reach;
mod remote;
mod spying;
mod tampering;
mod theft;
mod typosquat;
mod verified;
mod ways;

pub(in crate::security) use agency::tools_of;
pub(super) use agency::{AUTONOMY, PAYLOAD, TOXIC};
pub(super) use channel::REMOTE;
pub(super) use copies::SELF_COPY;
pub(super) use covert::COVERT;
pub(super) use evasion::EVASION;
pub(super) use hints::of as mentions;
pub(super) use host::{COPIED, GUARD_OFF};
pub(super) use injection::{INJECTION, MINING};
pub(super) use install::{HIDDEN_CODE, INSTALL_HOOK};
pub(super) use obfuscation::{CONCEALED, LOOK_ALIKE, OBFUSCATED};
pub(super) use persistence::{AUTOSTART, SELF_REWRITE};
pub(super) use ransom::MASS_ENCRYPTION;
pub(super) use remote::{DOWNLOAD_RUN, REVERSE_SHELL};
pub(super) use spying::{CLIPBOARD, IMAGE_LEAK, INPUT_CAPTURE, INTERCEPTION};
pub(super) use tampering::{IMPORT_EFFECT, TRUSTED_FILE};
pub(super) use theft::{DNS_LEAK, THEFT};
pub(super) use typosquat::TYPOSQUAT;
pub(in crate::security) use ways::{command_of, starts};
