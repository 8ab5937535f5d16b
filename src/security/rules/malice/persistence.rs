//! Code that arranges to be started again, spreads, or changes itself.

use ruff_python_ast::{self as ast, Expr};

use super::reach::{Reach, arguments_of, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::ScopeId;
use crate::security::rules::{Rule, Sink, Site, Trigger};

pub(in crate::security::rules) const AUTOSTART: Rule = Rule {
    id: "autostart",
    title: "the component arranges to be started with the machine or at log-in",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "leave it to the host, or to the person who installs it, what is started when",
    triggers: &[
        Trigger::Call(&[
            "winreg.SetValueEx",
            "_winreg.SetValueEx",
            "builtins.open",
            "os.system",
            "subprocess.run",
            "subprocess.call",
            "subprocess.Popen",
            "subprocess.check_call",
            "shutil.copy",
            "shutil.copyfile",
            "shutil.copy2",
        ]),
        Trigger::Method(&["write_text", "write_bytes"]),
    ],
    check: autostart,
};

pub(in crate::security::rules) const SELF_COPY: Rule = Rule {
    id: "self-copy",
    title: "the code copies itself elsewhere",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; programs are installed by installers",
    triggers: &[Trigger::Call(&["shutil.copy", "shutil.copyfile", "shutil.copy2", "os.link", "os.symlink"])],
    check: |site, sink| {
        let Some(Expr::Name(_) | Expr::Subscript(_) | Expr::Call(_)) = site.first() else { return };
        let Some(source) = site.first() else { return };
        if itself(site, source) {
            sink.report(site.range(), Severity::High, Confidence::Medium, "the file copies itself to another place");
        }
    },
};

pub(in crate::security::rules) const SELF_REWRITE: Rule = Rule {
    id: "self-rewrite",
    title: "the code rewrites its own source",
    aliases: &[],
    category: Category::SelfModification,
    cwe: 506,
    severity: Severity::High,
    help: "keep what changes in a data file; code that rewrites itself cannot be vouched for",
    triggers: &[Trigger::Call(&["builtins.open", "io.open"]), Trigger::Method(&["write_text", "write_bytes"])],
    check: |site, sink| {
        let Some(call) = site.call() else { return };
        let target = match &*call.func {
            Expr::Attribute(method) if site.name.is_none_or(|name| !name.ends_with(".open")) => Some(&*method.value),
            _ => site.first().filter(|_| writes(call)),
        };
        if target.is_some_and(|target| is_itself(site, target)) {
            sink.report(site.range(), Severity::High, Confidence::High, "the file opens itself to write");
        }
    },
};

/// Where things are put that shall start by themselves.
const PLACES: &[&str] = &[
    "CurrentVersion\\Run",
    "CurrentVersion/Run",
    "Start Menu\\Programs\\Startup",
    "Start Menu/Programs/Startup",
    "LaunchAgents/",
    "LaunchDaemons/",
    ".config/autostart",
    "/etc/cron",
    "/var/spool/cron",
    "/etc/rc.local",
    "/etc/systemd/system/",
    ".config/systemd/user",
    ".bashrc",
    ".bash_profile",
    ".zshrc",
    ".profile",
    "/etc/profile.d/",
    "/etc/ld.so.preload",
    "sitecustomize.py",
    "usercustomize.py",
    "authorized_keys",
];

fn autostart(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let name = site.name.unwrap_or_default();
    let text = &site.file.unit.text;
    if !PLACES.iter().any(|place| text.contains(place)) && !text.contains("crontab") && !text.contains("schtasks") {
        return;
    }
    let place = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| PLACES.iter().any(|place| text.contains(place))))
    };
    let mut reach = Reach::new(site.file.model);
    let found = if name.ends_with("SetValueEx") {
        PLACES[..2].iter().any(|place| text.replace("\\\\", "\\").contains(place))
    } else if name.ends_with(".open") {
        writes(call) && site.first().is_some_and(|path| reach.any(path, site.scope, &place))
    } else if name.starts_with("shutil.") {
        site.argument("dst", 1).is_some_and(|path| reach.any(path, site.scope, &place))
    } else if name.starts_with("os.") || name.starts_with("subprocess.") {
        site.first().is_some_and(|command| {
            reach.any(command, site.scope, &|expr, _| {
                Some(literal_text(expr).is_some_and(|text| {
                    (text.contains("crontab")
                        && (text.contains('|') || text.contains("crontab -") && !text.contains("crontab -l")))
                        || (text.contains("schtasks") && text.to_ascii_lowercase().contains("/create"))
                        || (text.contains(">>") && PLACES.iter().any(|place| text.contains(place)))
                }))
            })
        })
    } else if let Expr::Attribute(method) = &*call.func {
        reach.any(&method.value, site.scope, &place)
    } else {
        false
    };
    if found {
        let message = "something is written to where programs are started from by themselves";
        sink.report(site.range(), Severity::High, Confidence::High, message);
    }
}

/// Whether a call of `open` may write.
fn writes(call: &ast::ExprCall) -> bool {
    let mode = call.arguments.find_argument_value("mode", 1).and_then(literal_text).unwrap_or_default();
    mode.contains(['w', 'a', 'x', '+'])
}

/// Whether an expression is the path of this very file, or is computed from it as a whole.
fn itself(site: &Site<'_, '_>, expr: &Expr) -> bool {
    is_itself(site, expr)
        || matches!(expr, Expr::Subscript(subscript) if site.file.model.is(&subscript.value, site.scope, "sys.argv")
            && matches!(&*subscript.slice, Expr::NumberLiteral(number) if number.value.as_int().is_some_and(|int| int.as_u8() == Some(0))))
}

fn is_itself(site: &Site<'_, '_>, expr: &Expr) -> bool {
    match expr {
        Expr::Name(name) if name.id.as_str() == "__file__" => true,
        Expr::Name(name) => site.file.model.single_value(name, site.scope).is_some_and(|(value, _)| match value {
            Expr::Name(inner) => inner.id.as_str() == "__file__",
            Expr::Call(_) => is_itself(site, value),
            _ => false,
        }),
        Expr::Call(call) => {
            let name = site.resolve(&call.func).unwrap_or_default();
            let whole =
                matches!(name.as_str(), "os.path.abspath" | "os.path.realpath" | "pathlib.Path" | "inspect.getfile");
            whole && arguments_of(call).next().is_some_and(|inner| is_itself(site, inner))
        }
        _ => false,
    }
}
