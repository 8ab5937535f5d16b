//! What the program does as a whole: the binary in a sealed room.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test fails by panicking, and starts the binary"
)]

mod advisories;
mod audit;
mod audit_life;
mod audit_outside;
mod bad_input;
mod batches;
mod canary;
mod classify;
mod compiled;
mod config;
mod contract;
mod coverage;
mod declarations;
mod demo;
mod deployment;
mod deployment_odd;
mod deployment_trouble;
mod explained;
mod frame;
mod generated;
mod guards;
mod health;
mod hostile;
mod keys;
mod ledger_damage;
mod ledger_power;
mod ledger_trouble;
mod lifecycle;
mod lifecycle_steps;
mod plan_diff;
mod plugin;
mod pre_commit;
mod regression;
mod room;
mod rules;
mod scan;
mod scan_trouble;
mod security_eval;
mod security_gate;
mod security_hostile;
mod security_reports;
mod security_watch;
mod signatures;
mod state;
mod status;
mod threats;
mod tidy;
mod together;
mod transcripts;
mod trust;
mod watch;
mod words_of_others;
