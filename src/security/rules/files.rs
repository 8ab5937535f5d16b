//! Files: temporary ones, permissions, archives.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};

pub(super) const TEMP_FOLDER: Rule = Rule {
    id: "hardcoded-temp-path",
    title: "a path in a folder that everybody may write to",
    aliases: &["B108", "S108"],
    category: Category::FileOperations,
    cwe: 377,
    severity: Severity::Low,
    help: "use `tempfile.NamedTemporaryFile` or `tempfile.mkdtemp`",
    triggers: &[Trigger::Str, Trigger::Text],
    check: temp_folder,
};

pub(super) const MKTEMP: Rule = Rule {
    id: "mktemp-used",
    title: "`mktemp` gives a name that somebody else may take",
    aliases: &["B306", "S306"],
    category: Category::FileOperations,
    cwe: 377,
    severity: Severity::Medium,
    help: "use `tempfile.mkstemp` or `tempfile.NamedTemporaryFile`",
    triggers: &[Trigger::Call(&["tempfile.mktemp", "os.tempnam", "os.tmpnam"])],
    check: |site, sink| {
        if site.name != Some("tempfile.mktemp") && sink.is_full() {
            return;
        }
        let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
        sink.report(
            site.range(),
            severity,
            Confidence::High,
            "between the name and the file somebody else can make one",
        );
    },
};

pub(super) const CHMOD: Rule = Rule {
    id: "permissive-mode",
    title: "a file gets permissions that are too wide",
    aliases: &["B103", "S103"],
    category: Category::FileOperations,
    cwe: 732,
    severity: Severity::Medium,
    help: "use 0o600 for files and 0o700 for folders that nobody else needs",
    triggers: &[
        Trigger::Method(&["chmod", "fchmod", "lchmod", "lchmod_", "mkfifo"]),
        Trigger::Call(&["os.umask", "os.open"]),
        Trigger::Target(&["FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS"]),
    ],
    check: |site, sink| match site.node {
        NodeRef::Stmt(Stmt::Assign(assign)) => uploads(site, sink, &assign.value),
        _ => chmod(site, sink),
    },
};

pub(super) const EXTRACT: Rule = Rule {
    id: "archive-extraction",
    title: "an archive is unpacked without a look at its names",
    aliases: &["B202", "S202"],
    category: Category::FileOperations,
    cwe: 22,
    severity: Severity::Medium,
    help: "pass `filter=\"data\"`",
    triggers: &[Trigger::Method(&["extractall", "extract"]), Trigger::Call(&["shutil.unpack_archive"])],
    check: extract,
};

/// Settings of Django: everybody else may write what was uploaded.
fn uploads(site: &Site<'_, '_>, sink: &mut Sink<'_>, mode: &Expr) {
    if matches!(site.constant(mode), Some(Constant::Int(mode)) if mode & 0o002 != 0) && !sink.is_full() {
        let what = "every account of this machine may change what is uploaded";
        sink.report(mode.range(), Severity::Medium, Confidence::High, what);
    }
}

const TEMP: &[&str] = &["/tmp", "/var/tmp", "/dev/shm"];

fn temp_folder(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let starts = match site.node {
        NodeRef::Expr(Expr::StringLiteral(literal)) => {
            let text = literal.value.to_str();
            if !text.starts_with('/') {
                return;
            }
            TEMP.iter()
                .find(|folder| text.starts_with(**folder))
                .map(|folder| (folder.len(), text.len(), text.as_bytes().get(folder.len()).copied()))
        }
        NodeRef::Expr(Expr::FString(string)) => {
            if !site.file.unit.slice(string.range()).contains('/') {
                return;
            }
            let text = super::words::skeleton(string);
            TEMP.iter()
                .find(|folder| text.starts_with(**folder))
                .map(|folder| (folder.len(), text.len(), text.as_bytes().get(folder.len()).copied()))
        }
        _ => None,
    };
    let Some((folder, length, next)) = starts else { return };
    // The folder itself, and folders whose name only begins like it, are no predictable file.
    let file_inside = next == Some(b'/') && length > folder + 1;
    let used = site.parent().is_some_and(|node| match node.node {
        NodeRef::Expr(Expr::Call(call)) => called_name(call).is_some_and(|name| {
            matches!(
                name,
                "open"
                    | "write_text"
                    | "write_bytes"
                    | "makedirs"
                    | "mkdir"
                    | "FileHandler"
                    | "copy"
                    | "copyfile"
                    | "move"
                    | "rename"
                    | "Path"
                    | "touch"
                    | "symlink"
                    | "bind"
                    | "RotatingFileHandler"
                    | "dump"
                    | "to_csv"
                    | "savefig"
            )
        }),
        _ => false,
    });
    if file_inside && used && !site.file.test_code {
        sink.report(site.range(), Severity::Low, Confidence::Medium, "somebody else can make this file first");
    } else if file_inside {
        sink.report(site.range(), Severity::Note, Confidence::Low, "a path in a folder that everybody may write to");
    } else {
        sink.unjudged(site.range(), Severity::Low, "a folder that everybody may write to");
    }
}

fn chmod(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let arguments = &call.arguments;
    if site.name == Some("os.umask") {
        let wide = arguments.args.first().and_then(|mask| site.constant(mask)) == Some(Constant::Int(0));
        if wide && !sink.is_full() && !site.file.test_code {
            sink.report(site.range(), Severity::Low, Confidence::Low, "new files can be written by everybody");
        }
        return;
    }
    if site.name == Some("os.open") {
        let mode = site.argument("mode", 2).and_then(|mode| bits(site, mode, 8));
        if mode.is_some_and(|mode| mode & 0o002 != 0) && !sink.is_full() && !site.file.test_code {
            let what = "everybody may write to it where no mask takes that away";
            sink.report(site.range(), Severity::Low, Confidence::Medium, what);
        } else if mode.is_some_and(|mode| mode & 0o004 != 0)
            && keeps_key(site)
            && !sink.is_full()
            && !site.file.test_code
        {
            let what = "every account of this machine can read the key that is written to it";
            sink.report(site.range(), Severity::Low, Confidence::Medium, what);
        }
        return;
    }
    let mode = match arguments.args.len() {
        2 => arguments.args.get(1),
        // `Path.chmod(mode)`.
        1 if !sink.is_full() => arguments.find_keyword("mode").map(|keyword| &keyword.value).or(arguments.args.first()),
        _ => arguments.find_keyword("mode").map(|keyword| &keyword.value).filter(|_| !sink.is_full()),
    };
    let Some(mode) = mode.and_then(|mode| bits(site, mode, 8)) else { return };
    let severity = |severity: Severity| if site.file.test_code { Severity::Note } else { severity };
    if mode & 0o4000 != 0 || mode & 0o2000 != 0 && mode & 0o010 != 0 {
        sink.report(
            site.range(),
            severity(Severity::Medium),
            Confidence::High,
            format!("mode 0o{mode:o} lets others run it with its owner's rights"),
        );
    } else if mode & 0o002 != 0 && mode & 0o1000 == 0 {
        sink.report(
            site.range(),
            severity(Severity::Medium),
            Confidence::High,
            format!("mode 0o{mode:o} lets everybody write"),
        );
    } else if mode & 0o033 != 0 {
        sink.unjudged(site.range(), Severity::Low, format!("mode 0o{mode:o} lets others write or run"));
    }
}

/// Whether the function around a call is about a private key or the like, by its name.
fn keeps_key(site: &Site<'_, '_>) -> bool {
    let function = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::FunctionDef(function)) => Some(function),
        _ => None,
    });
    function.is_some_and(|function| {
        let secret = ["key", "secret", "secrets", "credentials", "password", "token", "private"];
        super::words::has_word(function.name.as_str(), &secret)
            && !super::words::has_word(function.name.as_str(), &["public", "pub"])
    })
}

/// The bits of a mode: a number, or names of `stat` joined by `|`.
fn bits(site: &Site<'_, '_>, mode: &Expr, depth: u8) -> Option<i64> {
    let depth = depth.checked_sub(1)?;
    if let Some(Constant::Int(value)) = site.constant(mode) {
        return Some(value);
    }
    if let Expr::BinOp(binary) = mode
        && binary.op == ruff_python_ast::Operator::BitOr
    {
        let (left, right) = (bits(site, &binary.left, depth), bits(site, &binary.right, depth));
        return match (left, right) {
            (None, None) => None,
            (left, right) => Some(left.unwrap_or(0) | right.unwrap_or(0)),
        };
    }
    let name = site.resolve(mode)?;
    Some(match name.strip_prefix("stat.")? {
        "S_IRWXU" => 0o700,
        "S_IRWXG" => 0o070,
        "S_IRWXO" => 0o007,
        "S_IROTH" => 0o004,
        "S_IWOTH" => 0o002,
        "S_IXOTH" => 0o001,
        "S_IRGRP" => 0o040,
        "S_IWGRP" => 0o020,
        "S_IXGRP" => 0o010,
        "S_IRUSR" => 0o400,
        "S_IWUSR" => 0o200,
        "S_IXUSR" => 0o100,
        "S_ISUID" => 0o4000,
        "S_ISGID" => 0o2000,
        "S_ISVTX" => 0o1000,
        _ => return None,
    })
}

fn extract(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let severity = |severity: Severity| if site.file.test_code { Severity::Note } else { severity };
    if site.name == Some("shutil.unpack_archive") {
        let constant = site.first().is_some_and(|first| site.is_constant(first));
        if site.keyword("filter").is_none() && !constant && !sink.is_full() {
            sink.report(
                site.range(),
                severity(Severity::Low),
                Confidence::Low,
                "a tar archive can hold names that lead out of the folder",
            );
        }
        return;
    }
    let all = called_name(call) == Some("extractall");
    if !site.imports("tarfile") || (!all && sink.is_full()) {
        return;
    }
    // Extraction of zip files takes `..` out of names itself.
    let zip = site.name.is_some_and(|name| name.starts_with("zipfile."))
        || site.name.is_none() && site.imports("zipfile") && receiver_says_zip(call);
    if zip {
        sink.unjudged(site.range(), Severity::Low, "a zip archive is unpacked");
        return;
    }
    if site.name.is_some_and(|name| !name.starts_with("tarfile.")) && !sink.is_full() {
        return;
    }
    match site.keyword("filter").map(|filter| (site.text(filter), filter)) {
        Some((Some(filter), _)) if filter == "data" || (filter == "tar" && !sink.is_full()) => return,
        Some((Some(filter), _)) if filter == "fully_trusted" => {
            sink.report(
                site.range(),
                severity(Severity::High),
                Confidence::High,
                "names in the archive may lead out of the folder",
            );
            return;
        }
        Some((None, filter))
            if site
                .resolve(filter)
                .is_some_and(|name| matches!(name.as_str(), "tarfile.data_filter" | "tarfile.tar_filter")) =>
        {
            return;
        }
        Some(_) => {
            sink.unjudged(site.range(), Severity::Low, "an archive is unpacked with a filter");
            return;
        }
        None => {}
    }
    // `filter` can also be put on the archive as a whole.
    if site.file.unit.text.contains("extraction_filter") || site.file.unit.text.contains("data_filter") {
        sink.unjudged(site.range(), Severity::Low, "an archive is unpacked with a filter that is set elsewhere");
        return;
    }
    if !all && site.name.is_none() {
        return;
    }
    match site.argument("members", 1).filter(|_| all) {
        Some(Expr::Call(_) | Expr::Name(_) | Expr::ListComp(_)) => {
            sink.report(
                site.range(),
                severity(Severity::Low),
                Confidence::Low,
                "the names in the archive are chosen elsewhere: make sure that none leads out of the folder",
            );
        }
        Some(Expr::List(list)) if list.elts.is_empty() => {
            sink.unjudged(site.range(), Severity::Low, "nothing is unpacked")
        }
        _ => sink.report(
            site.range(),
            severity(Severity::Medium),
            Confidence::Medium,
            "names in the archive may lead out of the folder",
        ),
    }
}

fn receiver_says_zip(call: &ruff_python_ast::ExprCall) -> bool {
    let Expr::Attribute(attribute) = &*call.func else { return false };
    matches!(&*attribute.value, Expr::Name(name) if name.id.as_str().to_ascii_lowercase().contains('z'))
}
