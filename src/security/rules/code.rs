//! Code that is made at run time: `exec`, `eval`, `compile`, dynamic imports.

use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger};
use crate::model::{Category, Confidence, Severity};

pub(super) const EXEC: Rule = Rule {
    id: "exec-used",
    title: "`exec` runs text that is not a constant",
    aliases: &["B102", "S102"],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Medium,
    help: "call the code as a function, or load it as a module whose digest is checked",
    triggers: &[Trigger::Call(&["builtins.exec", "builtins.execfile"])],
    check: |site, sink| dynamic(site, sink, "exec"),
};

pub(super) const EVAL: Rule = Rule {
    id: "eval-used",
    title: "`eval` computes text that is not a constant",
    aliases: &["B307", "S307"],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Medium,
    help: "use `ast.literal_eval` for data, `operator` or a table of functions for choices",
    triggers: &[Trigger::Call(&["builtins.eval"])],
    check: |site, sink| dynamic(site, sink, "eval"),
};

pub(super) const OBFUSCATED: Rule = Rule {
    id: "obfuscated-execution",
    title: "decoded or downloaded text is executed",
    aliases: &[],
    category: Category::Obfuscation,
    cwe: 506,
    severity: Severity::Critical,
    help: "do not let this code in; code that hides what it does has a reason to",
    triggers: &[Trigger::Call(&["builtins.exec", "builtins.eval", "builtins.compile", "types.FunctionType"])],
    check: obfuscated,
};

pub(super) const COMPILE: Rule = Rule {
    id: "compile-used",
    title: "`compile` makes code from text that is not a constant",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 95,
    severity: Severity::Note,
    help: "make sure that nobody else can choose the text",
    triggers: &[Trigger::Call(&["builtins.compile"])],
    check: |site, sink| {
        let Some(text) = site.argument("source", 0) else { return };
        if !site.is_constant(text) {
            sink.report(site.range(), Severity::Note, Confidence::Medium, "`compile` turns text into code");
        }
    },
};

pub(super) const DYNAMIC_IMPORT: Rule = Rule {
    id: "dynamic-import",
    title: "a module is imported by a name that is not a constant",
    aliases: &[],
    category: Category::CodeExecution,
    cwe: 470,
    severity: Severity::Low,
    help: "choose from a fixed table of modules, or check the name against a list first",
    triggers: &[Trigger::Call(&[
        "builtins.__import__",
        "importlib.import_module",
        "importlib.__import__",
        "runpy.run_path",
        "runpy.run_module",
    ])],
    check: |site, sink| {
        let Some(name) = site.first() else { return };
        if site.is_constant(name) {
            return;
        }
        // A literal package in front keeps the choice inside that package.
        let inside = super::words::built(name).is_some_and(|built| {
            built.text.find('.').is_some_and(|dot| built.text.find('\0').is_some_and(|gap| dot < gap))
        });
        // An attribute is what a program has chosen to keep; a name may be anything.
        let kept = matches!(name, Expr::Attribute(_));
        let severity = if inside || kept || site.file.test_code { Severity::Note } else { Severity::Low };
        sink.report(site.range(), severity, Confidence::Low, "which module is imported is decided at run time");
    },
};

fn dynamic(site: &Site<'_, '_>, sink: &mut Sink<'_>, what: &str) {
    let Some(text) = site.first() else { return };
    if site.is_constant(text) {
        sink.unjudged(
            site.range(),
            Severity::Medium,
            format!("`{what}` of a constant: the code can stand there itself"),
        );
        return;
    }
    // `exec(code, namespace)` of something that was compiled is judged where it was compiled, too.
    let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
    let confidence = if super::words::built(text).is_some() { Confidence::High } else { Confidence::Medium };
    sink.report(site.range(), severity, confidence, format!("`{what}` runs text that is put together at run time"));
}

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
    "marshal.loads",
];

const DOWNLOADERS: &[&str] =
    &["urllib.request.urlopen", "requests.get", "requests.post", "httpx.get", "urllib2.urlopen"];

fn obfuscated(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(code) = site.first() else { return };
    match hidden(site, code, 12) {
        Some(Hidden::Decoded) if !site.file.test_code => {
            sink.report(
                site.range(),
                Severity::Critical,
                Confidence::High,
                "text is decoded and then executed: the code hides what it does",
            );
        }
        Some(Hidden::Downloaded) => {
            sink.report(site.range(), Severity::Critical, Confidence::High, "text from the network is executed");
        }
        _ => {}
    }
}

enum Hidden {
    Decoded,
    Downloaded,
}

/// Looks through nested calls, and through names that are assigned once.
fn hidden(site: &Site<'_, '_>, expr: &Expr, depth: u8) -> Option<Hidden> {
    let depth = depth.checked_sub(1)?;
    match expr {
        Expr::Call(call) => {
            if let Some(name) = site.resolve(&call.func) {
                if DECODERS.contains(&name.as_str()) {
                    // A round trip through pickle or marshal of a file's own code is how `.pyc` files are run.
                    return (name != "marshal.loads"
                        || call
                            .arguments
                            .args
                            .first()
                            .is_some_and(|argument| hidden(site, argument, depth).is_some()))
                    .then_some(Hidden::Decoded);
                }
                if DOWNLOADERS.contains(&name.as_str()) {
                    return Some(Hidden::Downloaded);
                }
            }
            if let Expr::Attribute(attribute) = &*call.func
                && let Some(found) = hidden(site, &attribute.value, depth)
            {
                return Some(found);
            }
            call.arguments.args.first().and_then(|argument| hidden(site, argument, depth))
        }
        Expr::Attribute(attribute) => hidden(site, &attribute.value, depth),
        Expr::Subscript(subscript) => hidden(site, &subscript.value, depth),
        Expr::Name(name) => {
            let (value, _) = site.file.model.single_value(name, site.scope)?;
            if value.range() == expr.range() { None } else { hidden(site, value, depth) }
        }
        _ => None,
    }
}
