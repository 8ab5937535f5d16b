//! Learn from history.
