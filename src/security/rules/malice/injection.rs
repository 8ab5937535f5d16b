//! Code that is written into other processes, or into memory that is then run; and mining.

use ruff_python_ast::{self as ast, Expr};

use super::hints;
use super::reach::{Reach, arguments_of, literal_text};
use super::ways::{self, STARTERS};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::{Constant, NodeRef};
use crate::security::rules::process::NO_SHELL;
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const INJECTION: Rule = Rule {
    id: "process-injection",
    title: "code is written into another process",
    aliases: &[],
    category: Category::SelfModification,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; nothing but a debugger needs this",
    triggers: &[
        Trigger::Method(&[
            "WriteProcessMemory",
            "CreateRemoteThread",
            "NtCreateThreadEx",
            "CreateThread",
            "NtWriteVirtualMemory",
            "QueueUserAPC",
            "RtlMoveMemory",
            "VirtualAlloc",
            "VirtualAllocEx",
            "VirtualProtect",
            "VirtualProtectEx",
            "SetThreadContext",
            "ptrace",
            "process_vm_writev",
            "NtUnmapViewOfSection",
            "inject_dll",
            "inject_python_interpreter",
            "memmove",
            "addressof",
            "execve",
            "execv",
            "CFUNCTYPE",
            "WINFUNCTYPE",
        ]),
        Trigger::Call(&["builtins.open", "ctypes.addressof", "os.open"]),
    ],
    check: injects,
};

/// `ptrace` requests that write, or take hold: POKETEXT, POKEDATA, POKEUSER, SETREGS, ATTACH.
const POKES: [&str; 5] = ["4", "5", "6", "13", "16"];

fn injects(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let last = called_name(call).unwrap_or_default();
    let text = site.file.unit.text.as_str();
    let native = site.imports("ctypes");
    let number =
        |expr: Option<&Expr>| expr.map(|expr| site.file.unit.slice(ruff_text_size::Ranged::range(expr)).to_owned());
    let found = match last {
        "open" => opens_memory(site, call),
        "ptrace" => {
            native
                && number(call.arguments.args.first())
                    .is_some_and(|request| POKES.contains(&&*request) || request.contains("POKE"))
        }
        "inject_dll" | "inject_python_interpreter" => site.imports("pymem"),
        // Memory that can be run is called: `CFUNCTYPE(None)(address)()`.
        "CFUNCTYPE" | "WINFUNCTYPE" => {
            let runs = ["0x40", "PAGE_EXECUTE", "PROT_EXEC", "prot=7"].iter().any(|how| text.contains(how));
            let made = ["VirtualAlloc", "VirtualProtect", "mmap(", "mprotect("].iter().any(|how| text.contains(how));
            native && runs && made && called_at_once(site)
        }
        "CreateThread" => native && text.contains("VirtualAlloc"),
        // The scanner of scripts is patched in memory.
        "memmove" if ["AmsiScanBuffer", "amsi.dll", "EtwEventWrite"].iter().any(|word| text.contains(word)) => native,
        "NtUnmapViewOfSection"
        | "process_vm_writev"
        | "NtWriteVirtualMemory"
        | "NtCreateThreadEx"
        | "SetThreadContext"
        | "QueueUserAPC" => native,
        // Page protections that allow both to write and to run.
        "VirtualAlloc" | "VirtualAllocEx" | "VirtualProtect" | "VirtualProtectEx" => {
            native
                && arguments_of(call).any(|argument| {
                    matches!(
                        number(Some(argument)).as_deref(),
                        Some("0x40" | "64" | "PAGE_EXECUTE_READWRITE" | "0x00000040")
                    ) || matches!(site.constant(argument), Some(Constant::Int(0x40)))
                })
        }
        "addressof" => {
            native
                && ["PROT_EXEC", "prot=7", ", 7)"].iter().any(|runs| text.contains(runs))
                && text.contains("FUNCTYPE")
                && text.contains("mmap(")
        }
        "execve" | "execv" => {
            call.arguments.args.first().and_then(literal_text).is_some_and(|path| path.starts_with("/proc/self/fd/"))
        }
        // Memory is copied for many reasons; here it must be memory that can be run.
        "RtlMoveMemory" | "memmove" => {
            native
                && ["VirtualAlloc", "VirtualProtect"].iter().any(|word| text.contains(word))
                && ["0x40", "PAGE_EXECUTE", "CreateThread", "CFUNCTYPE"].iter().any(|word| text.contains(word))
        }
        _ => {
            let others = ["VirtualAlloc", "OpenProcess(", "CreateThread", "CreateRemoteThread"];
            native && others.iter().any(|word| text.contains(word))
        }
    };
    if found {
        let message = "code is written into memory that is run, or into another process";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
        if let ("open", NodeRef::Expr(opened)) = (last, site.node) {
            for place in ways::through(site, opened) {
                sink.report(place, Severity::Low, Confidence::Medium, message);
            }
        }
    }
}

/// Whether what a prototype makes of an address is called where it is made.
fn called_at_once(site: &Site<'_, '_>) -> bool {
    let calls = site.ancestors().take_while(|node| matches!(node.node, NodeRef::Expr(Expr::Call(_)))).count();
    calls > 1
}

/// The memory of another process, opened.
fn opens_memory(site: &Site<'_, '_>, call: &ast::ExprCall) -> bool {
    if site.file.hints() & hints::MEMORY == 0 {
        return false;
    }
    let Some(path) = call.arguments.args.first() else { return false };
    let mut reach = Reach::new(site.file.model);
    let mut says = |part: &str| {
        reach.any(path, site.scope, &|expr, _| Some(literal_text(expr).is_some_and(|text| text.contains(part))))
    };
    let mode = site.argument("mode", 1).and_then(literal_text).unwrap_or_default();
    let writes = mode.contains(['w', '+', 'a'])
        || ["O_RDWR", "O_WRONLY"]
            .iter()
            .any(|flag| site.file.unit.slice(ruff_text_size::Ranged::range(call)).contains(flag));
    // Its own memory may be read.
    says("/proc/") && says("/mem") && !says("/meminfo") && (writes || !says("/self/"))
}

pub(in crate::security::rules) const MINING: Rule = Rule {
    id: "coin-mining",
    title: "the machine is made to mine",
    aliases: &[],
    category: Category::Persistence,
    cwe: 506,
    severity: Severity::High,
    help: "do not let this code in",
    triggers: &[
        Trigger::Call(STARTERS),
        Trigger::Call(NO_SHELL),
        Trigger::Method(&["sendall", "send", "connect"]),
        Trigger::Holding(&["stratum+", "xmrig"]),
    ],
    check: mines,
};

fn mines(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    if site.file.test_code {
        return;
    }
    let found = match site.call() {
        Some(call) => {
            let mut words = String::new();
            for argument in arguments_of(call) {
                collect(site, argument, &mut words, 6);
            }
            let words = words.to_ascii_lowercase();
            let miner =
                ["xmrig", "t-rex", "phoenixminer", "nbminer", "lolminer", "cpuminer", "minerd", "ethminer", "ccminer"]
                    .iter()
                    .any(|miner| words.contains(miner));
            let pool = words.contains("stratum+")
                || ["pool.", "xmr.", "nicehash", "nanopool", "minexmr", "2miners"]
                    .iter()
                    .any(|pool| words.contains(pool));
            let flags =
                [" -o ", "--url", " -u ", "--algo", " -a ", "--donate-level"].iter().any(|flag| words.contains(flag));
            words.contains("mining.subscribe")
                || words.contains("mining.authorize")
                || miner && (pool || flags)
                || pool && flags
        }
        None => {
            let NodeRef::Expr(expr) = site.node else { return };
            let Some(text) = literal_text(expr) else { return };
            // A list of words to look for holds no address of a pool.
            let pool = text.split_once("stratum+").is_some_and(|(_, rest)| {
                rest.split_once("://").is_some_and(|(_, host)| host.contains('.') && host.contains(':'))
            });
            let download =
                text.contains("xmrig") && text.contains("://") && (text.contains(".tar.gz") || text.contains(".zip"));
            (pool || download) && ["subprocess", "os", "socket"].iter().any(|module| site.imports(module))
        }
    };
    if found {
        let message = "this connects to a mining pool or starts a miner";
        sink.report(site.range(), Severity::Critical, Confidence::Medium, message);
    }
}

/// The texts of an argument, one after another.
fn collect(site: &Site<'_, '_>, expr: &Expr, out: &mut String, depth: u8) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(text) = literal_text(expr) {
        out.push_str(&text);
        out.push(' ');
        return;
    }
    match expr {
        Expr::List(list) => list.elts.iter().for_each(|element| collect(site, element, out, depth)),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|element| collect(site, element, out, depth)),
        Expr::Starred(starred) => collect(site, &starred.value, out, depth),
        Expr::Dict(dict) => dict.items.iter().for_each(|item| collect(site, &item.value, out, depth)),
        Expr::BinOp(binary) => {
            collect(site, &binary.left, out, depth);
            collect(site, &binary.right, out, depth);
        }
        Expr::Call(call) => {
            if let Expr::Attribute(method) = &*call.func {
                collect(site, &method.value, out, depth);
            }
            arguments_of(call).for_each(|argument| collect(site, argument, out, depth));
        }
        Expr::Name(name) => {
            if let Some((value, _)) = site.file.model.single_value(name, site.scope) {
                collect(site, value, out, depth);
            }
        }
        _ => {}
    }
}
