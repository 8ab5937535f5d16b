//! Which paths a deployed tree may hold: only such as stay inside it and mean the same everywhere.

use unicode_normalization::UnicodeNormalization;

/// Names that are devices on some systems, whatever their ending.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Longest path and longest part, in bytes.
const MAX_PATH: usize = 1024;
const MAX_PART: usize = 255;

/// Says in words why a path may not be in a deployed tree, or nothing when it may.
pub fn objection(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("the path is empty".to_owned());
    }
    if path.len() > MAX_PATH {
        return Some(format!("the path is longer than {MAX_PATH} bytes"));
    }
    if path.starts_with('/') || path.starts_with('~') {
        return Some(format!("`{path}` is an absolute path"));
    }
    path.split('/').find_map(|part| part_objection(part).map(|why| format!("`{}` {why}", path.escape_debug())))
}

fn part_objection(part: &str) -> Option<&'static str> {
    match part {
        "" => return Some("has an empty part"),
        "." | ".." => return Some("leaves the deployed tree"),
        _ => {}
    }
    if part.len() > MAX_PART {
        return Some("has a part that is too long");
    }
    // What other systems, and what is shared with them, keep for themselves, and what turns the direction of writing.
    let is_foreign = |c: char| {
        c.is_control() || r#"\:<>"|?*"#.contains(c) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if part.chars().any(is_foreign) {
        return Some("holds a character that is no part of a portable name");
    }
    if part.ends_with(['.', ' ']) {
        return Some("has a part that ends in a dot or a space");
    }
    let stem = part.split('.').next().unwrap_or(part).to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|name| {
        stem.strip_prefix(name).is_some_and(|digit| digit.chars().count() == 1 && digit.chars().all(char::is_numeric))
    });
    (numbered || DEVICES.contains(&stem.as_str())).then_some("is the name of a device on some systems")
}

/// Two paths with the same key are one file where case or Unicode form do not matter.
pub fn collision_key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// A path of the index as a place in the deployed tree: relative to the project, else to its root.
pub fn target_of(path: &str, root: &str) -> String {
    if !path.starts_with('/') {
        return path.to_owned();
    }
    let root = root.trim_end_matches('/');
    match path.strip_prefix(root).filter(|_| root.starts_with('/')).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => format!("{}/{rest}", root.rsplit('/').next().unwrap_or_default()),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_tree_is_refused() {
        for path in [
            "../x.py",
            "a/../../x.py",
            "/etc/passwd",
            "a//b",
            "",
            "./a",
            "~/x",
            "a/con.py",
            "NUL",
            "lpt1.txt",
            "c:x.py",
            "a\\..\\b",
            "a/b.",
            "a/b ",
            "a\0b",
            "a/\u{202e}yp.exe",
            "COM¹",
        ] {
            assert!(objection(path).is_some(), "{path:?}");
        }
        for path in ["a.py", "plugins/wetter/ü.py", ".hidden/x", "a b/c", "console.py", "com10.py", "auxiliary.py"] {
            assert_eq!(objection(path), None, "{path:?}");
        }
    }

    #[test]
    fn names_that_differ_by_case_or_form_are_one() {
        assert_eq!(collision_key("A/Readme.md"), collision_key("a/README.md"));
        assert_eq!(collision_key("caf\u{e9}.py"), collision_key("cafe\u{301}.py"));
        assert_ne!(collision_key("a.py"), collision_key("b.py"));
    }

    #[test]
    fn absolute_paths_go_below_the_name_of_their_root() {
        assert_eq!(target_of("/srv/host/plugins/a.py", "/srv/host"), "host/plugins/a.py");
        assert_eq!(target_of("plugins/a.py", "plugins"), "plugins/a.py");
        assert_eq!(target_of("/elsewhere/a.py", "/srv/host"), "/elsewhere/a.py");
    }
}
