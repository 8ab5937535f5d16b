//! A command line that cannot be understood, told in the format that it asked for as far as can be seen.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

use aetherra_maint::Error;
use aetherra_maint::model::path_key;
use aetherra_maint::report::Answer;
use aetherra_maint::report::envelope::{Envelope, Run};
use aetherra_maint::report::exit::{Exit, exit_of};
use aetherra_maint::report::failure::failure_document;
use aetherra_maint::report::help::HelpText;
use clap::ValueEnum;
use clap::error::ErrorKind;

use crate::globals::FormatArg;
use crate::streams::{self, Talk};

/// Tells a usage error, or `--help` and `--version`, which clap counts as errors.
pub fn tell(error: &clap::Error, arguments: &[OsString], run: &Run) -> Exit {
    if !error.use_stderr() {
        return tell_text(error, arguments, run);
    }
    let again = parsed_readable(arguments);
    let told = blame_variable(usage_error(again.as_ref().unwrap_or(error)), arguments);
    let exit = exit_of(Err(told.kind), run.rules);
    let format = asked_format(arguments).format();
    if let Some(document) = failure_document(format, &told, &Envelope::of_error(&told, run)) {
        let _ = streams::write_data(&document);
    }
    Talk::early().error(&told);
    exit
}

/// What was asked for is data. A format that is made for findings has no way to hold a text, so it gets the text.
fn tell_text(error: &clap::Error, arguments: &[OsString], run: &Run) -> Exit {
    let topic = if error.kind() == ErrorKind::DisplayVersion { "version" } else { "help" };
    let text = error.render().to_string();
    let answer = Answer::new(HelpText::new(topic, text.clone()));
    let envelope = Envelope { command: named_command(arguments), ..Envelope::of_answer(&answer, run) };
    let document = match asked_format(arguments) {
        FormatArg::Json => answer.report.document(envelope),
        FormatArg::Jsonl => answer.report.lines() + &envelope.summary_line(),
        _ => text,
    };
    match streams::write_data(&document) {
        Ok(()) => exit_of(Ok(answer.report.outcome()), run.rules),
        Err(error) => {
            Talk::early().error(&error);
            exit_of(Err(error.kind), run.rules)
        }
    }
}

/// The names of the subcommands in arguments that were not parsed to the end.
fn named_command(arguments: &[OsString]) -> String {
    let mut level = crate::command_line();
    let mut names = Vec::new();
    for word in arguments.iter().skip(1).filter_map(|argument| argument.to_str()) {
        if let Some(inner) = level.find_subcommand(word) {
            level = inner.clone();
            names.push(word);
        }
    }
    names.join(" ")
}

/// A value that came from the environment is not blamed on a flag that nobody gave.
fn blame_variable(mut told: Error, arguments: &[OsString]) -> Error {
    const FLAG: &str = "--log-level";
    let was_given = arguments.iter().any(|argument| argument.to_str().is_some_and(|word| word.starts_with(FLAG)));
    if !was_given && told.message.contains(FLAG) {
        told.message = told.message.replace(&format!("{FLAG} <LEVEL>"), "AETHERRA_LOG_LEVEL");
        told.hints.insert(0, "set the variable to off, error, warn, info, debug or trace, or unset it".to_owned());
    }
    told
}

/// The same mistake with arguments that can be shown: an end of line in one of them would cut clap's text to pieces.
fn parsed_readable(arguments: &[OsString]) -> Option<clap::Error> {
    let written: Vec<String> = arguments.iter().map(|argument| path_key::escape(argument.as_bytes())).collect();
    let is_same = arguments.iter().zip(&written).all(|(argument, written)| argument.as_bytes() == written.as_bytes());
    if is_same { None } else { crate::command_line().try_get_matches_from(written).err() }
}

/// Clap's text in our shape: its first paragraph is the message, its tips and its usage the next steps.
fn usage_error(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let mut message = Vec::new();
    let mut hints = Vec::new();
    let mut in_message = true;
    for line in text.lines().map(str::trim) {
        if let Some(tip) = line.strip_prefix("tip: ") {
            hints.push(tip.to_owned());
        } else if let Some(usage) = line.strip_prefix("Usage: ") {
            in_message = false;
            if !usage.is_empty() {
                hints.push(format!("usage: {usage}"));
            }
        } else if line.starts_with("For more information") {
            break;
        } else if in_message && !line.is_empty() {
            message.push(line.strip_prefix("error: ").unwrap_or(line));
        }
    }
    // Clap answers a missing subcommand with the help text, whose first lines say what the command is.
    let message = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "a subcommand is missing; `--help` lists them".to_owned()
        }
        _ => message.join(" "),
    };
    hints.into_iter().fold(Error::usage("usage", message), Error::hinted)
}

/// The value of `-f` in arguments that do not parse.
fn asked_format(arguments: &[OsString]) -> FormatArg {
    let words: Vec<&str> = arguments.iter().skip(1).filter_map(|argument| argument.to_str()).collect();
    let mut found = FormatArg::Human;
    for (position, word) in words.iter().enumerate() {
        let value = match *word {
            "--" => break,
            "-f" | "--format" => words.get(position + 1).copied(),
            _ => word
                .strip_prefix("--format=")
                .or_else(|| word.strip_prefix("-f").map(|rest| rest.strip_prefix('=').unwrap_or(rest))),
        };
        if let Some(format) = value.and_then(|value| FormatArg::from_str(value, true).ok()) {
            found = format;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_seen_in_arguments_that_do_not_parse() {
        let asked = |line: &str| asked_format(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("m scan --nonsense -f json"), FormatArg::Json);
        assert_eq!(asked("m --format=jsonl"), FormatArg::Jsonl);
        assert_eq!(asked("m -fsarif"), FormatArg::Sarif);
        assert_eq!(asked("m -f=json"), FormatArg::Json);
        assert_eq!(asked("m scan -- -f json"), FormatArg::Human);
        assert_eq!(asked("m -f nonsense"), FormatArg::Human);
    }
}
