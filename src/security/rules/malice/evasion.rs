//! Code that hides from those who look at it: it ends when a debugger, a sandbox or a virtual machine is there, and
//! ends their programs.

use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

use super::reach::{Reach, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Node, NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const EVASION: Rule = Rule {
    id: "analysis-evasion",
    title: "the code behaves otherwise when somebody looks at it",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in; what is honest does the same whoever looks",
    triggers: &[
        Trigger::Call(&[
            "sys.exit",
            "os._exit",
            "os.kill",
            "os.abort",
            "builtins.exit",
            "builtins.quit",
            "os.remove",
            "os.unlink",
            "shutil.rmtree",
        ]),
        Trigger::Method(&["kill", "terminate", "SetFileAttributesW", "SetFileAttributesA"]),
        Trigger::File,
    ],
    check: evades,
};

/// Functions that say whether a debugger is there.
const DEBUGGERS: &[&str] = &["gettrace", "IsDebuggerPresent", "CheckRemoteDebuggerPresent", "getprofile"];

/// What virtual machines and sandboxes call themselves, in small letters.
const MACHINES: &[&str] = &[
    "vmware",
    "virtualbox",
    "vbox",
    "qemu",
    "hyper-v",
    "parallels",
    "xenvm",
    "sandboxie",
    "cuckoo",
    "sbiedll",
    "wdagutilityaccount",
    "08:00:27",
    "00:0c:29",
    "00:50:56",
    "00:05:69",
];

/// Programs of those who look at other programs, in small letters.
const TOOLS: &[&str] = &[
    "wireshark",
    "procmon",
    "procexp",
    "process hacker",
    "processhacker",
    "x64dbg",
    "x32dbg",
    "ollydbg",
    "ida64",
    "idaq",
    "fiddler",
    "httptoolkit",
    "windbg",
    "dnspy",
    "ghidra",
    "burpsuite",
    "mitmproxy",
    "tcpdump",
];

/// Programs that guard machines, in small letters.
const GUARDS: &[&str] = &[
    "msmpeng",
    "avp.exe",
    "avgui",
    "avastui",
    "mbam",
    "sentinelagent",
    "csfalcon",
    "falcon-sensor",
    "cbdefense",
    "bdagent",
    "ekrn",
    "mcshield",
    "clamd",
    "osqueryd",
    "auditd",
    "wazuh",
];

/// Programs that hold files open which somebody wants to encrypt, in small letters.
const HOLDERS: &[&str] = &[
    "sqlservr",
    "mysqld",
    "postgres",
    "oracle",
    "mongod",
    "veeam",
    "outlook",
    "winword",
    "excel.exe",
    "vmwp",
    "sqlagent",
];

/// What a condition asks for.
enum Asks {
    /// More than one of [`HOLDERS`].
    Holders,
    Debugger,
    Machine,
    Tools,
    Guards,
    /// How big the machine is: those that only look are small.
    Size,
}

fn evades(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    let Some(call) = site.call() else { return raises(site, sink) };
    if matches!(called_name(call), Some("SetFileAttributesW" | "SetFileAttributesA")) {
        return hides_itself(site, call, sink);
    }
    if matches!(site.name, Some("os.remove" | "os.unlink" | "shutil.rmtree")) {
        let own = |path: &Expr| match path {
            // The folder that it lies in.
            Expr::Call(folder) if site.name == Some("shutil.rmtree") => {
                called_name(folder) == Some("dirname")
                    && folder.arguments.args.first().is_some_and(|path| super::persistence::itself(site, path))
            }
            path => super::persistence::itself(site, path),
        };
        if site.first().is_some_and(own) {
            let message = "the program removes its own file, so that nobody finds it";
            sink.report(site.range(), Severity::High, Confidence::Medium, message);
        }
        return;
    }
    let ends_other = matches!(called_name(call), Some("kill" | "terminate")) && site.name != Some("os.kill");
    let Some((test, body)) = condition(site.ancestors(), site.range()) else { return };
    let Some(asks) = asked(site, test) else { return };
    // Who says why is honest, and who says it first is as well.
    if !ends_other && !is_silent(site, call) {
        return;
    }
    let message = match asks {
        Asks::Guards if ends_other => "a program that guards this machine is ended",
        Asks::Holders if ends_other => "programs that hold files open are ended, as those do who encrypt them",
        Asks::Tools if ends_other => "programs of those who look at what runs here are ended",
        _ if ends_other => return,
        Asks::Debugger => "the program ends when a debugger looks at it",
        Asks::Machine | Asks::Tools => "the program ends on machines of those who analyse programs",
        Asks::Size if body.len() == 1 => "the program ends without a word on machines as small as sandboxes are",
        Asks::Size | Asks::Guards | Asks::Holders => return,
    };
    // What is asked and what comes of it are to be looked at together.
    sink.report(test.range(), Severity::High, Confidence::Medium, message);
    sink.report(site.range(), Severity::High, Confidence::Medium, message);
}

/// `raise SystemExit` is a call of `sys.exit` without the call.
fn raises(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if memchr::memmem::find(site.file.unit.text.as_bytes(), b"raise SystemExit").is_none() {
        return;
    }
    let model = site.file.model;
    for node in &model.nodes {
        let NodeRef::Stmt(Stmt::Raise(raise)) = node.node else { continue };
        let silent = match raise.exc.as_deref() {
            Some(Expr::Name(name)) => name.id.as_str() == "SystemExit",
            Some(Expr::Call(call)) => {
                matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "SystemExit")
                    && call.arguments.args.first().is_none_or(Expr::is_number_literal_expr)
            }
            _ => false,
        };
        let Some((test, _)) = condition(model.ancestors(node), raise.range()).filter(|_| silent) else { continue };
        let here = Site { file: site.file, node: node.node, id: site.id, scope: node.scope, name: None };
        if matches!(asked(&here, test), Some(Asks::Debugger | Asks::Machine | Asks::Tools)) {
            let message = "the program ends on machines of those who analyse programs";
            sink.report(test.range(), Severity::High, Confidence::Medium, message);
            sink.report(raise.range(), Severity::High, Confidence::Medium, message);
        }
    }
}

/// The program makes its own file, or one that it runs, invisible.
fn hides_itself(site: &Site<'_, '_>, call: &ast::ExprCall, sink: &mut Sink<'_>) {
    let Some(path) = call.arguments.args.first() else { return };
    let flags = call.arguments.args.get(1).map(|flags| site.file.unit.slice(flags.range())).unwrap_or_default();
    let hidden = flags.split(['|', ' ', '(', ')']).any(|flag| {
        matches!(flag, "2" | "0x2" | "0x02" | "6" | "0x6" | "0x06" | "FILE_ATTRIBUTE_HIDDEN" | "34" | "0x22")
            || flag.ends_with(".FILE_ATTRIBUTE_HIDDEN")
    });
    let is_program = || {
        Reach::new(site.file.model).any(path, site.scope, &|expr, _| {
            Some(literal_text(expr).is_some_and(|text| {
                [".exe", ".pyw", ".py", ".bat", ".vbs", ".dll", ".scr"].iter().any(|end| text.ends_with(end))
            }))
        })
    };
    if hidden && (super::persistence::itself(site, path) || is_program()) {
        let message = "a program makes its own file, or one that it runs, invisible";
        sink.report(site.range(), Severity::High, Confidence::Medium, message);
    }
}

/// The condition under which a place is reached in the same function, and the block that it stands before.
fn condition<'n, 'a: 'n>(
    around: impl Iterator<Item = &'n Node<'a>>,
    place: TextRange,
) -> Option<(&'a Expr, &'a [Stmt])> {
    for node in around {
        match node.node {
            NodeRef::Stmt(Stmt::If(decides)) => {
                let inside = |body: &[Stmt]| body.iter().any(|stmt| stmt.range().contains_range(place));
                return match decides.elif_else_clauses.iter().find(|clause| inside(&clause.body)) {
                    Some(clause) => Some((clause.test.as_ref()?, &clause.body)),
                    None => Some((&decides.test, &decides.body)),
                };
            }
            NodeRef::Stmt(Stmt::FunctionDef(_) | Stmt::ClassDef(_)) => return None,
            _ => {}
        }
    }
    None
}

fn asked(site: &Site<'_, '_>, test: &Expr) -> Option<Asks> {
    let text = site.file.unit.slice(test.range());
    if DEBUGGERS.iter().any(|name| text.contains(name)) {
        return Some(Asks::Debugger);
    }
    let mut reach = Reach::new(site.file.model);
    let mut says = |words: &[&str]| {
        reach.any(test, site.scope, &|expr: &Expr, _: ScopeId| {
            Some(literal_text(expr).is_some_and(|text| {
                let text = text.to_ascii_lowercase();
                words.iter().any(|word| text.contains(word))
            }))
        })
    };
    if says(MACHINES) {
        return Some(Asks::Machine);
    }
    if says(TOOLS) {
        return Some(Asks::Tools);
    }
    if says(GUARDS) {
        return Some(Asks::Guards);
    }
    let held = HOLDERS.iter().filter(|holder| says(&[holder])).count();
    if held > 1 {
        return Some(Asks::Holders);
    }
    let sizes = ["cpu_count()", "virtual_memory()", "disk_usage("];
    (text.contains('<') && sizes.iter().any(|size| text.contains(size))).then_some(Asks::Size)
}

/// Whether a program ends without saying why.
fn is_silent(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    match site.name {
        Some("os._exit" | "os.kill" | "os.abort") => true,
        _ => call.arguments.args.first().is_none_or(Expr::is_number_literal_expr),
    }
}
