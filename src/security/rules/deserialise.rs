//! Objects that are rebuilt from data.

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged;

use super::{Rule, Sink, Site, Trigger, called_name};
use crate::model::{Category, Confidence, Severity};
use crate::security::python::BindingKind;

pub(super) const PICKLE: Rule = Rule {
    id: "unsafe-pickle",
    title: "a pickle is loaded",
    aliases: &["B301", "S301"],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Medium,
    help: "exchange data as JSON, or check a signature before the pickle is loaded",
    triggers: &[Trigger::Call(&[
        "pickle.load",
        "pickle.loads",
        "pickle.Unpickler",
        "pickle._load",
        "pickle._loads",
        "pickle._Unpickler",
        "_pickle.load",
        "_pickle.loads",
        "_pickle.Unpickler",
        "cPickle.load",
        "cPickle.loads",
        "cPickle.Unpickler",
        "dill.load",
        "dill.loads",
        "dill.Unpickler",
        "cloudpickle.load",
        "cloudpickle.loads",
        "shelve.open",
        "shelve.DbfilenameShelf",
        "jsonpickle.decode",
        "jsonpickle.loads",
        "jsonpickle.unpickler.decode",
        "jsonpickle.unpickler.Unpickler",
        "pandas.read_pickle",
        "joblib.load",
        "sklearn.externals.joblib.load",
        "numpy.load",
        "multiprocessing.reduction.ForkingPickler.loads",
    ])],
    check: pickle,
};

pub(super) const MARSHAL: Rule = Rule {
    id: "unsafe-marshal",
    title: "marshalled data is loaded",
    aliases: &["B302", "S302"],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Medium,
    help: "exchange data as JSON",
    triggers: &[Trigger::Call(&["marshal.load", "marshal.loads"])],
    check: |site, sink| {
        let Some(data) = site.first() else { return };
        if round_trip(site, data, "marshal.dump") {
            sink.unjudged(site.range(), Severity::Medium, "what was marshalled here is loaded again");
        } else {
            let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
            sink.report(
                site.range(),
                severity,
                Confidence::Medium,
                "marshalled data can crash the interpreter or hold code",
            );
        }
    },
};

pub(super) const YAML: Rule = Rule {
    id: "unsafe-yaml",
    title: "YAML is loaded with a loader that makes objects",
    aliases: &["B506", "S506"],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::High,
    help: "use `yaml.safe_load`",
    triggers: &[Trigger::Call(&[
        "yaml.load",
        "yaml.load_all",
        "yaml.unsafe_load",
        "yaml.unsafe_load_all",
        "yaml.full_load",
        "yaml.full_load_all",
    ])],
    check: yaml,
};

pub(super) const TORCH: Rule = Rule {
    id: "unsafe-torch-load",
    title: "a model is loaded as a pickle",
    aliases: &["B614"],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Medium,
    help: "pass `weights_only=True`, or use safetensors",
    triggers: &[Trigger::Call(&["torch.load", "torch.serialization.load", "torch.jit.load", "torch.hub.load"])],
    check: |site, sink| {
        if site.keyword("weights_only").is_some_and(|value| site.is_true(value)) {
            return;
        }
        match site.name {
            Some("torch.jit.load" | "torch.hub.load") => {
                sink.report(site.range(), Severity::Low, Confidence::Low, "a model that comes with code is loaded");
            }
            _ => {
                let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
                sink.report(
                    site.range(),
                    severity,
                    Confidence::Medium,
                    "`torch.load` runs whatever the pickle in the file asks for",
                );
            }
        }
    },
};

pub(super) const CONNECTION: Rule = Rule {
    id: "unsafe-connection",
    title: "objects are read from a connection as pickles",
    aliases: &[],
    category: Category::Deserialisation,
    cwe: 502,
    severity: Severity::Medium,
    help: "read bytes with `recv_bytes` and decode them as JSON",
    triggers: &[Trigger::Method(&["recv", "recv_pyobj"])],
    check: |site, sink| {
        // `multiprocessing.Pipe` joins processes that trust each other; these two cross machines.
        let Some(Expr::Attribute(method)) = site.call().map(|call| &*call.func) else { return };
        if method.attr.as_str() == "recv_pyobj" {
            if site.imports("zmq") {
                tell_connection(site, sink);
            }
            return;
        }
        let opened = match &*method.value {
            Expr::Name(name) => match site.file.model.single_value(name, site.scope) {
                Some((value, _)) => value,
                None => return,
            },
            other => other,
        };
        let Expr::Call(opened) = opened else { return };
        let opener = match &*opened.func {
            // `Listener(…).accept()`
            Expr::Attribute(accept) if accept.attr.as_str() == "accept" => match &*accept.value {
                Expr::Name(name) => site.file.model.single_value(name, site.scope).map(|(value, _)| value),
                other => Some(other),
            },
            _ => None,
        };
        let function = match opener {
            Some(Expr::Call(listener)) => &listener.func,
            _ => &opened.func,
        };
        let known = site.resolve(function).is_some_and(|name| {
            matches!(name.as_str(), "multiprocessing.connection.Client" | "multiprocessing.connection.Listener")
        });
        if known {
            tell_connection(site, sink);
        }
    },
};

fn tell_connection(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let severity = if site.file.test_code { Severity::Note } else { Severity::Medium };
    let what = "the objects that the other side sends are rebuilt, which can run code here";
    sink.report(site.range(), severity, Confidence::Medium, what);
}

/// Whether a path is made of constants of the program: `str(BASE / "state.db")`, `os.path.join(ROOT, "state.db")`.
/// Folders that everybody writes to have no owner.
fn is_own_path(site: &Site<'_, '_>, path: &Expr, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    if let Some(text) = site.text(path) {
        return !["/tmp", "/var/tmp", "/dev/shm"].iter().any(|folder| text.starts_with(folder));
    }
    match path {
        Expr::BinOp(binary) => is_own_path(site, &binary.left, depth) && is_own_path(site, &binary.right, depth),
        Expr::Attribute(attribute) => attribute.attr.as_str() == "parent" && is_own_path(site, &attribute.value, depth),
        Expr::Call(call) => {
            let made = site.resolve(&call.func).is_some_and(|name| {
                matches!(
                    name.as_str(),
                    "builtins.str" | "os.fspath" | "os.path.join" | "pathlib.Path" | "os.path.dirname"
                )
            });
            made && call.arguments.keywords.is_empty()
                && call.arguments.args.iter().all(|part| is_own_path(site, part, depth))
        }
        Expr::Name(name) if name.id.as_str() == "__file__" => true,
        Expr::Name(name) => site
            .file
            .model
            .single_value(name, site.scope)
            .is_some_and(|(value, _)| !matches!(value, Expr::Name(_)) && is_own_path(site, value, depth)),
        _ => false,
    }
}

fn pickle(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let name = site.name.unwrap_or("");
    if name == "numpy.load" {
        if site.keyword("allow_pickle").is_some_and(|value| site.is_true(value)) && !site.file.test_code {
            sink.report_as(
                &["S301"],
                site.range(),
                Severity::Medium,
                Confidence::Medium,
                "`allow_pickle` lets the file run code",
            );
        }
        return;
    }
    if name.ends_with("loads") && name.starts_with("jsonpickle") && sink.is_full() {
        return;
    }
    let Some(data) = site.first() else {
        sink.unjudged(site.range(), Severity::Medium, "an unpickler is made");
        return;
    };
    if round_trip(site, data, ".dump") {
        sink.unjudged(site.range(), Severity::Medium, "what was pickled here is loaded again");
        return;
    }
    if restricts(site) {
        sink.unjudged(site.range(), Severity::Medium, "an unpickler that chooses what it finds is used");
        return;
    }
    if site.file.test_code {
        sink.report(site.range(), Severity::Note, Confidence::Medium, "a test loads a pickle");
    } else if name.starts_with("shelve.") && is_own_path(site, data, 6) {
        sink.unjudged(site.range(), Severity::Low, "a shelf of this program's own is opened");
    } else if name.starts_with("shelve.") {
        sink.report(
            site.range(),
            Severity::Low,
            Confidence::Low,
            "a shelf runs code when someone else can write its file",
        );
    } else {
        sink.report(
            site.range(),
            Severity::Medium,
            Confidence::Medium,
            "a pickle runs whatever it asks for when it is loaded",
        );
    }
}

/// Whether data was dumped in the same expression, or in the one assignment of its name.
fn round_trip(site: &Site<'_, '_>, data: &Expr, dump: &str) -> bool {
    let value = match data {
        Expr::Name(name) => match site.file.model.single_value(name, site.scope) {
            Some((value, _)) => value,
            None => return false,
        },
        other => other,
    };
    let Expr::Call(call) = value else { return matches!(value, Expr::BytesLiteral(_)) };
    site.resolve(&call.func).is_some_and(|name| name.contains(dump))
}

/// Whether what is called is a class of this file that overrides `find_class`.
fn restricts(site: &Site<'_, '_>) -> bool {
    let Some(Expr::Name(name)) = site.call().map(|call| &*call.func) else { return false };
    let found = site.file.model.lookup(name.id.as_str(), site.scope, ruff_text_size::TextSize::new(u32::MAX));
    matches!(found.map(|binding| binding.kind), Some(BindingKind::Class(class))
        if class.body.iter().any(|stmt| matches!(stmt, Stmt::FunctionDef(function) if function.name.as_str() == "find_class")))
}

/// `yaml.load(x)` becomes `yaml.safe_load(x)`, and `Loader=yaml.Loader` becomes `Loader=yaml.SafeLoader`.
fn safe_loader(call: &ExprCall, loader: Option<&Expr>, last: Option<&str>, sink: &mut Sink<'_>) {
    match (loader, &*call.func) {
        (None, Expr::Attribute(function)) => {
            let safe = format!("safe_{}", function.attr.as_str());
            sink.fix(function.attr.range(), safe, "use the safe loader");
        }
        (Some(Expr::Attribute(loader)), _) => {
            let safe = if last.is_some_and(|name| name.starts_with('C')) { "CSafeLoader" } else { "SafeLoader" };
            sink.fix(loader.attr.range(), safe, "use the safe loader");
        }
        _ => {}
    }
}

fn yaml(site: &Site<'_, '_>, sink: &mut Sink<'_>) {
    let Some(call) = site.call() else { return };
    let plain = matches!(called_name(call), Some("load" | "load_all"));
    if !plain {
        if !sink.is_full() {
            let (severity, what) = match site.name {
                Some("yaml.full_load" | "yaml.full_load_all") => {
                    (Severity::Medium, "the full loader makes many sorts of objects")
                }
                _ => (Severity::High, "the unsafe loader runs whatever the document asks for"),
            };
            sink.report(site.range(), severity, Confidence::High, what);
        }
        return;
    }
    let loader = site.argument("Loader", 1);
    let resolved = loader.and_then(|loader| site.resolve(loader));
    let last = resolved.as_deref().or(loader.and_then(|loader| match loader {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }));
    let last = last.map(|name| name.rsplit('.').next().unwrap_or(name));
    let safe = last.is_some_and(|name| matches!(name, "SafeLoader" | "CSafeLoader" | "BaseLoader" | "CBaseLoader"));
    if safe {
        // The other tools know only two names of safe loaders.
        if !matches!(last, Some("SafeLoader" | "CSafeLoader")) {
            sink.unjudged(site.range(), Severity::Low, "YAML is loaded with the base loader");
        }
        return;
    }
    let known = last.is_none_or(|name| {
        matches!(name, "Loader" | "CLoader" | "UnsafeLoader" | "CUnsafeLoader" | "FullLoader" | "CFullLoader")
    });
    let document = site.argument("stream", 0);
    if document.is_some_and(|document| site.is_constant(document)) {
        sink.unjudged(site.range(), Severity::Medium, "a constant document is loaded with an unsafe loader");
    } else if !known {
        // A loader by another name is most often a subclass of the safe one from another file.
        sink.report(
            site.range(),
            Severity::Low,
            Confidence::Low,
            "YAML is loaded with a loader that is not known to be safe",
        );
    } else {
        let severity = match (site.file.test_code, last) {
            (true, _) => Severity::Note,
            (false, Some("FullLoader" | "CFullLoader")) => Severity::Low,
            (false, _) => Severity::High,
        };
        sink.report(
            site.range(),
            severity,
            Confidence::High,
            "YAML is loaded with a loader that makes whatever objects the document asks for",
        );
        safe_loader(call, loader, last, sink);
    }
}
