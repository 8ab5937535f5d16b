//! What the text shows.

use super::Features;
use crate::incorporation::classify::Sighting;
use crate::incorporation::classify::text::SUBJECTS;
use crate::model::{FileKind, Language};

/// The features of [`SUBJECTS`], in their order.
const SPEAKS: [&str; SUBJECTS.len()] = [
    "speaks-of-agents",
    "speaks-of-plugins",
    "speaks-of-workflows",
    "speaks-of-pipelines",
    "speaks-of-tools",
    "speaks-of-llms",
    "speaks-of-prompts",
    "speaks-of-datasets",
    "speaks-of-licenses",
    "speaks-of-tests",
];

/// Hits for each thousand bytes from which on more of them say nothing new.
const SATURATED: f64 = 6.0;

pub(super) fn observe(sighting: &Sighting, features: &mut Features) {
    let text = &sighting.text;
    if sighting.file.size == 0 || (text.read && text.blank) {
        features.see("empty", "has no content");
        return;
    }
    if !text.read {
        features.see("unread", "its text was not read");
        return;
    }
    for ((feature, subject), density) in SPEAKS.iter().zip(SUBJECTS).zip(text.density) {
        let value = (f64::from(density) / SATURATED).min(1.0).sqrt();
        if value > 0.15 {
            features.measure(
                feature,
                value,
                format!("its text says `{subject}` {density:.1} times in a thousand bytes"),
            );
        }
    }
    let code = matches!(sighting.file.kind, FileKind::Source) && sighting.file.language != Language::Other;
    if !code {
        form(sighting, features);
    }
    if sighting.file.language == Language::Yaml {
        let steps = [
            "name",
            "hosts",
            "include_tasks",
            "import_tasks",
            "import_role",
            "block",
            "step",
            "run",
            "uses",
            "import_playbook",
            "ansible.builtin.include_tasks",
        ];
        if let Some(key) = text.item_keys.iter().find(|key| steps.contains(&key.as_str())) {
            let listed = sighting.structure.manifest.is_none();
            let feature = if listed { "items-are-steps" } else { "items-have-names" };
            features.see(feature, format!("its items have the key `{key}`"));
        }
    }
    features.see_if(text.shebang.is_some(), "shebang", "begins with `#!`");
    features.measure("size", (sighting.file.size.max(1) as f64).log10() / 6.0, "by its size");
}

/// What lines look like, in files that are no code.
fn form(sighting: &Sighting, features: &mut Features) {
    let text = &sighting.text;
    let percent = |share: f32| (share * 100.0).round();
    features.measure(
        "reads-as-prose",
        f64::from(text.prose),
        format!("{} % of its lines are sentences", percent(text.prose)),
    );
    features.measure(
        "reads-as-table",
        f64::from(text.tabular),
        format!("{} % of its lines have equally many fields", percent(text.tabular)),
    );
    if text.words > 0.5 && text.lines > 3 {
        features.measure(
            "reads-as-word-list",
            f64::from(text.words),
            format!("{} % of its lines hold one word", percent(text.words)),
        );
    }
    if text.repetition > 0.5 {
        features.measure("repeats-keys", f64::from(text.repetition), "its keys come again and again, as in records");
    }
    if text.requirements > 0.6 {
        features.measure(
            "reads-as-requirements",
            f64::from(text.requirements),
            "its lines are requirements of packages",
        );
    }
    if text.templates > 0.02 {
        features.measure(
            "has-template-marks",
            (f64::from(text.templates) * 5.0).min(1.0),
            "holds marks of a template language",
        );
    }
    features.see_if(text.lines <= 2, "hardly-any-lines", "has hardly any lines");
    features.see_if(text.lines > 500, "many-lines", "has many lines");
}
