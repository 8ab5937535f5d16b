//! From an answer or an error to documents, files and the exit code.

use std::path::Path;

use aetherra_maint::host::replace::{FOR_ALL, replace_file};
use aetherra_maint::model::Diagnostic;
use aetherra_maint::report::envelope::{Envelope, Run};
use aetherra_maint::report::exit::{Exit, exit_of};
use aetherra_maint::report::failure::failure_document;
use aetherra_maint::report::problem::{Styling, error_diagnostic, safe_text};
use aetherra_maint::report::{Answer, Format, Page};
use aetherra_maint::{Error, Result};
use serde_json::json;

use crate::globals::{FormatArg, Globals};
use crate::streams::{self, Talk};

/// Tells how a run ended, on stdout, on stderr and in the files that were asked for.
pub fn tell(result: &Result<Answer>, globals: &Globals, run: &Run) -> Exit {
    let talk = Talk::new(globals);
    let (mut exit, mut envelope) = match result {
        Ok(answer) => (exit_of(Ok(answer.report.outcome()), run.rules), Envelope::of_answer(answer, run)),
        Err(error) => (exit_of(Err(error.kind), run.rules), Envelope::of_error(error, run)),
    };
    let page = streams::page(globals);
    let left_out = result.as_ref().map_or_else(|_| Vec::new(), |answer| left_out(answer, globals));
    envelope.diagnostics.extend(left_out.iter().cloned());
    let mut written = Ok(());
    for output in &globals.output {
        let page = Page::new(100, false, globals.verbosity());
        let text = document(result, output.format, &envelope, page);
        written = written.and(write_report(&globals.resolve(&output.path), &text));
    }
    // Files come first, so that what stdout says of the run and the code of the process are the same.
    if let Err(error) = &written {
        exit = unless_failed_already(exit, error, run);
        (envelope.ok, envelope.exit_code) = (exit.code == 0, exit.code);
        exit.status.clone_into(&mut envelope.status);
        envelope.diagnostics.push(error_diagnostic(error));
    }
    let told = streams::write_data(&document(result, globals.format, &envelope, page));
    match result {
        Ok(answer) => {
            if !matches!(globals.format, FormatArg::Json | FormatArg::Jsonl) {
                talk.diagnostics(&answer.diagnostics);
            }
            talk.diagnostics(&left_out);
            talk.summary(&summary(&envelope, globals.verbosity()), exit, &answer.next);
        }
        Err(error) => talk.error(error),
    }
    // A report that could not be written must not pass for one that was.
    for error in [written, told].into_iter().filter_map(Result::err) {
        talk.error(&error);
        exit = unless_failed_already(exit, &error, run);
    }
    exit
}

/// What the formats that were asked for had no room for.
fn left_out(answer: &Answer, globals: &Globals) -> Vec<Diagnostic> {
    let formats = std::iter::once(globals.format).chain(globals.output.iter().map(|output| output.format));
    let mut all: Vec<Diagnostic> = Vec::new();
    for diagnostic in formats.flat_map(|format| answer.report.left_out(format.format())) {
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }
    all
}

/// Tells one round of a run that goes on. In `jsonl` a round ends in a line of type `round`; the line of type
/// `summary` ends the run.
pub fn tell_round(answer: &Answer, globals: &Globals, round: u64) {
    let talk = Talk::new(globals);
    let exit = exit_of(Ok(answer.report.outcome()), globals.exit_rules());
    let text = if globals.format == FormatArg::Jsonl {
        let mut lines = answer.report.lines();
        let (ok, code, diagnostics) = (exit.code == 0, exit.code, &answer.diagnostics);
        let (inputs, judged) = (answer.stats.inputs, answer.stats.judged);
        let end = json!({
            "type": "round", "round": round, "ok": ok, "status": exit.status, "exit_code": code, "inputs": inputs,
            "judged": judged, "diagnostics": diagnostics,
        });
        lines.push_str(&format!("{end}\n"));
        lines
    } else {
        let mut page = streams::page(globals);
        answer.report.human(&mut page);
        let styling = if page.colour { Styling::Kept } else { Styling::Escaped };
        safe_text(&page.text, styling).into_owned()
    };
    // A reader that went away does not stop the judging.
    let _ = streams::write_data(&text);
    if globals.format != FormatArg::Jsonl {
        talk.diagnostics(&answer.diagnostics);
    }
}

/// How a run ends whose report could not be written.
fn unless_failed_already(exit: Exit, error: &Error, run: &Run) -> Exit {
    if exit.code == 0 { exit_of(Err(error.kind), run.rules) } else { exit }
}

/// The one document of a run in a format.
fn document(result: &Result<Answer>, format: FormatArg, envelope: &Envelope, mut page: Page) -> String {
    let answer = match result {
        Ok(answer) => answer,
        Err(error) => return failure_document(format.format(), error, envelope).unwrap_or_default(),
    };
    match format.format() {
        Format::Human => {
            answer.report.human(&mut page);
            let styling = if page.colour { Styling::Kept } else { Styling::Escaped };
            safe_text(&page.text, styling).into_owned()
        }
        Format::Json => answer.report.document(envelope.clone()),
        Format::Jsonl => {
            let mut lines = answer.report.lines();
            lines.push_str(&envelope.summary_line());
            lines
        }
        other => answer.report.render(other).unwrap_or_default(),
    }
}

/// One line: what was done to how much, and how it ended. Free of times unless asked.
fn summary(envelope: &Envelope, verbosity: i8) -> String {
    let mut text = format!("{}: {}", envelope.command, envelope.status);
    let mut count = |number: u64, what: &str| {
        if number > 0 {
            text.push_str(&format!(", {number} {}", if number == 1 { what.trim_end_matches('s') } else { what }));
        }
    };
    count(envelope.stats.inputs, "inputs");
    count(envelope.stats.judged, "judged");
    count(envelope.stats.skipped.iter().map(|skipped| skipped.count).sum(), "skipped");
    count(envelope.diagnostics.len() as u64, "diagnostics");
    if verbosity > 0 {
        text.push_str(&format!(", {} ms", envelope.duration_ms));
    }
    text
}

/// Replaces a file in one step, so that a reader never sees half a report. It is for others to read.
fn write_report(path: &Path, text: &str) -> Result<()> {
    const DOING: &str = "writing the report";
    replace_file(path, DOING, FOR_ALL, |out| {
        out.write_all(text.as_bytes()).map_err(|error| Error::io(DOING, path, error))
    })
}
