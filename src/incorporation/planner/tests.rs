use std::sync::Arc;

use super::*;
use crate::incorporation::structure::{of_manifest, of_python};
use crate::model::{
    ComponentKind, ConflictKind, Digest, FileKind, Language, RiskScore, TrustTier, Verdict, content_digest,
};

/// A file whose class and judgement are fine unless a test changes them.
fn file(path: &str, class: ComponentKind, text: &str) -> Candidate {
    let manifest = path.ends_with(".json");
    let digest = Digest::of(text.as_bytes());
    let language = if manifest { Language::Json } else { Language::Python };
    Candidate {
        path: path.to_owned(),
        root: ".".to_owned(),
        digest,
        size: text.len() as u64,
        kind: if manifest { FileKind::Manifest } else { FileKind::Source },
        language,
        structure: Arc::new(if manifest { of_manifest(path, text) } else { of_python(text) }),
        class: Some((class, 0.9)),
        verdict: Some(Verdict {
            subject: path.to_owned(),
            digest,
            risk: RiskScore::default(),
            tier: TrustTier::Standard,
            decision: Decision::Approve,
            rationale: vec!["nothing was found".to_owned()],
            complete: true,
            ..Verdict::default()
        }),
        vouched: TrustTier::Standard,
    }
}

fn plugin(path: &str, name: &str, extra: &str) -> Candidate {
    let text = format!("{extra}\nclass P:\n    name = \"{name}\"\n    def execute(self): ...\nPLUGIN_CLASS = P\n");
    file(path, ComponentKind::Plugin, &text)
}

fn deciding(mut candidate: Candidate, decision: Decision, risk: f64) -> Candidate {
    let verdict = candidate.verdict.as_mut().unwrap();
    verdict.decision = decision;
    verdict.risk.overall = risk;
    candidate
}

fn make(candidates: &[Candidate]) -> Plan {
    plan(candidates, &Deployed::nothing(), &Options::default())
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.components.iter().map(|component| component.id.as_str()).collect()
}

fn reason(plan: &Plan, id: &str) -> Option<LeftOutReason> {
    plan.report.left_out.iter().find(|left_out| left_out.component == id).map(|left_out| left_out.reason)
}

fn deployed(plan: Plan) -> Deployed {
    let digest = content_digest(&plan.components);
    Deployed { parent: crate::model::Parent { generation: 1, digest }, components: plan.components }
}

#[test]
fn what_is_needed_comes_first_and_then_what_is_less_risky() {
    let plan = make(&[
        deciding(plugin("a_risky.py", "risky", ""), Decision::Approve, 0.4),
        plugin("weather.py", "weather", "import helper_units"),
        deciding(file("helper_units.py", ComponentKind::Utility, "def c(): ..."), Decision::Approve, 0.3),
        plugin("calm.py", "calm", ""),
    ]);
    assert_eq!(ids(&plan), ["calm.py", "helper_units.py", "weather.py", "a_risky.py"]);
    assert_eq!(plan.components[2].depends_on, ["helper_units.py"]);
    assert_eq!(plan.steps[0].undo, Undo::Remove);
}

#[test]
fn the_same_inputs_give_the_same_id_in_any_order() {
    let mut files = vec![plugin("a.py", "a", ""), plugin("b.py", "b", "import a"), plugin("c.py", "c", "")];
    let first = make(&files);
    files.reverse();
    assert_eq!(make(&files), first);
    assert_eq!(first.id, first.compute_id());
    let mut edited: Plan = serde_json::from_str(&serde_json::to_string(&first).unwrap()).unwrap();
    assert_eq!(edited, first);
    assert_eq!(edited.compute_id(), edited.id);
    edited.components[0].files[0].digest = Digest::of(b"other");
    assert_ne!(edited.compute_id(), edited.id);
}

#[test]
fn the_folder_of_a_manifest_is_one_component() {
    let manifest =
        r#"{"name": "forecast", "version": "1.0.0", "entry_point": "main.py:Main", "aetherra_version": "^3"}"#;
    let plan = make(&[
        file("plugins/forecast/aetherra-plugin.json", ComponentKind::Plugin, manifest),
        plugin("plugins/forecast/main.py", "forecast", "from . import parts"),
        file("plugins/forecast/parts.py", ComponentKind::Unknown, "x = 1"),
        file("plugins/forecast/README.md", ComponentKind::Docs, "# hi"),
        plugin("plugins/other.py", "other", ""),
    ]);
    assert_eq!(ids(&plan), ["plugins/forecast", "plugins/other.py"]);
    assert_eq!(plan.components[0].files.len(), 4);
    assert_eq!(plan.components[0].version.as_deref(), Some("1.0.0"));
    assert_eq!(plan.components[0].modules, ["forecast"]);
}

#[test]
fn every_omission_has_its_reason() {
    let mut stale = plugin("stale.py", "stale", "");
    stale.verdict.as_mut().unwrap().digest = Digest::of(b"before");
    let mut unproven = plugin("unproven.py", "unproven", "");
    unproven.verdict.as_mut().unwrap().tier = TrustTier::Experimental;
    let mut unclassified = file("unclassified.py", ComponentKind::Plugin, "");
    unclassified.class = None;
    let candidates = [
        stale,
        unproven,
        unclassified,
        deciding(plugin("bad.py", "bad", ""), Decision::Reject, 0.9),
        deciding(plugin("thief.py", "thief", ""), Decision::Quarantine, 1.0),
        deciding(plugin("odd.py", "odd", ""), Decision::Review, 0.5),
        plugin("needs_odd.py", "needs-odd", "import odd"),
        plugin("needs_needs.py", "needs-needs", "import needs_odd"),
        plugin("lost.py", "lost", "from .gone import x"),
        plugin("wants.py", "wants", "__dependencies__ = ['nobody ^1.0']"),
        file("README.md", ComponentKind::Docs, "# hi"),
        file("thing.py", ComponentKind::Unknown, ""),
        plugin("fine.py", "fine", ""),
    ];
    let plan = make(&candidates);
    assert_eq!(ids(&plan), ["fine.py"]);
    for (id, expected) in [
        ("stale.py", LeftOutReason::NotEvaluated),
        ("unproven.py", LeftOutReason::Experimental),
        ("unclassified.py", LeftOutReason::NotClassified),
        ("bad.py", LeftOutReason::Rejected),
        ("thief.py", LeftOutReason::Quarantined),
        ("odd.py", LeftOutReason::NeedsReview),
        ("needs_odd.py", LeftOutReason::DependencyLeftOut),
        ("needs_needs.py", LeftOutReason::DependencyLeftOut),
        ("lost.py", LeftOutReason::MissingDependency),
        ("wants.py", LeftOutReason::MissingDependency),
        ("README.md", LeftOutReason::Documentation),
        ("thing.py", LeftOutReason::UnknownClass),
    ] {
        assert_eq!(reason(&plan, id), Some(expected), "{id}");
    }
    let options = Options { reviewed: Wish::Include, experimental: Wish::Include, ..Options::default() };
    let wider = super::plan(&candidates, &Deployed::nothing(), &options);
    assert_eq!(wider.report.needs_approval, ["odd.py", "unproven.py"]);
    assert_eq!(reason(&wider, "needs_needs.py"), None);
}

#[test]
fn names_modules_and_paths_collide() {
    let plan = make(&[
        plugin("one.py", "weather", ""),
        plugin("two.py", "weather", ""),
        file("x/tools.py", ComponentKind::Utility, "a = 1"),
        file("y/tools.py", ComponentKind::Utility, "b = 1"),
        file("random.py", ComponentKind::Utility, ""),
        file("Case.py", ComponentKind::Utility, "c = 1"),
        file("case.py", ComponentKind::Utility, "d = 1"),
        file(
            "twice.py",
            ComponentKind::Plugin,
            "@register_plugin(name='t')\ndef a(): ...\n@register_plugin(name='t')\ndef b(): ...\n",
        ),
        plugin("fine.py", "fine", ""),
    ]);
    assert_eq!(ids(&plan), ["fine.py"]);
    let kinds: Vec<(ConflictKind, &str)> =
        plan.report.conflicts.iter().map(|conflict| (conflict.kind, conflict.subject.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (ConflictKind::DuplicateName, "t"),
            (ConflictKind::DuplicateName, "weather"),
            (ConflictKind::NamespaceCollision, "random"),
            (ConflictKind::NamespaceCollision, "tools"),
            (ConflictKind::PathCollision, "case.py"),
        ]
    );
}

#[test]
fn what_is_deployed_stays_and_its_successor_replaces_it() {
    let there = deployed(make(&[plugin("weather.py", "weather", ""), plugin("clock.py", "clock", "")]));
    let plan = plan(
        &[plugin("weather.py", "weather", "# new"), plugin("rival.py", "clock", ""), plugin("clock.py", "clock", "")],
        &there,
        &Options::default(),
    );
    assert_eq!(ids(&plan), ["weather.py"]);
    assert!(matches!(plan.steps[0].undo, Undo::Restore { .. }));
    assert_eq!(reason(&plan, "clock.py"), Some(LeftOutReason::AlreadyDeployed));
    assert_eq!(reason(&plan, "rival.py"), Some(LeftOutReason::Conflict));
    assert_eq!(plan.report.conflicts[0].with.as_deref(), Some("clock.py"));
}

#[test]
fn versions_are_judged_together() {
    let needs = |path: &str, requires: &str| {
        plugin(path, path.trim_end_matches(".py"), &format!("__dependencies__ = ['{requires}']"))
    };
    let old = plugin("store.py", "store", "__version__ = '1.4.0'");
    let plan = make(&[old.clone(), needs("fits.py", "store ^1.2"), needs("unfit.py", "store ^2.0")]);
    assert_eq!(ids(&plan), ["store.py", "fits.py"]);
    assert_eq!(plan.report.conflicts[0].kind, ConflictKind::VersionIncompatible);

    let can = make(&[needs("a.py", "numpy>=1.20"), needs("b.py", "numpy<2"), needs("c.py", "numpy>=1.22,!=1.23")]);
    assert_eq!(can.components.len(), 3, "what can be satisfied together is no conflict");
    assert_eq!(can.report.external["numpy"].len(), 3);

    let cannot = make(&[needs("a.py", "numpy>=2"), needs("b.py", "numpy<2"), needs("c.py", "numpy")]);
    assert_eq!(reason(&cannot, "a.py"), Some(LeftOutReason::Conflict));
    assert_eq!(reason(&cannot, "b.py"), Some(LeftOutReason::Conflict));
    assert_eq!(cannot.report.conflicts[0].kind, ConflictKind::DependencyConflict);

    let markers = make(&[needs("a.py", "numpy>=2; python_version > \"3.10\""), needs("b.py", "numpy<2")]);
    assert_eq!(markers.components.len(), 2, "markers tell environments apart");

    let provided = Options { provided: [("NumPy".to_owned(), "1.26".to_owned())].into(), ..Options::default() };
    let host = super::plan(&[needs("a.py", "numpy>=2"), needs("b.py", "numpy<2")], &Deployed::nothing(), &provided);
    assert_eq!(ids(&host), ["b.py"]);

    let there = deployed(make(&[needs("a.py", "numpy>=2")]));
    let later = super::plan(&[needs("b.py", "numpy<2")], &there, &Options::default());
    assert_eq!(reason(&later, "b.py"), Some(LeftOutReason::Conflict));
}

#[test]
fn circles_of_requirements_are_left_out_and_circles_of_imports_are_one() {
    let needs =
        |path: &str, name: &str, requires: &str| plugin(path, name, &format!("__dependencies__ = ['{requires}']"));
    let plan =
        make(&[needs("a.py", "a-one", "b-one ^0 || *"), needs("b.py", "b-one", "a-one *"), plugin("c.py", "c", "")]);
    assert_eq!(ids(&plan), ["c.py"]);
    assert_eq!(reason(&plan, "a.py"), Some(LeftOutReason::CyclicDependency));

    let package = make(&[
        file("pkg/__init__.py", ComponentKind::Unknown, "from .inner import x\n"),
        file("pkg/inner.py", ComponentKind::Utility, "from . import other\n"),
        file("pkg/other.py", ComponentKind::Utility, "y = 1\n"),
    ]);
    assert_eq!(package.components.len(), 1);
    assert_eq!(package.components[0].files.len(), 3);
}

#[test]
fn a_path_that_leaves_the_tree_is_refused() {
    let plan = make(&[
        plugin("../outside.py", "outside", ""),
        plugin("con.py", "device", ""),
        file(
            "plugins/x/aetherra-plugin.json",
            ComponentKind::Plugin,
            r#"{"name": "x", "version": "1", "entry_point": "../../etc/x.py:X", "aetherra_version": "1"}"#,
        ),
    ]);
    assert!(plan.is_empty());
    assert!(plan.report.left_out.iter().all(|left_out| left_out.reason == LeftOutReason::UnsafePath), "{plan:#?}");
}

#[test]
fn pictures_cannot_be_broken_by_names() {
    let plan = make(&[plugin("a.py", "x\\\"]; click n0 evil", "")]);
    assert!(!graph(&plan, GraphFormat::Mermaid).contains("\"];  click"));
    assert!(graph(&plan, GraphFormat::Mermaid).lines().nth(1).unwrap().matches('"').count() == 2);
    assert!(graph(&plan, GraphFormat::Dot).contains("\\\""));
}
