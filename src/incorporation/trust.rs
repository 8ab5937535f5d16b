//! Trust from the state and the operator's keys: what the gate is asked with, and what `trust` does.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use crate::context::Context;
use crate::error::{Error, ErrorKind, Result};
use crate::gate::policy::{self, Policy};
use crate::gate::signatures::sshsig;
use crate::gate::trust::{
    Keyring, KeyringFiles, MANIFEST_ENDING, MANIFEST_FILE, MAX_STATEMENT_BYTES, Seen, Statement, TrustIndex,
    is_own_file, namespace,
};
use crate::gate::{Gate, Subject};
use crate::model::{Attestation, AttestationKind, Digest, NewEntry, Verdict, counted};
use crate::settings::Settings;
use crate::store::{LedgerHead, Store};

/// Files of the operator larger than this many bytes are refused.
const MAX_KEY_FILE: u64 = 64 << 20;

/// More files than this are not signed as one component.
const MAX_FILES: usize = 100_000;

/// The operator's keys.
///
/// # Errors
/// A folder that is no absolute path, and files that are there and cannot be read.
pub fn keyring(settings: &Settings) -> Result<Keyring> {
    let folder = &settings.trust.keys;
    if folder.as_os_str().is_empty() {
        return Ok(Keyring::default());
    }
    absolute("trust.keys", folder)?;
    let text = |name: &str| -> Result<Option<String>> {
        let Some(bytes) = read_if_there(&folder.join(name))? else { return Ok(None) };
        let unreadable = |_| {
            Error::usage("keys-unreadable", "a list of keys is no text")
                .at_path(&folder.join(name))
                .hinted("correct it")
        };
        String::from_utf8(bytes).map(Some).map_err(unreadable)
    };
    let files = KeyringFiles {
        allowed_signers: text("allowed_signers")?,
        revoked_keys: read_if_there(&folder.join("revoked_keys"))?,
        minisign_keys: text("minisign_keys")?,
    };
    Ok(Keyring::parse(&files, &TimeZone::system()))
}

fn absolute(key: &str, path: &Path) -> Result<()> {
    if path.is_absolute() {
        return Ok(());
    }
    Err(Error::usage("trust-path-relative", format!("`{key}` is no absolute path"))
        .at_path(path)
        .hinted("whose word counts must not depend on the folder that a run starts in; write the whole path"))
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("reading the operator's keys", path, error)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_KEY_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::io("reading the operator's keys", path, error))?;
    if bytes.len() as u64 > MAX_KEY_FILE {
        return Err(Error::usage("keys-unreadable", format!("a list of keys is larger than {MAX_KEY_FILE} bytes"))
            .at_path(path)
            .hinted("correct it"));
    }
    Ok(Some(bytes))
}

/// The operator's policy, or the shipped one.
///
/// # Errors
/// A policy that cannot be read, which denies everything.
pub fn policy(settings: &Settings) -> Result<Policy> {
    let path = &settings.trust.policy;
    if path.as_os_str().is_empty() {
        return Policy::parse(policy::SHIPPED);
    }
    absolute("trust.policy", path)?;
    read_policy(path)
}

/// Reads a policy from a file.
///
/// # Errors
/// `policy-invalid`, and files that cannot be read.
pub fn read_policy(path: &Path) -> Result<Policy> {
    let failed = |error| Error::io("reading the policy", path, error).of_kind(ErrorKind::Usage);
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(policy::MAX_POLICY_BYTES as u64 + 1).read_to_string(&mut text).map_err(failed)?;
    Policy::parse(&text).map_err(|error| error.at_path(path))
}

/// The gate as it stands now: with what the state remembers, and with manifests that were just found.
///
/// # Errors
/// Keys or a policy that cannot be read.
pub fn gate(settings: &Settings, at: u64, store: Option<&Store>, found: &[Attestation]) -> Result<Gate> {
    let mut attestations = store.map(Store::attestation_list).transpose()?.unwrap_or_default();
    let known: std::collections::BTreeSet<String> = attestations.iter().map(|one| one.id.clone()).collect();
    attestations.extend(found.iter().filter(|one| !known.contains(&one.id)).cloned());
    let keyring = if attestations.is_empty() { Keyring::default() } else { keyring(settings)? };
    let mut gate = Gate {
        policy: policy(settings)?,
        mode: settings.trust_mode,
        ethics: settings.trust.ethics,
        network: settings.network.clone(),
        trust: TrustIndex::new(&attestations, &keyring, settings.trust.approvals_needed, at),
        classes: HashMap::new(),
        deployed: HashMap::new(),
    };
    if let Some(store) = store {
        for found in store.classification_list()? {
            let class = found.classification;
            gate.classes.insert(class.path, (class.digest, class.class, class.confidence));
        }
        let (_, components) = store.generation_deployed()?;
        for component in components {
            gate.deployed.extend(component.files.into_iter().map(|file| (file.source, component.risk)));
        }
    }
    Ok(gate)
}

/// What the gate says now of every file that was judged here.
///
/// # Errors
/// When the state, the keys or the policy cannot be read.
pub fn verdicts_now(settings: &Settings, store: &Store) -> Result<Vec<Verdict>> {
    let gate = gate(settings, store.now_seconds(), Some(store), &[])?;
    Ok(store.verdicts()?.iter().map(|verdict| gate.decide(Subject::of_verdict(verdict))).collect())
}

/// Signed manifests that lie beside or above these files of a project.
pub fn manifests<'a>(project: &Path, paths: impl Iterator<Item = &'a str>, now_ns: i64) -> Vec<Attestation> {
    let mut wanted: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut folders: std::collections::HashSet<&str> = std::collections::HashSet::new();
    for path in paths.filter(|path| !path.starts_with('/')) {
        let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        while folders.insert(folder) {
            wanted.insert(crate::gate::trust::joined(folder, MANIFEST_FILE));
            let single = crate::host::disk::names_in(&project.join(folder)).unwrap_or_default();
            let names = single.into_iter().filter_map(|name| name.into_string().ok());
            let names = names.filter(|name| name.ends_with(MANIFEST_ENDING));
            wanted.extend(names.map(|name| crate::gate::trust::joined(folder, &name)));
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        }
    }
    wanted.iter().filter_map(|path| manifest(project, path, now_ns)).collect()
}

/// The manifest at a path with its signature, when both are there.
fn manifest(project: &Path, path: &str, now_ns: i64) -> Option<Attestation> {
    let statement = small_text(&project.join(path))?;
    let signature =
        ["sig", "minisig"].iter().find_map(|ending| small_text(&project.join(format!("{path}.{ending}"))))?;
    let base = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    Some(Attestation {
        id: Attestation::id_of(AttestationKind::Manifest, &base, &statement, &signature),
        kind: AttestationKind::Manifest,
        base,
        statement,
        signature,
        claimed: None,
        risks: BTreeMap::new(),
        recorded_ns: now_ns,
        revoked: None,
    })
}

fn small_text(path: &Path) -> Option<String> {
    let file = crate::host::disk::open_regular(path).ok()?;
    let mut text = String::new();
    file.take(MAX_STATEMENT_BYTES as u64 + 1).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The files of a component, as a statement names them: the folder that names start from, and each file.
pub struct Files {
    /// The folder, from the project.
    pub base: String,
    /// Names and contents.
    pub files: Vec<(String, Digest)>,
    /// Where its manifest is, from the project.
    pub manifest: String,
}

/// Collects the files of a component: a file, or a folder with all below it.
///
/// # Errors
/// A path that is outside of the project, or cannot be read.
pub fn files(project: &Path, path: &Path) -> Result<Files> {
    let outside = || {
        Error::usage("trust-outside", "what is vouched for must lie in the project")
            .at_path(path)
            .hinted("change the project with `-C DIR`")
    };
    let whole = path
        .canonicalize()
        .map_err(|error| Error::io("looking at a component", path, error).of_kind(ErrorKind::Usage))?;
    let root = project.canonicalize().map_err(|error| Error::io("looking at the project", project, error))?;
    let inside = whole.strip_prefix(&root).map_err(|_| outside())?;
    let own = inside.to_str().ok_or_else(outside)?.to_owned();
    if whole.is_file() {
        let (base, name) = own.rsplit_once('/').map_or(("", own.as_str()), |(base, name)| (base, name));
        let files = vec![(name.to_owned(), digest(&whole)?)];
        return Ok(Files { base: base.to_owned(), files, manifest: format!("{own}{MANIFEST_ENDING}") });
    }
    let mut files = Vec::new();
    let walk = walkdir::WalkDir::new(&whole).sort_by_file_name().into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !matches!(&*name, ".git" | ".hg" | ".svn" | ".aetherra" | "__pycache__")
    });
    for entry in walk {
        let entry = entry.map_err(|error| Error::io("reading a component", &whole, error.into()))?;
        let name = entry.path().strip_prefix(&whole).ok().and_then(Path::to_str).ok_or_else(outside)?;
        if !entry.file_type().is_file() || is_own_file(name) {
            continue;
        }
        files.push((name.to_owned(), digest(entry.path())?));
        if files.len() > MAX_FILES {
            return Err(Error::usage("trust-too-many", format!("the folder has more than {MAX_FILES} files"))
                .at_path(path)
                .hinted("sign its components one by one"));
        }
    }
    let manifest = crate::gate::trust::joined(&own, MANIFEST_FILE);
    Ok(Files { base: own, files, manifest })
}

fn digest(path: &Path) -> Result<Digest> {
    crate::execute::objects::digest_of(path).map_err(|error| Error::io("reading a file to vouch for", path, error))
}

impl Files {
    /// What a person signs about them. Approvals name files from the project.
    pub fn statement(&self, kind: AttestationKind) -> String {
        let named = |(name, digest): &(String, Digest)| match kind {
            AttestationKind::Manifest => (name.clone(), *digest),
            AttestationKind::Approval => (crate::gate::trust::joined(&self.base, name), *digest),
        };
        Statement::new(kind, self.files.iter().map(named)).text()
    }

    fn base_for(&self, kind: AttestationKind) -> String {
        if kind == AttestationKind::Manifest { self.base.clone() } else { String::new() }
    }
}

/// Signs a statement with a private key of OpenSSH, asking for its passphrase when it has one.
///
/// # Errors
/// A key that cannot be read, decrypted or used.
pub fn sign(
    kind: AttestationKind,
    statement: &str,
    key: &Path,
    passphrase: &dyn Fn() -> Result<String>,
) -> Result<String> {
    let wrong = |why: String| {
        Error::usage("key-unusable", format!("the key cannot sign: {why}"))
            .at_path(key)
            .hinted("`aetherra-maint trust keygen FILE` makes one, and so does `ssh-keygen -t ed25519`")
    };
    let mut text = String::new();
    let file =
        std::fs::File::open(key).map_err(|error| Error::io("reading a key", key, error).of_kind(ErrorKind::Usage))?;
    file.take(1 << 20).read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
    let mut private = ssh_key::PrivateKey::from_openssh(&text).map_err(|error| wrong(error.to_string()))?;
    if private.is_encrypted() {
        private = private.decrypt(passphrase()?).map_err(|_| wrong("the passphrase is wrong".to_owned()))?;
    }
    sshsig::sign(&private, namespace(kind), statement.as_bytes()).map_err(|error| wrong(error.to_string()))
}

/// Records what somebody signed about files, when the signature counts now.
///
/// # Errors
/// `signature-invalid` with the reason, when it does not count; nothing is recorded then.
pub fn record(
    context: &mut Context<'_>,
    kind: AttestationKind,
    files: &Files,
    signature: &str,
    claimed: Option<&str>,
) -> Result<(Seen, LedgerHead)> {
    let (statement, base) = (files.statement(kind), files.base_for(kind));
    let judged: HashMap<String, Verdict> =
        context.store.verdicts()?.into_iter().map(|verdict| (verdict.subject.clone(), verdict)).collect();
    let risks = files.files.iter().filter_map(|(name, digest)| {
        let path = crate::gate::trust::joined(&files.base, name);
        let verdict = judged.get(&path).filter(|verdict| verdict.digest == *digest)?;
        Some((path, verdict.risk.overall))
    });
    let attestation = Attestation {
        id: Attestation::id_of(kind, &base, &statement, signature),
        kind,
        base,
        risks: if kind == AttestationKind::Approval { risks.collect() } else { BTreeMap::new() },
        statement,
        signature: signature.to_owned(),
        claimed: claimed.map(str::to_owned),
        recorded_ns: context.host.clock.now_ns(),
        revoked: None,
    };
    let keyring = keyring(context.settings)?;
    let needed = context.settings.trust.approvals_needed;
    let index = TrustIndex::new(std::slice::from_ref(&attestation), &keyring, needed, context.store.now_seconds());
    let Some(seen) = index.seen.into_iter().next() else { return Err(Error::bug("an attestation was lost")) };
    let Some(by) = &seen.by else {
        let why = seen.detail.unwrap_or_default();
        return Err(Error::new(
            ErrorKind::Precondition,
            "signature-invalid",
            format!("the signature does not count: {why}"),
        )
        .hinted("`aetherra-maint trust list` shows whose word counts; the operator's `allowed_signers` says so"));
    };
    let mut entry = NewEntry::new(
        &format!("trust.{}", if kind == AttestationKind::Approval { "approve" } else { "sign" }),
        attestation.id.clone(),
        format!("{}, by {}", counted(files.files.len(), "file"), by.principal),
    );
    entry.actor.clone_from(&by.principal);
    let entry = entry.detailed(serde_json::json!({
        "kind": kind, "base": attestation.base, "key": by.key, "statement": Digest::of(attestation.statement.as_bytes()),
    }));
    let ((), head) = context.store.record(context.trace_id, |tx| {
        tx.attestation_put(&attestation)?;
        Ok(((), entry))
    })?;
    Ok((seen, head))
}

/// Takes an attestation back.
///
/// # Errors
/// When nothing has this id.
pub fn revoke(context: &mut Context<'_>, id: &str, reason: &str) -> Result<(Seen, LedgerHead)> {
    let seen = revoked(context.store, id, reason)?;
    let ((), head) = context.store.record(context.trace_id, |tx| {
        tx.attestation_revoke(id, reason)?;
        Ok(((), NewEntry::new("trust.revoke", id, reason)))
    })?;
    Ok((seen, head))
}

/// What an attestation is once it is taken back.
///
/// # Errors
/// When nothing has this id.
pub fn revoked(store: &Store, id: &str, reason: &str) -> Result<Seen> {
    let Some(mut found) = store.attestation_list()?.into_iter().find(|one| one.id == id) else {
        return Err(Error::new(
            ErrorKind::Precondition,
            "attestation-unknown",
            format!("nothing was recorded as `{id}`"),
        )
        .hinted("`aetherra-maint trust list` shows what was"));
    };
    found.revoked = Some(reason.to_owned());
    let index = TrustIndex::new(&[found], &Keyring::default(), 1, 0);
    index.seen.into_iter().next().ok_or_else(|| Error::bug("an attestation was lost"))
}

/// A key that is to count no more.
pub struct Revocation {
    /// The operator's list.
    pub list: PathBuf,
    /// The list with the key on it.
    text: String,
    /// The key, as reports name it.
    key: String,
}

/// Prepares the revocation of a key: `named` is a fingerprint, or a key of minisign as `trust list` names it; else the
/// file has its public half.
///
/// # Errors
/// A key that cannot be found, and a list that is no text.
pub fn revocation(settings: &Settings, named: &str, file: &Path) -> Result<Revocation> {
    let folder = &settings.trust.keys;
    if folder.as_os_str().is_empty() {
        return Err(Error::usage("keys-missing", "there is no folder of the operator's keys")
            .hinted("name one with `trust.keys` in the operator's configuration"));
    }
    absolute("trust.keys", folder)?;
    let list = folder.join("revoked_keys");
    let before = read_if_there(&list)?.unwrap_or_default();
    let before = String::from_utf8(before).map_err(|_| {
        Error::usage("keys-unreadable", "the list of revoked keys is no text, but a list in OpenSSH's binary form")
            .at_path(&list)
            .hinted("add the key with `ssh-keygen -k -u -f revoked_keys KEY.pub`")
    })?;
    let signers = read_if_there(&folder.join("allowed_signers"))?.unwrap_or_default();
    let (key, line) = key_named(named, file, &String::from_utf8_lossy(&signers))?;
    let text = if before.lines().any(|known| known.trim() == line) {
        before
    } else if before.is_empty() || before.ends_with('\n') {
        format!("{before}{line}\n")
    } else {
        format!("{before}\n{line}\n")
    };
    Ok(Revocation { list, text, key })
}

/// The key that is meant, as reports and as the list of revoked keys write it.
fn key_named(named: &str, file: &Path, signers: &str) -> Result<(String, String)> {
    if named.strip_prefix("minisign:").is_some_and(|key| !key.contains(char::is_whitespace)) {
        return Ok((named.to_owned(), named.to_owned()));
    }
    let told = |key: ssh_key::PublicKey| -> Option<(String, String)> {
        let bare = key.to_openssh().ok()?.split(' ').take(2).collect::<Vec<_>>().join(" ");
        Some((key.fingerprint(ssh_key::HashAlg::Sha256).to_string(), bare))
    };
    let unknown = || {
        Error::usage("key-unknown", format!("`{}` is no key that is known here", named.escape_debug()))
            .hinted("name a file with the public half, or a key as `aetherra-maint trust list` does")
    };
    if named.starts_with("SHA256:") {
        let keys = signers.lines().filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.windows(2).find_map(|two| ssh_key::PublicKey::from_openssh(&two.join(" ")).ok())
        });
        return keys.filter_map(told).find(|(fingerprint, _)| fingerprint == named).ok_or_else(unknown);
    }
    let text = read_text(file)?;
    ssh_key::PublicKey::from_openssh(text.trim()).ok().and_then(told).ok_or_else(unknown)
}

/// Puts a key on the operator's list of those that count no more, and records it.
///
/// # Errors
/// When the list or the ledger cannot be written.
pub fn revoke_key(context: &mut Context<'_>, revocation: &Revocation, reason: &str) -> Result<LedgerHead> {
    // The list first: a key that was recorded as revoked and still counts would be worse than the other way round.
    crate::execute::attest::write(&revocation.list, &revocation.text)?;
    let ((), head) = context
        .store
        .record(context.trace_id, |_| Ok(((), NewEntry::new("trust.revoke-key", &revocation.key, reason))))?;
    Ok(head)
}

/// Everything that was recorded, with what counts of it now, and whose word counts.
///
/// # Errors
/// When the state or the keys cannot be read.
pub fn list(settings: &Settings, store: Option<&Store>, now: u64) -> Result<(Vec<Seen>, Keyring)> {
    let keyring = keyring(settings)?;
    let attestations = store.map(Store::attestation_list).transpose()?.unwrap_or_default();
    let index = TrustIndex::new(&attestations, &keyring, settings.trust.approvals_needed, now);
    Ok((index.seen, keyring))
}

/// Where the operator's keys are when the configuration does not say: the user's folder when it is there, else the
/// system's, else the user's.
pub fn usual_keys(user: Option<&Path>) -> PathBuf {
    let system = PathBuf::from("/etc/aetherra/keys");
    match user.map(|folder| folder.join("aetherra/keys")) {
        Some(own) if own.is_dir() || !system.is_dir() => own,
        _ if system.is_dir() => system,
        _ => PathBuf::new(),
    }
}

/// A new key.
pub struct NewKey {
    /// The private half, as OpenSSH writes it.
    pub private: String,
    /// The public half.
    pub public: String,
    /// The line that makes its holder's word count.
    pub line: String,
}

/// Makes an Ed25519 key, locked when there is a passphrase.
///
/// # Errors
/// A name that cannot stand in a list of signers.
pub fn keygen(host: &crate::host::Host, name: &str, passphrase: Option<&str>) -> Result<NewKey> {
    if name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || "\"#,*?!".contains(c)) {
        return Err(Error::usage("key-name", format!("`{}` cannot stand in a list of signers", name.escape_debug()))
            .hinted("write an address such as `ada@example.org`"));
    }
    let failed = |error: ssh_key::Error| Error::bug(format!("a key could not be made: {error}"));
    let (mut seed, mut salt) = ([0; 32], [0; 16]);
    host.entropy.fill(&mut seed);
    host.entropy.fill(&mut salt);
    let pair = ssh_key::private::Ed25519Keypair::from_seed(&seed);
    let mut key = ssh_key::PrivateKey::new(pair.into(), name).map_err(failed)?;
    let public = key.public_key().to_openssh().map_err(failed)?;
    if let Some(passphrase) = passphrase {
        // As many rounds as `ssh-keygen` makes.
        let kdf = ssh_key::Kdf::Bcrypt { salt: salt.to_vec(), rounds: 24 };
        let check = u32::from_le_bytes([salt[0], salt[5], salt[10], salt[15]]);
        key = key.encrypt_with(ssh_key::Cipher::Aes256Ctr, kdf, check, passphrase).map_err(failed)?;
    }
    let private = key.to_openssh(ssh_key::LineEnding::LF).map_err(failed)?.to_string();
    let bare = public.split(' ').take(2).collect::<Vec<_>>().join(" ");
    Ok(NewKey { private, line: format!("{name} {bare}"), public: public + "\n" })
}

/// Reads a small text that the operator named.
///
/// # Errors
/// When it cannot be read.
pub fn read_text(path: &Path) -> Result<String> {
    let failed = |error| Error::io("reading a file", path, error).of_kind(ErrorKind::Usage);
    let mut text = String::new();
    std::fs::File::open(path).map_err(failed)?.take(1 << 20).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// What in the operator's files could not be read.
pub fn problems(keyring: &Keyring) -> Vec<crate::model::Diagnostic> {
    let told = keyring.problems.iter().map(|(file, line, why)| {
        crate::model::Diagnostic::warning("keys-line", format!("{file}, line {line}: {why}"))
            .helped("correct the line; it allows nobody as it stands")
    });
    told.collect()
}

/// What holds for the files of a component now.
///
/// # Errors
/// When something cannot be read.
pub fn verify(
    settings: &Settings,
    project: &Path,
    store: &Store,
    path: &Path,
) -> Result<(Vec<Seen>, Vec<crate::gate::trust::FileTrust>)> {
    let component = files(project, path)?;
    let all: Vec<(String, Digest)> = component
        .files
        .iter()
        .map(|(name, digest)| (crate::gate::trust::joined(&component.base, name), *digest))
        .collect();
    let found = manifests(project, all.iter().map(|(path, _)| path.as_str()), 0);
    let gate = gate(settings, store.now_seconds(), Some(store), &found)?;
    let told = all.iter().map(|(path, digest)| {
        let standing = gate.trust.standing(path, digest);
        let companion = small_text(&project.join(format!("{path}.sig"))).filter(|text| text.starts_with("sha256:"));
        let (status, detail) = match (&standing.signed_by, standing.is_approved(), companion) {
            (Some(by), ..) => ("signed", format!("by {}", by.principal)),
            (None, true, _) => ("approved", format!("by {}", standing.reviewer_names().join(", "))),
            (None, false, Some(text)) if text.trim() == format!("sha256:{}", digest.hex()) => {
                ("integrity-only", "its unkeyed companion fits, which tells nothing of who made it".to_owned())
            }
            (None, false, Some(_)) => ("changed", "its companion names another content".to_owned()),
            (None, false, None) => {
                ("unsigned", format!("{} of {} reviewers, no publisher", standing.reviewers, standing.needed))
            }
        };
        crate::gate::trust::FileTrust { path: path.clone(), status: status.to_owned(), detail }
    });
    let files = told.collect();
    Ok((gate.trust.seen, files))
}
