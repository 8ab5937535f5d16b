//! Code that arranges to be started again, spreads, or changes itself.

use ruff_python_ast::{self as ast, Expr, Stmt};

use super::channel::fetches;
use super::reach::{Reach, arguments_of, literal_text};
use super::ways::{self, STARTERS, starts};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{NodeRef, ScopeId};
use crate::security::rules::process::NO_SHELL;
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
            "subprocess.check_output",
            "os.popen",
        ]),
        Trigger::Method(&["write_text", "write_bytes", "write", "every_reboot"]),
        Trigger::Dict,
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
    triggers: &[
        Trigger::Call(&["shutil.copy", "shutil.copyfile", "shutil.copy2", "os.link", "os.symlink"]),
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Method(&["put", "write", "write_text", "write_bytes", "sendmail", "send_message"]),
    ],
    check: |site, sink| {
        if let Some(name @ ("put" | "write" | "write_text" | "write_bytes" | "sendmail" | "send_message")) =
            site.call().and_then(super::super::called_name)
        {
            return spreads(site, name, sink);
        }
        if site.name.is_some_and(starts) {
            return copied_by_program(site, sink);
        }
        let Some(Expr::Name(_) | Expr::Subscript(_) | Expr::Call(_)) = site.first() else { return };
        let Some(source) = site.first() else { return };
        if itself(site, source) {
            sink.report(site.range(), Severity::High, Confidence::Medium, "the file copies itself to another place");
        }
    },
};

/// `["scp", __file__, "host:"]`
fn copied_by_program(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Expr::List(words)) = site.first() else { return };
    let program = words.elts.first().and_then(literal_text).unwrap_or_default();
    if matches!(&*program, "scp" | "rsync" | "sftp") && words.elts.iter().any(|word| itself(site, word)) {
        let message = "the file copies itself to other machines";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// The file puts itself onto other machines, or into other files of code.
fn spreads(site: &Site<'_, '_>, method: &str, sink: &mut Sink<'_>) {
    let Some(what) = site.first() else { return };
    if method == "put" && puts_workflow(what) {
        let message = "a workflow is put into a repository over the network";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        return;
    }
    if method == "put" {
        if itself(site, what) && ["paramiko", "ftplib", "fabric", "pysftp"].iter().any(|module| site.imports(module)) {
            let message = "the file copies itself to other machines";
            sink.report(site.range(), Severity::Critical, Confidence::High, message);
            started_there(site, sink);
        }
        return;
    }
    let text = &site.file.unit.text;
    if site.file.test_code || site.file.model.asked & asked::ITSELF == 0 {
        return;
    }
    let Some(call) = site.call() else { return };
    let Expr::Attribute(target) = &*call.func else { return };
    let mut reach = Reach::new(site.file.model);
    let own_source = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
        let first = call.arguments.args.first();
        let opens = name == "builtins.open" && first.is_some_and(|first| itself(site, first));
        let reads = matches!(&*call.func, Expr::Attribute(method)
            if matches!(method.attr.as_str(), "read_text" | "read_bytes") && itself(site, &method.value));
        Some(opens || reads || name == "inspect.getsource" && text.contains("sys.modules[__name__]"))
    };
    let others = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
        Some(
            matches!(&*name, "glob.glob" | "glob.iglob" | "os.walk" | "os.listdir" | "os.scandir")
                || matches!(super::super::called_name(call), Some("rglob" | "glob" | "iterdir")),
        )
    };
    if method.starts_with("send") {
        if arguments_of(call).any(|argument| reach.any(argument, site.scope, &own_source)) {
            let message = "the file sends its own source to others";
            sink.report(site.range(), Severity::Critical, Confidence::High, message);
        }
        return;
    }
    if reach.any(what, site.scope, &own_source) && reach.any(&target.value, site.scope, &others) {
        let message = "the file writes its own source into other files";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    }
}

/// Whether an address is that of a workflow within a repository.
fn puts_workflow(address: &Expr) -> bool {
    match address {
        Expr::BinOp(sum) => puts_workflow(&sum.left) || puts_workflow(&sum.right),
        _ => literal_text(address).is_some_and(|text| text.contains("/contents/.github/workflows")),
    }
}

/// Where what was put onto another machine is started there.
fn started_there(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(path) = site.argument("remotepath", 1).and_then(literal_text) else { return };
    for node in site.file.model.calls_named("exec_command") {
        let NodeRef::Expr(expr @ Expr::Call(call)) = node.node else { continue };
        let names = call.arguments.args.first().and_then(literal_text).is_some_and(|text| text.contains(&path));
        if names && node.scope == site.scope {
            let message = "the copy of this file is started on another machine";
            sink.report(ruff_text_size::Ranged::range(expr), Severity::Critical, Confidence::High, message);
        }
    }
}

pub(in crate::security::rules) const SELF_REWRITE: Rule = Rule {
    id: "self-rewrite",
    title: "the code rewrites its own source",
    aliases: &[],
    category: Category::SelfModification,
    cwe: 506,
    severity: Severity::High,
    help: "keep what changes in a data file; code that rewrites itself cannot be vouched for",
    triggers: &[
        Trigger::Call(&["builtins.open", "io.open"]),
        Trigger::Method(&["write_text", "write_bytes"]),
        Trigger::Target(&["__code__"]),
    ],
    check: |site, sink| {
        if let NodeRef::Stmt(Stmt::Assign(assign)) = site.node {
            return swaps_code(site, &assign.value, sink);
        }
        let Some(call) = site.call() else { return };
        let target = match &*call.func {
            Expr::Attribute(method) if site.name.is_none_or(|name| !name.ends_with(".open")) => Some(&*method.value),
            _ => site.first().filter(|_| writes(call)),
        };
        // Tables that are regenerated by running the file by hand are an old habit, and no code that changes itself.
        if target.is_some_and(|target| itself(site, target)) && !by_hand(site) {
            let message = "the file opens itself to write";
            sink.report(site.range(), Severity::High, Confidence::High, message);
            tell_through(site, message, sink);
        }
    },
};

/// The body of a function is exchanged for what came from elsewhere.
fn swaps_code(site: &Site<'_, '_>, code: &Expr, sink: &mut Sink<'_>) {
    let model = site.file.model;
    let fetched = |expr: &Expr, scope: ScopeId| {
        let Expr::Call(call) = expr else { return Some(false) };
        let name = model.resolve(&call.func, scope).unwrap_or_default();
        Some(fetches(&name))
    };
    if !site.file.test_code && Reach::new(model).any(code, site.scope, &fetched) {
        let message = "the code of a function is exchanged for other code while the program runs";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// Whether the place is only reached when a person runs the file.
fn by_hand(site: &Site<'_, '_>) -> bool {
    let start = usize::from(site.range().start());
    let before = site.file.unit.text.get(..start).unwrap_or_default();
    before.rfind("\nif __name__ ==").is_some_and(|guard| {
        // Everything between the guard and here is still indented.
        before[guard + 1..].lines().skip(1).all(|line| line.is_empty() || line.starts_with([' ', '\t', '#']))
    })
}

/// Where things are put that shall start by themselves.
pub(super) const PLACES: &[&str] = &[
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
    "site-packages/sitecustomize.py",
    "site-packages/usercustomize.py",
    "authorized_keys",
];

/// A table that launchd starts a program by, at log-in.
fn runs_at_load(site: &Site<'_, '_>, dict: &ast::ExprDict, sink: &mut Sink<'_>) {
    let at_load = dict.items.iter().any(|item| {
        item.key.as_ref().and_then(literal_text).is_some_and(|key| key == "RunAtLoad")
            && matches!(&item.value, Expr::BooleanLiteral(on) if on.value)
    });
    if at_load && !site.file.test_code && !takes_back(site) {
        let message = "a program is described that the system starts by itself";
        sink.report(site.range(), Severity::Medium, Confidence::Medium, message);
    }
}

fn autostart(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if let NodeRef::Expr(Expr::Dict(dict)) = site.node {
        return runs_at_load(site, dict, sink);
    }
    let Some(call) = site.call() else { return };
    let name = site.name.unwrap_or_default();
    let text = &site.file.unit.text;
    if site.file.test_code || site.file.hints() & super::hints::START == 0 {
        return;
    }
    if super::super::called_name(call) == Some("every_reboot") {
        return at_start(site, call, sink);
    }
    let packages = site.file.hints() & super::hints::PACKAGE != 0;
    let place = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| PLACES.iter().any(|place| text.contains(place))))
    };
    if packages && writes_start_file(site, call, name) {
        let message = "a file is written that every start of Python runs";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
        tell_through(site, message, sink);
        return;
    }
    if writes_hook(site, call) {
        let message = "a hook is written into repositories wherever they are found";
        sink.report(site.range(), Severity::High, Confidence::High, message);
        return;
    }
    let mut reach = Reach::new(site.file.model);
    let found = if name.ends_with("SetValueEx") {
        opens_start_key(site)
    } else if super::super::called_name(call) == Some("write") {
        false
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
                        || (text.contains("CurrentVersion\\Run") && text.to_ascii_lowercase().contains("add"))
                        || (text.contains("schtasks") && text.to_ascii_lowercase().contains("/create"))
                        || (text.contains(">>") && PLACES.iter().any(|place| text.contains(place)))
                }))
            })
        }) || in_parts(site, call)
    } else if let Expr::Attribute(method) = &*call.func {
        reach.any(&method.value, site.scope, &place)
    } else {
        false
    };
    if found {
        let message = "something is written to where programs are started from by themselves";
        // Completions and paths are set up in the files of a shell, too; what runs something there is another thing.
        let other = ["crontab", "schtasks", "CurrentVersion", ".git"].iter().any(|word| text.contains(word));
        let of_shell = !PLACES.iter().any(|place| !SHELLS.contains(place) && text.contains(place));
        let severity = match of_shell && !other && !content_acts(site) {
            true => Severity::Low,
            // Somebody commands it, and nothing in it is hidden.
            false if by_command(site) && !content_acts(site) => Severity::Note,
            false if takes_back(site) => Severity::Medium,
            false => Severity::High,
        };
        sink.report(site.range(), severity, Confidence::High, message);
        if name.ends_with(".open") && severity >= Severity::High {
            tell_through(site, message, sink);
        }
    }
}

/// `table.new(command="…").every_reboot()`, with a command that is not installed.
fn at_start(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Expr::Attribute(method) = &*call.func else { return };
    let odd = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            ["/tmp/", "/dev/shm/", "/.", "curl ", "wget ", "base64"].iter().any(|part| text.contains(part))
        }))
    };
    if site.imports("crontab") && Reach::new(site.file.model).any(&method.value, site.scope, &odd) {
        let message = "something that is not installed is started with the machine";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// What is done through the file that is opened here is told as well, more mildly: it is one deed.
fn tell_through(site: &Site<'_, '_>, message: &str, sink: &mut Sink<'_>) {
    let NodeRef::Expr(opened) = site.node else { return };
    for place in ways::through(site, opened) {
        sink.report(place, Severity::Low, Confidence::Medium, message);
    }
}

/// Whether the key of the registry that is written to is one from which programs are started. Of a key that was handed
/// in, nothing is known but what the file names.
fn opens_start_key(site: &Site<'_, '_>) -> bool {
    let Some(key) = site.first() else { return false };
    let starts = |text: &str| {
        let text = text.replace("\\\\", "\\");
        PLACES[..2].iter().any(|place| text.contains(place)) || text.contains("CurrentVersion\\Winlogon")
    };
    let mut reach = Reach::new(site.file.model);
    let opened = reach.any(key, site.scope, &|expr, _| {
        Some(matches!(expr, Expr::Call(call) if super::super::called_name(call).is_some_and(|name| name.contains("Key"))))
    });
    if opened {
        return reach.any(key, site.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| starts(&text))));
    }
    starts(&site.file.unit.text)
}

/// Whether the file also takes back what it arranges: a program that a person switches on can be switched off.
fn takes_back(site: &Site<'_, '_>) -> bool {
    let text = &site.file.unit.text;
    let removes = ["DeleteValue", ".unlink(", "os.remove(", "os.unlink(", "crontab -r", "/delete", "\"disable\""];
    let offered = ["def disable", "def uninstall", "def remove", "def unregister", "def stop"];
    let table = text.contains("crontab") && text.contains("def remove");
    (table || removes.iter().any(|word| text.contains(word))) && offered.iter().any(|word| text.contains(word))
}

/// Whether the place is reached only when a person gives a command: it stands in a function that is one, by its
/// decorator or by what it is given, and that nothing else in the file calls.
fn by_command(site: &Site<'_, '_>) -> bool {
    let model = site.file.model;
    let is_command = |function: &ast::StmtFunctionDef| {
        let decorated = function.decorator_list.iter().any(|decorator| {
            let text = site.file.unit.slice(ruff_text_size::Ranged::range(decorator));
            text.contains(".command") || text.contains(".callback")
        });
        let told =
            function.parameters.iter().any(|parameter| matches!(parameter.name().as_str(), "args" | "namespace"));
        decorated || told
    };
    let Some(function) = model.function_around(site.scope).filter(|function| is_command(function)) else {
        return false;
    };
    model.calls_named(function.name.as_str()).all(|node| {
        let caller = model.function_around(node.scope);
        caller.is_some_and(|caller| is_command(caller) || matches!(caller.name.as_str(), "main" | "cli"))
    })
}

/// Files that a shell reads when it starts.
const SHELLS: &[&str] = &[".bashrc", ".bash_profile", ".zshrc", ".profile", "/etc/profile.d/"];

/// Whether what is written in this file runs something.
fn content_acts(site: &Site<'_, '_>) -> bool {
    let acts = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            [
                "nohup ",
                "curl ",
                "wget ",
                "base64",
                "python",
                "/dev/tcp",
                "LD_PRELOAD",
                "alias sudo",
                "PROMPT_COMMAND",
                "/tmp/",
                "nc ",
                "bash -",
            ]
            .iter()
            .any(|word| text.contains(word))
        }))
    };
    let mut reach = Reach::new(site.file.model);
    site.file.model.nodes.iter().any(|node| {
        let crate::security::python::NodeRef::Expr(Expr::Call(call)) = node.node else { return false };
        matches!(super::super::called_name(call), Some("write" | "writelines" | "write_text" | "system" | "run"))
            && call.arguments.args.first().is_some_and(|text| reach.any(text, node.scope, &acts))
    })
}

/// Where packages of Python lie.
pub(super) const PACKAGES: &[&str] = &["site-packages", "getsitepackages", "purelib", "getusersitepackages", "platlib"];

/// A `.pth` file or a `sitecustomize` among the packages, written by a program.
fn writes_start_file(site: &Site<'_, '_>, call: &ast::ExprCall, name: &str) -> bool {
    let mut reach = Reach::new(site.file.model);
    let start = |expr: &Expr, _: ScopeId| {
        Some(literal_text(expr).is_some_and(|text| {
            text.ends_with("sitecustomize.py") || text.ends_with("usercustomize.py") || text.ends_with(".pth")
        }))
    };
    match super::super::called_name(call).unwrap_or_default() {
        "open" if name.ends_with(".open") => {
            writes(call) && site.first().is_some_and(|path| reach.any(path, site.scope, &start)) && !only_paths(site)
        }
        "write" => {
            // What stands in such a file and begins with an import is run, wherever the file lies.
            let runs = site.first().and_then(literal_text).is_some_and(|text| {
                text.starts_with("import ")
                    && (text.contains("exec(") || text.contains("os.") || text.contains("subprocess"))
            });
            runs && site.file.unit.text.contains(".pth")
        }
        "write_text" | "write_bytes" => {
            let Expr::Attribute(method) = &*call.func else { return false };
            // What is written may stand there.
            let content = site.first().and_then(literal_text);
            let harmless = content.is_some_and(|text| !ACTS.iter().any(|word| text.contains(word)));
            reach.any(&method.value, site.scope, &start) && !harmless && !only_paths(site)
        }
        "copy" | "copyfile" | "copy2" => {
            site.argument("dst", 1).is_some_and(|path| reach.any(path, site.scope, &start))
        }
        _ => false,
    }
}

/// What code has in it that does something.
const ACTS: &[&str] = &[
    "exec(",
    "eval(",
    "b64decode",
    "import os",
    "subprocess",
    "urllib",
    "requests",
    "import base64",
    "__import__",
    "socket",
];

/// An editable installation writes a `.pth` file, too: with paths in it, and nothing that runs.
fn only_paths(site: &Site<'_, '_>) -> bool {
    let text = &site.file.unit.text;
    !ACTS.iter().any(|word| text.match_indices(word).any(|(at, _)| in_quotes(text, at)))
}

/// Whether an odd number of quotes stands before a place on its line.
fn in_quotes(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.matches('"').count() % 2 == 1 || line.matches('\'').count() % 2 == 1
}

/// Hooks of all repositories below a folder.
fn writes_hook(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    if !matches!(method.attr.as_str(), "write_text" | "write_bytes") {
        return false;
    }
    let mut reach = Reach::new(site.file.model);
    let hooks = reach.any(&method.value, site.scope, &|expr, _| {
        Some(literal_text(expr).is_some_and(|text| text == "hooks" || text.contains(".git/hooks")))
    });
    hooks
        && reach.any(&method.value, site.scope, &|expr, _| {
            Some(matches!(expr, Expr::Call(call) if matches!(super::super::called_name(call), Some("rglob" | "walk" | "glob" | "iglob"))))
        })
}

/// `["crontab", "-"]` with a new table as input, `["reg", "add", …]`, `["schtasks", "/create", …]`.
fn in_parts(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    let Some(Expr::List(list)) = call.arguments.args.first() else { return false };
    let parts: Vec<String> = list.elts.iter().filter_map(literal_text).map(|part| part.to_ascii_lowercase()).collect();
    let has = |word: &str| parts.iter().any(|part| part == word);
    match parts.first().map(String::as_str) {
        Some("crontab") => has("-") || (parts.len() < list.elts.len() && !has("-l")) || site.keyword("input").is_some(),
        Some("reg" | "reg.exe") => has("add") && parts.iter().any(|part| part.contains("currentversion\\run")),
        Some("schtasks" | "schtasks.exe") => has("/create"),
        Some("launchctl") => has("load") || has("bootstrap"),
        // A unit that this file has written.
        Some("systemctl") => has("enable") && site.file.unit.text.contains("ExecStart=") && !takes_back(site),
        _ => false,
    }
}

/// Whether a call of `open` may write.
fn writes(call: &ast::ExprCall) -> bool {
    let mode = call.arguments.find_argument_value("mode", 1).and_then(literal_text).unwrap_or_default();
    mode.contains(['w', 'a', 'x', '+'])
}

/// Whether an expression is the path of this very file, or is computed from it as a whole.
pub(super) fn itself(site: &Site<'_, '_>, expr: &Expr) -> bool {
    if let Expr::Name(name) = expr
        && let Some((value, _)) = site.file.model.single_value(name, site.scope)
        && value.is_subscript_expr()
    {
        return itself(site, value);
    }
    is_itself(site, expr)
}

fn is_itself(site: &Site<'_, '_>, expr: &Expr) -> bool {
    match expr {
        Expr::Name(name) if name.id.as_str() == "__file__" => true,
        Expr::Subscript(subscript) => {
            site.file.model.is(&subscript.value, site.scope, "sys.argv")
                && matches!(&*subscript.slice, Expr::NumberLiteral(number) if number.value.as_int().is_some_and(|int| int.as_u8() == Some(0)))
        }
        Expr::Name(name) => site.file.model.single_value(name, site.scope).is_some_and(|(value, _)| match value {
            Expr::Name(inner) => inner.id.as_str() == "__file__",
            Expr::Call(_) => is_itself(site, value),
            _ => false,
        }),
        Expr::Call(call) => {
            let name = site.resolve(&call.func).unwrap_or_default();
            let whole = matches!(
                name.as_str(),
                "os.path.abspath"
                    | "os.path.realpath"
                    | "pathlib.Path"
                    | "inspect.getfile"
                    | "builtins.str"
                    | "os.fspath"
            );
            // `Path(__file__).resolve()`
            let made = match &*call.func {
                Expr::Attribute(method) if matches!(method.attr.as_str(), "resolve" | "absolute") => {
                    Some(&*method.value)
                }
                _ => None,
            };
            whole && arguments_of(call).next().is_some_and(|inner| is_itself(site, inner))
                || made.is_some_and(|inner| is_itself(site, inner))
        }
        _ => false,
    }
}
