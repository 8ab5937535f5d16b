//! `trust`: signatures and approvals behind the tiers.

use std::path::{Path, PathBuf};

use aetherra_maint::execute::attest;
use aetherra_maint::incorporation::trust;
use aetherra_maint::model::AttestationKind;
use aetherra_maint::report::Answer;
use aetherra_maint::report::trust::TrustReport;
use aetherra_maint::{Error, Result};

use crate::session::Session;

/// Flags of `trust`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Whose word counts, and what was vouched for
    List,
    /// Make a key of the kind that `ssh-keygen -t ed25519` makes
    Keygen {
        /// Where the key goes; the public half goes beside it
        file: PathBuf,
        /// Whose key it is
        #[arg(long = "as", value_name = "NAME")]
        name: String,
        /// A file with the passphrase that the key is locked with
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,
    },
    /// Sign the files of a component as its publisher
    Sign {
        /// A file or a folder of the project
        path: PathBuf,
        #[command(flatten)]
        key: Key,
        /// Write the manifest alone, to be signed elsewhere: `ssh-keygen -Y sign -n aetherra-manifest@v1`, or minisign
        #[arg(long, conflicts_with = "key")]
        prepare: bool,
    },
    /// What holds for the files of a component
    Verify {
        /// A file or a folder of the project
        path: PathBuf,
    },
    /// Approve exactly the present content as a reviewer
    Approve {
        /// A file or a folder of the project
        path: PathBuf,
        #[command(flatten)]
        key: Key,
        /// The reviewer, where the key alone does not tell
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
        /// Write what is to be signed to this file, for `ssh-keygen -Y sign -n aetherra-approve@v1`
        #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "signature"])]
        prepare: Option<PathBuf>,
        /// A signature that was made elsewhere
        #[arg(long, value_name = "FILE", conflicts_with = "key")]
        signature: Option<PathBuf>,
    },
    /// Take a signature or an approval back, or all that a key ever signed
    Revoke {
        /// As `trust list` names it
        #[arg(required_unless_present = "key")]
        id: Option<String>,
        /// A key whose word counts no more: a file with its public half, or as `trust list` names it
        #[arg(long, value_name = "FILE|KEY", conflicts_with = "id")]
        key: Option<String>,
        /// Why, for the ledger
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// A private key.
#[derive(Debug, clap::Args)]
struct Key {
    /// A private key, as `ssh-keygen` or `trust keygen` makes it
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// A file with the passphrase of the key
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Key {
    fn sign(&self, kind: AttestationKind, statement: &str, session: &Session) -> Result<String> {
        let key = self.key.as_ref().ok_or_else(|| {
            Error::usage("key-missing", "no key was named to sign with")
                .hinted("name it with `--key FILE`, or sign elsewhere what `--prepare` writes")
        })?;
        let phrase = || passphrase(self.passphrase_file.as_deref(), session);
        trust::sign(kind, statement, &session.path(key), &phrase)
    }
}

fn passphrase(file: Option<&Path>, session: &Session) -> Result<String> {
    let file = file.ok_or_else(|| {
        Error::usage("passphrase-missing", "the key is locked").hinted(
            "name a file with `--passphrase-file FILE`; where an agent holds the key, let `ssh-keygen -Y sign` sign what \
             `--prepare` writes",
        )
    })?;
    trust::read_text(&session.path(file)).map(|text| text.trim_end_matches(['\n', '\r']).to_owned())
}

pub fn run(args: &Args, session: &mut Session) -> Result<Answer> {
    match &args.action {
        Action::List => list(session),
        Action::Keygen { file, name, passphrase_file } => keygen(file, name, passphrase_file.as_deref(), session),
        Action::Sign { path, key, prepare } => sign(path, key, *prepare, session),
        Action::Verify { path } => {
            let store = session.open_to_look()?;
            let (statements, files) = trust::verify(&session.settings, &session.project, &store, &session.path(path))?;
            Ok(Answer::new(TrustReport { statements, files, ..report("verify", session) }))
        }
        Action::Approve { path, prepare: Some(file), .. } => {
            let text = trust::files(&session.project, &session.path(path))?.statement(AttestationKind::Approval);
            if !session.globals.dry_run {
                attest::write(&session.path(file), &text)?;
            }
            let written = vec![file.display().to_string()];
            Ok(Answer::new(TrustReport { written, ..report("approve", session) }))
        }
        Action::Approve { path, key, name, signature, .. } => {
            let files = trust::files(&session.project, &session.path(path))?;
            let signature = match signature {
                Some(file) => trust::read_text(&session.path(file))?,
                None => key.sign(AttestationKind::Approval, &files.statement(AttestationKind::Approval), session)?,
            };
            record(AttestationKind::Approval, &files, &signature, name.as_deref(), report("approve", session), session)
        }
        Action::Revoke { key: Some(key), reason, .. } => revoke_key(key, reason, session),
        Action::Revoke { id, reason, .. } => revoke(id.as_deref().unwrap_or_default(), reason, session),
    }
}

fn revoke(id: &str, reason: &str, session: &Session) -> Result<Answer> {
    if session.globals.dry_run {
        let seen = trust::revoked(&session.open_to_look()?, id, reason)?;
        return Ok(Answer::new(TrustReport { statements: vec![seen], ..report("revoke", session) }));
    }
    let mut store = session.open_to_write()?;
    let (seen, audit) = trust::revoke(&mut session.context(&mut store), id, reason)?;
    let answer = TrustReport { statements: vec![seen], ..report("revoke", session) };
    Ok(Answer { audit: Some(audit), ..Answer::new(answer) })
}

/// Adds a key to the operator's list of those that count no more.
fn revoke_key(key: &str, reason: &str, session: &Session) -> Result<Answer> {
    let revocation = trust::revocation(&session.settings, key, &session.path(Path::new(key)))?;
    let written = vec![revocation.list.display().to_string()];
    let answer = TrustReport { written, ..report("revoke", session) };
    if session.globals.dry_run {
        return Ok(Answer::new(answer));
    }
    let mut store = session.open_to_write()?;
    let audit = trust::revoke_key(&mut session.context(&mut store), &revocation, reason)?;
    Ok(Answer { audit: Some(audit), ..Answer::new(answer) })
}

fn report(action: &str, session: &Session) -> TrustReport {
    TrustReport { action: action.to_owned(), dry_run: session.globals.dry_run, ..TrustReport::default() }
}

fn list(session: &Session) -> Result<Answer> {
    let store = session.open_if_there()?;
    let now = u64::try_from(session.host.clock.now_ns() / 1_000_000_000).unwrap_or(0);
    let (statements, keyring) = trust::list(&session.settings, store.as_ref(), now)?;
    let keys = keyring.listed();
    let diagnostics = trust::problems(&keyring);
    Ok(Answer { diagnostics, ..Answer::new(TrustReport { statements, keys, ..report("list", session) }) })
}

fn keygen(file: &Path, name: &str, passphrase_file: Option<&Path>, session: &Session) -> Result<Answer> {
    let phrase = passphrase_file.map(|file| passphrase(Some(file), session)).transpose()?;
    let made = trust::keygen(&session.host, name, phrase.as_deref())?;
    let (private, public) = (session.path(file), session.path(&PathBuf::from(format!("{}.pub", file.display()))));
    if !session.globals.dry_run {
        attest::write_secret(&private, &made.private)?;
        attest::write(&public, &made.public)?;
    }
    let written = vec![file.display().to_string(), format!("{}.pub", file.display())];
    let line = Some(made.line);
    Ok(Answer::new(TrustReport { written, allowed_signers_line: line, ..report("keygen", session) }))
}

fn sign(path: &Path, key: &Key, prepare: bool, session: &Session) -> Result<Answer> {
    let files = trust::files(&session.project, &session.path(path))?;
    let statement = files.statement(AttestationKind::Manifest);
    if prepare {
        if !session.globals.dry_run {
            attest::write(&session.project.join(&files.manifest), &statement)?;
        }
        return Ok(Answer::new(TrustReport { written: vec![files.manifest], ..report("sign", session) }));
    }
    let signature = key.sign(AttestationKind::Manifest, &statement, session)?;
    let written = vec![files.manifest.clone(), format!("{}.sig", files.manifest)];
    if !session.globals.dry_run {
        for (path, text) in written.iter().zip([&statement, &signature]) {
            attest::write(&session.project.join(path), text)?;
        }
    }
    Ok(Answer::new(TrustReport { written, ..report("sign", session) }))
}

fn record(
    kind: AttestationKind,
    files: &trust::Files,
    signature: &str,
    name: Option<&str>,
    report: TrustReport,
    session: &Session,
) -> Result<Answer> {
    if session.globals.dry_run {
        return Ok(Answer::new(report));
    }
    let mut store = session.open_to_write()?;
    let (seen, audit) = trust::record(&mut session.context(&mut store), kind, files, signature, name)?;
    Ok(Answer { audit: Some(audit), ..Answer::new(TrustReport { statements: vec![seen], ..report }) })
}
