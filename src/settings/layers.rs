//! From sources to [`Settings`]: each source is a layer, a later layer wins, and every value knows its origin.
//!
//! Low to high: built in, the profile's file, the system's file, the user's file, the project's file,
//! variables, `--set`. A project cannot loosen its own gate: what it says about an operator key is reported
//! and not obeyed.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::shape::{Place, Shape, Step};
use super::text::{self, Node, Spot};
use super::{Profile, Settings};
use crate::error::{Error, Location, Result, near_miss};
use crate::model::Diagnostic;

/// Every variable with this prefix is a key: `AETHERRA_MAINT__SCAN__ROOTS` is `scan.roots`.
pub const VARIABLE_PREFIX: &str = "AETHERRA_MAINT__";

/// Variables of the host system that stand for keys.
pub const HOST_VARIABLES: &[(&str, &str)] = &[
    ("AETHERRA_PROFILE", "profile"),
    ("AETHERRA_NET_STRICT", "network.strict"),
    ("AETHERRA_GUARD_INTEGRATION_PER_HOUR", "guards.integrations_per_hour"),
    ("AETHERRA_GUARD_ROLLBACKS_PER_HOUR", "guards.rollbacks_per_hour"),
];

/// The names of a project's file.
pub const PROJECT_FILES: [&str; 3] = ["aetherra-maint.yaml", "aetherra-maint.yml", "aetherra-maint.json"];

/// Where configuration may come from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The system's file.
    pub system: Option<PathBuf>,
    /// The user's file.
    pub user: Option<PathBuf>,
    /// The folder from which the project's file is looked for, upwards.
    pub project: Option<PathBuf>,
    /// A file named by the operator, instead of the three above.
    pub explicit: Option<PathBuf>,
    /// Names and values of variables, in any order.
    pub variables: Vec<(String, String)>,
    /// `KEY.PATH=VALUE`, in order.
    pub set: Vec<String>,
    /// A profile named by a flag.
    pub profile: Option<Profile>,
}

impl Sources {
    /// Whether nothing can come from them.
    fn are_silent(&self) -> bool {
        let no_file = self.explicit.is_none()
            && ![&self.system, &self.user].into_iter().flatten().any(|path| is_there(path))
            && self.project.as_deref().is_none_or(|project| matches!(project_file(project), Ok(None)));
        no_file && self.variables.is_empty() && self.set.is_empty() && self.profile.is_none()
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Origin {
    /// `built-in`, `profile`, `file`, `variable` or `flag`.
    pub kind: &'static str,
    /// The profile, the file, the variable or the flag.
    pub name: String,
    /// Line in the file, from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.kind, self.line) {
            ("built-in", _) => f.write_str("built-in"),
            ("profile", _) => write!(f, "profile {}", self.name),
            (_, Some(line)) => write!(f, "{}:{line}", self.name),
            (_, None) => f.write_str(&self.name),
        }
    }
}

/// What came of the sources.
#[derive(Debug)]
pub struct Resolution {
    /// The configuration; where a source was wrong, as if that value had not been given.
    pub settings: Settings,
    /// The origin of every value that is not built in, by dotted path.
    pub origins: BTreeMap<String, Origin>,
    /// What was not obeyed.
    pub diagnostics: Vec<Diagnostic>,
    /// Every mistake that was found.
    pub errors: Vec<Error>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Resolution {
    /// The configuration, or the first mistake.
    pub fn into_result(mut self) -> Result<(Settings, Vec<Diagnostic>)> {
        if self.errors.is_empty() {
            return Ok((self.settings, self.diagnostics));
        }
        let more = self.errors.len() - 1;
        let first = self.errors.swap_remove(0);
        Err(if more > 0 {
            first.hinted(format!("{more} more: `aetherra-maint config check` lists all"))
        } else {
            first
        })
    }
}

/// Who wrote a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The operator of the machine.
    Operator,
    /// Whoever wrote the project that is being judged.
    Project,
}

/// One value that a source gives.
#[derive(Debug, Clone)]
struct Given {
    path: Vec<String>,
    value: Value,
    origin: Origin,
    location: Location,
    /// Text that may have been meant literally although it reads as something else.
    literal: Option<String>,
}

/// Resolves the sources; mistakes are collected, so that all of them can be told at once.
///
/// # Performance
///
/// Most runs have no source at all; they do not pay for the list of keys.
pub fn resolve(sources: &Sources) -> Resolution {
    if sources.are_silent() {
        return Resolution {
            settings: Settings::default(),
            origins: BTreeMap::new(),
            diagnostics: Vec::new(),
            errors: Vec::new(),
            files: Vec::new(),
        };
    }
    let mut resolver = Resolver {
        shape: Shape::of_settings(),
        given: Vec::new(),
        diagnostics: Vec::new(),
        errors: Vec::new(),
        files: Vec::new(),
    };
    resolver.files(sources);
    resolver.variables(&sources.variables);
    resolver.flags(sources);
    resolver.finish()
}

struct Resolver {
    shape: Shape,
    given: Vec<Given>,
    diagnostics: Vec<Diagnostic>,
    errors: Vec<Error>,
    files: Vec<PathBuf>,
}

impl Resolver {
    fn files(&mut self, sources: &Sources) {
        if let Some(path) = &sources.explicit {
            return self.file(path, Trust::Operator);
        }
        for path in [&sources.system, &sources.user].into_iter().flatten().filter(|path| is_there(path)) {
            self.file(path, Trust::Operator);
        }
        match sources.project.as_deref().map(project_file) {
            Some(Ok(Some(path))) => self.file(&path, Trust::Project),
            Some(Err(error)) => self.errors.push(error),
            Some(Ok(None)) | None => {}
        }
    }

    fn file(&mut self, path: &Path, trust: Trust) {
        self.files.push(path.to_path_buf());
        match read(path).and_then(|text| text::parse(&text, path)) {
            Ok(root) => self.layer(&root, path, trust),
            Err(error) => self.errors.push(error),
        }
    }

    /// Takes the values of a parsed file.
    fn layer(&mut self, root: &Spot, path: &Path, trust: Trust) {
        let shape = self.shape.clone();
        let empty = matches!(&root.node, Node::Scalar(Value::Null));
        if !empty && !matches!(root.node, Node::Mapping(_)) {
            let place = Location { path: path.to_path_buf(), line: root.line, column: root.column };
            self.errors.push(
                Error::usage("config-wrong-type", "the file must hold keys and values")
                    .at(place)
                    .hinted("`aetherra-maint init` writes an example of every key"),
            );
            return;
        }
        let source = Source { path, trust, kind: "file" };
        self.section(root, shape.top(), &mut Vec::new(), source);
    }

    fn section(&mut self, spot: &Spot, place: Place<'_>, path: &mut Vec<String>, source: Source<'_>) {
        let Node::Mapping(entries) = &spot.node else { return };
        for entry in entries {
            let at = Location { path: source.path.to_path_buf(), line: entry.line, column: entry.column };
            path.push(entry.key.clone());
            match place.step(&entry.key) {
                Step::To(next) if next.has_keys() && matches!(entry.value.node, Node::Mapping(_)) => {
                    self.section(&entry.value, next, path, source);
                }
                // A section that is written but empty says nothing.
                Step::To(next) if next.has_keys() && entry.value.node == Node::Scalar(Value::Null) => {}
                Step::To(next) if next.is_operator && source.trust == Trust::Project => {
                    self.not_obeyed(&path.join("."), &at);
                }
                Step::To(_) => {
                    let origin =
                        Origin { kind: source.kind, name: at.path.display().to_string(), line: Some(entry.line) };
                    let location = Location { line: entry.value.line, column: entry.value.column, ..at };
                    let value = entry.value.to_value();
                    self.given.push(Given { path: path.clone(), value, origin, location, literal: None });
                }
                Step::Unknown | Step::Leaf => self.errors.push(unknown_key(path, place, at)),
            }
            path.pop();
        }
    }

    fn not_obeyed(&mut self, key: &str, at: &Location) {
        let message = format!("`{key}` is an operator key: a project cannot set it for itself, so it was not obeyed");
        let mut diagnostic = Diagnostic::warning("config-operator-key", message)
            .at(at.path.display().to_string())
            .on_line(at.line)
            .helped("set it in the system's or the user's file, in a variable, or with `--set`");
        diagnostic.column = Some(at.column);
        self.diagnostics.push(diagnostic);
    }

    fn variables(&mut self, variables: &[(String, String)]) {
        let mut variables: Vec<_> = variables.iter().collect();
        variables.sort();
        for (name, value) in variables {
            let key = HOST_VARIABLES.iter().find(|(known, _)| known == name).map(|(_, key)| (*key).to_owned());
            let key = key.or_else(|| {
                name.strip_prefix(VARIABLE_PREFIX).map(|rest| rest.to_ascii_lowercase().replace("__", "."))
            });
            if let Some(key) = key {
                // The host's own switches say `1`, where a configuration says `true`.
                let value = match (name.as_str(), value.as_str()) {
                    ("AETHERRA_NET_STRICT", "1" | "yes" | "on") => "true",
                    ("AETHERRA_NET_STRICT", "0" | "no" | "off" | "") => "false",
                    (_, value) => value,
                };
                self.assignment(&key, value, Origin { kind: "variable", name: name.clone(), line: None });
            }
        }
    }

    fn flags(&mut self, sources: &Sources) {
        for assignment in &sources.set {
            let Some((key, value)) = assignment.split_once('=') else {
                self.errors.push(
                    Error::usage("config-set", format!("`--set {assignment}` has no `=`"))
                        .hinted("write `--set section.key=value`"),
                );
                continue;
            };
            self.assignment(key.trim(), value, Origin { kind: "flag", name: "--set".to_owned(), line: None });
        }
        if let Some(profile) = sources.profile {
            let origin = Origin { kind: "flag", name: "--profile".to_owned(), line: None };
            let location = no_place(&origin.name);
            self.given.push(Given {
                path: vec!["profile".to_owned()],
                value: json!(profile),
                origin,
                location,
                literal: None,
            });
        }
    }

    /// Takes one value that is given outside a file.
    fn assignment(&mut self, key: &str, text: &str, origin: Origin) {
        let shape = self.shape.clone();
        let location = no_place(&origin.name);
        let path: Vec<String> = key.split('.').map(str::to_owned).collect();
        let mut place = shape.top();
        for (position, word) in path.iter().enumerate() {
            match place.step(word) {
                Step::To(next) => place = next,
                Step::Unknown | Step::Leaf => {
                    let known = path.get(..=position).unwrap_or(&path);
                    return self.errors.push(unknown_key(known, place, location));
                }
            }
        }
        match text::parse_value(text, &location.path) {
            Ok(spot) if place.has_keys() && matches!(spot.node, Node::Mapping(_)) => {
                let source = Source { path: &location.path, trust: Trust::Operator, kind: origin.kind };
                self.section(&spot, place, &mut path.clone(), source);
            }
            Ok(spot) => {
                let literal = Some(text.to_owned());
                self.given.push(Given { path, value: spot.to_value(), origin, location, literal });
            }
            // Text such as `[draft` or `*.py` is no YAML, and may well be meant as it stands.
            Err(_) => {
                self.given.push(Given { path, value: Value::String(text.to_owned()), origin, location, literal: None });
            }
        }
    }

    /// Stacks the layers on the defaults of the profile, and on what is built in.
    fn finish(mut self) -> Resolution {
        let given = std::mem::take(&mut self.given);
        let mut settings = Settings::default();
        let mut origins = BTreeMap::new();
        let chosen = given.iter().rev().find_map(|one| {
            (one.path == ["profile"]).then(|| serde_json::from_value::<Profile>(one.value.clone()).ok()).flatten()
        });
        let profile = self.profile(chosen.unwrap_or_default());
        for one in profile.iter().chain(&given) {
            match self.applied(&settings, one) {
                Ok(next) => {
                    settings = next;
                    origins.insert(one.path.join("."), one.origin.clone());
                }
                Err(error) => self.errors.push(error),
            }
        }
        Resolution { settings, origins, diagnostics: self.diagnostics, errors: self.errors, files: self.files }
    }

    /// The values of a profile's file. The standard profile is what is built in.
    fn profile(&self, profile: Profile) -> Vec<Given> {
        let mut inner = Self {
            shape: self.shape.clone(),
            given: Vec::new(),
            diagnostics: Vec::new(),
            errors: Vec::new(),
            files: Vec::new(),
        };
        let path = PathBuf::from(format!("profiles/{}.yaml", profile.word()));
        if let Ok(root) = text::parse(profile.defaults(), &path) {
            let top = inner.shape.clone();
            inner.section(
                &root,
                top.top(),
                &mut Vec::new(),
                Source { path: &path, trust: Trust::Operator, kind: "profile" },
            );
        }
        for one in &mut inner.given {
            one.origin = Origin { kind: "profile", name: profile.word().to_owned(), line: None };
        }
        inner.given
    }

    /// The settings with one more value.
    fn applied(&self, settings: &Settings, given: &Given) -> Result<Settings> {
        let with = |value: &Value| {
            let mut whole = json!(settings);
            let mut target = &mut whole;
            for key in &given.path {
                // An entry that an operator names, such as a service level, begins empty.
                if target.is_null() {
                    *target = json!({});
                }
                let Some(fields) = target.as_object_mut() else { return serde_json::from_value(Value::Null) };
                target = fields.entry(key.clone()).or_insert(Value::Null);
            }
            *target = value.clone();
            serde_json::from_value::<Settings>(whole)
        };
        let key = given.path.join(".");
        let place = self.shape.at(&key);
        let literal = |_| given.literal.as_ref().map(|text| with(&Value::String(text.clone())));
        let settings = with(&given.value).or_else(|error| literal(()).unwrap_or(Err(error))).map_err(|error| {
            let wrong = Error::usage(
                "config-wrong-type",
                format!("`{key}` cannot be `{}`: {}", short(&given.value), in_words(&error)),
            )
            .at(given.location.clone());
            let words = place.map(Place::words).unwrap_or_default();
            let word = given.value.as_str().unwrap_or_default();
            match near_miss(word, words.iter().copied()) {
                Some(near) => wrong.hinted(format!("did you mean `{near}`?")),
                None if !words.is_empty() => wrong.hinted(format!("write one of {}", words.join(", "))),
                None => wrong.hinted(place.and_then(Place::description).unwrap_or("see the manual").to_owned()),
            }
        })?;
        let (least, most) = place.map(Place::range).unwrap_or_default();
        let outside = |number: f64| least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most);
        if given.value.as_f64().is_some_and(outside) {
            let bound = |bound: Option<f64>, word: &str| bound.map(|bound| format!("{word} {bound}"));
            let bounds: Vec<_> = [bound(least, "at least"), bound(most, "at most")].into_iter().flatten().collect();
            return Err(Error::usage("config-out-of-range", format!("`{key}` cannot be `{}`", given.value))
                .at(given.location.clone())
                .hinted(format!("it must be {}", bounds.join(" and "))));
        }
        Ok(settings)
    }
}

/// What a walk over a file carries along.
#[derive(Clone, Copy)]
struct Source<'a> {
    path: &'a Path,
    trust: Trust,
    kind: &'static str,
}

/// The message of serde without the names of Rust's types.
fn in_words(error: &serde_json::Error) -> String {
    let said = error.to_string();
    for (kind, words) in [
        ("u64", "a whole number"),
        ("u32", "a whole number"),
        ("u16", "a whole number"),
        ("u8", "a whole number"),
        ("usize", "a whole number"),
        ("i64", "a whole number"),
        ("i32", "a whole number"),
        ("f64", "a number"),
        ("f32", "a number"),
        ("a boolean", "true or false"),
    ] {
        if let Some(start) = said.strip_suffix(&format!("expected {kind}")) {
            return format!("{start}expected {words}");
        }
    }
    match said.split_once("expected struct ") {
        Some((start, _)) => format!("{start}expected keys and values"),
        None => said,
    }
}

fn no_place(name: &str) -> Location {
    Location { path: PathBuf::from(name), line: 0, column: 0 }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 40 { format!("{}…", text.chars().take(40).collect::<String>()) } else { text }
}

/// Fails when there is no such key or section, as a file that sets it would.
pub fn known_key(dotted: &str) -> Result<()> {
    let shape = Shape::of_settings();
    let mut place = shape.top();
    let path: Vec<String> = dotted.split('.').map(str::to_owned).collect();
    for (depth, key) in path.iter().enumerate() {
        match place.step(key) {
            Step::To(next) => place = next,
            Step::Unknown | Step::Leaf => {
                let mut error = unknown_key(path.get(..=depth).unwrap_or(&path), place, no_place(""));
                error.location = None;
                return Err(error);
            }
        }
    }
    Ok(())
}

fn unknown_key(path: &[String], place: Place<'_>, at: Location) -> Error {
    let key = path.last().map_or("", String::as_str);
    let error = Error::usage("config-unknown-key", format!("unknown key `{}`", path.join("."))).at(at);
    match near_miss(key, place.keys()) {
        Some(near) => error.hinted(format!("did you mean `{near}`?")),
        None => {
            let keys: Vec<_> = place.keys().collect();
            error.hinted(if keys.is_empty() {
                "there are no keys below this one".to_owned()
            } else {
                format!("known here: {}", keys.join(", "))
            })
        }
    }
}

/// Whether a file is there at all; one that is there and cannot be read is an error later.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The file of the nearest folder above that has one.
fn project_file(project: &Path) -> Result<Option<PathBuf>> {
    let absolute = project.canonicalize().unwrap_or_else(|_| project.to_path_buf());
    for folder in absolute.ancestors() {
        let found: Vec<_> = PROJECT_FILES.iter().map(|name| folder.join(name)).filter(|path| is_there(path)).collect();
        // Named as the user would name it, where that is possible.
        let shown = |path: &PathBuf| {
            let own = folder == absolute && project == Path::new(".");
            path.file_name().filter(|_| own).map_or_else(|| path.clone(), PathBuf::from)
        };
        match found.as_slice() {
            [] => {}
            [only] => return Ok(Some(shown(only))),
            [first, second, ..] => {
                return Err(Error::usage("config-ambiguous", "two configuration files lie side by side")
                    .at_path(&shown(first))
                    .hinted(format!("keep one of `{}` and `{}`", shown(first).display(), shown(second).display())));
            }
        }
    }
    Ok(None)
}

/// Reads a file, but never a pipe or a device, and never more than a little.
fn read(path: &Path) -> Result<String> {
    let failed = |error: std::io::Error| {
        Error::io("reading the configuration", path, error).of_kind(crate::error::ErrorKind::Usage)
    };
    let metadata = path.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(Error::usage("config-not-a-file", "the configuration is not a regular file")
            .at_path(path)
            .hinted("name a file"));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(text::SIZE_LIMIT as u64 + 4).read_to_end(&mut bytes).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        Error::usage("config-encoding", "the configuration is not UTF-8")
            .at(Location { path: path.to_path_buf(), line: u32::try_from(line).unwrap_or(0), column: 0 })
            .hinted("save it as UTF-8")
    })
}
#[cfg(test)]
mod tests;
