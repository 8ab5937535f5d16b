//! What each layer may say, and what is said of mistakes in it.

use super::*;
use crate::model::TrustMode;

fn in_folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let sources = Sources {
        system: Some(folder.path().join("etc.yaml")),
        user: Some(folder.path().join("user.yaml")),
        project: Some(folder.path().join("project")),
        ..Sources::default()
    };
    std::fs::create_dir_all(folder.path().join("project/inner")).expect("a folder");
    (folder, sources)
}

#[test]
fn each_layer_beats_the_one_below() {
    let key = "scan:\n  max_parse_bytes: ";
    let (_folder, mut sources) = in_folder(&[("etc.yaml", &format!("{key}1001"))]);
    let value = |sources: &Sources| {
        let resolution = resolve(sources);
        assert!(resolution.errors.is_empty(), "{:?}", resolution.errors);
        (resolution.settings.scan.max_parse_bytes, resolution.origins["scan.max_parse_bytes"].to_string())
    };
    let path = |name: &str| sources.system.as_ref().expect("a path").with_file_name(name);
    let (user, project) = (path("user.yaml"), path("project"));
    assert_eq!(value(&sources).0, 1001);
    std::fs::write(user, format!("{key}1002")).expect("a file");
    assert_eq!(value(&sources).0, 1002);
    std::fs::write(project.join("aetherra-maint.yml"), format!("{key}1003")).expect("a file");
    sources.project = Some(project.join("inner"));
    assert!(value(&sources).1.ends_with("aetherra-maint.yml:2"), "{:?}", value(&sources));
    assert_eq!(value(&sources).0, 1003);
    sources.variables = vec![("AETHERRA_MAINT__SCAN__MAX_PARSE_BYTES".into(), "1004".into())];
    assert_eq!(value(&sources), (1004, "AETHERRA_MAINT__SCAN__MAX_PARSE_BYTES".into()));
    sources.set = vec!["scan.max_parse_bytes=1005".into()];
    assert_eq!(value(&sources), (1005, "--set".into()));
}

#[test]
fn entries_that_the_operator_names_take_their_keys_one_by_one() {
    let text = concat!(
        "health:\n  slos:\n    \"requests{route=\\\"a.b\\\"}\":\n      minimum: 0.9\n      grace_period: 60\n",
        "  setpoints:\n    queue_length:\n      target: 3\n"
    );
    let (_folder, sources) = in_folder(&[("project/aetherra-maint.yaml", text)]);
    let resolution = resolve(&sources);
    assert!(resolution.errors.is_empty(), "{:?}", resolution.errors);
    let health = resolution.settings.health;
    let slo = health.slos["requests{route=\"a.b\"}"];
    assert_eq!((slo.minimum, slo.maximum, slo.grace_period), (Some(0.9), None, Some(60)));
    assert_eq!(health.setpoints["queue_length"].target, Some(3.0));
}

fn first_error(sources: &Sources) -> Error {
    let mut errors = resolve(sources).errors;
    assert!(!errors.is_empty());
    errors.swap_remove(0)
}

#[test]
fn mistakes_have_a_place_and_a_proposal() {
    for (text, code, line, hint) in [
        ("scan:\n  rots: []\n", "config-unknown-key", 2, "did you mean `roots`?"),
        ("scan:\n  max_parse_bytes: many\n", "config-wrong-type", 2, "larger"),
        ("scan:\n  max_parse_bytes: -1\n", "config-wrong-type", 2, "larger"),
        ("scan: 5\n", "config-wrong-type", 1, ""),
        ("- a\n", "config-wrong-type", 1, "init"),
        ("scan:\n\troots: []\n", "config-syntax", 2, "init"),
    ] {
        let (_folder, sources) = in_folder(&[("project/aetherra-maint.yaml", text)]);
        let error = first_error(&sources);
        let place = error.location.clone().expect("a place");
        assert_eq!((error.code, place.line), (code, line), "{text}: {error:?}");
        assert!(error.hints.iter().any(|known| known.contains(hint)), "{text}: {:?}", error.hints);
    }
}

#[test]
fn a_project_cannot_loosen_its_own_gate() {
    let text = "trust_mode: permissive\nscan:\n  max_parse_bytes: 7\n";
    let (_folder, mut sources) = in_folder(&[("project/aetherra-maint.yaml", text)]);
    let resolution = resolve(&sources);
    assert!(resolution.errors.is_empty());
    assert_eq!(resolution.settings.trust_mode, TrustMode::Standard);
    assert_eq!(resolution.settings.scan.max_parse_bytes, 7);
    assert_eq!(resolution.diagnostics[0].code, "config-operator-key");
    assert_eq!(resolution.diagnostics[0].line, Some(1));
    sources.set = vec!["trust_mode=permissive".into()];
    assert_eq!(resolve(&sources).settings.trust_mode, TrustMode::Permissive);
}

#[test]
fn profiles_are_layers_above_what_is_built_in() {
    let (_folder, mut sources) = in_folder(&[]);
    sources.variables = vec![("AETHERRA_PROFILE".into(), "prod".into())];
    let resolution = resolve(&sources);
    assert_eq!((resolution.settings.profile, resolution.settings.trust_mode), (Profile::Prod, TrustMode::Strict));
    assert_eq!(resolution.origins["trust_mode"].to_string(), "profile prod");
    sources.profile = Some(Profile::Dev);
    assert_eq!(resolve(&sources).settings.trust_mode, TrustMode::Permissive);
}

#[test]
fn shipped_profiles_are_valid() {
    for profile in Profile::ALL {
        let resolution = resolve(&Sources { profile: Some(profile), ..Sources::default() });
        assert!(resolution.errors.is_empty(), "{profile:?}: {:?}", resolution.errors);
        let root = text::parse(profile.defaults(), Path::new("p.yaml")).expect("YAML");
        let mut probe = Sources::default();
        let file = tempfile::Builder::new().suffix(".yaml").tempfile().expect("a file");
        std::fs::write(file.path(), profile.defaults()).expect("a file");
        probe.explicit = Some(file.path().to_path_buf());
        assert!(resolve(&probe).errors.is_empty(), "{profile:?}: {root:?}");
    }
}

#[test]
fn the_standard_profile_is_what_is_built_in() {
    let standard = resolve(&Sources { profile: Some(Profile::Standard), ..Sources::default() });
    assert_eq!(standard.settings, Settings::default());
    assert_eq!(resolve(&Sources::default()).settings, Settings::default());
}

#[test]
fn two_files_side_by_side_are_refused() {
    let (_folder, sources) = in_folder(&[("project/aetherra-maint.yaml", ""), ("project/aetherra-maint.json", "{}")]);
    assert_eq!(first_error(&sources).code, "config-ambiguous");
}

#[test]
fn text_that_reads_as_a_number_may_be_meant_as_text() {
    let sources = Sources { set: vec!["scan.roots=[a, b]".into()], ..Sources::default() };
    assert_eq!(resolve(&sources).settings.scan.roots, ["a", "b"]);
    let sources = Sources { set: vec!["scan.roots".into(), "scan.nonsense=1".into()], ..Sources::default() };
    let codes: Vec<_> = resolve(&sources).errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, ["config-set", "config-unknown-key"]);
}
