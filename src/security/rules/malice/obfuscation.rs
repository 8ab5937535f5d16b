//! Code that hides what it does: decoded before it runs, named in pieces, spelled in letters that look like others.

use ruff_python_ast::{self as ast, Expr, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::channel::fetches;
use super::reach::{Reach, literal_text};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::mentions::asked;
use crate::security::python::{BindingKind, Constant, Kinds, NodeRef, ScopeId};
use crate::security::rules::{Rule, Sink, Site, Trigger, called_name};

pub(in crate::security::rules) const OBFUSCATED: Rule = Rule {
    id: "obfuscated-execution",
    title: "decoded or downloaded text is executed",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; code that hides what it does has a reason to",
    triggers: &[Trigger::Call(&[
        "builtins.exec",
        "builtins.eval",
        "builtins.compile",
        "types.FunctionType",
        "os.system",
        "os.popen",
        "subprocess.run",
        "subprocess.call",
        "subprocess.Popen",
        "subprocess.check_call",
        "subprocess.check_output",
        "builtins.__import__",
        "importlib.import_module",
        "builtins.getattr",
        "operator.methodcaller",
    ])],
    check: obfuscated,
};

pub(in crate::security::rules) const CONCEALED: Rule = Rule {
    id: "concealed-name",
    title: "what is called is named in pieces",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; whoever names a function in pieces does not want it to be found",
    triggers: &[Trigger::File],
    check: concealed,
};

/// Functions whose results have no business being executed.
const DECODERS: &[&str] = &[
    "base64.b64decode",
    "base64.b32decode",
    "base64.b16decode",
    "base64.a85decode",
    "base64.b85decode",
    "base64.urlsafe_b64decode",
    "base64.decodebytes",
    "base64.standard_b64decode",
    "binascii.unhexlify",
    "binascii.a2b_base64",
    "binascii.a2b_hex",
    "builtins.bytes.fromhex",
    "builtins.bytearray.fromhex",
    "codecs.decode",
    "zlib.decompress",
    "bz2.decompress",
    "lzma.decompress",
    "gzip.decompress",
];

fn obfuscated(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(code) = site.first() else { return };
    if site.name == Some("operator.methodcaller") {
        return calls_later(site, code, sink);
    }
    if site.file.test_code {
        return;
    }
    if code.is_string_literal_expr() {
        let written = site.file.unit.slice(code.range());
        // Letters by their numbers, where the letters themselves could stand.
        if written.matches("\\x").count() * 6 > written.len() && written.len() > 60 {
            let message = "code is written in the numbers of its letters: it hides what it does";
            sink.report(site.range(), Severity::Critical, Confidence::High, message);
        }
        return;
    }
    let name = site.name.unwrap_or_default();
    let mut reach = Reach::new(site.file.model);
    if name.ends_with("import__") || name.ends_with("import_module") {
        let decoded = |expr: &Expr, scope: ScopeId| decodes(site, expr, scope, Payload::Constant);
        if spells(site, code, site.scope) || reach.any(code, site.scope, &decoded) {
            let message = "the name of a module is decoded before it is imported";
            sink.report(site.range(), Severity::High, Confidence::High, message);
        }
        return;
    }
    if name == "builtins.getattr" {
        if site.argument("name", 1).is_some_and(|word| spells(site, word, site.scope)) {
            let message = "the name of a function is decoded before it is looked up";
            sink.report(site.range(), Severity::High, Confidence::High, message);
        }
        return;
    }
    let runs_code = name.starts_with("builtins.") || name.starts_with("types.");
    let payload = if runs_code { Payload::Any } else { Payload::Constant };
    if reach.any(code, site.scope, &|expr, scope| decodes(site, expr, scope, payload)) {
        let message = if runs_code {
            "text is decoded and then executed: the code hides what it does"
        } else {
            "a command is decoded and then run: the code hides what it does"
        };
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    } else if runs_code && reach.any(code, site.scope, &|expr, scope| Some(is_packed(site, expr, scope))) {
        let message = "code that was compiled and packed into a constant is executed";
        sink.report(site.range(), Severity::Critical, Confidence::High, message);
    } else if runs_code && reach.any(code, site.scope, &|expr, scope| Some(downloads(site, expr, scope))) {
        sink.report(site.range(), Severity::Critical, Confidence::High, "text from the network is executed");
    }
}

/// A function that starts programs or runs code is called later, by its name: `methodcaller("sys" + "tem", command)`.
fn calls_later(site: &Site<'_, '_>, name: &Expr, sink: &mut Sink<'_>) {
    let revealed = crate::security::embedded::reveal(site.file.model, name, site.scope, 8);
    if revealed.is_some_and(|name| matches!(&*name, "system" | "popen" | "Popen" | "execv" | "check_output")) {
        report(sink, site.range(), "operator.methodcaller");
    }
}

/// Whether a name is decoded or read backwards, there or by a function of this file that does nothing else. What can
/// be told and is harmless is a joke.
fn spells(site: &Site<'_, '_>, word: &Expr, scope: ScopeId) -> bool {
    let model = site.file.model;
    let turned = match word {
        Expr::Subscript(subscript) => is_reversed(subscript),
        Expr::Call(call) => {
            let body = match &*call.func {
                Expr::Name(name) => {
                    model.lookup(name.id.as_str(), scope, name.start()).and_then(|binding| match binding.kind {
                        BindingKind::Assigned(Expr::Lambda(lambda)) => Some(&*lambda.body),
                        BindingKind::Function(function) => match function.body.as_slice() {
                            [ast::Stmt::Return(only)] => only.value.as_deref(),
                            _ => None,
                        },
                        _ => None,
                    })
                }
                _ => None,
            };
            match body {
                Some(Expr::Subscript(subscript)) => is_reversed(subscript),
                Some(other) => decodes(site, other, scope, Payload::Any) == Some(true),
                None => decodes(site, word, scope, Payload::Constant) == Some(true),
            }
        }
        _ => false,
    };
    turned
        && crate::security::embedded::reveal(model, word, scope, 8).is_none_or(|name| {
            let known = |dangerous: &&str| dangerous.split('.').any(|part| part == name);
            DANGEROUS.iter().any(known) || matches!(name.as_str(), "os" | "socket" | "ctypes" | "builtins" | "site")
        })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Payload {
    /// Whatever is decoded.
    Any,
    /// Only what stands in the file in coded form.
    Constant,
}

fn downloads(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    let Expr::Call(call) = expr else { return false };
    let name = site.file.model.resolve(&call.func, scope);
    name.is_some_and(|name| fetches(&name))
        || called_name(call) == Some("recv") && site.imports("socket") && call.func.is_attribute_expr()
        || reads_answer(site, call, scope)
}

/// `async with session.get(…) as answer: await answer.text()`
fn reads_answer(site: &Site<'_, '_>, call: &ast::ExprCall, scope: ScopeId) -> bool {
    let Expr::Attribute(method) = &*call.func else { return false };
    let Expr::Name(answer) = &*method.value else { return false };
    if !matches!(method.attr.as_str(), "text" | "read" | "aread") || !(site.imports("aiohttp") || site.imports("httpx"))
    {
        return false;
    }
    let binding = site.file.model.lookup(answer.id.as_str(), scope, answer.start());
    binding.is_some_and(|binding| match binding.kind {
        BindingKind::With(Expr::Call(asked)) => {
            asked.func.is_attribute_expr() && matches!(called_name(asked), Some("get" | "post" | "request" | "stream"))
        }
        _ => false,
    })
}

/// `marshal.loads` of what stands in the file: a round trip through a file is how `.pyc` files are run.
fn is_packed(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    let Expr::Call(call) = expr else { return false };
    let name = site.file.model.resolve(&call.func, scope).unwrap_or_default();
    let Some(first) = call.arguments.args.first() else { return false };
    matches!(&*name, "marshal.loads" | "pickle.loads" | "dill.loads")
        && (site.file.model.is_constant(first, scope)
            || Reach::new(site.file.model)
                .any(first, scope, &|expr, scope| decodes(site, expr, scope, Payload::Constant)))
}

/// Whether an expression undoes an encoding.
fn decodes(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId, payload: Payload) -> Option<bool> {
    let model = site.file.model;
    let constant =
        |expr: &Expr| payload == Payload::Any || literal_text(expr).is_some() || model.is_constant(expr, scope);
    match expr {
        Expr::Call(call) => {
            let last = called_name(call).unwrap_or_default();
            let first = call.arguments.args.first();
            if let Some(name) = model.resolve(&call.func, scope)
                && DECODERS.contains(&name.as_str())
            {
                return Some(payload == Payload::Any || first.is_some_and(|first| built_here(site, first, scope)));
            }
            let Expr::Attribute(method) = &*call.func else {
                // Letters by their numbers.
                if last == "map" && first.is_some_and(|letter| model.is(letter, scope, "builtins.chr")) {
                    return Some(true);
                }
                let number = |expr: &Expr| expr.is_number_literal_expr();
                return Some(
                    last == "chr"
                        && model.resolve(&call.func, scope).as_deref() == Some("builtins.chr")
                        && first.is_some_and(|first| number(first) || is_shifted(first) || first.is_name_expr()),
                );
            };
            let coded = |expr: Option<&Expr>| {
                expr.and_then(literal_text).is_some_and(|text| {
                    matches!(
                        &*text.to_ascii_lowercase(),
                        "rot13" | "rot_13" | "hex" | "base64" | "zlib" | "bz2" | "unicode_escape"
                    )
                })
            };
            Some(match last {
                "decode" => coded(first) && constant(&method.value),
                "decrypt" => {
                    payload == Payload::Any && !method.value.is_name_expr()
                        || call.arguments.args.first().is_some_and(|first| first.is_bytes_literal_expr())
                }
                _ => false,
            })
        }
        // Written backwards.
        Expr::Subscript(subscript) => {
            let text = matches!(model.constant(&subscript.value, scope), Some(Constant::Str(_) | Constant::Bytes(_)));
            Some(text && is_reversed(subscript))
        }
        Expr::BinOp(binary) if binary.op == Operator::BitXor => Some(true),
        _ => Some(false),
    }
}

/// Whether a payload stands in this file: a text, or one that is put together from texts.
fn built_here(site: &Site<'_, '_>, expr: &Expr, scope: ScopeId) -> bool {
    site.file.model.is_constant(expr, scope)
        || Reach::new(site.file.model).any(expr, scope, &|expr, scope| match expr {
            // What is fetched does not stand here, only its address does.
            Expr::Call(call) if site.file.model.resolve(&call.func, scope).is_some_and(|name| fetches(&name)) => None,
            _ => Some(literal_text(expr).is_some_and(|text| text.len() > 7)),
        })
}

/// A letter that is moved by a number.
fn is_shifted(expr: &Expr) -> bool {
    matches!(expr, Expr::BinOp(binary) if matches!(binary.op, Operator::Sub | Operator::Add | Operator::BitXor | Operator::Mod))
}

fn is_reversed(subscript: &ast::ExprSubscript) -> bool {
    let Expr::Slice(slice) = &*subscript.slice else { return false };
    slice.lower.is_none()
        && slice.upper.is_none()
        && slice.step.as_deref().is_some_and(|step| {
            matches!(step, Expr::UnaryOp(minus) if minus.op == ast::UnaryOp::USub
                && matches!(&*minus.operand, Expr::NumberLiteral(one) if one.value.as_int().is_some_and(|int| int.as_u8() == Some(1))))
        })
}

/// What nobody would call by a name in pieces without a reason.
const DANGEROUS: &[&str] = &[
    "os.system",
    "os.popen",
    "os.execv",
    "os.execl",
    "os.spawnl",
    "os.remove",
    "builtins.exec",
    "builtins.eval",
    "builtins.compile",
    "builtins.__import__",
    "subprocess.Popen",
    "subprocess.run",
    "subprocess.call",
    "subprocess.check_output",
    "subprocess.getoutput",
    "base64.b64decode",
    "marshal.loads",
    "pickle.loads",
    "urllib.request.urlopen",
    "requests.get",
    "requests.post",
    "socket.socket",
    "ctypes.CDLL",
    "pty.spawn",
];

fn concealed(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let model = site.file.model;
    if model.asked & asked::INDIRECT == 0 {
        return;
    }
    for (_, node) in model.nodes_of(Kinds::CALL) {
        let NodeRef::Expr(Expr::Call(call)) = node.node else { continue };
        let mut root = &*call.func;
        let mut scope = node.scope;
        for _ in 0..4 {
            let Expr::Name(name) = root else { break };
            if !model.is_bound(name.id.as_str()) {
                break;
            }
            let Some((value, home)) = model.single_value(name, scope) else { break };
            root = value;
            scope = home;
        }
        let indirect = matches!(root, Expr::Call(_) | Expr::Subscript(_))
            || matches!(root, Expr::Attribute(attribute) if matches!(&*attribute.value, Expr::Call(_) | Expr::Subscript(_)));
        if indirect && let Some(name) = hidden_name(site, call, root, scope) {
            report(sink, call.range(), &name);
            // Where the name is put together is a place to look at as well.
            if !call.range().contains_range(root.range()) {
                report(sink, root.range(), &name);
            }
        } else if let Some(command) = hidden_command(site, call, node.scope) {
            let message = format!("a command is spelled so that nobody finds it: `{command}`");
            sink.report(call.range(), Severity::Critical, Confidence::High, message);
        }
    }
}

/// A command line that is given to something and stands in the file in pieces, encoded or backwards only.
fn hidden_command(site: &Site<'_, '_>, call: &ast::ExprCall, scope: ScopeId) -> Option<String> {
    let first = call.arguments.args.first()?;
    if !matches!(first, Expr::Call(_) | Expr::Subscript(_)) {
        return None;
    }
    let text = crate::security::embedded::reveal(site.file.model, first, scope, 8)?;
    let words = ["| sh", "|sh", "| bash", "|bash", "curl ", "wget ", "powershell ", "nc -e", "/dev/tcp/", "bash -i"];
    let command = words.iter().any(|word| text.contains(word)) && !site.file.unit.text.contains(&text);
    command.then(|| text.chars().take(60).collect())
}

fn report(sink: &mut Sink<'_>, range: TextRange, name: &str) {
    let message = format!("`{name}` is called by a name that is put together from pieces, so that nobody finds it");
    sink.report(range, Severity::Critical, Confidence::High, message);
}

/// Whether an expression is the table of the names of a module: `os.__dict__`, `vars(os)`, `__builtins__`.
fn is_table_of_names(table: &Expr) -> bool {
    match table {
        Expr::Attribute(table) => table.attr.as_str() == "__dict__",
        Expr::Call(call) => matches!(called_name(call), Some("vars" | "globals")),
        Expr::Name(name) => name.id.as_str() == "__builtins__",
        _ => false,
    }
}

/// Whether a function is looked up on a way that nobody takes who has nothing to hide: `os.__dict__["system"]`,
/// `getattr(__import__("subprocess"), "Popen")`, `sys.modules["os"].__getattribute__("popen")`.
fn is_detour(site: &Site<'_, '_>, root: &Expr) -> bool {
    let is_found = |owner: &Expr| {
        let text = site.file.unit.slice(owner.range());
        text.starts_with("__import__(") || text.starts_with("sys.modules[") || text.contains("import_module(")
    };
    match root {
        Expr::Subscript(element) => is_table_of_names(&element.value),
        Expr::Call(call) => match called_name(call) {
            Some("getattr") => call.arguments.args.first().is_some_and(is_found),
            Some("__getattribute__") => true,
            _ => false,
        },
        _ => false,
    }
}

/// The dangerous name of what is called, when the text of the expression nowhere says it.
fn hidden_name(site: &Site<'_, '_>, call: &ast::ExprCall, root: &Expr, scope: ScopeId) -> Option<String> {
    let model = site.file.model;
    if let Some(name) = model.resolve(root, scope) {
        let name = name.replace("builtins.__builtins__.", "builtins.");
        let last = name.rsplit('.').next().unwrap_or_default();
        let spelled = site.file.unit.slice(root.range());
        let module = name.split('.').next().unwrap_or_default();
        let finds = ["__import__", "import_module"].iter().any(|way| spelled.contains(way));
        let names_module = module == "builtins" || spelled.contains(module) || !finds;
        let dangerous = DANGEROUS.contains(&name.as_str());
        if dangerous && (!(spelled.contains(last) && names_module) || is_detour(site, root)) {
            return Some(name);
        }
    }
    // `__builtins__[table["a"] + table["b"]](…)`
    if let Expr::Subscript(element) = root
        && is_table_of_names(&element.value)
        && !element.slice.is_string_literal_expr()
        && let Some(name) = crate::security::embedded::reveal(model, &element.slice, scope, 8)
        && let Some(known) = DANGEROUS.iter().find(|known| known.rsplit('.').next() == Some(name.as_str()))
    {
        return Some((*known).to_owned());
    }
    // `CDLL(None)["system"](…)`: the library of C runs commands as well.
    if let Expr::Subscript(element) = root
        && let Expr::Call(library) = &*element.value
        && called_name(library).is_some_and(|name| matches!(name, "CDLL" | "LoadLibrary" | "PyDLL"))
        && let Some(name) = literal_text(&element.slice).filter(|name| matches!(&**name, "system" | "popen" | "execve"))
    {
        return Some(format!("libc.{name}"));
    }
    // `getattr(module, decoded)(…)`: the name is not even known before the code runs.
    let Expr::Call(inner) = root else { return None };
    if model.resolve(&inner.func, scope).as_deref() != Some("builtins.getattr") {
        return None;
    }
    let name = inner.arguments.args.get(1)?;
    if matches!(model.constant(name, scope), Some(Constant::Str(_))) {
        return None;
    }
    let (mut value, mut home) = (name, scope);
    if let Expr::Name(name) = value
        && let Some((assigned, outer)) = model.single_value(name, scope)
    {
        (value, home) = (assigned, outer);
    }
    if !matches!(value, Expr::Call(_) | Expr::Subscript(_) | Expr::BinOp(_)) {
        return None;
    }
    // What is decoded here can be told: a harmless name in a riddle is a joke.
    let object = inner.arguments.args.first().and_then(|object| model.resolve(object, scope)).unwrap_or_default();
    let Some(revealed) = crate::security::embedded::reveal(model, value, home, 8) else {
        let decoded = decodes(site, value, home, Payload::Constant) != Some(false);
        return decoded.then(|| format!("{object}.?"));
    };
    let last = |name: &&&str| name.rsplit('.').next() == Some(revealed.as_str());
    let known = DANGEROUS.iter().find(last)?;
    let _ = call;
    Some((*known).to_owned())
}

pub(in crate::security::rules) const LOOK_ALIKE: Rule = Rule {
    id: "look-alike-name",
    title: "a name is spelled in letters that look like others",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 1007,
    severity: Severity::High,
    help: "write names in the letters of one script",
    triggers: &[Trigger::File],
    check: look_alike,
};

fn look_alike(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let text = site.file.unit.text.as_str();
    if text.is_ascii() {
        return;
    }
    let mut told = 0;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut from = 0;
    while let Some((start, word)) = next_word(text, &mut from, &is_part) {
        if word.is_ascii() || !mixes(word) || !is_code(site, start) {
            continue;
        }
        let range = TextRange::at(size(start), size(word.len()));
        let message = "this name mixes letters of two scripts that look alike: it is not the name that it seems to be";
        sink.report(range, Severity::High, Confidence::High, message);
        told += 1;
        if told == 20 {
            return;
        }
    }
}

/// Bytes that are looked at together for characters beyond ASCII.
const BLOCK: usize = 64;

fn next_word<'t>(text: &'t str, from: &mut usize, is_part: &dyn Fn(char) -> bool) -> Option<(usize, &'t str)> {
    let rest = text.get(*from..)?;
    // Only what is near a character beyond ASCII matters, and such characters are few: blocks without are passed over.
    let block = rest.as_bytes().chunks(BLOCK).position(|block| !block.is_ascii())? * BLOCK;
    let beyond = block + rest.as_bytes().get(block..)?.iter().position(|byte| !byte.is_ascii())?;
    let at = *from + beyond;
    let mut start = at;
    while start > 0 && text.as_bytes().get(start - 1).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    {
        start -= 1;
    }
    let length = text.get(start..)?.find(|c: char| !is_part(c)).unwrap_or(text.len() - start);
    let end = (start + length).max(at + text.get(at..)?.chars().next()?.len_utf8());
    *from = end;
    Some((start, text.get(start..end)?))
}

fn size(at: usize) -> ruff_text_size::TextSize {
    ruff_text_size::TextSize::try_from(at).unwrap_or_default()
}

/// Letters of other scripts that are taken for Latin ones.
const CYRILLIC: &str = "асеоріјѕһԁԛԝухАВСЕНІЈКМОРЅТУХӀ";
const GREEK: &str = "οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/// Whether one of the words of a name mixes Latin letters with such, or is spelled in letters that only stand for
/// Latin ones.
fn mixes(name: &str) -> bool {
    name.split('_').any(|word| {
        let latin = word.chars().any(|c| c.is_ascii_alphabetic());
        let other = word.chars().any(|c| CYRILLIC.contains(c) || GREEK.contains(c));
        // Other letters of that script say that the word is written in it.
        let honest = word.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}') && !CYRILLIC.contains(c));
        let styled = word.chars().all(|c| matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{ff21}'..='\u{ff5a}'))
            && word.chars().count() > 2;
        latin && other && !honest || styled
    })
}

/// Whether a place is code: no comment and no text.
fn is_code(site: &Site<'_, '_>, at: usize) -> bool {
    let place = size(at);
    let line_start = site.file.unit.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let before = site.file.unit.text.get(line_start..at).unwrap_or_default();
    if before.trim_start().starts_with('#') || before.contains(" #") {
        return false;
    }
    !site.file.model.nodes.iter().any(|node| match node.node {
        NodeRef::Expr(expr @ (Expr::StringLiteral(_) | Expr::FString(_))) => expr.range().contains(place),
        NodeRef::Stmt(ast::Stmt::Expr(statement)) => {
            statement.value.is_string_literal_expr() && statement.range().contains(place)
        }
        _ => false,
    })
}
