//! The sample system: a small assistant that runs a house.
//!
//! It is shipped as two text files that hold all of its files, so that no tool that looks at this package
//! takes the deliberately bad ones for ours. A line `=== path` begins a file. The hostile plugin among them
//! is harmless: what it hides is an inert sentence, and its only address is under `.invalid`, which no
//! resolver ever knows.

/// The system as it is found.
pub const HEARTH: &str = include_str!("hearth.txt");

/// What arrives later: a new version of one plugin, and a new plugin.
pub const ARRIVAL: &str = include_str!("arrival.txt");

/// The files of a bundle: each with its path and its text.
pub fn files(bundle: &str) -> Vec<(&str, &str)> {
    let sections = bundle.strip_prefix("=== ").unwrap_or(bundle).split("\n=== ");
    sections.filter_map(|section| section.split_once('\n')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_a_path_that_stays_inside() {
        let mut all = files(HEARTH);
        assert!(all.len() > 12);
        all.extend(files(ARRIVAL));
        for (path, text) in all {
            assert!(!text.is_empty() && !text.contains("\n=== "), "{path}");
            assert!(path.split('/').all(|part| !part.is_empty() && part != ".." && !part.contains(' ')), "{path}");
        }
    }

    #[test]
    fn what_arrives_changes_one_file_and_adds_one() {
        let known: Vec<&str> = files(HEARTH).into_iter().map(|(path, _)| path).collect();
        let (old, new): (Vec<_>, Vec<_>) = files(ARRIVAL).into_iter().partition(|(path, _)| known.contains(path));
        assert_eq!((old.len(), new.len()), (1, 1));
    }

    #[test]
    fn the_hostile_sample_is_harmless() {
        let text = files(HEARTH).into_iter().find(|(path, _)| path.ends_with("assistant_update.py")).unwrap().1;
        assert!(text.contains("example.invalid") && text.contains("exec("));
        let hidden = text.split("_STEP = \"").nth(1).unwrap().split('"').next().unwrap();
        let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, hidden).unwrap();
        assert!(String::from_utf8(decoded).unwrap().starts_with("STATUS = \"this sample is inert"));
    }
}
