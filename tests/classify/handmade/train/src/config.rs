use std::path::PathBuf;

/// Where things are.
#[derive(Debug)]
pub struct Config {
    pub root: PathBuf,
}

pub fn load(text: &str) -> Config {
    Config { root: text.into() }
}
