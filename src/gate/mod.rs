//! Policy, guards and signatures: what judges plans before anything is changed.
