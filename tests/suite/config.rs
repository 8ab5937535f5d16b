//! Configuration in every layer, right and wrong.

use crate::room::{Ran, Room, repository};

#[test]
fn variables_and_the_users_file_are_layers() {
    let room = Room::new();
    let user = room.home().join("config/aetherra");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("maint.yaml"), "scan:\n  max_parse_bytes: 11\ntrust_mode: strict\n").expect("a file");
    let value = |ran: &Ran| ran.envelope()["data"]["keys"][0].clone();
    let show = ["config", "show", "scan.max_parse_bytes", "-f", "json"];
    let from_file = value(&room.run(&show));
    assert_eq!((&from_file["value"], &from_file["origin"]["kind"]), (&11.into(), &"file".into()));
    let from_variable = value(&Ran::of(room.command(&show).env("AETHERRA_MAINT__SCAN__MAX_PARSE_BYTES", "12")));
    assert_eq!((&from_variable["value"], &from_variable["origin"]["kind"]), (&12.into(), &"variable".into()));
    let strict = room.json(&["config", "show", "trust_mode"]);
    assert_eq!(strict["data"]["keys"][0]["value"], "strict", "the operator's own file may set operator keys");
}

#[test]
fn every_layer_refuses_what_is_wrong() {
    let room = Room::new();
    let code = |ran: &Ran| ran.envelope()["diagnostics"][0]["code"].as_str().map(str::to_owned);
    let run = ["state", "migrate", "-n", "-f", "json"];
    let expect = |ran: Ran, wanted: &str| {
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(code(&ran).as_deref(), Some(wanted));
    };
    expect(Ran::of(room.command(&run).env("AETHERRA_PROFILE", "fast")), "config-wrong-type");
    expect(Ran::of(room.command(&run).env("AETHERRA_MAINT__SCANN__ROOTS", "x")), "config-unknown-key");
    expect(Ran::of(room.command(&run).args(["--set", "scan.roots"])), "config-set");
    let section = room.run(&["scan", "-n", "--set", "security=1"]);
    assert!(section.stderr.contains("expected keys and values"), "{}", section.stderr);
    room.write("aetherra-maint.yaml", b"scan:\n  roots: ['\xff']\n");
    expect(room.run(&run), "config-encoding");
    room.write("aetherra-maint.yaml", "scan: {roots: [a\0b]}\n");
    expect(room.run(&run), "config-syntax");
    room.write("aetherra-maint.yaml", "[".repeat(10_000));
    expect(room.run(&run), "config-syntax");
    std::fs::remove_file(room.path("aetherra-maint.yaml")).expect("it goes");
    std::fs::create_dir(room.path("aetherra-maint.yaml")).expect("a folder in its place");
    expect(room.run(&run), "config-not-a-file");
}

#[test]
fn a_key_that_does_not_exist_is_not_shown_as_nothing() {
    let room = Room::new();
    assert_eq!(room.json(&["config", "show", "scan"])["data"]["keys"].as_array().map(Vec::len), Some(3));
    for (key, hint) in [("scan.rots", "`roots`"), ("nonsense", "known here"), ("scan.roots.x", "no keys below")] {
        let ran = room.run(&["config", "show", key]);
        assert_eq!(ran.code, 2, "{key}: {}", ran.stdout);
        assert!(ran.stderr.contains("config-unknown-key") && ran.stderr.contains(hint), "{}", ran.stderr);
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_does_not_hang() {
    let room = Room::new();
    let made = std::process::Command::new("mkfifo").arg(room.path("aetherra-maint.yaml")).status();
    assert!(made.expect("mkfifo").success());
    let ran = room.run(&["state", "migrate", "-n", "-f", "json"]);
    assert_eq!(ran.envelope()["diagnostics"][0]["code"], "config-not-a-file");
}

#[test]
fn the_shipped_profiles_and_the_manual_fit_the_schema() {
    let schema = std::fs::read_to_string(repository().join("schemas/config.json")).expect("the schema");
    let validator =
        jsonschema::draft202012::new(&serde_json::from_str(&schema).expect("JSON")).expect("a valid JSON Schema");
    let folder = std::fs::read_dir(repository().join("config/profiles")).expect("the profiles");
    let files = folder.flatten().map(|entry| entry.path()).chain([repository().join("config/maint.yaml")]);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a file");
        let root = aetherra_maint::settings::text::parse(&text, &path).expect("YAML");
        assert!(validator.is_valid(&root.to_value()), "{}", path.display());
    }
}
