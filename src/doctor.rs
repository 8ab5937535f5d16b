//! Whether the tool itself is well: its state, its configuration, the machine around it. Reads only.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::error::Result;
use crate::host::Host;
use crate::model::Digest;
use crate::report::doctor::{Check, DoctorReport, Health};
use crate::settings::layers::Resolution;
use crate::store::upkeep::{migration_names, version_at};
use crate::store::{DATABASE, Store, lease};

/// Below this many bytes free, a run may not be able to record what it does.
const LITTLE_SPACE: u64 = 100 * 1024 * 1024;

/// Contents are read up to about this many bytes.
const MAX_CONTENT_BYTES: u64 = 4 << 30;

/// No clock is right that shows a time before this program was written: 2025, in nanoseconds.
const EARLIEST_NS: i64 = 1_735_689_600_000_000_000;

/// A clock may be this much behind the newest entry before that is odd, in nanoseconds.
const CLOCK_SLACK_NS: i64 = 60_000_000_000;

/// Examines everything; nothing it finds makes it fail.
pub fn examine(state: &Path, configuration: &Resolution, host: &Host) -> DoctorReport {
    let mut checks = vec![check_configuration(configuration), check_permissions(state)];
    let store = open(state, host, &mut checks);
    checks.push(check_signer(state, store.as_ref()));
    checks.push(check_contents(state));
    checks.push(check_lock(state));
    checks.push(check_space(state));
    checks.push(check_clock(host, store.as_ref()));
    for (id, tool, use_) in [
        ("tool-git", "git", "`--staged`, `--from-ref` and the list of tracked files"),
        ("tool-ssh-keygen", "ssh-keygen", "making keys that others can verify with their own tools"),
    ] {
        checks.push(check_tool(id, tool, use_));
    }
    DoctorReport { checks }
}

fn good(id: &'static str, message: impl Into<String>) -> Check {
    Check { id, health: Health::Good, message: message.into(), help: None }
}

fn absent(id: &'static str, message: impl Into<String>) -> Check {
    Check { id, health: Health::Absent, message: message.into(), help: None }
}

fn doubtful(id: &'static str, message: impl Into<String>, help: impl Into<String>) -> Check {
    Check { id, health: Health::Doubtful, message: message.into(), help: Some(help.into()) }
}

fn bad(id: &'static str, message: impl Into<String>, help: impl Into<String>) -> Check {
    Check { id, health: Health::Bad, message: message.into(), help: Some(help.into()) }
}

fn check_configuration(resolution: &Resolution) -> Check {
    let id = "configuration";
    match (resolution.errors.len(), resolution.diagnostics.len()) {
        (0, 0) => good(id, "every layer is valid"),
        (0, count) => doubtful(id, format!("{count} keys were not obeyed"), "`aetherra-maint config check` lists them"),
        (count, _) => bad(id, format!("{count} mistakes"), "`aetherra-maint config check` lists them"),
    }
}

fn check_permissions(state: &Path) -> Check {
    let id = "state-permissions";
    let Ok(metadata) = state.metadata() else { return absent(id, "there is no state yet") };
    let mode = metadata.permissions().mode() & 0o777;
    let user = rustix::process::geteuid();
    if metadata.uid() != user.as_raw() && !user.is_root() {
        return bad(
            id,
            format!("it belongs to user {}", metadata.uid()),
            "run as its owner, or name another with `--state`",
        );
    }
    if mode & 0o022 != 0 {
        return bad(id, format!("others may write to it (mode {mode:o})"), "`chmod go-w` the state directory");
    }
    if mode & 0o055 != 0 {
        return doubtful(id, format!("others may look into it (mode {mode:o})"), "`chmod 700` the state directory");
    }
    good(id, "for its owner alone")
}

fn open(state: &Path, host: &Host, checks: &mut Vec<Check>) -> Option<Store> {
    let id = "state-version";
    let newest = migration_names().len();
    match version_at(state) {
        Ok(None) => {
            checks.push(absent(id, "there is no state yet"));
            return None;
        }
        Ok(Some(version)) if version < newest => checks.push(doubtful(
            id,
            format!("version {version}, and this binary knows {newest}"),
            "the next run that writes brings it up to date, or `aetherra-maint state migrate` does",
        )),
        Ok(Some(_)) => checks.push(good(id, "up to date")),
        Err(error) => {
            checks.push(bad(id, error.message.clone(), error.hints.join("; ")));
            return None;
        }
    }
    let id = "state-integrity";
    let opened = Store::open_to_read(state, host);
    let problems: Result<Vec<String>> = match &opened {
        Ok(store) => store.integrity_problems(),
        Err(error) => Ok(vec![error.message.clone()]),
    };
    let help = "the file was left as it is; restore a copy from the `backups` folder in the state directory";
    checks.push(match problems {
        Ok(problems) if problems.is_empty() => good(id, "SQLite finds nothing wrong"),
        Ok(problems) => bad(id, problems.join("; "), help),
        Err(error) => bad(id, error.message, help),
    });
    opened.ok()
}

/// Whether the signer's files have followed the ledger.
fn check_signer(state: &Path, store: Option<&Store>) -> Check {
    let id = "ledger-signer";
    let Some(store) = store else {
        let damaged = state.join(DATABASE).exists();
        return absent(id, if damaged { "the ledger could not be opened" } else { "there is no ledger to sign" });
    };
    match store.signer_behind() {
        Ok(None) => good(id, "it remembers what it signed"),
        Ok(Some(behind)) => doubtful(id, behind.message, behind.help.unwrap_or_default()),
        Err(error) => bad(id, error.message, error.hints.join("; ")),
    }
}

/// Whether every content that is kept is what its name says.
fn check_contents(state: &Path) -> Check {
    let id = "contents";
    let folder = state.join("objects");
    let Ok(entries) = std::fs::read_dir(&folder) else { return absent(id, "nothing was deployed yet") };
    let (mut sound, mut damaged, mut bytes) = (0_u64, Vec::new(), 0_u64);
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        // A copy that is still being made has another name.
        let Ok(digest) = name.parse::<Digest>() else { continue };
        if bytes > MAX_CONTENT_BYTES {
            break;
        }
        match std::fs::read(entry.path()) {
            Ok(content) if Digest::of(&content) == digest => sound += 1,
            _ => damaged.push(name),
        }
        bytes += entry.metadata().map_or(0, |metadata| metadata.len());
    }
    damaged.sort();
    match damaged.first() {
        None if bytes > MAX_CONTENT_BYTES => good(id, format!("the first {sound} are what their names say")),
        None => good(id, "all are what their names say"),
        Some(first) => bad(
            id,
            format!(
                "{} of {} in `objects` are not what their names say; the first: {first}",
                damaged.len(),
                sound + damaged.len() as u64
            ),
            "move them away, then `aetherra-maint plan` and `integrate` store them anew from the project; a rollback that needs them is refused until then",
        ),
    }
}

fn check_lock(state: &Path) -> Check {
    let id = "state-lock";
    if !state.join(DATABASE).exists() {
        return absent(id, "there is no state yet");
    }
    match lease::is_held(state) {
        Ok(None) => good(id, "free"),
        Ok(Some(holder)) => good(id, format!("held by another run{holder}")),
        Err(error) => bad(id, error.message.clone(), error.hints.join("; ")),
    }
}

fn check_space(state: &Path) -> Check {
    let id = "disk-space";
    let there = state.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    match rustix::fs::statvfs(there) {
        Ok(found) if found.f_bavail.saturating_mul(found.f_frsize) < LITTLE_SPACE => {
            doubtful(id, "less than 100 MiB are free where the state is", "free some space")
        }
        Ok(_) => good(id, "enough where the state is"),
        Err(error) => doubtful(id, format!("there is no telling: {error}"), "look with `df`"),
    }
}

fn check_clock(host: &Host, store: Option<&Store>) -> Check {
    let id = "clock";
    let now = host.clock.now_ns();
    if now < EARLIEST_NS {
        return bad(id, "it shows a time before this program was written", "set the clock of the machine");
    }
    let newest = store.and_then(|store| store.newest_entry_time().ok().flatten());
    if newest.is_some_and(|newest| now.saturating_add(CLOCK_SLACK_NS) < newest) {
        let message = "it shows a time before the newest entry of the ledger";
        return doubtful(id, message, "set the clock of the machine; entries keep their order whatever it shows");
    }
    good(id, "plausible")
}

/// Looks for a program without running it.
fn check_tool(id: &'static str, tool: &str, use_: &str) -> Check {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let is_program = |path: &Path| path.metadata().is_ok_and(|found| found.is_file() && found.mode() & 0o111 != 0);
    if std::env::split_paths(&paths).any(|folder| is_program(&folder.join(tool))) {
        good(id, "found")
    } else {
        doubtful(id, format!("not found; it is needed for {use_}"), format!("install `{tool}`, or do without"))
    }
}
