//! What somebody who wants in may hand over: each thing gets a clear answer and no way in, and nothing of it is run.

use serde_json::Value;

use crate::room::{Ran, Room};

const PLUGIN: &str =
    "class P:\n    name = \"weather\"\n\n    def execute(self):\n        return 1\n\n\nPLUGIN_CLASS = P\n";

fn evaluated(room: &Room, path: &str) -> Value {
    let mut command = room.command(&["security-eval", path, "-f", "json", "--max-runtime", "120s"]);
    let ran = Ran::of(command.env_remove("AETHERRA_MAINT_TEST_CLOCK"));
    assert!(matches!(ran.code, 0 | 1 | 3), "{path}: {} {}", ran.code, ran.stderr);
    ran.envelope()
}

fn rules(data: &Value) -> Vec<String> {
    let findings = data["data"]["findings"].as_array().expect("findings");
    findings.iter().map(|one| one["rule"].as_str().expect("a rule").to_owned()).collect()
}

/// Not approved, and either something was found or it is told that it could not be judged.
#[track_caller]
fn refused(room: &Room, path: &str) -> Value {
    let data = evaluated(room, path);
    let verdict = data["data"]["verdicts"].as_array().and_then(|all| all.first()).cloned().unwrap_or_default();
    assert_ne!(verdict["decision"], "approve", "{path}: {verdict:#}");
    assert_ne!(data["exit_code"], 0, "{path}");
    data
}

/// A tar archive of one member.
fn tar(name: &str, kind: u8, link: &str, content: &[u8]) -> Vec<u8> {
    let mut head = vec![0_u8; 512];
    head[..name.len()].copy_from_slice(name.as_bytes());
    head[100..107].copy_from_slice(b"0000644");
    head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
    head[136..147].copy_from_slice(b"00000000000");
    head[148..156].fill(b' ');
    head[156] = kind;
    head[157..157 + link.len()].copy_from_slice(link.as_bytes());
    head[257..263].copy_from_slice(b"ustar\0");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    head.extend(content);
    head.resize(head.len().next_multiple_of(512) + 1024, 0);
    head
}

/// A zip archive of deflated members.
fn zip(members: &[(String, &[u8], u32)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, packed, size) in members {
        let at = u32::try_from(out.len()).expect("a small archive");
        let packed_size = u32::try_from(packed.len()).expect("a small member");
        let length = u16::try_from(name.len()).expect("a short name");
        let mut common = vec![20, 0, 0, 0, 8, 0, 0, 0, 0, 0];
        common.extend(0_u32.to_le_bytes());
        common.extend(packed_size.to_le_bytes());
        common.extend(size.to_le_bytes());
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(*packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, size) = (u32::try_from(out.len()).expect("small"), u32::try_from(directory.len()).expect("small"));
    let count = u16::try_from(members.len()).expect("few members");
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    out.extend([0, 0]);
    out
}

fn deflated(content: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(content, 6)
}

#[test]
fn archives_that_leave_their_folder_burst_or_never_end() {
    let room = Room::new();
    let code = b"import os\nos.system(input())\n";
    for (name, archive) in [
        ("up.tar", tar("../../up.py", b'0', "", code)),
        ("absolute.tar", tar("/etc/cron.d/x", b'0', "", code)),
        ("link.tar", tar("link", b'2', "/etc/passwd", b"")),
        ("hard.tar", tar("link", b'1', "../../etc/shadow", b"")),
        ("up.zip", zip(&[("../up.py".to_owned(), &deflated(code), 29)])),
        ("drive.zip", zip(&[("C:\\windows\\x.py".to_owned(), &deflated(code), 29)])),
    ] {
        room.write(name, archive);
        let data = refused(&room, name);
        assert!(rules(&data).contains(&"archive-member-path".to_owned()), "{name}: {:?}", rules(&data));
    }
    let zeros = deflated(&vec![0; 16 << 20]);
    let members: Vec<(String, &[u8], u32)> =
        (0..40).map(|number| (format!("{number}.py"), zeros.as_slice(), 16 << 20)).collect();
    room.write("bomb.zip", zip(&members));
    let data = refused(&room, "bomb.zip");
    assert_eq!(data["complete"], false, "a bomb is told");
    let mut nested = zip(&[("x.py".to_owned(), &deflated(code), 29)]);
    for _ in 0..8 {
        let packed = deflated(&nested);
        let size = u32::try_from(nested.len()).expect("small");
        nested = zip(&[("inner.zip".to_owned(), &packed, size)]);
    }
    room.write("nested.zip", nested);
    refused(&room, "nested.zip");
    // One that is cut short, and one that names more than it holds.
    let mut cut = zip(&[("a.py".to_owned(), &deflated(code), 29)]);
    cut.truncate(cut.len() / 2);
    room.write("cut.zip", cut);
    refused(&room, "cut.zip");
    assert!(!room.path("up.py").exists() && !room.path("../up.py").exists(), "nothing was unpacked");
}

#[test]
fn pickles_and_notebooks_are_read_and_never_run() {
    let room = Room::new();
    let touched = room.path("touched");
    let call = format!("cposix\nsystem\n(S'touch {}'\ntR.", touched.display());
    room.write("model.pkl", &call);
    let data = refused(&room, "model.pkl");
    assert!(rules(&data).contains(&"pickle-code-execution".to_owned()));
    room.write("short.pkl", b"\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\x7f");
    refused(&room, "short.pkl");
    room.write("endless.pkl", [b"\x80\x02".as_slice(), &b"(".repeat(100_000), b"."].concat());
    evaluated(&room, "endless.pkl");
    let cell = format!("import os\\nos.system(input() + ' touch {}')\\n", touched.display());
    let notebook = format!("{{\"cells\": [{{\"cell_type\": \"code\", \"source\": [\"{cell}\"]}}], \"nbformat\": 4}}");
    room.write("book.ipynb", notebook);
    assert!(rules(&refused(&room, "book.ipynb")).iter().any(|rule| rule.contains("command")));
    room.write("deep.ipynb", format!("{{\"cells\": {}", "[".repeat(100_000)));
    refused(&room, "deep.ipynb");
    assert!(!touched.exists(), "nothing was run");
}

fn planned(room: &Room) -> Value {
    for command in [["scan", "-q"], ["classify", "-q"], ["security-eval", "--exit-zero"]] {
        let ran = room.run(&command);
        assert!(ran.code < 2 || ran.code == 3, "{command:?}: {}{}", ran.stdout, ran.stderr);
    }
    room.json(&["plan", "-n"])["data"]["plan"].clone()
}

#[test]
fn manifests_that_name_paths_elsewhere_or_devices_let_nothing_in() {
    for entry in [
        "../outside.py",
        "/etc/passwd",
        "lib/../../x.py",
        "sub/con.py",
        "sub/NUL",
        "a\\\\..\\\\b.py",
        "sub/x\\u202ey.py",
    ] {
        let manifest = format!(
            "{{\"name\": \"weather\", \"version\": \"1.0.0\", \"aetherra_version\": \"^3.0.0\", \"entry_point\": \"{entry}\"}}"
        );
        let room =
            Room::with(&[("plugins/weather/weather.py", PLUGIN), ("plugins/weather/aetherra-plugin.json", &manifest)]);
        let plan = planned(&room);
        assert_eq!(plan["components"], serde_json::json!([]), "{entry}: {plan:#}");
        assert!(plan["report"]["left_out"].to_string().contains("unsafe-path"), "{entry}: {:#}", plan["report"]);
        let answer = room.run(&["integrate", "--approve", "-y"]);
        assert_ne!(answer.code, 70, "{}", answer.stderr);
        assert!(!room.path(".aetherra/current/plugins").exists(), "{entry} was let in");
    }
}

#[test]
fn names_that_are_one_where_case_or_form_do_not_matter_conflict() {
    for (one, other) in [("clock.py", "Clock.py"), ("caf\u{e9}.py", "cafe\u{301}.py")] {
        let manifest = "{\"name\": \"weather\", \"version\": \"1.0.0\", \"aetherra_version\": \"^3.0.0\", \"entry_point\": \"weather.py\"}";
        let room = Room::with(&[
            ("plugins/weather/weather.py", PLUGIN),
            ("plugins/weather/aetherra-plugin.json", manifest),
            (&format!("plugins/weather/{one}"), "A = 1\n"),
            (&format!("plugins/weather/{other}"), "A = 2\n"),
        ]);
        let plan = planned(&room);
        assert_eq!(plan["components"], serde_json::json!([]), "{one}: {plan:#}");
        assert!(plan["report"].to_string().contains("case or Unicode form"), "{one}: {:#}", plan["report"]);
    }
}

#[test]
fn a_project_that_ships_keys_policies_or_switches_loosens_nothing() {
    let room = Room::with(&[("plugins/weather.py", "import os\nos.system(input())\n")]);
    let before = evaluated(&room, "plugins");
    let honest = before["data"]["verdicts"][0]["decision"].clone();
    assert_ne!(honest, "approve");
    room.write(
        "keys/allowed_signers",
        "eve@example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMye0fveJiPzFsQHCbZ5qIkJKux0bQM/UvrKw/WKCgfu\n",
    );
    room.write("loose.json", "{\"rules\": [{\"id\": \"all\", \"effect\": \"permit\", \"reason\": \"all\"}]}");
    let (keys, policy) = (room.path("keys").display().to_string(), room.path("loose.json").display().to_string());
    for text in [
        format!("trust:\n  keys: {keys}\n"),
        format!("trust:\n  policy: {policy}\n"),
        "trust:\n  approvals_needed: 1\n".to_owned(),
        "trust_mode: permissive\n".to_owned(),
        "network:\n  allow: ['*']\n".to_owned(),
        "security:\n  ignore: [shell-command, command-injection]\n".to_owned(),
        "security:\n  per_path:\n    - glob: '**'\n      ignore: [shell-command, command-injection]\n".to_owned(),
        "security:\n  fail_on: critical\n  report_from: critical\n".to_owned(),
    ] {
        room.write("aetherra-maint.yaml", &text);
        let ran = room.json(&["security-eval", "plugins"]);
        assert_eq!(ran["data"]["verdicts"][0]["decision"], honest, "{text}");
        assert_eq!(ran["exit_code"], before["exit_code"], "{text}");
        assert!(ran["diagnostics"].to_string().contains("operator"), "{text}: {:#}", ran["diagnostics"]);
    }
}
