//! The resolution of names: what an expression stands for, as one imports it.

use std::cell::Cell;

use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::{Ranged, TextSize};

use super::super::constant::Constant;
use super::{Binding, BindingKind, MAX_NAME, Model, ScopeId, Way};

/// Modules whose names mean them even where nothing imports them.
pub(super) const KNOWN_MODULES: &[&str] = &[
    "aiohttp",
    "asyncio",
    "base64",
    "cPickle",
    "codecs",
    "commands",
    "crypt",
    "dill",
    "flask",
    "ftplib",
    "hashlib",
    "hmac",
    "httpx",
    "importlib",
    "jinja2",
    "joblib",
    "jsonpickle",
    "ldap",
    "logging",
    "lxml",
    "marshal",
    "numpy",
    "os",
    "pandas",
    "paramiko",
    "pickle",
    "popen2",
    "random",
    "requests",
    "runpy",
    "shelve",
    "shlex",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "sys",
    "tarfile",
    "telnetlib",
    "tempfile",
    "torch",
    "types",
    "urllib",
    "urllib2",
    "xml",
    "yaml",
    "zipfile",
    "zlib",
];

/// Whether a name is one of Python's built-in functions or types that matter here.
pub(super) fn is_builtin(name: &str) -> bool {
    const BUILTINS: &[&str] = &[
        "__build_class__",
        "__builtins__",
        "__import__",
        "abs",
        "aiter",
        "all",
        "anext",
        "any",
        "ascii",
        "bin",
        "bool",
        "breakpoint",
        "bytearray",
        "bytes",
        "callable",
        "chr",
        "classmethod",
        "compile",
        "complex",
        "delattr",
        "dict",
        "dir",
        "divmod",
        "enumerate",
        "eval",
        "exec",
        "execfile",
        "file",
        "filter",
        "float",
        "format",
        "frozenset",
        "getattr",
        "globals",
        "hasattr",
        "hash",
        "help",
        "hex",
        "id",
        "input",
        "int",
        "isinstance",
        "issubclass",
        "iter",
        "len",
        "list",
        "locals",
        "map",
        "max",
        "memoryview",
        "min",
        "next",
        "object",
        "oct",
        "open",
        "ord",
        "pow",
        "print",
        "property",
        "range",
        "raw_input",
        "reload",
        "repr",
        "reversed",
        "round",
        "set",
        "setattr",
        "slice",
        "sorted",
        "staticmethod",
        "str",
        "sum",
        "super",
        "tuple",
        "type",
        "unichr",
        "unicode",
        "vars",
        "xrange",
        "zip",
    ];
    BUILTINS.binary_search(&name).is_ok()
}

impl<'a> Model<'a> {
    /// The qualified name of an expression in `scope`, or none for what the file itself defines or computes.
    pub fn resolve(&self, expr: &Expr, scope: ScopeId) -> Option<String> {
        let steps = Cell::new(0);
        self.resolve_along(expr, scope, Way::new(&steps))
    }

    pub(super) fn resolve_along(&self, expr: &Expr, scope: ScopeId, way: Way<'_>) -> Option<String> {
        let mut out = String::new();
        self.resolve_into(expr, scope, &mut out, way).then_some(out)
    }

    /// Whether an expression in `scope` stands for `name`.
    pub fn is(&self, expr: &Expr, scope: ScopeId, name: &str) -> bool {
        self.resolve(expr, scope).is_some_and(|resolved| resolved == name)
    }

    /// Appends the qualified name to `out`; false when there is none (then `out` is in no defined state).
    pub(super) fn resolve_into(&self, expr: &Expr, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.step() else { return false };
        match expr {
            Expr::Name(name) => self.resolve_name(name, scope, out, way),
            Expr::Attribute(attribute) => {
                if let Some(class) = self.receiver_class(&attribute.value, scope) {
                    return self
                        .attribute(class, attribute.attr.as_str())
                        .is_some_and(|binding| self.resolve_binding(binding, out, way));
                }
                if !self.resolve_into(&attribute.value, scope, out, way) || out.len() > MAX_NAME {
                    return false;
                }
                out.push('.');
                out.push_str(attribute.attr.as_str());
                true
            }
            Expr::Call(call) => self.resolve_call(call, scope, out, way),
            Expr::Subscript(subscript) => self.resolve_subscript(subscript, scope, out, way),
            Expr::Await(inner) => self.resolve_into(&inner.value, scope, out, way),
            Expr::Named(inner) => self.resolve_into(&inner.value, scope, out, way),
            Expr::If(inner) => self.resolve_either(&inner.body, &inner.orelse, scope, out, way),
            Expr::BoolOp(inner) if inner.values.len() == 2 => {
                self.resolve_either(&inner.values[0], &inner.values[1], scope, out, way)
            }
            _ => false,
        }
    }

    pub(super) fn resolve_either(
        &self,
        first: &Expr,
        second: &Expr,
        scope: ScopeId,
        out: &mut String,
        way: Way<'_>,
    ) -> bool {
        let start = out.len();
        if self.resolve_into(first, scope, out, way) {
            return true;
        }
        out.truncate(start);
        self.resolve_into(second, scope, out, way)
    }

    pub(super) fn resolve_name(&self, name: &ast::ExprName, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let id = name.id.as_str();
        if let Some(binding) = self.lookup(id, scope, name.start()) {
            return self.resolve_binding(binding, out, way);
        }
        if let Some(module) = self.star_imports.first()
            && !is_builtin(id)
        {
            begin(out, module);
            out.push('.');
            out.push_str(id);
            return true;
        }
        if is_builtin(id) {
            begin(out, "builtins.");
            out.push_str(id);
            return true;
        }
        // A module that is used without being imported, as in an excerpt, or imported in another function.
        if KNOWN_MODULES.binary_search(&id).is_ok() {
            begin(out, id);
            return true;
        }
        false
    }

    /// Appends what a binding stands for.
    pub(super) fn resolve_binding(&self, binding: &Binding<'a>, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.hop() else { return false };
        match binding.kind {
            BindingKind::Import(module) => {
                begin(out, module);
                true
            }
            BindingKind::ImportFrom { module, level, name } => {
                self.push_module(module, level, out);
                if !out.is_empty() && !out.ends_with('.') {
                    out.push('.');
                }
                out.push_str(name);
                true
            }
            BindingKind::Assigned(value) => self.resolve_into(value, binding.scope, out, way),
            BindingKind::Annotated { annotation, value } => {
                let start = out.len();
                if value.is_some_and(|value| self.resolve_into(value, binding.scope, out, way)) {
                    return true;
                }
                out.truncate(start);
                self.resolve_annotation(annotation, binding.scope, out, way)
            }
            BindingKind::Parameter { annotation: Some(annotation), .. } => {
                self.resolve_annotation(annotation, binding.scope, out, way)
            }
            BindingKind::With(context) => self.resolve_into(context, binding.scope, out, way),
            // A class of the file stands for the first base that comes from elsewhere.
            BindingKind::Class(class) => class.arguments.as_ref().is_some_and(|arguments| {
                let start = out.len();
                arguments.args.iter().any(|base| {
                    out.truncate(start);
                    self.resolve_into(base, binding.scope, out, way) && out != "builtins.object"
                })
            }),
            _ => false,
        }
    }

    /// An annotation `T` makes an instance: `T()`. `Optional[T]`, `T | None` and quoted types are looked into.
    pub(super) fn resolve_annotation(&self, annotation: &Expr, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        let Some(way) = way.step() else { return false };
        match annotation {
            Expr::Name(_) | Expr::Attribute(_) => {
                let found = self.resolve_into(annotation, scope, out, way);
                out.push_str("()");
                found
            }
            Expr::BinOp(union) if matches!(*union.left, Expr::NoneLiteral(_)) => {
                self.resolve_annotation(&union.right, scope, out, way)
            }
            Expr::BinOp(union) => self.resolve_annotation(&union.left, scope, out, way),
            Expr::Subscript(subscript) => {
                let wrapper = self.resolve_along(&subscript.value, scope, way);
                let optional = wrapper.as_deref().is_some_and(|name| {
                    matches!(name, "typing.Optional" | "typing.Annotated" | "typing_extensions.Annotated")
                });
                let inner = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.first(),
                    other => Some(other),
                };
                optional && inner.is_some_and(|inner| self.resolve_annotation(inner, scope, out, way))
            }
            _ => false,
        }
    }

    /// Calls that give a module or one of its members are looked through; others become `name()`.
    pub(super) fn resolve_call(&self, call: &ast::ExprCall, scope: ScopeId, out: &mut String, way: Way<'_>) -> bool {
        if !self.resolve_into(&call.func, scope, out, way) {
            return false;
        }
        let arguments = &call.arguments;
        match out.as_str() {
            "builtins.__import__" | "importlib.import_module" | "importlib.__import__" => {
                let Some(Constant::Str(module)) =
                    arguments.find_argument_value("name", 0).and_then(|name| self.constant_along(name, scope, way))
                else {
                    out.push_str("()");
                    return true;
                };
                // `__import__("a.b")` gives `a` unless names are asked for.
                let top = if out == "importlib.import_module" || arguments.find_argument_value("fromlist", 3).is_some()
                {
                    &*module
                } else {
                    module.split('.').next().unwrap_or("")
                };
                out.clear();
                out.push_str(top);
                !out.is_empty()
            }
            "builtins.getattr" => {
                let (Some(object), Some(name)) = (arguments.args.first(), arguments.args.get(1)) else { return false };
                let Some(Constant::Str(name)) = self.constant_along(name, scope, way) else { return false };
                out.clear();
                if !self.resolve_into(object, scope, out, way) {
                    return false;
                }
                out.push('.');
                out.push_str(&name);
                true
            }
            "builtins.super" => false,
            _ => {
                out.push_str("()");
                out.len() <= MAX_NAME
            }
        }
    }

    /// `sys.modules["os"]`, `globals()["eval"]`, `__builtins__["eval"]`, `vars(os)["system"]`, `os.__dict__["system"]`.
    pub(super) fn resolve_subscript(
        &self,
        subscript: &ast::ExprSubscript,
        scope: ScopeId,
        out: &mut String,
        way: Way<'_>,
    ) -> bool {
        let Some(Constant::Str(key)) = self.constant_along(&subscript.slice, scope, way) else { return false };
        if let Expr::Call(call) = &*subscript.value
            && self.resolve_along(&call.func, scope, way).as_deref() == Some("builtins.vars")
            && let Some(object) = call.arguments.args.first()
        {
            if !self.resolve_into(object, scope, out, way) {
                return false;
            }
            out.push('.');
            out.push_str(&key);
            return true;
        }
        if !self.resolve_into(&subscript.value, scope, out, way) {
            return false;
        }
        if let Some(owner) = out.strip_suffix(".__dict__") {
            let length = owner.len() + 1;
            out.truncate(length);
            out.push_str(&key);
            return true;
        }
        match out.as_str() {
            "sys.modules" => {
                out.clear();
                out.push_str(&key);
            }
            "builtins.__builtins__" => {
                out.clear();
                out.push_str("builtins.");
                out.push_str(&key);
            }
            "builtins.globals()" | "builtins.locals()" => {
                out.clear();
                if let Some(binding) = self.lookup(&key, Self::MODULE, TextSize::new(u32::MAX)) {
                    return self.resolve_binding(binding, out, way);
                }
                out.push_str("builtins.");
                out.push_str(&key);
            }
            _ => return false,
        }
        true
    }

    /// Appends the absolute name of a module.
    pub(super) fn push_module(&self, module: &str, level: u32, out: &mut String) {
        if level > 0 {
            let up = level as usize - 1;
            match self.package.len().checked_sub(up).and_then(|keep| self.package.get(..keep)) {
                Some(base) if !self.package.is_empty() => out.push_str(&base.join(".")),
                _ => out.extend(std::iter::repeat_n('.', level as usize)),
            }
            if !out.is_empty() && !out.ends_with('.') && !module.is_empty() {
                out.push('.');
            }
        }
        begin(out, module);
    }
}

/// Appends the first part of a name, with room for those that follow it most of the time.
fn begin(out: &mut String, part: &str) {
    out.reserve(part.len() + 24);
    out.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::{KNOWN_MODULES, is_builtin};
    use crate::security::python::parse::parse;

    /// The qualified names of the callees of all calls, in the order of the text.
    fn callees(text: &str) -> Vec<String> {
        let module = parse(text).unwrap_or_else(|_| panic!("too deep"));
        let model =
            Model::new(&module).unwrap_or_else(|_| panic!("too deep")).in_package(vec!["app".into(), "web".into()]);
        let mut names = Vec::new();
        for node in &model.nodes {
            if let NodeRef::Expr(Expr::Call(call)) = node.node {
                names.push(model.resolve(&call.func, node.scope).unwrap_or_else(|| "-".to_owned()));
            }
        }
        names
    }

    #[test]
    fn the_list_of_builtins_is_sorted() {
        assert!(is_builtin("__build_class__") && is_builtin("eval") && is_builtin("zip") && !is_builtin("run"));
        assert!(KNOWN_MODULES.is_sorted());
    }

    #[test]
    fn imports_resolve_through_aliases_and_assignments() {
        let text = "import os, subprocess as sp\nfrom subprocess import run as r\nimport xml.etree.ElementTree as ET\n\
                    import a.b\nq = sp.Popen\nq(1)\nr(1)\nET.parse(1)\nos.path.join(1)\na.b.c(1)\n\
                    def f():\n    q(2)\n    from . import x\n    x.go(1)\n    from ..lib.y import z\n    z(1)\n";
        assert_eq!(
            callees(text),
            [
                "subprocess.Popen",
                "subprocess.run",
                "xml.etree.ElementTree.parse",
                "os.path.join",
                "a.b.c",
                "subprocess.Popen",
                "app.web.x.go",
                "app.lib.y.z"
            ]
        );
    }

    #[test]
    fn what_the_file_defines_shadows() {
        let text = "def eval(x): pass\neval(1)\nclass A:\n    exec = None\n    def m(self):\n        exec(1)\n\
                    def g(open, os):\n    open(1)\n    os.system(1)\n[compile(1) for compile in y]\n";
        assert_eq!(callees(text), ["-", "builtins.exec", "-", "-", "-"]);
    }

    #[test]
    fn instances_and_attributes_are_followed() {
        let text = "import paramiko, requests\nclass A(B):\n    def __init__(self, s: requests.Session | None):\n        \
                    self.c = paramiko.SSHClient()\n        s.get(1)\n    def m(self):\n        self.c.exec_command(1)\n\
                    with requests.Session() as t:\n    t.post(1)\n";
        assert_eq!(
            callees(text),
            [
                "paramiko.SSHClient",
                "requests.Session().get",
                "paramiko.SSHClient().exec_command",
                "requests.Session",
                "requests.Session().post"
            ]
        );
    }

    #[test]
    fn indirect_access_is_seen_through() {
        let text = "import os, sys, importlib\ngetattr(os, 'sys' + 'tem')(1)\n__import__('os').popen(1)\n\
                    sys.modules['os'].system(1)\n__builtins__['eval'](1)\nimportlib.import_module('os.path').join(1)\n\
                    os.__dict__['system'](1)\nvars(os)['system'](1)\nglobals()['os'].system(1)\n";
        let names = callees(text);
        let wanted =
            names.iter().filter(|name| matches!(&***name, "os.system" | "os.popen" | "builtins.eval" | "os.path.join"));
        assert_eq!(wanted.count(), 8, "{names:?}");
    }

    #[test]
    fn fallbacks_and_stars_do_not_hide_the_real_thing() {
        let text = "try:\n    import yaml\nexcept ImportError:\n    yaml = None\ndef f():\n    yaml.load(1)\n\
                    def g():\n    global yaml\n    yaml.dump(1)\nfrom subprocess import *\ncall(1)\nlen(1)\n";
        assert_eq!(callees(text), ["yaml.load", "yaml.dump", "subprocess.call", "builtins.len"]);
    }

    #[test]
    fn cycles_end() {
        assert_eq!(callees("class t:\n    t: t.Optional[t] | t\n    t(1)\nx: x.Annotated[x]\nx(1)\n"), ["-", "-"]);
        assert_eq!(callees("a = b\nb = a\na(1)\nx = x.y\nx(1)\nclass C(C): pass\nC(1)\n"), ["-", "-", "-"]);
    }
}
