//! Keys of every sort, through the binary: minisign, locked keys, lists of revocation, and drift of what was approved.

use std::path::Path;
use std::process::Command;

use aetherra_maint::gate::trust::{Keyring, KeyringFiles};
use aetherra_maint::model::AttestationKind;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::room::{Ran, Room};

const PLUGIN: &str = "class P:\n    name = \"weather\"\n    version = \"1.0.0\"\n\n    def execute(self, city):\n        return city\n\n\nPLUGIN_CLASS = P\n";

/// Made with minisign over the manifest that `trust sign --prepare plugins` writes for the plugin above.
const MINISIGN_KEY: &str = "RWRg+3CPQ8+GbGbtbs0ZyaPa+QzcvyeL5bpPJqTfMUB226zZfb7FC5ob";
const MINISIGN_SIGNATURE: &str = "untrusted comment: signature\nRURg+3CPQ8+GbGWrQvSGp7rxUqtrLP15vHLetej2cKsKepVhVbdA7UTzekrfWL6gagrE/SvaCH6DPHUdGN1htbMVME3k1HrFuQs=\ntrusted comment: by ada\nFifbnLTcwLe597rgGrRdvedpJ951sVeSMrK8qWmWGJTl/Fq+3WW2+atpzqKMhucebiy+KN9F2LJVz5Ha3O8JDA==\n";

fn room() -> Room {
    let room = Room::with(&[("plugins/weather.py", PLUGIN)]);
    std::fs::create_dir_all(room.home().join("config/aetherra/keys")).expect("a folder");
    room
}

fn operator(room: &Room, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(room.home().join("config/aetherra/keys").join(name), text).expect("a list");
}

fn operator_config(room: &Room, text: &str) {
    std::fs::write(room.home().join("config/aetherra/maint.yaml"), text).expect("a configuration");
}

fn ok(room: &Room, arguments: &[&str]) -> Ran {
    let ran = room.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    ran
}

/// Makes a key, and returns the line that makes its holder's word count.
fn key(room: &Room, name: &str, more: &[&str]) -> String {
    let path = room.home().join(name).display().to_string();
    let mut command = room.command(&[&["trust", "keygen", &path, "--as", name, "-f", "json"], more].concat());
    let seed: u32 = name.bytes().map(u32::from).sum();
    let made = Ran::of(command.env("AETHERRA_MAINT_TEST_SEED", seed.to_string())).envelope();
    made["data"]["allowed_signers_line"].as_str().expect("a line").to_owned()
}

fn path_of(room: &Room, name: &str) -> String {
    room.home().join(name).display().to_string()
}

fn verdict(room: &Room, more: &[&str]) -> Value {
    let ran = room.json(&[&["security-eval", "--exit-zero", "plugins/weather.py"], more].concat());
    ran["data"]["verdicts"][0].clone()
}

#[test]
fn a_manifest_signed_with_minisign_counts_until_its_key_is_revoked() {
    let room = room();
    ok(&room, &["trust", "sign", "plugins", "--prepare"]);
    assert!(!room.path("plugins/aetherra-manifest.json.sig").exists(), "nothing was signed yet");
    room.write("plugins/aetherra-manifest.json.minisig", MINISIGN_SIGNATURE);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "its key is on no list");
    operator(&room, "minisign_keys", format!("# publishers\nada {MINISIGN_KEY}\n"));
    let counted = verdict(&room, &[]);
    assert_eq!((&counted["tier"], &counted["signed_by"]), (&"VERIFIED".into(), &"ada".into()));
    assert_eq!(verdict(&room, &["--set", "trust_mode=strict"])["decision"], "approve");
    let bent = MINISIGN_SIGNATURE.replace("by ada", "by eve");
    room.write("plugins/aetherra-manifest.json.minisig", bent);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "the trusted comment is signed, too");
    room.write("plugins/aetherra-manifest.json.minisig", MINISIGN_SIGNATURE);
    ok(&room, &["trust", "revoke", "--key", &format!("minisign:{MINISIGN_KEY}"), "--reason", "it was lost"]);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD");
    std::fs::remove_file(room.home().join("config/aetherra/keys/revoked_keys")).expect("the list goes");
    assert_eq!(verdict(&room, &[])["tier"], "VERIFIED");
    room.write("plugins/weather.py", format!("{PLUGIN}# more\n"));
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "other content");
}

#[test]
fn a_locked_key_asks_for_its_passphrase_and_says_so() {
    let room = room();
    std::fs::write(room.home().join("phrase"), "correct horse\n").expect("a passphrase");
    std::fs::write(room.home().join("wrong"), "battery staple\n").expect("a passphrase");
    let (phrase, wrong) = (path_of(&room, "phrase"), path_of(&room, "wrong"));
    let line = key(&room, "ada", &["--passphrase-file", &phrase]);
    operator(&room, "allowed_signers", line);
    let private = std::fs::read_to_string(room.home().join("ada")).expect("the key");
    let parsed = ssh_key::PrivateKey::from_openssh(&private).expect("a key of OpenSSH");
    assert!(parsed.is_encrypted());
    let sign =
        |more: &[&str]| room.run(&[&["trust", "sign", "plugins", "--key", &path_of(&room, "ada")], more].concat());
    let asked = sign(&[]);
    assert_eq!(asked.code, 2);
    assert!(asked.stderr.contains("error[passphrase-missing]: the key is locked"), "{}", asked.stderr);
    assert!(asked.stderr.contains("--passphrase-file FILE") && asked.stderr.contains("--prepare"), "{}", asked.stderr);
    let refused = sign(&["--passphrase-file", &wrong]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("the passphrase is wrong"), "{}", refused.stderr);
    assert!(!room.path("plugins/aetherra-manifest.json").exists(), "nothing was written");
    assert_eq!(sign(&["--passphrase-file", &phrase]).code, 0);
    assert_eq!(verdict(&room, &[])["tier"], "VERIFIED");
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "correct horse", "-C", "eve", "-f"])
        .arg(room.home().join("eve"))
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: there is no ssh-keygen here; a key that it locked was not opened");
        return;
    }
    operator(
        &room,
        "allowed_signers",
        format!("eve {}", std::fs::read_to_string(room.home().join("eve.pub")).expect("it")),
    );
    ok(&room, &["trust", "sign", "plugins", "--key", &path_of(&room, "eve"), "--passphrase-file", &phrase]);
    assert_eq!(verdict(&room, &[])["signed_by"], "eve");
}

#[test]
fn a_key_is_revoked_by_its_file_or_its_fingerprint_and_the_ledger_knows() {
    let room = room();
    let (ada, bob) = (key(&room, "ada", &[]), key(&room, "bob", &[]));
    operator(&room, "allowed_signers", format!("{ada}\n{bob}\n"));
    ok(&room, &["trust", "sign", "plugins", "--key", &path_of(&room, "ada")]);
    assert_eq!(verdict(&room, &[])["tier"], "VERIFIED");
    let public = format!("{}.pub", path_of(&room, "ada"));
    let list = room.home().join("config/aetherra/keys/revoked_keys");
    ok(&room, &["trust", "revoke", "--key", &public, "--reason", "stolen", "-n"]);
    assert!(!list.exists(), "a rehearsal writes nothing");
    let done = room.json(&["trust", "revoke", "--key", &public, "--reason", "stolen"]);
    assert_eq!(done["exit_code"], 0, "{done:#}");
    assert!(done["audit"]["seq"].is_u64(), "it is in the ledger");
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD");
    ok(&room, &["trust", "revoke", "--key", &public, "--reason", "once more"]);
    assert_eq!(std::fs::read_to_string(&list).expect("the list").lines().count(), 1, "it is listed once");
    let bobs = ssh_key::PublicKey::from_openssh(bob.split_once(' ').expect("a line").1).expect("a key");
    let fingerprint = bobs.fingerprint(ssh_key::HashAlg::Sha256).to_string();
    ok(&room, &["trust", "sign", "plugins", "--key", &path_of(&room, "bob")]);
    assert_eq!(verdict(&room, &[])["signed_by"], "bob");
    ok(&room, &["trust", "revoke", "--key", &fingerprint, "--reason", "he left"]);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD");
    for unknown in ["SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "nothing.pub"] {
        let refused = room.run(&["trust", "revoke", "--key", unknown, "--reason", "x"]);
        assert_eq!(refused.code, 2, "{unknown}");
        assert!(refused.stderr.contains("help: "), "{}", refused.stderr);
    }
    operator(&room, "revoked_keys", b"SSHKRL\n\0\x80\xff");
    let refused = room.run(&["trust", "revoke", "--key", &public, "--reason", "x"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("ssh-keygen -k -u"), "{}", refused.stderr);
    assert_eq!(room.run(&["audit", "verify"]).code, 0);
}

#[test]
fn a_key_counts_within_its_time_and_a_list_that_cannot_be_read_leaves_nobody() {
    let room = room();
    let line = key(&room, "ada", &[]);
    let (name, rest) = line.split_once(' ').expect("a line");
    let tier = || verdict(&room, &[])["tier"].clone();
    ok(&room, &["trust", "sign", "plugins", "--key", &path_of(&room, "ada")]);
    // The clock of the room stands in January 2030.
    for (options, counted) in [
        ("valid-before=\"20290101\"", false),
        ("valid-after=\"20310101\"", false),
        ("valid-after=\"20290101\",valid-before=\"20310101\"", true),
        ("namespaces=\"git\"", false),
        ("namespaces=\"aetherra-approve@v1\"", false),
        ("namespaces=\"aetherra-*\"", true),
    ] {
        operator(&room, "allowed_signers", format!("{name} {options} {rest}\n"));
        assert_eq!(tier(), if counted { "VERIFIED" } else { "STANDARD" }, "{options}");
        let verified = room.run(&["trust", "verify", "plugins"]);
        assert_eq!(verified.code, i32::from(!counted), "{options}: {}", verified.stdout);
        assert!(counted || verified.stdout.contains("does not count: "), "{}", verified.stdout);
    }
    for broken in [b"SSHKRL\n\0\0\0".as_slice(), b"\xff\xfe\x00\x01", b"not a key\n"] {
        operator(&room, "revoked_keys", broken);
        assert_eq!(tier(), "STANDARD", "{broken:?}");
        let told = room.run(&["trust", "list"]);
        assert!(told.stderr.contains("revoked_keys"), "{}{}", told.stdout, told.stderr);
    }
}

#[test]
fn k_of_n_reviewers_approve_exactly_what_they_saw() {
    let room = room();
    operator_config(&room, "trust:\n  approvals_needed: 3\n");
    // Keys are seeded by the sum of the letters of a name, so no two names may add up to the same.
    let names = ["ada", "bob", "cleo", "eve"];
    let lines: Vec<String> = names.iter().map(|name| key(&room, name, &[])).collect();
    operator(&room, "allowed_signers", lines.join("\n"));
    ok(&room, &["scan", "-q"]);
    let mut ids = Vec::new();
    for (count, name) in (1..).zip(names) {
        let approved = room.json(&["trust", "approve", "plugins/weather.py", "--key", &path_of(&room, name)]);
        ids.push(approved["data"]["statements"][0]["id"].as_str().expect("an id").to_owned());
        let expected = if count >= 3 { "TRUSTED" } else { "STANDARD" };
        assert_eq!(verdict(&room, &[])["tier"], expected, "{count} of 3");
    }
    ok(&room, &["trust", "revoke", &ids[0], "--reason", "a second look"]);
    assert_eq!(verdict(&room, &[])["tier"], "TRUSTED", "three are left");
    ok(&room, &["trust", "revoke", &ids[1], "--reason", "a second look"]);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "two are left");
    let again = room.json(&["trust", "approve", "plugins/weather.py", "--key", &path_of(&room, "eve")]);
    assert_eq!(again["exit_code"], 0);
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "who approves twice is one");
    ok(&room, &["trust", "approve", "plugins/weather.py", "--key", &path_of(&room, "ada")]);
    room.write("plugins/weather.py", format!("{PLUGIN}\n"));
    assert_eq!(verdict(&room, &[])["tier"], "STANDARD", "one line end more is other content");
}

#[test]
fn risk_that_moved_since_the_approval_blocks_and_in_strict_mode_isolates() {
    let room = room();
    operator_config(&room, "trust:\n  approvals_needed: 1\n");
    let line = key(&room, "ada", &[]);
    operator(&room, "allowed_signers", line);
    ok(&room, &["scan", "-q"]);
    ok(&room, &["security-eval", "-q", "plugins/weather.py"]);
    ok(&room, &["trust", "approve", "plugins/weather.py", "--key", &path_of(&room, "ada")]);
    let moved = PLUGIN.replace("return city", "import os\n        os.system(\"ping \" + city)\n        return city");
    room.write("plugins/weather.py", moved);
    let standard = verdict(&room, &[]);
    assert!(standard["risk"]["overall"].as_f64().expect("a risk") > 0.3, "{standard:#}");
    assert_eq!(standard["decision"], "reject", "{standard:#}");
    assert!(standard["rules"].to_string().contains("policy-drift"), "{standard:#}");
    assert!(standard["rationale"].to_string().contains("moved by +0."), "{standard:#}");
    // Whoever approves it as it is now settles it.
    const STRICT: [&str; 2] = ["--set", "trust_mode=strict"];
    let strict = verdict(&room, &STRICT);
    assert_eq!((&strict["decision"], &strict["tier"]), (&"quarantine".into(), &"QUARANTINED".into()), "{strict:#}");
    let told = room.json(&["explain", "plugins/weather.py", STRICT[0], STRICT[1]]);
    assert!(told["data"]["files"][0]["drift"].as_f64().expect("a drift") > 0.3);
    let ran = room.run(&["watch", "--once", STRICT[0], STRICT[1]]);
    assert!(ran.code < 2, "{}{}", ran.stdout, ran.stderr);
    let held = room.json(&["quarantine", "list"]);
    assert!(held["data"].to_string().contains("plugins/weather.py"), "{held:#}");
    assert!(!room.path("plugins/weather.py").exists() || held["data"].to_string().contains("held"), "{held:#}");
}

fn ssh_keygen(arguments: &[&str], input: Option<&Path>) -> bool {
    let stdin = input.map_or(std::process::Stdio::null(), |path| std::fs::File::open(path).expect("a file").into());
    Command::new("ssh-keygen")
        .args(arguments)
        .env("TZ", "UTC")
        .stdin(stdin)
        .output()
        .is_ok_and(|out| out.status.success())
}

/// Every sort of section that `ssh-keygen -k` writes, and the keys that each should and should not hit.
#[test]
fn lists_of_revocation_mean_what_they_mean_to_ssh_keygen() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    if !ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", &at("authority")], None) {
        eprintln!("SKIPPED: there is no ssh-keygen here; lists of revocation were not compared");
        return;
    }
    std::fs::write(folder.path().join("statement"), "a statement\n").expect("a file");
    let namespace = "aetherra-manifest@v1";
    let mut signatures: Vec<(String, String)> = Vec::new();
    for number in 0..6 {
        let key = at(&format!("key{number}"));
        assert!(ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", &key], None));
        let signer = if number < 3 {
            key.clone()
        } else {
            let (serial, public) = ((number * 7).to_string(), format!("{key}.pub"));
            let id = format!("id-{number}");
            // The reader of certificates knows no time without an end, and refuses one: stricter than ssh-keygen.
            let certify = [
                "-q",
                "-s",
                &at("authority"),
                "-I",
                &id,
                "-z",
                &serial,
                "-n",
                "ann",
                "-V",
                "20200101000000Z:20400101000000Z",
                &public,
            ];
            assert!(ssh_keygen(&certify, None));
            format!("{key}-cert.pub")
        };
        let _ = std::fs::remove_file(at("statement.sig"));
        assert!(ssh_keygen(&["-q", "-Y", "sign", "-f", &signer, "-n", namespace, &at("statement")], None));
        let text = std::fs::read_to_string(at("statement.sig")).expect("a signature");
        std::fs::write(at(&format!("signature{number}")), &text).expect("a copy");
        signatures.push((at(&format!("signature{number}")), text));
    }
    let public = |name: &str| std::fs::read_to_string(at(&format!("{name}.pub"))).expect("a key");
    let mut allowed = format!("ann cert-authority {}", public("authority"));
    for number in 0..3 {
        allowed.push_str(&format!("ann {}", public(&format!("key{number}"))));
    }
    std::fs::write(at("allowed"), &allowed).expect("a list");
    let digest = |name: &str| {
        let key = ssh_key::PublicKey::from_openssh(public(name).trim()).expect("a key");
        key.fingerprint(ssh_key::HashAlg::Sha256).to_string()
    };
    let specs = [
        "serial: 21\n".to_owned(),
        "serial: 1-28\n".to_owned(),
        "serial: 20-22\nserial: 35\n".to_owned(),
        "serial: 21\nserial: 22\nserial: 23\nserial: 25\nserial: 27\nserial: 29\nserial: 30\n".to_owned(),
        "serial: 28\nserial: 30\nserial: 90\nserial: 95\nserial: 99\n".to_owned(),
        "id: id-4\n".to_owned(),
        "id: id-4\nid: other\nserial: 1-5\n".to_owned(),
        format!("key: {}", public("key1")),
        format!("key: {}", public("authority")),
        format!("sha1: {}", public("key2")),
        format!("sha256: {}", public("key0")),
        format!("hash: {}\n", digest("key1")),
        format!("hash: {}\nserial: 21\nid: id-5\n", digest("key5")),
        "serial: 400-500\n".to_owned(),
    ];
    let (mut revoked, mut compared) = (0, 0);
    for (number, spec) in specs.iter().enumerate() {
        let (spec_path, list) = (at(&format!("spec{number}")), at(&format!("list{number}")));
        std::fs::write(&spec_path, spec).expect("a specification");
        let with_authority = ["-q", "-k", "-f", &list, "-s", &at("authority.pub"), &spec_path];
        assert!(ssh_keygen(&with_authority, None), "{spec}");
        let files = KeyringFiles {
            allowed_signers: Some(allowed.clone()),
            revoked_keys: Some(std::fs::read(&list).expect("a list")),
            minisign_keys: None,
        };
        let keyring = Keyring::parse(&files, &TimeZone::UTC);
        assert_eq!(keyring.problems, [], "{spec}");
        for (path, text) in &signatures {
            let verify =
                ["-q", "-Y", "verify", "-f", &at("allowed"), "-I", "ann", "-n", namespace, "-r", &list, "-s", path];
            let theirs = ssh_keygen(&verify, Some(&folder.path().join("statement")));
            let ours = keyring.verify(AttestationKind::Manifest, b"a statement\n", text, Some("ann"), 1_900_000_000);
            assert_eq!(ours.is_ok(), theirs, "{spec}: {path}: {ours:?}");
            revoked += usize::from(!theirs);
            compared += 1;
        }
    }
    assert!(revoked > 10 && revoked < compared - 10, "{revoked} of {compared} revoked: the lists do not discriminate");
}
