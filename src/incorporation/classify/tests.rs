//! Traps, and what must hold whatever a file holds.

use super::{Features, Judgement, Model, Sighting, Surroundings, TextFacts, TextKind};
use crate::incorporation::structure::{of_aether, of_manifest, of_python};
use crate::model::{ComponentKind, Digest, FileKind, IndexedFile, Language};

fn sighting(path: &str, text: &str) -> Sighting {
    let (kind, language) = match path.rsplit('.').next() {
        Some("py") => (FileKind::Source, Language::Python),
        Some("aether") => (FileKind::Source, Language::Aether),
        Some("json") => (FileKind::Config, Language::Json),
        Some("yml") => (FileKind::Config, Language::Yaml),
        Some("md") => (FileKind::Document, Language::Markdown),
        _ => (FileKind::Text, Language::Other),
    };
    let structure = match language {
        Language::Python => of_python(text),
        Language::Aether => of_aether(text),
        Language::Json | Language::Yaml => of_manifest(path, text),
        _ => Default::default(),
    };
    let file = IndexedFile {
        path: path.to_owned(),
        root: String::new(),
        digest: Digest::of(text.as_bytes()),
        size: text.len() as u64,
        mtime_ns: 0,
        kind,
        language,
        encoding: "utf-8".to_owned(),
        newlines: "lf".to_owned(),
        entry_points: structure.entry_points(),
    };
    let mut facts = TextFacts::of(text.as_bytes(), TextKind::of(&file));
    facts.read_sections(text.as_bytes());
    Sighting { file, structure, text: facts }
}

fn judged(files: &[(&str, &str)]) -> Vec<Judgement> {
    let sightings: Vec<Sighting> = files.iter().map(|(path, text)| sighting(path, text)).collect();
    let around = Surroundings::of(&sightings);
    let model = Model::shipped().unwrap();
    sightings.iter().map(|sighting| model.judge(&Features::of(sighting, &around))).collect()
}

fn class_of(path: &str, text: &str) -> ComponentKind {
    judged(&[(path, text)])[0].class
}

#[test]
fn a_class_with_name_description_and_execute_is_not_yet_a_plugin() {
    let text = "class Query:\n    name = 'q'\n    description = 'a query'\n\n    def execute(self, cursor):\n        return cursor.run(self.name)\n";
    assert_ne!(class_of("db/query.py", text), ComponentKind::Plugin);
}

#[test]
fn a_folder_named_agents_makes_no_agent() {
    let text = "import math\n\n\ndef mean(values):\n    return sum(values) / len(values)\n\n\ndef root(x):\n    return math.sqrt(x)\n";
    assert_eq!(class_of("agents/numbers.py", text), ComponentKind::Utility);
    assert_eq!(class_of("plugins/numbers.py", text), ComponentKind::Utility);
}

#[test]
fn a_browser_user_agent_is_no_agent() {
    let text = "import re\n\n\nclass UserAgent:\n    def __init__(self, text):\n        self.text = text\n\n    def is_mobile(self):\n        return bool(re.search('Mobi', self.text))\n";
    assert_eq!(class_of("web/user_agent.py", text), ComponentKind::Utility);
}

#[test]
fn an_entry_point_of_a_host_makes_a_plugin() {
    let module = "import ast\n\n\nclass Checker:\n    def __init__(self, tree):\n        self.tree = tree\n\n    def run(self):\n        yield from ast.walk(self.tree)\n";
    let metadata = "[flake8.extension]\nX = checker:Checker\n";
    let alone = judged(&[("checker.py", module)]);
    let declared = judged(&[("checker.py", module), ("checker-1.0.dist-info/entry_points.txt", metadata)]);
    assert_eq!(alone[0].class, ComponentKind::Utility);
    assert_eq!(declared[0].class, ComponentKind::Plugin);
    assert!(declared[0].evidence.iter().any(|evidence| evidence.feature == "entry-point-of-host"));
}

#[test]
fn a_manifest_that_names_a_module_makes_it_a_plugin() {
    let module = "def lookup(word):\n    return {'a': 1}.get(word)\n";
    let manifest = r#"{"name": "words", "version": "1.0", "entry_point": "words.py", "capabilities": ["read"]}"#;
    let judged = judged(&[("p/words.py", module), ("p/manifest.json", manifest)]);
    assert_eq!(judged[0].class, ComponentKind::Plugin);
    assert_eq!(judged[1].class, ComponentKind::Plugin);
}

#[test]
fn what_a_base_is_derived_from_counts() {
    let base = "from host.plugins import Plugin\n\n\nclass LocalBase(Plugin):\n    pass\n";
    let module = "from .base import LocalBase\n\n\nclass Clock(LocalBase):\n    def run(self):\n        return 12\n";
    let sightings = [sighting("own/base.py", base), sighting("own/clock.py", module)];
    let around = Surroundings::of(&sightings);
    let features = Features::of(&sightings[1], &around);
    assert!(features.has("extends-plugin-base-of-host"), "{features:?}");
}

#[test]
fn a_cycle_of_bases_ends() {
    let text = "class A(B):\n    pass\n\n\nclass B(A):\n    pass\n\n\nclass C(C):\n    pass\n";
    assert_eq!(judged(&[("cycle.py", text)]).len(), 1);
}

#[test]
fn an_empty_file_and_a_shell_script_are_no_aether() {
    assert_eq!(class_of("x/empty.aether", ""), ComponentKind::Unknown);
    assert_ne!(class_of("x/run.aether", "#!/bin/bash\nset -e\necho hello\n"), ComponentKind::Aether);
    assert_eq!(class_of("x/night.aether", "workflow night {\n  step one {\n  }\n}\n"), ComponentKind::Workflow);
}

#[test]
fn evidence_is_told_in_words_and_the_strongest_comes_first() {
    let judgement = &judged(&[("plugins/x.py", "class X:\n    pass\n\n\nPLUGIN_CLASS = X\n")])[0];
    assert_eq!(judgement.class, ComponentKind::Plugin);
    assert!(judgement.evidence.iter().all(|evidence| !evidence.detail.is_empty() && evidence.weight.is_finite()));
    assert!(judgement.evidence.is_sorted_by(|left, right| left.weight.abs() >= right.weight.abs()));
}

#[test]
fn every_feature_of_the_model_is_one_that_can_be_observed() {
    let sources = [
        include_str!("features/mod.rs"),
        include_str!("features/names.rs"),
        include_str!("features/declared.rs"),
        include_str!("features/python.rs"),
        include_str!("features/classes.rs"),
        include_str!("features/content.rs"),
    ];
    for feature in Model::shipped().unwrap().weights.keys() {
        let quoted = format!("\"{feature}\"");
        assert!(sources.iter().any(|source| source.contains(&quoted)), "{feature} is observed nowhere; train again");
    }
}

proptest::proptest! {
    #[test]
    fn any_file_gets_a_probability(
        name in "[a-z_]{1,8}\\.(py|aether|json|yml|md|txt)",
        text in "(\\PC{0,30}\n?){0,8}",
        code in "(class [A-Z]{1,2}\\([A-Z.]{0,3}\\):\n  x = 1\n|@[a-z]{1,3}\ndef f\\(\\): pass\n|import [a-z.]{1,4}\n){0,6}",
    ) {
        let judgement = &judged(&[(&name, &format!("{code}{text}"))])[0];
        proptest::prop_assert!((0.0..=1.0).contains(&judgement.confidence));
        let sum: f64 = judgement.probabilities.iter().sum();
        proptest::prop_assert!((sum - 1.0).abs() < 1e-9);
        proptest::prop_assert!(judgement.probabilities.iter().all(|probability| (0.0..=1.0).contains(probability)));
    }
}
