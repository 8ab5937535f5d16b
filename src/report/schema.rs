//! The report of `schema`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::exit::{EXIT_CODES, ExitCode};
use super::table::{Column, Table};
use super::{Outcome, Page, Report};

/// One published document, or the list of them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SchemaReport {
    /// What there is.
    Names {
        /// What `schema NAME` knows.
        names: Vec<String>,
    },
    /// A JSON Schema.
    Document {
        /// Its name.
        name: String,
        /// The schema.
        document: Value,
    },
    /// The exit codes.
    ExitCodes {
        /// Every code. One that is not here counts as failure.
        exit_codes: Vec<ExitCode>,
    },
}

impl SchemaReport {
    /// The table of exit codes.
    pub fn exit_codes() -> Self {
        Self::ExitCodes { exit_codes: EXIT_CODES.to_vec() }
    }
}

impl Report for SchemaReport {
    fn schema(&self) -> &'static str {
        "schema/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match self {
            Self::Names { names } => names.iter().for_each(|name| page.line(name)),
            Self::Document { document, .. } => page.block(&format!("{document:#}")),
            Self::ExitCodes { exit_codes } => {
                let mut table =
                    Table::new(&[Column::Number("code"), Column::Identifier("status"), Column::Text("meaning")]);
                for row in exit_codes {
                    table.row([row.code.to_string(), row.status.to_owned(), row.meaning.to_owned()]);
                }
                table.write(page);
            }
        }
    }
}
