//! The reports of `config`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::settings::layers::{Origin, Resolution};

/// The configuration as it came out, key by key.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConfigShow {
    /// Every key.
    pub keys: Vec<ConfigKey>,
    /// The files that were read, lowest layer first.
    pub files: Vec<String>,
    /// Whether the human text names origins.
    #[serde(skip)]
    pub with_origin: bool,
}

/// One key.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConfigKey {
    /// Its dotted path.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Where the value came from.
    pub origin: Origin,
}

impl ConfigShow {
    /// Lists what a resolution came to; `under` narrows it to one key or section.
    pub fn of(resolution: &Resolution, under: Option<&str>, with_origin: bool) -> Self {
        let mut keys = Vec::new();
        flatten(&json!(resolution.settings), "", resolution, &mut keys);
        if let Some(under) = under {
            keys.retain(|key| {
                key.key == under || key.key.strip_prefix(under).is_some_and(|rest| rest.starts_with('.'))
            });
        }
        let files = resolution.files.iter().map(|path| path.display().to_string()).collect();
        Self { keys, files, with_origin }
    }
}

fn flatten(value: &Value, path: &str, resolution: &Resolution, keys: &mut Vec<ConfigKey>) {
    match value.as_object().filter(|fields| !fields.is_empty()) {
        Some(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(value, &path, resolution, keys);
            }
        }
        None => {
            let given = nearest(path, resolution);
            let origin = given.unwrap_or_else(|| Origin { kind: "built-in", name: "built-in".to_owned(), line: None });
            keys.push(ConfigKey { key: path.to_owned(), value: value.clone(), origin });
        }
    }
}

/// The origin of a key, or of what it was given together with.
fn nearest(path: &str, resolution: &Resolution) -> Option<Origin> {
    let mut path = path;
    loop {
        if let Some(origin) = resolution.origins.get(path) {
            return Some(origin.clone());
        }
        path = path.rsplit_once('.')?.0;
    }
}

impl Report for ConfigShow {
    fn schema(&self) -> &'static str {
        "config-show/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn items(&self) -> Vec<Value> {
        self.keys
            .iter()
            .map(|key| json!({"type": "key", "key": key.key, "value": key.value, "origin": key.origin}))
            .collect()
    }

    fn human(&self, page: &mut Page) {
        if !self.with_origin {
            return self.keys.iter().for_each(|key| page.line(format!("{}: {}", key.key, key.value)));
        }
        let mut table = Table::new(&[Column::Identifier("key"), Column::Text("value"), Column::Identifier("origin")]);
        for key in &self.keys {
            table.row([key.key.clone(), key.value.to_string(), key.origin.to_string()]);
        }
        table.write(page);
    }
}

/// Whether the configuration is valid; the mistakes are diagnostics.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConfigCheck {
    /// The files that were read, lowest layer first.
    pub files: Vec<String>,
    /// How many mistakes there are.
    pub mistakes: usize,
}

impl Report for ConfigCheck {
    fn schema(&self) -> &'static str {
        "config-check/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.mistakes == 0 { Outcome::Yes } else { Outcome::No }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        for file in &self.files {
            page.line(format!("read: {file}"));
        }
        page.line(match self.mistakes {
            0 => "the configuration is valid".to_owned(),
            1 => "1 mistake".to_owned(),
            more => format!("{more} mistakes"),
        });
    }
}
