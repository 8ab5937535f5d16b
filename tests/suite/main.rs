//! One integration binary: fewer links, faster runs.
