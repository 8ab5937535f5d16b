//! Imports: modules of the project, and names that stand for others.

use std::rc::Rc;

use ruff_python_ast as ast;
use ruff_text_size::TextRange;

use super::super::interpret::Interpreter;
use super::super::modules;
use super::super::sources;
use super::super::values::{Kind, Text, UnitId, Value};

impl<'a> Interpreter<'a> {
    /// `import`.
    pub fn import(&mut self, stmt: &'a ast::StmtImport) {
        for alias in &stmt.names {
            let module = alias.name.as_str();
            let first = module.split('.').next().unwrap_or(module);
            let value = match &alias.asname {
                Some(_) => self.module(module, 0),
                None if first == module => self.module(module, 0),
                None => match self.module(module, 0).kind {
                    Kind::Module(_) | Kind::Package(_) => self.module(first, 0),
                    _ => Value::named(first),
                },
            };
            let name = alias.asname.as_ref().map_or_else(|| first_part(module), |name| name.as_str());
            self.bind(name, value);
        }
    }

    /// `from … import …`.
    pub fn import_from(&mut self, stmt: &'a ast::StmtImportFrom) {
        let module = stmt.module.as_ref().map_or("", |module| module.as_str());
        for alias in &stmt.names {
            let name = alias.name.as_str();
            if name == "*" {
                self.import_all(module, stmt.level);
                continue;
            }
            let value = self.imported(module, stmt.level, name);
            self.bind(alias.asname.as_ref().map_or(name, |name| name.as_str()), value);
        }
    }

    fn import_all(&mut self, module: &str, level: u32) {
        if let Kind::Module(unit) = self.module(module, level).kind {
            let scope = self.module_scope(unit);
            self.demand(unit, modules::EVERYTHING);
            for name in self.state.names(scope) {
                if !name.starts_with('_')
                    && let Some(value) = self.state.local(scope, name).cloned()
                {
                    self.bind(name, value);
                }
            }
            for name in self.waiting_names(unit) {
                if !name.starts_with('_') {
                    self.bind(name, Value::of(Kind::Pending(Rc::new((unit, Text::from(name))))));
                }
            }
        }
    }

    fn imported(&mut self, module: &str, level: u32, name: &str) -> Value {
        let owner = self.module(module, level);
        match owner.kind {
            Kind::Module(unit) => Value::of(Kind::Pending(Rc::new((unit, Text::from(name))))),
            Kind::Package(_) => self.attribute(&owner, name, TextRange::default()),
            _ => Value::named(sources::canonical(&format!("{module}.{name}"))),
        }
    }

    /// The module with a dotted name: of the project, or outside.
    fn module(&mut self, module: &str, level: u32) -> Value {
        let library = self.library;
        let Some(importer) = library.path(self.unit()) else { return Value::named(module) };
        if level == 0 && library.is_known(importer, module) {
            return Value::named(sources::canonical(module));
        }
        if let Some(path) = library.find(importer, module, level) {
            if let Some(unit) = library.load(&path) {
                return Value::of(Kind::Module(unit));
            }
            return Value::named(format!("?{module}"));
        }
        // A folder without `__init__.py`, or the package of a module that is one.
        if module.is_empty() || library.has_folder(importer, module) {
            return Value::of(Kind::Package(Text::from(format!("{}{module}", ".".repeat(level as usize)))));
        }
        // A module beside this one that is not there, as in an excerpt, is no module of the same name elsewhere.
        if level > 0 {
            return Value::named(format!("?{module}"));
        }
        Value::named(sources::canonical(module))
    }

    /// A module inside of a package of the project.
    pub fn submodule(&mut self, package: &str, name: &str) -> Value {
        let library = self.library;
        if let Some(folder) = package.strip_prefix('/') {
            // A folder that was reached by its path.
            if let Some(unit) = library.beside(folder, name).and_then(|path| library.load(&path)) {
                return Value::of(Kind::Module(unit));
            }
            let inner = format!("{folder}/{name}");
            if library.is_folder(&inner) {
                return Value::of(Kind::Package(Text::from(format!("/{inner}"))));
            }
            return Value::named(format!("?{name}"));
        }
        let dots = package.chars().take_while(|c| *c == '.').count();
        let path = package.get(dots..).unwrap_or("");
        let inner = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        self.module(&inner, u32::try_from(dots).unwrap_or(0))
    }

    /// A name of a module of the project.
    pub fn module_attribute(&mut self, unit: UnitId, name: &str) -> Value {
        let scope = self.module_scope(unit);
        self.needed(unit, name);
        if let Some(value) = self.state.local(scope, name).cloned() {
            return self.forced(value);
        }
        let library = self.library;
        if let Some(path) = library.path(unit)
            && let Some(folder) = path.strip_suffix("/__init__.py")
            && let Some(found) = library.beside(folder, name)
            && let Some(unit) = library.load(&found)
        {
            return Value::of(Kind::Module(unit));
        }
        if let Some(folder) = library.path(unit).and_then(|path| path.strip_suffix("/__init__.py"))
            && library.is_folder(&format!("{folder}/{name}"))
        {
            return Value::of(Kind::Package(Text::from(format!("/{folder}/{name}"))));
        }
        Value::UNKNOWN
    }

    /// A value that is read only now.
    pub fn forced(&mut self, value: Value) -> Value {
        let mut value = value;
        for _ in 0..8 {
            let Kind::Pending(pending) = &value.kind else { return value };
            let (unit, name) = pending.as_ref().clone();
            value = self.module_attribute_once(unit, &name);
        }
        Value::UNKNOWN
    }

    /// Runs what makes a name of a module, if that has not happened yet.
    pub fn needed(&mut self, unit: UnitId, name: &str) -> bool {
        let found = self.demand(unit, name);
        let scope = self.module_scope(unit);
        found || self.state.local(scope, name).is_none() && self.demand(unit, modules::EVERYTHING)
    }

    fn module_attribute_once(&mut self, unit: UnitId, name: &str) -> Value {
        let scope = self.module_scope(unit);
        self.needed(unit, name);
        match self.state.local(scope, name).cloned() {
            Some(value) => value,
            None => self.module_attribute(unit, name),
        }
    }
}

fn first_part(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}
