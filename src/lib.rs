//! The library behind `aetherra-maint`: it senses, decides, gates, executes and remembers.
//!
//! Whatever looks at the world returns plain values. Whatever decides is a pure function of values.
//! Whatever would change the world is a plan; one gate judges plans, one executor applies them, one
//! ledger remembers them. The library never prints, never exits and knows nothing of the command line.
//!
//! Reading order: [`model`] is the vocabulary, [`host`] what is asked of the machine, [`store`] what is
//! remembered, [`settings`] how behaviour is configured, [`incorporation`], [`homeostasis`] and
//! [`improvement`] the three subsystems, [`security`], [`gate`] and [`execute`] what judges and acts,
//! [`report`] what is told.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod context;
pub mod cycle;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod execute;
pub mod gate;
pub mod homeostasis;
pub mod host;
pub mod improvement;
pub mod incorporation;
pub mod ledger;
pub mod model;
pub mod report;
pub mod security;
pub mod settings;
pub mod status;
pub mod store;

pub use context::Context;
pub use error::{Error, ErrorKind, Result};
