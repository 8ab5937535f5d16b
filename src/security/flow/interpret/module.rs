//! The code of modules: that of the judged one, and statement by statement that of others, as it is needed.

use ruff_python_ast::Stmt;
use ruff_text_size::Ranged;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::modules;
use super::super::values::{ScopeId, UnitId, Value};
use super::{Control, FUEL_PER_IMPORT, FUEL_PER_MODULE, Interpreter, LoadedUnit};

/// Steps for a statement of the module that only hands functions on, as lists of routes do. The functions that it calls
/// are judged by themselves.
const FUEL_PER_STATEMENT: u32 = 3_000;
/// After so many steps without any data the rest of a statement of the module is not worth the time.
const PATIENCE_PER_STATEMENT: u32 = 400;

impl<'a> Interpreter<'a> {
    /// The scope of a module, each statement of which is run when a name is needed that it binds.
    pub fn module_scope(&mut self, unit: UnitId) -> ScopeId {
        if let Some(loaded) = self.units.get(&unit) {
            return loaded.scope;
        }
        let mark = self.state.mark();
        let scope = self.state.scope(None);
        self.state.capture_scope(scope);
        let library = self.library;
        let suite = library.unit(unit).map_or(&[][..], |code| code.module.suite());
        let waiting = modules::by_name(suite);
        let fuel = if unit == 0 { FUEL_PER_MODULE } else { FUEL_PER_IMPORT };
        self.units.insert(unit, LoadedUnit { scope, waiting, done: FxHashSet::default(), fuel });
        self.state.bind(scope, "__name__", Some(Value::text(if unit == 0 { "__main__" } else { "module" })));
        self.state.bind(scope, "__file__", Some(Value::UNKNOWN));
        self.state.settle(mark);
        scope
    }

    /// Runs the code of the judged module from its first line to its last.
    pub fn run_module(&mut self) {
        let scope = self.module_scope(0);
        let library = self.library;
        let suite = library.unit(0).map_or(&[][..], |code| code.module.suite());
        if let Some(loaded) = self.units.get_mut(&0) {
            loaded.waiting = FxHashMap::default();
        }
        let fuel = std::mem::replace(&mut self.fuel, FUEL_PER_MODULE);
        self.push_frame(0, scope, None, None);
        for stmt in suite {
            if !self.spend() || self.module_statement(stmt, FUEL_PER_MODULE) == Control::Stop {
                break;
            }
        }
        self.end_module_code(fuel);
    }

    /// Runs some statements of the judged module; what they need of the others is run when it is needed.
    pub fn run_statements(&mut self, statements: &[&'a Stmt]) {
        let scope = self.module_scope(0);
        let fuel = std::mem::replace(&mut self.fuel, FUEL_PER_MODULE);
        self.push_frame(0, scope, None, None);
        for stmt in statements {
            if self.units.get_mut(&0).is_some_and(|loaded| loaded.done.insert(stmt.start())) && self.spend() {
                self.module_statement(stmt, FUEL_PER_STATEMENT);
            }
        }
        self.end_module_code(fuel);
    }

    /// Runs one statement of the judged module. One that takes too long, or meets no data, is given up, not so the
    /// statements behind it. Definitions are never given up.
    fn module_statement(&mut self, stmt: &'a Stmt, most: u32) -> Control {
        if matches!(stmt, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            return self.nested(|this| this.statement(stmt)).unwrap_or(Control::Next);
        }
        let given = self.fuel.min(most);
        let kept = self.fuel - given;
        let limited = self.limited;
        self.fuel = given;
        self.patience = given.saturating_sub(PATIENCE_PER_STATEMENT);
        self.known_sources = self.sources.len();
        let control = self.nested(|this| this.statement(stmt)).unwrap_or(Control::Next);
        if self.fuel == 0 && self.sources.len() == self.known_sources {
            self.fuel = self.patience;
            self.limited = limited;
        } else if kept > 0 {
            self.limited = limited;
        }
        self.fuel += kept;
        self.patience = 0;
        control
    }

    fn end_module_code(&mut self, fuel: u32) {
        if let Some(frame) = self.frames.pop()
            && let Some(outer) = self.frames.last_mut()
        {
            outer.defined.extend(frame.defined);
        }
        self.fuel = fuel;
    }

    /// Runs what binds a name in a module. False when nothing was left to run.
    pub fn demand(&mut self, unit: UnitId, name: &str) -> bool {
        let Some(loaded) = self.units.get_mut(&unit) else { return false };
        let Some(statements) = loaded.waiting.remove(name) else { return false };
        let scope = loaded.scope;
        let fuel = std::mem::replace(&mut self.fuel, loaded.fuel);
        let patience = std::mem::take(&mut self.patience);
        let mark = self.state.mark();
        self.push_frame(unit, scope, None, None);
        for stmt in statements {
            if self.units.get_mut(&unit).is_some_and(|loaded| loaded.done.insert(stmt.start())) && self.spend() {
                self.nested(|this| this.statement(stmt));
            }
        }
        let frame = self.frames.pop();
        // What functions are judged is settled before the first of them is run.
        if unit == 0
            && let (Some(frame), Some(first)) = (frame, self.frames.first_mut())
            && first.function.is_none()
        {
            first.defined.extend(frame.defined);
        }
        self.state.settle(mark);
        self.patience = patience;
        let left = std::mem::replace(&mut self.fuel, fuel);
        if let Some(loaded) = self.units.get_mut(&unit) {
            loaded.fuel = left;
        }
        true
    }

    /// The names of a module that have not been needed yet.
    pub fn waiting_names(&self, unit: UnitId) -> Vec<&'a str> {
        let mut names: Vec<&'a str> =
            self.units.get(&unit).map_or_else(Vec::new, |loaded| loaded.waiting.keys().copied().collect());
        names.sort_unstable();
        names
    }
}
