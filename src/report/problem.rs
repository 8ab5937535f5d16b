//! How an error or a diagnostic looks to a person.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt as _;

use anstyle::{AnsiColor, Style};

use super::Page;
use crate::error::{Error, ErrorKind};
use crate::model::visible::is_treacherous;
use crate::model::{Diagnostic, Level, path_key};

/// The style of a level's word.
fn style_of(level: Level) -> Style {
    let colour = match level {
        Level::Note => AnsiColor::Cyan,
        Level::Warning => AnsiColor::Yellow,
        Level::Error => AnsiColor::Red,
    };
    Style::new().fg_color(Some(colour.into())).bold()
}

/// The word of a level.
pub fn word_of(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// Writes a diagnostic: the message, the place, the next step.
pub fn write_diagnostic(page: &mut Page, diagnostic: &Diagnostic) {
    let head = page.styled(style_of(diagnostic.level), &format!("{}[{}]", word_of(diagnostic.level), diagnostic.code));
    page.block(&format!("{head}: {}", set_off(&diagnostic.message)));
    if let Some(path) = &diagnostic.path {
        let mut place = path.strip_prefix("./").unwrap_or(path).to_owned();
        for number in [diagnostic.line, diagnostic.column].into_iter().flatten() {
            let _ = write!(place, ":{number}");
        }
        page.line(format!("  --> {place}"));
    }
    if let Some(help) = &diagnostic.help {
        page.block(&format!("  help: {}", set_off(help)));
    }
}

/// Further lines are set off, so that none of them can pass for the beginning of another message.
fn set_off(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { Cow::Owned(text.replace('\n', "\n      ")) } else { Cow::Borrowed(text) }
}

/// Writes an error: what was attempted, where, why, and the next step.
pub fn write_error(page: &mut Page, error: &Error) {
    write_diagnostic(page, &Diagnostic { help: None, ..error_diagnostic(error) });
    let pointer = format!("see `aetherra-maint explain {}`", error.code);
    for (position, hint) in error.hints.iter().enumerate() {
        if position > 0 {
            page.block(&format!("  help: {}", set_off(hint)));
        } else {
            let joint = if hint.ends_with(['?', '.']) { " " } else { "; " };
            page.block(&format!("  help: {}{joint}{pointer}", set_off(hint)));
        }
    }
    if error.hints.is_empty() {
        page.line(format!("  help: {pointer}"));
    }
}

/// The error as a diagnostic of the envelope.
pub fn error_diagnostic(error: &Error) -> Diagnostic {
    let known = |number: u32| (number > 0).then_some(number);
    Diagnostic {
        // Nothing to work on is told, and is no failure unless the operator says so.
        level: if error.kind == ErrorKind::NoInputs { Level::Warning } else { Level::Error },
        code: error.code.to_owned(),
        message: error.message.clone(),
        help: (!error.hints.is_empty()).then(|| error.hints.join("; ")),
        path: error.location.as_ref().map(|location| path_key::escape(location.path.as_os_str().as_bytes())),
        line: error.location.as_ref().and_then(|location| known(location.line)),
        column: error.location.as_ref().and_then(|location| known(location.column)),
    }
}

/// Makes text fit for a terminal: control characters, which a hostile file name may hold, and marks that
/// reorder text are written out. Styles (`ESC [ … m`) pass when `styled` says that we wrote some.
pub fn safe_text(text: &str, styled: Styling) -> Cow<'_, str> {
    let mut position = 0;
    let mut safe = String::new();
    let mut changed = false;
    while let Some(character) = text[position..].chars().next() {
        let length = character.len_utf8();
        if character == '\u{1b}' && styled == Styling::Kept {
            let rest = &text[position + 1..];
            let body = rest.strip_prefix('[').unwrap_or("");
            let digits = body.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
            if body.as_bytes().get(digits) == Some(&b'm') && body[..digits].split(';').all(is_ours) {
                safe.push_str(&text[position..position + digits + 3]);
                position += digits + 3;
                continue;
            }
        }
        if is_treacherous(character) && !matches!(character, '\n' | '\t') {
            let _ = write!(safe, "{}", character.escape_unicode());
            changed = true;
        } else {
            safe.push(character);
        }
        position += length;
    }
    if changed { Cow::Owned(safe) } else { Cow::Borrowed(text) }
}

/// Whether we write such a style: weight and colour of letters. What hides them, turns them round or makes them
/// blink came from elsewhere.
fn is_ours(parameter: &str) -> bool {
    matches!(parameter.parse(), Ok(0_u8..=4 | 30..=37 | 39 | 90..=97)) || parameter.is_empty()
}

/// What happens to styles in [`safe_text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Styling {
    /// They stay.
    Kept,
    /// They are written out like any other control character.
    Escaped,
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::error::Location;

    #[test]
    fn an_error_names_place_and_next_step() {
        let error = Error::usage("config-unknown-key", "unknown key `severty`")
            .at(Location { path: PathBuf::from("aetherra-maint.yaml"), line: 7, column: 3 })
            .hinted("did you mean `severity`?");
        let mut page = Page::new(100, false, 0);
        write_error(&mut page, &error);
        assert_eq!(
            page.text,
            "error[config-unknown-key]: unknown key `severty`\n  --> aetherra-maint.yaml:7:3\n  \
             help: did you mean `severity`? see `aetherra-maint explain config-unknown-key`\n"
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_our_styles_reaches_a_terminal(text in "[\\x00-\\x7f\\u{80}-\\u{9f}ü日\\u{202e}\\[;m0-9]{0,60}") {
            let plain = safe_text(&text, Styling::Escaped).into_owned();
            proptest::prop_assert!(plain.chars().all(|one| !one.is_control() || matches!(one, '\n' | '\t')));
            let styled = safe_text(&text, Styling::Kept).into_owned();
            for rest in styled.split('\u{1b}').skip(1) {
                let body = rest.strip_prefix('[').unwrap_or("").trim_start_matches(|one: char| one.is_ascii_digit() || one == ';');
                proptest::prop_assert!(body.starts_with('m'), "{styled:?}");
            }
        }
    }

    #[test]
    fn no_line_of_another_passes_for_one_of_ours() {
        let path = PathBuf::from("no\nerror[x]: fake");
        let error =
            Error::usage("usage", "there is no `a\nerror[x]: fake`").at_path(&path).hinted("try\nwarning[y]: b");
        let mut page = Page::new(100, false, 0);
        write_error(&mut page, &error);
        let heads: Vec<&str> = page.text.lines().filter(|line| !line.starts_with(' ')).collect();
        assert_eq!(heads, ["error[usage]: there is no `a"], "{}", page.text);
        assert!(page.text.contains("--> no\\x0aerror[x]: fake"), "{}", page.text);
    }

    #[test]
    fn hostile_names_cannot_steer_a_terminal() {
        assert_eq!(safe_text("a\u{1b}]0;title\u{7}b", Styling::Kept), "a\\u{1b}]0;title\\u{7}b");
        assert_eq!(safe_text("\u{1b}[31mred\u{1b}[0m", Styling::Kept), "\u{1b}[31mred\u{1b}[0m");
        assert_eq!(safe_text("\u{1b}[31mred", Styling::Escaped), "\\u{1b}[31mred");
        assert_eq!(safe_text("\u{1b}[8mhidden\u{1b}[1;7m", Styling::Kept), "\\u{1b}[8mhidden\\u{1b}[1;7m");
        assert_eq!(safe_text("\u{1b}[2Jx\u{1b}", Styling::Kept), "\\u{1b}[2Jx\\u{1b}");
        assert_eq!(safe_text("gnp.\u{202e}exe", Styling::Kept), "gnp.\\u{202e}exe");
        assert_eq!(safe_text("a\u{200f}b\u{2028}c", Styling::Kept), "a\\u{200f}b\\u{2028}c");
        assert!(matches!(safe_text("naïve\ttext\n", Styling::Escaped), Cow::Borrowed(_)));
    }
}
