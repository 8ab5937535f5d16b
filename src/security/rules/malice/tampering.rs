//! What other programs trust is changed: names of hosts, rights, the index of packages, records, and everybody's files.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

use super::packages::changes_others;
use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Model, NodeRef};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const TRUSTED_FILE: Rule = Rule {
    id: "trusted-file-write",
    title: "a file that other programs trust is changed",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "leave the settings of the machine to those who run it",
    triggers: &[
        Trigger::Call(&[
            "builtins.open",
            "shutil.rmtree",
            "os.remove",
            "os.unlink",
            "os.fork",
            "shutil.copy",
            "shutil.move",
        ]),
        Trigger::Method(&["write_text", "write_bytes", "unlink", "open"]),
    ],
    check: trusted,
};

/// Files that decide whom the machine trusts.
pub(super) const TRUSTED: &[&str] = &[
    "/etc/hosts",
    "/etc/sudoers",
    "/etc/resolv.conf",
    "/etc/passwd",
    "/etc/shadow",
    "/etc/pam.d/",
    "/etc/ssh/sshd_config",
    "drivers\\etc\\hosts",
    "drivers/etc/hosts",
    "pip.conf",
    "pip.ini",
    "/usr/local/share/ca-certificates",
];

/// Devices that hold file systems: whoever writes to one destroys what is on it.
pub(super) const DEVICES: &[&str] =
    &["/dev/sd", "/dev/hd", "/dev/vd", "/dev/nvme", "/dev/mmcblk", "/dev/disk", "/dev/mapper/", "PhysicalDrive"];

/// Records and guards: whoever removes them does not want to be seen.
pub(super) const RECORDS: &[&str] =
    &["/var/log/", ".bash_history", ".zsh_history", ".aetherra", "/var/audit", "/etc/audit", "winevt\\Logs"];

fn trusted(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    if site.file.test_code {
        return;
    }
    let name = site.name.unwrap_or_default();
    if name == "os.fork" {
        return fork_bomb(site, sink);
    }
    if matches!(called_name(call), Some("write_text" | "write_bytes" | "open")) && changes_others(site, call, sink) {
        return;
    }
    if site.file.hints() & super::hints::TRUSTED == 0 {
        return;
    }
    let mut reach = Reach::new(site.file.model);
    let mut names = |expr: &Expr, list: &[&str]| {
        reach.any(expr, site.scope, &|expr, _| {
            Some(
                literal_text(expr)
                    .is_some_and(|text| list.iter().any(|part| text.contains(part) && !text.contains("backup"))),
            )
        })
    };
    let mode = site.argument("mode", 1).and_then(literal_text).unwrap_or_default();
    match called_name(call).unwrap_or_default() {
        "open" if name == "builtins.open" => {
            let Some(path) = site.first() else { return };
            if mode.contains(['w', 'a', '+']) && names(path, TRUSTED) {
                let message = "a file that decides whom this machine trusts is changed";
                report(site, sink, Severity::Critical, Confidence::Medium, message);
                if let NodeRef::Expr(opened) = site.node {
                    for place in super::ways::through(site, opened) {
                        sink.report(place, Severity::Low, Confidence::Medium, message);
                    }
                }
            } else if mode.contains(['w', '+']) && names(path, DEVICES) {
                let message = "a disk is written to past its file system";
                report(site, sink, Severity::Critical, Confidence::Medium, message);
                if let NodeRef::Expr(opened) = site.node {
                    for place in super::ways::through(site, opened) {
                        sink.report(place, Severity::Low, Confidence::Medium, message);
                    }
                }
            } else if mode.contains('w') && names(path, RECORDS) && empties(site, call) {
                report(site, sink, Severity::Critical, Confidence::Medium, "records of what was done are emptied");
            }
        }
        "write_text" | "write_bytes" => {
            if let Expr::Attribute(method) = &*call.func
                && names(&method.value, TRUSTED)
            {
                report(
                    site,
                    sink,
                    Severity::Critical,
                    Confidence::Medium,
                    "a file that decides whom this machine trusts is changed",
                );
            }
        }
        "rmtree" | "remove" | "unlink" => {
            let path = match &*call.func {
                Expr::Attribute(method) if !name.starts_with("os.") && !name.starts_with("shutil.") => {
                    Some(&*method.value)
                }
                _ => site.first(),
            };
            let Some(path) = path else { return };
            if names(path, RECORDS) {
                report(site, sink, Severity::Critical, Confidence::Medium, "records of what was done are removed");
            } else if name == "shutil.rmtree" && is_home_or_root(site, path) {
                report(site, sink, Severity::Critical, Confidence::Medium, "everything that a person has is removed");
            }
        }
        _ => {}
    }
}

fn report(site: &Site<'_, '_>, sink: &mut Sink<'_>, severity: Severity, confidence: Confidence, message: &str) {
    sink.report(site.range(), severity, confidence, message);
}

/// Whether an opened file is only closed again.
fn empties(site: &Site<'_, '_>, _: &ast::ExprCall) -> bool {
    site.parent().is_some_and(
        |node| matches!(node.node, NodeRef::Expr(Expr::Call(outer)) if called_name(outer) == Some("close")),
    ) || matches!(site.parent().map(|node| node.node), Some(NodeRef::Stmt(Stmt::Expr(_))))
}

fn is_home_or_root(site: &Site<'_, '_>, path: &Expr) -> bool {
    match path {
        Expr::StringLiteral(text) => matches!(text.value.to_str(), "/" | "C:\\" | "C:/" | "/home"),
        Expr::Call(call) => match site.resolve(&call.func).as_deref() {
            Some("os.path.expanduser") => {
                call.arguments.args.first().and_then(literal_text).is_some_and(|text| matches!(&*text, "~" | "~/"))
            }
            Some("pathlib.Path.home") => true,
            _ => false,
        },
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !value.is_name_expr() && is_home_or_root(site, value)),
        _ => false,
    }
}

/// Processes that multiply without an end.
fn fork_bomb(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let endless = site.ancestors().find_map(|node| match node.node {
        NodeRef::Stmt(Stmt::While(looped)) => Some(&looped.body),
        _ => None,
    });
    let Some(body) = endless else { return };
    let alone = body.iter().all(|stmt| matches!(stmt, Stmt::Expr(_)));
    let bare = matches!(site.parent().map(|node| node.node), Some(NodeRef::Stmt(Stmt::Expr(_))));
    if alone && bare {
        report(site, sink, Severity::Critical, Confidence::High, "processes are started without an end");
    }
}

pub(in crate::security::rules) const IMPORT_EFFECT: Rule = Rule {
    id: "import-side-effect",
    title: "importing the package starts a program or uses the network",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "do it in a function that people call",
    triggers: &[Trigger::Call(&[
        "subprocess.Popen",
        "subprocess.run",
        "subprocess.call",
        "subprocess.check_call",
        "subprocess.check_output",
        "os.system",
        "os.popen",
        "urllib.request.urlopen",
        "requests.get",
        "requests.post",
        "socket.gethostbyname",
        "threading.Thread",
        "atexit.register",
        "multiprocessing.Process",
    ])],
    check: import_effect,
};

fn import_effect(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let file = site.file.unit.path.rsplit('/').next().unwrap_or_default();
    if site.scope != Model::MODULE
        || !matches!(file, "__init__.py" | "sitecustomize.py" | "usercustomize.py")
        || site.file.test_code
    {
        return;
    }
    let guarded = site.ancestors().any(|node| match node.node {
        NodeRef::Stmt(Stmt::If(test)) => site.file.unit.slice(test.test.range()).contains("__name__"),
        _ => false,
    });
    let Some(call) = site.call() else { return };
    let name = site.name.unwrap_or_default();
    if guarded {
        return;
    }
    let what = match name {
        "threading.Thread" | "multiprocessing.Process" | "atexit.register" => {
            let target = site.keyword("target").or_else(|| site.first().filter(|_| name == "atexit.register"));
            let Some(Expr::Name(target)) = target else { return };
            let Some(binding) = site.file.model.lookup(target.id.as_str(), site.scope, target.start()) else { return };
            let crate::security::python::BindingKind::Function(function) = binding.kind else { return };
            if super::ways::sends_within(site, function.range()).is_none() {
                return;
            }
            "importing the package starts work in the background that uses the network"
        }
        _ if name.starts_with("subprocess.") || name.starts_with("os.") => {
            let command = site.first().map(|command| site.file.unit.slice(command.range())).unwrap_or_default();
            let honest = ["git", "ldconfig", "uname", "lsb_release", "nvidia-smi", "xcrun", "--version"];
            if honest.iter().any(|word| command.contains(word)) {
                return;
            }
            let detached = arguments_of(call).count() > 1
                && ["DEVNULL", "start_new_session", "creationflags", "preexec_fn"]
                    .iter()
                    .any(|word| site.file.unit.slice(call.range()).contains(word));
            if !detached && name != "os.system" {
                return;
            }
            "importing the package starts a program"
        }
        _ => "importing the package uses the network",
    };
    sink.report(site.range(), Severity::High, Confidence::High, what);
}
