//! Queries that are no text of a method called `execute`: documents of MongoDB, scripts of search engines, texts
//! that services of clouds run.

use std::rc::Rc;

use ruff_text_size::TextRange;

use super::super::calls::Arguments;
use super::super::interpret::Interpreter;
use super::super::state::Object;
use super::super::values::{Const, Flow, Kind, Taint, Value};
use super::super::weakness::{Mask, Weakness};
use super::methods::{is_mongo, looks_like_sql};

/// Keys of documents whose values are code.
const CODE: &[&str] = &["$where", "$function", "$accumulator", "$code"];
/// Operators whose values are the whole of what is written.
const WRITES: &[&str] = &["$set", "$setOnInsert", "$push", "$addToSet", "$replaceWith", "$replaceRoot"];

impl Interpreter<'_> {
    /// Queries that are handed over by the names of services.
    pub(super) fn check_queries(&mut self, name: &str, arguments: &Arguments) {
        let Some((owner, method)) = name.rsplit_once('.') else { return };
        match method {
            // Commands of a database, and functions that it runs.
            "command" | "map_reduce" | "inline_map_reduce" if is_mongo(owner) => {
                let parts: Vec<Value> = arguments.all().cloned().collect();
                let taint = parts.iter().fold(Taint::NONE, |all, part| match part.kind {
                    Kind::Object(_) => all.union(&self.of_document(part, true, 6)),
                    _ => all.union(&as_code(&self.taint_of(part))),
                });
                self.hit(Weakness::NoSql, &taint, arguments.range, name);
            }
            "execute_command" if owner.to_ascii_lowercase().contains("redis") => {
                let command = arguments.positional.first().map_or(Taint::NONE, |command| self.taint_of(command));
                self.hit(Weakness::NoSql, &command, arguments.range, name);
            }
            // Expressions of DynamoDB are texts of their own.
            "scan" | "query" | "update_item" | "delete_item" | "put_item" | "get_item" => {
                for word in [
                    "FilterExpression",
                    "KeyConditionExpression",
                    "ProjectionExpression",
                    "UpdateExpression",
                    "ConditionExpression",
                ] {
                    if let Some(value) = arguments.keyword(word).cloned() {
                        let taint = self.taint_of(&value);
                        self.hit(Weakness::NoSql, &taint, arguments.range, name);
                    }
                }
                self.check_sql_text(name, arguments);
            }
            "start_query_execution"
            | "execute_statement"
            | "batch_execute_statement"
            | "start_query"
            | "query_df"
            | "query_dataframe"
            | "command"
            | "sql"
            | "get_records"
            | "get_first"
            | "get_pandas_df"
            | "run_query" => {
                self.check_sql_text(name, arguments);
            }
            "search" | "update" | "update_by_query" | "delete_by_query" | "msearch" if is_search_engine(owner) => {
                let parts = arguments.positional.iter().chain(arguments.named.iter().filter_map(|(word, value)| {
                    matches!(word.as_ref(), "body" | "query" | "script" | "script_fields" | "aggs" | "sort")
                        .then_some(value)
                }));
                let parts: Vec<Value> = parts.cloned().collect();
                let taint = parts.iter().fold(Taint::NONE, |all, part| all.union(&self.of_script(part, 6)));
                self.hit(Weakness::NoSql, &taint, arguments.range, name);
            }
            // MongoEngine: a document as the client sent it.
            "objects" | "filter" | "update" if arguments.keyword("__raw__").is_some() => {
                let raw = arguments.keyword("__raw__").cloned();
                self.check_mongo(raw.as_ref(), arguments.range, name);
            }
            // A client chooses the folder of this machine that a container gets.
            "run" | "create" if owner.ends_with(".containers") => {
                let volumes = arguments.keyword("volumes").cloned().unwrap_or(Value::UNKNOWN);
                let taint = match &volumes.kind {
                    Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                        Some(Object::Dict { keys, .. }) => keys.clone(),
                        _ => self.taint_of(&volumes),
                    },
                    _ => volumes.taint.clone(),
                };
                self.hit(Weakness::Path, &taint, arguments.range, name);
            }
            _ => {}
        }
    }

    /// A text that begins as a query does, by whatever name it is handed over.
    fn check_sql_text(&mut self, name: &str, arguments: &Arguments) {
        let words = ["QueryString", "Statement", "queryString", "sql", "Sql", "query"];
        let named = words.iter().find_map(|word| arguments.keyword(word));
        let Some(query) = named.or(arguments.positional.first()).cloned() else { return };
        if matches!(query.kind, Kind::Text(Some(_))) && looks_like_sql(&query) {
            let taint = self.taint_of(&query);
            self.hit(Weakness::Sql, &taint, arguments.range, name);
        }
    }

    /// The data that becomes the source of a script: `{"script": {"source": …}}`, at any depth.
    fn of_script(&self, value: &Value, depth: u8) -> Taint {
        let (Some(depth), Kind::Object(id)) = (depth.checked_sub(1), &value.kind) else { return Taint::NONE };
        match self.state.object(*id).map(Rc::as_ref) {
            Some(Object::Dict { items, .. }) => {
                let mut taint = Taint::NONE;
                for (key, value) in items {
                    let text = !matches!(value.kind, Kind::Object(_));
                    let code = match key {
                        Const::Str(key) => matches!(key.as_ref(), "source" | "inline" | "script") && text,
                        _ => false,
                    };
                    let found = if code { self.taint_of(value) } else { self.of_script(value, depth) };
                    taint = taint.union(&found);
                }
                taint
            }
            Some(Object::Sequence { items, rest, .. }) => {
                items.iter().chain(rest).fold(Taint::NONE, |all, item| all.union(&self.of_script(item, depth)))
            }
            _ => Taint::NONE,
        }
    }

    /// A document that MongoDB looks for, writes, or runs step by step.
    pub(super) fn check_mongo(&mut self, query: Option<&Value>, range: TextRange, name: &str) {
        let Some(query) = query else { return };
        let taint = match &query.kind {
            Kind::Object(id) => match self.state.object(*id).map(Rc::as_ref) {
                Some(Object::Dict { .. } | Object::Sequence { .. }) => self.of_document(query, false, 6),
                _ => self.taint_of(query),
            },
            Kind::Name(_) | Kind::Unknown => self.taint_of(query),
            _ => Taint::NONE,
        };
        self.hit(Weakness::NoSql, &taint, range, name);
    }

    /// The data that chooses operators of a document, or that is code in it. A text that a field is compared with is
    /// harmless; an object that a client sent is not.
    fn of_document(&self, value: &Value, code: bool, depth: u8) -> Taint {
        let Some(depth) = depth.checked_sub(1) else { return Taint::NONE };
        let Kind::Object(id) = &value.kind else {
            return match code {
                true => as_code(&self.taint_of(value)),
                false if is_structured(value) => self.taint_of(value),
                false => Taint::NONE,
            };
        };
        match self.state.object(*id).map(Rc::as_ref) {
            Some(Object::Dict { items, rest, keys }) => {
                let mut taint = keys.clone();
                for (key, value) in items {
                    let key = match key {
                        Const::Str(key) => key.as_ref(),
                        _ => "",
                    };
                    let whole = WRITES.contains(&key) && matches!(value.kind, Kind::Name(_) | Kind::Unknown);
                    let found = match whole {
                        true => self.taint_of(value),
                        false => self.of_document(value, code || CODE.contains(&key), depth),
                    };
                    taint = taint.union(&found);
                }
                rest.iter().fold(taint, |all, value| all.union(&self.taint_of(value)))
            }
            Some(Object::Sequence { items, rest, .. }) => {
                items.iter().chain(rest).fold(Taint::NONE, |all, item| all.union(&self.of_document(item, code, depth)))
            }
            _ => Taint::NONE,
        }
    }
}

/// Code stays code when it is known to be a text; a number in it changes nothing.
fn as_code(taint: &Taint) -> Taint {
    taint.map(|flow| {
        let number = Mask::ALL.within(flow.clean);
        let clean = flow.clean.without(Mask::of(Weakness::NoSql));
        Some(Flow { clean: if number { flow.clean } else { clean }, ..*flow })
    })
}

/// Whether a value may be an object that a client sent: a part of JSON.
fn is_structured(value: &Value) -> bool {
    value.as_name().is_some_and(|name| {
        name.contains(".json") || name.contains("get_json") || name.contains("body") || name.starts_with("json.load")
    })
}

fn is_search_engine(owner: &str) -> bool {
    let lower = owner.to_ascii_lowercase();
    lower.contains("elasticsearch") || lower.contains("opensearch") || matches!(owner, "?es" | "?self.es")
}
