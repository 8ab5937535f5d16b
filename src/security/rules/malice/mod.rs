//! Malice: code that is written to do harm.
//!
//! A capability alone is no malice. Each of these rules wants two things together: what is taken and where
//! it goes, what comes in and that it is run, what is written and that it starts by itself. [`reach`] follows
//! values between the two, through names, helper functions and their parameters.

mod install;
mod persistence;
mod reach;
mod remote;
mod spying;
mod theft;

pub(super) use install::{HIDDEN_CODE, INSTALL_HOOK};
pub(super) use persistence::{AUTOSTART, SELF_COPY, SELF_REWRITE};
pub(super) use remote::{DOWNLOAD_RUN, INJECTION, MINING, REVERSE_SHELL};
pub(super) use spying::INPUT_CAPTURE;
pub(super) use theft::{DNS_LEAK, THEFT};
