//! What the program does as a whole: the binary in a sealed room.

mod bad_input;
mod config;
mod frame;
mod generated;
mod health;
mod room;
mod signatures;
mod state;
mod transcripts;
mod watch;
