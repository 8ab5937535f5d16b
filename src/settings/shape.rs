//! Which keys there are: a walk over the JSON Schema of [`Settings`], the one list of them.

use serde_json::{Map, Value};

use super::config_schema;

/// Marks a key that only the operator may set, as an extension of its schema:
/// `#[schemars(extend("x-operator" = true))]`.
pub const OPERATOR_MARK: &str = "x-operator";

/// The shape of a configuration.
#[derive(Debug, Clone)]
pub struct Shape {
    root: Value,
}

/// What is known of one place in it.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    shape: &'a Shape,
    schema: &'a Value,
    /// Whether only the operator may set it: it or something around it is marked.
    pub is_operator: bool,
}

/// What a key leads to.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// A known key.
    To(Place<'a>),
    /// No such key.
    Unknown,
    /// What is here has no keys of its own: a list, a number, a text.
    Leaf,
}

impl Shape {
    /// The shape of [`super::Settings`].
    pub fn of_settings() -> Self {
        Self { root: config_schema() }
    }

    /// The outermost place.
    pub fn top(&self) -> Place<'_> {
        Place { shape: self, schema: &self.root, is_operator: false }
    }

    /// The place that a dotted path leads to.
    pub fn at(&self, path: &str) -> Option<Place<'_>> {
        path.split('.').try_fold(self.top(), |place, key| match place.step(key) {
            Step::To(next) => Some(next),
            Step::Unknown | Step::Leaf => None,
        })
    }

    fn target<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        // References and optional values nest a few levels; a schema of ours never refers to itself.
        for _ in 0..8 {
            if let Some(name) =
                schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"))
            {
                let Some(next) = self.root.get("$defs").and_then(|defs| defs.get(name)) else { return schema };
                schema = next;
            } else if let Some(next) = schema
                .get("anyOf")
                .and_then(Value::as_array)
                .and_then(|any| any.iter().find(|one| one.get("type").and_then(Value::as_str) != Some("null")))
            {
                schema = next;
            } else {
                break;
            }
        }
        schema
    }
}

impl<'a> Place<'a> {
    fn target(self) -> &'a Value {
        self.shape.target(self.schema)
    }

    fn properties(self) -> Option<&'a Map<String, Value>> {
        self.target().get("properties").and_then(Value::as_object)
    }

    fn any_value(self) -> Option<&'a Value> {
        self.target().get("additionalProperties").filter(|schema| schema.is_object())
    }

    /// Follows a key.
    pub fn step(self, key: &str) -> Step<'a> {
        let known = self.properties().and_then(|properties| properties.get(key)).or_else(|| self.any_value());
        match known {
            Some(schema) => Step::To(Place {
                shape: self.shape,
                schema,
                is_operator: self.is_operator || schema.get(OPERATOR_MARK) == Some(&Value::Bool(true)),
            }),
            None if self.has_keys() => Step::Unknown,
            None => Step::Leaf,
        }
    }

    /// Whether this is a section or a map rather than a value.
    pub fn has_keys(self) -> bool {
        self.properties().is_some() || self.any_value().is_some()
    }

    /// The keys that are known here.
    pub fn keys(self) -> impl Iterator<Item = &'a str> {
        self.properties().into_iter().flat_map(|properties| properties.keys().map(String::as_str))
    }

    /// What the key is for, from its doc comment.
    pub fn description(self) -> Option<&'a str> {
        let said = |schema: &'a Value| schema.get("description").and_then(Value::as_str);
        said(self.schema).or_else(|| said(self.target()))
    }

    /// The words it may be, when it is one of a few.
    pub fn words(self) -> Vec<&'a str> {
        let target = self.target();
        let listed = target.get("enum").and_then(Value::as_array).into_iter().flatten();
        let described = target.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let described = described.flat_map(|one| {
            one.get("const").into_iter().chain(one.get("enum").and_then(Value::as_array).into_iter().flatten())
        });
        listed.chain(described).filter_map(Value::as_str).collect()
    }

    /// The smallest and the largest number it may be, where the schema says so.
    pub fn range(self) -> (Option<f64>, Option<f64>) {
        let bound = |name: &str| self.schema.get(name).or_else(|| self.target().get(name)).and_then(Value::as_f64);
        (bound("minimum"), bound("maximum"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project that could name a program to run, a key to trust or a socket would judge itself.
    #[test]
    fn keys_that_could_loosen_the_gate_are_marked() {
        const DANGEROUS: &[&str] = &[
            "command",
            "commands",
            "program",
            "socket",
            "listen",
            "url",
            "endpoint",
            "trust_mode",
            "trusted_keys",
            "signers",
            "fail_on",
            "grants",
            "allow",
            "allow_list",
            "policy",
            "profile",
            "approvals",
            "require_signatures",
        ];
        fn check(place: Place<'_>, path: &str, unmarked: &mut Vec<String>) {
            for key in place.keys() {
                let Step::To(next) = place.step(key) else { continue };
                let path = format!("{path}{key}");
                if DANGEROUS.contains(&key) && !next.is_operator {
                    unmarked.push(path.clone());
                }
                check(next, &format!("{path}."), unmarked);
            }
        }
        let mut unmarked = Vec::new();
        check(Shape::of_settings().top(), "", &mut unmarked);
        assert!(unmarked.is_empty(), "mark these with `{OPERATOR_MARK}`: {unmarked:?}");
    }

    #[test]
    fn keys_are_found_and_marked() {
        let shape = Shape::of_settings();
        assert!(shape.at("scan.roots").is_some_and(|place| !place.has_keys() && !place.is_operator));
        assert!(shape.at("scan").is_some_and(Place::has_keys));
        assert!(shape.at("scan.nonsense").is_none());
        assert!(shape.at("trust_mode").is_some_and(|place| place.is_operator));
        assert_eq!(shape.at("trust_mode").map(Place::words), Some(vec!["permissive", "standard", "strict"]));
    }
}
