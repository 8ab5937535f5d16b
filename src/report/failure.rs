//! What a machine format says when a run failed before it had a report: still one valid document.

use serde_json::json;

use super::Format;
use super::envelope::Envelope;
use super::problem::error_diagnostic;
use crate::error::Error;

/// The document of a failed run in `format`; none for `human`, whose errors go to stderr alone.
pub fn failure_document(format: Format, error: &Error, envelope: &Envelope) -> Option<String> {
    let told = error_diagnostic(error);
    let line = told.line.unwrap_or(1);
    let path = told.path.as_deref().unwrap_or("aetherra-maint");
    Some(match format {
        Format::Human => return None,
        Format::Json => envelope.document(),
        Format::Jsonl => envelope.summary_line(),
        Format::Sarif => sarif(error, envelope),
        Format::Github => format!("::error title={}::{}\n", told.code, escape_workflow_command(&told.message)),
        Format::Gitlab => {
            let issue = json!([{
                "description": told.message, "check_name": told.code, "fingerprint": told.code,
                "severity": "blocker", "location": {"path": path, "lines": {"begin": line}},
            }]);
            format!("{issue:#}\n")
        }
        Format::Junit => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites errors=\"1\" tests=\"1\">\n  \
             <testsuite name=\"aetherra-maint\" errors=\"1\" tests=\"1\">\n    <testcase name=\"{}\">\n      \
             <error type=\"{}\" message=\"{}\"/>\n    </testcase>\n  </testsuite>\n</testsuites>\n",
            escape_markup(&envelope.command),
            escape_markup(&told.code),
            escape_markup(&told.message)
        ),
        Format::Markdown => format!("**error[{}]**: {}\n", told.code, escape_markup(&told.message)),
        Format::Prometheus => format!(
            "# HELP aetherra_maint_run_failed Whether the run failed before it had an answer.\n\
             # TYPE aetherra_maint_run_failed gauge\naetherra_maint_run_failed{{code=\"{}\"}} 1\n",
            told.code
        ),
        Format::Html => format!(
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>aetherra-maint</title>\n\
             <p>error[{}]: {}</p></html>\n",
            escape_markup(&told.code),
            escape_markup(&told.message)
        ),
    })
}

fn sarif(error: &Error, envelope: &Envelope) -> String {
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": envelope.tool.name, "version": envelope.tool.version}},
            "invocations": [{
                "executionSuccessful": false,
                "exitCode": envelope.exit_code,
                "toolExecutionNotifications": [{
                    "level": "error",
                    "message": {"text": error.message},
                    "descriptor": {"id": error.code},
                }],
            }],
            "results": [],
        }],
    });
    format!("{document:#}\n")
}

/// Escapes text for XML, HTML and Markdown that renders HTML.
pub fn escape_markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML 1.0 has no way to write these.
            character if character.is_control() && !matches!(character, '\n' | '\t' | '\r') => escaped.push('\u{fffd}'),
            character => escaped.push(character),
        }
    }
    escaped
}

/// Escapes the message of a GitHub workflow command.
pub fn escape_workflow_command(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
