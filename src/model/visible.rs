//! Which characters can be shown as they are.

/// Whether a character, printed as it is, could steer a terminal, turn the direction of writing, end a line where
/// none ends, or hide. The joiners of several scripts (U+200C and U+200D) are invisible too, and needed to write.
pub fn is_treacherous(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_signs_pass_and_what_hides_or_turns_does_not() {
        assert!("aé日🏳 \u{200d}\u{202f}".chars().all(|character| !is_treacherous(character)));
        assert!(
            "\n\t\u{1b}\u{7f}\u{9b}\u{61c}\u{200b}\u{200f}\u{2028}\u{202e}\u{2067}\u{feff}\u{e0041}"
                .chars()
                .all(is_treacherous)
        );
    }
}
