//! `schema`: the published shapes.

use aetherra_maint::error::near_miss;
use aetherra_maint::report::Answer;
use aetherra_maint::report::schema::SchemaReport;
use aetherra_maint::report::schemas::{SCHEMAS, schema_document};
use aetherra_maint::settings::config_schema;
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A report such as `scan` or `scan/v1`, `config`, or `exit-codes`; without it the list of names
    name: Option<String>,
}

pub fn run(args: &Args, _session: &mut Session) -> Result<Answer> {
    let names = || SCHEMAS.iter().map(|(name, _)| *name).chain(["config", "exit-codes"]);
    let report = match args.name.as_deref() {
        None => SchemaReport::Names { names: names().map(str::to_owned).collect() },
        Some("exit-codes") => SchemaReport::exit_codes(),
        Some("config") => SchemaReport::Document { name: "config".to_owned(), document: config_schema() },
        Some(name) => {
            let document = schema_document(name).ok_or_else(|| {
                let error = Error::usage("schema-unknown", format!("there is no schema named `{name}`"));
                match near_miss(name, names()) {
                    Some(near) => error.hinted(format!("did you mean `{near}`?")),
                    None => error.hinted("`aetherra-maint schema` lists the names"),
                }
            })?;
            SchemaReport::Document { name: name.to_owned(), document }
        }
    };
    Ok(Answer::new(report))
}
