//! Our verdict on a signature is that of `ssh-keygen -Y verify`: both judge the same generated cases.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aetherra_maint::gate::signatures::{AllowedSigners, sshsig, verify};
use jiff::tz::TimeZone;

/// Cases that the two programs judge side by side.
const CASES: usize = 1_000;

/// The moment for which validity is judged.
const AT: &str = "20260101000000Z";
const AT_SECONDS: u64 = 1_767_225_600;

/// A reproducible sequence of choices (SplitMix64).
struct Choices(u64);

impl Choices {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.next(from.len())]
    }

    /// The first mostly, the others now and then: most parts of a case must be right for one to matter.
    fn mostly<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        if self.next(4) > 0 { from[0] } else { self.pick(from) }
    }
}

fn ssh_keygen(arguments: &[&str], input: Option<&Path>) -> bool {
    let stdin = input.map_or(Stdio::null(), |path| std::fs::File::open(path).unwrap().into());
    Command::new("ssh-keygen")
        .args(arguments)
        .env("TZ", "UTC")
        .stdin(stdin)
        .output()
        .is_ok_and(|out| out.status.success())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Keys of every kind that people have, plain and certified.
fn make_keys(folder: &Path) -> Vec<PathBuf> {
    let authority = folder.join("authority");
    assert!(ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", text(&authority)], None));
    let kinds =
        [("ed25519", "256"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048"), ("ed25519", "256")];
    let mut keys = Vec::new();
    for (number, (kind, bits)) in kinds.iter().enumerate() {
        let key = folder.join(format!("key{number}"));
        assert!(ssh_keygen(&["-q", "-t", kind, "-b", bits, "-N", "", "-C", "", "-f", text(&key)], None));
        keys.push(key);
    }
    let certificates: [&[&str]; 7] = [
        &["-n", "ann@example.org,bob@example.org", "-V", "20200101000000Z:20300101000000Z"],
        &["-n", "ann@example.org", "-V", "20200101000000Z:20210101000000Z"],
        &["-n", "ann@example.org", "-V", "20290101000000Z:20300101000000Z"],
        &["-h", "-n", "ann@example.org"],
        // Without an end, which is the greatest number there is; with one that is past what most clocks hold.
        &["-n", "ann@example.org"],
        &["-n", "ann@example.org", "-V", "20200101000000Z:forever"],
        &["-V", "always:20300101000000Z"],
    ];
    for (number, options) in certificates.iter().enumerate() {
        let key = folder.join(format!("certified{number}"));
        assert!(ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", text(&key)], None));
        let public = folder.join(format!("certified{number}.pub"));
        let mut arguments = vec!["-q", "-s", text(&authority), "-I", "id"];
        arguments.extend_from_slice(options);
        arguments.push(text(&public));
        assert!(ssh_keygen(&arguments, None), "certificate {number}");
        // `ssh-keygen -Y sign` takes the certificate that is named as its key file.
        keys.push(folder.join(format!("certified{number}-cert.pub")));
    }
    keys
}

fn sign(key: &Path, namespace: &str, content: &Path) -> String {
    let made = content.with_file_name(format!("{}.sig", content.file_name().unwrap().to_str().unwrap()));
    let _ = std::fs::remove_file(&made);
    assert!(ssh_keygen(&["-q", "-Y", "sign", "-f", text(key), "-n", namespace, text(content)], None), "{key:?}");
    std::fs::read_to_string(made).unwrap()
}

/// One line of a list of signers, mostly one that fits.
fn line(choices: &mut Choices, public: &str, authority: &str) -> String {
    let principal = choices.mostly(&[
        "ann@example.org",
        "bob@example.org",
        "*@example.org",
        "!ann@example.org,*",
        "\"ann@example.org,x\"",
        "ann@*,bob@*",
        "?nn@example.org",
        "",
    ]);
    let options = choices.mostly(&[
        "",
        "namespaces=\"file,other\" ",
        "namespaces=\"f*\" ",
        "namespaces=\"git\" ",
        "valid-after=\"20250101Z\" ",
        "valid-after=\"20270101\" ",
        "valid-before=\"202512312359Z\" ",
        "valid-before=\"20270101\" ",
        "valid-after=\"20250101\",valid-before=\"20270101\" ",
        "valid-after=\"20280101\",valid-before=\"20270101\" ",
        "cert-authority ",
        "namespaces=\"file\",cert-authority ",
        "unknown-option ",
        "namespaces=\"file\",namespaces=\"x\" ",
        "valid-after=\"2025\" ",
        "NAMESPACES=\"file\" ",
        "namespaces=file ",
        "cert-authority, ",
    ]);
    let key = if options.contains("cert-authority") {
        choices.mostly(&[authority, public])
    } else {
        choices.mostly(&[public, authority, "ssh-ed25519 AAAA", "nonsense"])
    };
    format!("{principal} {options}{key} a comment\n")
}

/// Whether a signature was made in a namespace; keys sign in `file` first and then in `other`.
fn signature_is_of(made: &[(&PathBuf, String)], signature: &str, namespace: &str) -> bool {
    let of = |(at, (_, known)): (usize, &(&PathBuf, String))| {
        (known == signature).then_some(if at % 2 == 0 { "file" } else { "other" })
    };
    made.iter().enumerate().find_map(of).is_none_or(|own| own == namespace)
}

#[test]
fn our_verdict_is_that_of_ssh_keygen() {
    if !Command::new("ssh-keygen").arg("-?").output().is_ok_and(|out| !out.stderr.is_empty()) {
        eprintln!("SKIPPED: there is no ssh-keygen here; verdicts on signatures were not compared");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let keys = make_keys(folder.path());
    let authority = std::fs::read_to_string(folder.path().join("authority.pub")).unwrap();
    let content = folder.path().join("content");
    std::fs::write(&content, "what is signed\n").unwrap();
    let other = folder.path().join("other");
    std::fs::write(&other, "what is not signed\n").unwrap();
    let mut signatures = Vec::new();
    for key in &keys {
        for namespace in ["file", "other"] {
            signatures.push((key, sign(key, namespace, &content)));
        }
    }
    let mut choices = Choices(7);
    let mut of_kind: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let (mut accepted, list, signature_file, revoked) =
        (0, folder.path().join("allowed"), folder.path().join("candidate.sig"), folder.path().join("revoked"));
    for case in 0..CASES {
        let (key, signature) = &signatures[choices.next(signatures.len())];
        let certified = text(key).ends_with("-cert.pub");
        let public_path = if certified { text(key).replace("-cert.pub", ".pub") } else { format!("{}.pub", text(key)) };
        let public = std::fs::read_to_string(public_path).unwrap();
        let mut signers = String::new();
        for _ in 0..=choices.next(3) {
            signers.push_str(&line(&mut choices, public.trim(), authority.trim()));
        }
        if certified && choices.next(2) == 0 {
            signers.push_str(&format!("ann@example.org cert-authority {authority}"));
        }
        let mut signature = signature.clone();
        if choices.next(12) == 0 {
            let at = choices.next(signature.len());
            let with = ["A", "=", "\n", "z", ""][choices.next(5)];
            signature.replace_range(at..=at, with);
        }
        let asked = choices.mostly(&["ann@example.org", "bob@example.org", "eve@example.org"]);
        let namespace = choices.mostly(&["file", "other", "git"]);
        let judged = if choices.next(12) == 0 { &other } else { &content };
        std::fs::write(&list, &signers).unwrap();
        std::fs::write(&signature_file, &signature).unwrap();
        let time = format!("verify-time={AT}");
        let mut arguments = vec![
            "-Y",
            "verify",
            "-f",
            text(&list),
            "-I",
            asked,
            "-n",
            namespace,
            "-s",
            text(&signature_file),
            "-O",
            &time,
        ];
        let mut allowed = AllowedSigners::parse(&signers, &TimeZone::UTC);
        if choices.next(12) == 0 {
            let list_of_revoked = choices.pick(&[public.as_str(), authority.as_str()]);
            std::fs::write(&revoked, list_of_revoked).unwrap();
            arguments.extend(["-r", text(&revoked)]);
            allowed = allowed.revoking(list_of_revoked);
        }
        let authentic = signatures.iter().any(|(_, known)| *known == signature);
        let kinds = [
            ("expired", signers.contains("valid-before=\"202512312359Z\"")),
            ("wrong namespace", !signature_is_of(&signatures, &signature, namespace)),
            ("other content", judged == &other),
            ("other key", !certified && !signers.contains(public.trim())),
            ("malformed", !authentic),
        ];
        kinds.iter().filter(|(_, is)| *is).for_each(|(kind, _)| *of_kind.entry(kind).or_default() += 1);
        let theirs = ssh_keygen(&arguments, Some(judged));
        let ours = verify(&std::fs::read(judged).unwrap(), &signature, asked, namespace, &allowed, AT_SECONDS);
        accepted += usize::from(theirs);
        assert_eq!(ours.is_ok(), theirs, "case {case}: {ours:?}\n{asked} {namespace}\n{signers}\n{signature}");
    }
    assert!(of_kind.len() == 5 && of_kind.values().all(|count| *count >= 20), "cases of every kind: {of_kind:?}");
    assert!(
        accepted > CASES / 10 && accepted < CASES * 9 / 10,
        "{accepted} of {CASES} accepted: the cases do not discriminate"
    );
}

#[test]
fn what_we_sign_ssh_keygen_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let key_path = folder.path().join("key");
    if !ssh_keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", text(&key_path)], None) {
        eprintln!("SKIPPED: there is no ssh-keygen here; our signatures were not checked by it");
        return;
    }
    let key = ssh_key::PrivateKey::from_openssh(std::fs::read_to_string(&key_path).unwrap()).unwrap();
    let content = folder.path().join("content");
    std::fs::write(&content, "ours").unwrap();
    let signature = folder.path().join("content.sig");
    std::fs::write(&signature, sshsig::sign(&key, "file", b"ours").unwrap()).unwrap();
    let list = folder.path().join("allowed");
    std::fs::write(&list, format!("ann@example.org {}", key.public_key().to_openssh().unwrap())).unwrap();
    let arguments = ["-Y", "verify", "-f", text(&list), "-I", "ann@example.org", "-n", "file", "-s", text(&signature)];
    assert!(ssh_keygen(&arguments, Some(&content)));
    std::fs::write(&content, "Ours").unwrap();
    assert!(!ssh_keygen(&arguments, Some(&content)));
}
