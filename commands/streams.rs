//! stdout is data, stderr is talk: what each stream can show, and writing to it.

use std::io::{IsTerminal, Write};
use std::path::Path;

use aetherra_maint::model::{Diagnostic, Level};
use aetherra_maint::report::problem::{Styling, error_diagnostic, safe_text, word_of, write_diagnostic, write_error};
use aetherra_maint::report::{Page, exit::Exit};
use aetherra_maint::{Error, Result};
use serde_json::json;

use crate::globals::{Globals, LogFormat, When};

/// Columns when there is no telling.
const DEFAULT_WIDTH: usize = 100;

/// How many warnings are shown unless `-v` asks for all.
const SHOWN_DIAGNOSTICS: usize = 20;

/// Whether a stream is styled: the flag first, then the variables, then what the stream is.
fn is_coloured(when: When, is_terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| variable(name).is_some_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if set("NO_COLOR") => false,
        When::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        When::Auto if variable("TERM").as_deref() == Some("dumb") => false,
        When::Auto => is_terminal,
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The width of human text: `COLUMNS`, else the terminal's, else a hundred.
fn width() -> usize {
    let asked = variable("COLUMNS").and_then(|text| text.parse().ok());
    let real = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    asked.or_else(real).filter(|width| *width > 0).unwrap_or(DEFAULT_WIDTH)
}

/// An empty page for stdout.
pub fn page(globals: &Globals) -> Page {
    let colour = is_coloured(globals.color, std::io::stdout().is_terminal(), &variable);
    Page::new(width(), colour, globals.verbosity())
}

/// Writes data to stdout. A reader that went away stops the writing and nothing else.
pub fn write_data(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::io("writing the report", Path::new("<stdout>"), error))
        }
        _ => Ok(()),
    }
}

/// Writes data to stdout that goes on for ever. False when the reader went away: then there is nobody to go on for.
pub fn write_on(text: &str) -> Result<bool> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Error::io("writing the report", Path::new("<stdout>"), error)),
    }
}

/// The talk on stderr.
#[derive(Debug, Clone, Copy)]
pub struct Talk {
    format: LogFormat,
    colour: bool,
    verbosity: i8,
}

impl Talk {
    /// How these flags want it.
    pub fn new(globals: &Globals) -> Self {
        Self {
            format: globals.log_format,
            colour: is_coloured(globals.color, std::io::stderr().is_terminal(), &variable),
            verbosity: globals.verbosity(),
        }
    }

    /// Before any flags are known.
    pub fn early() -> Self {
        let colour = is_coloured(When::Auto, std::io::stderr().is_terminal(), &variable);
        Self { format: LogFormat::Text, colour, verbosity: 0 }
    }

    /// A failure of the run: always told.
    pub fn error(self, error: &Error) {
        let mut page = Page::new(width(), self.colour, self.verbosity);
        match self.format {
            LogFormat::Text => write_error(&mut page, error),
            LogFormat::Json => page.line(
                json!({"level": word_of(error_diagnostic(error).level), "code": error.code, "message": error.message, "help": error.hints})
                    .to_string(),
            ),
        }
        self.write(&page);
    }

    /// Warnings, and notes with `-v`.
    pub fn diagnostics(self, diagnostics: &[Diagnostic]) {
        let lowest = match self.verbosity {
            ..=-2 => Level::Error,
            -1 | 0 => Level::Warning,
            1.. => Level::Note,
        };
        let told: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.level >= lowest).collect();
        let limit = if self.verbosity > 0 { told.len() } else { SHOWN_DIAGNOSTICS };
        let mut page = Page::new(width(), self.colour, self.verbosity);
        for diagnostic in told.iter().take(limit) {
            match self.format {
                LogFormat::Text => write_diagnostic(&mut page, diagnostic),
                LogFormat::Json => page.line(json!(diagnostic).to_string()),
            }
        }
        if told.len() > limit {
            self.say(&mut page, &format!("{} more; `-v` shows all of them", told.len() - limit));
        }
        self.write(&page);
    }

    /// The one line that a run leaves in the mail of cron; none with `-q`.
    pub fn summary(self, text: &str, exit: Exit, next: &[String]) {
        if self.verbosity < 0 {
            return;
        }
        let mut page = Page::new(width(), self.colour, self.verbosity);
        match self.format {
            LogFormat::Json => {
                page.line(json!({"level": "info", "message": text, "exit_code": exit.code}).to_string());
            }
            LogFormat::Text => {
                page.line(text);
                // What to try next is for somebody who sits there.
                if std::io::stderr().is_terminal() {
                    next.iter().for_each(|command| page.line(format!("  next: {command}")));
                }
            }
        }
        self.write(&page);
    }

    /// A line about what is going on, unless `-q`.
    pub fn line(self, text: &str) {
        if self.verbosity >= 0 {
            let mut page = Page::new(width(), self.colour, self.verbosity);
            match self.format {
                LogFormat::Text => page.line(text),
                LogFormat::Json => page.line(json!({"level": "info", "message": text}).to_string()),
            }
            self.write(&page);
        }
    }

    fn say(self, page: &mut Page, text: &str) {
        match self.format {
            LogFormat::Text => page.line(format!("{}: {text}", word_of(Level::Note))),
            LogFormat::Json => page.line(json!({"level": "note", "message": text}).to_string()),
        }
    }

    fn write(self, page: &Page) {
        let styling = if page.colour { Styling::Kept } else { Styling::Escaped };
        // Nobody is left to be told that stderr is gone.
        let _ = std::io::stderr().lock().write_all(safe_text(&page.text, styling).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_flag_then_variables_then_stream() {
        let case = |when, terminal, name: &'static str, value: &'static str| {
            is_coloured(when, terminal, &move |asked: &str| (asked == name).then(|| value.to_owned()))
        };
        assert!(case(When::Auto, true, "", ""));
        assert!(!case(When::Auto, false, "", ""));
        assert!(!case(When::Auto, true, "NO_COLOR", "1"));
        assert!(case(When::Auto, true, "NO_COLOR", ""));
        assert!(case(When::Always, false, "NO_COLOR", "1"));
        assert!(case(When::Auto, false, "FORCE_COLOR", "1"));
        assert!(!case(When::Auto, false, "FORCE_COLOR", "0"));
        assert!(case(When::Auto, false, "CLICOLOR_FORCE", "1"));
        assert!(!case(When::Auto, true, "TERM", "dumb"));
        assert!(!case(When::Never, true, "FORCE_COLOR", "1"));
    }
}
