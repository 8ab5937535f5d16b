//! Data flow: from where data enters to where it does harm.
//!
//! The analysis runs the code of a file on abstract values ([`values`]): constants are folded, so dead
//! branches carry nothing; containers are kept apart by key and position; calls are followed into the
//! functions of the file and of the project ([`calls`]); what tests say holds in the branch behind them
//! ([`guards`]). Where data comes from is in [`sources`] and [`routes`], what functions elsewhere do with
//! it in [`library`], where it does harm in [`sinks`], and what is told about that in [`weakness`].
//!
//! ## Performance
//!
//! Most functions hold no data from outside, or do nothing with it that could do harm: [`choice`] finds on the
//! syntax tree in which both can meet, and only those are run.

pub mod calls;
mod choice;
pub mod constants;
pub mod containers;
pub mod declared;
mod expressions;
pub mod guards;
pub mod interpret;
pub mod library;
mod models;
mod modules;
mod origins;
pub mod project;
mod reaching;
mod report;
pub mod routes;
pub mod rules;
#[expect(
    clippy::collapsible_match,
    reason = "a guard would let the call fall through to arms that mean something else"
)]
mod sinks;
#[expect(
    clippy::collapsible_match,
    reason = "a guard would let the call fall through to arms that mean something else"
)]
pub mod sources;
pub mod state;
mod suspicion;
pub mod values;
pub mod weakness;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use ruff_text_size::{Ranged, TextRange};
use rustc_hash::FxHashSet;

pub use project::{Alone, Library, Modules, Unit};
pub use weakness::{About, Weakness};

use crate::model::Finding;
use crate::security::python::Model;
use interpret::Interpreter;
use values::{ClassId, FunctionId, Kind, Value};

/// What the analysis of a file gives.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The findings, in the order of the file.
    pub findings: Vec<Finding>,
    /// Whether a bound was met, so that not everything could be judged.
    pub limited: bool,
    /// Whether other files were read, so that the judgement depends on them.
    pub reach: Reach,
    /// Calls and texts that were seen with harmless values only.
    pub harmless: Vec<TextRange>,
    /// Texts that were put together from harmless parts only, each of them by itself.
    pub harmless_texts: Vec<TextRange>,
}

/// On what a judgement depends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// On the file alone.
    #[default]
    File,
    /// On other files of the project as well.
    Project,
}

/// Judges one file, which may import others. The suspects are places where a rule wants to know whether what
/// stands there is harmless. Tests are not followed into other files, and not as far.
pub fn analyse<'a>(
    unit: &'a Arc<Unit>,
    model: &Model<'a>,
    suspects: &[TextRange],
    modules: &dyn Modules,
    is_test: bool,
) -> Judgement {
    let library = Library::new(Arc::clone(unit), modules);
    let choice = choice::choose(unit, model, suspects, &library, is_test);
    if choice.is_empty() {
        return Judgement::default();
    }
    let library = if choice.world { library } else { Library::new(Arc::clone(unit), &Alone) };
    let mut interpreter = Interpreter::new(&library);
    let handed = model.handed_functions();
    interpreter.handed = handed.map(|(_, function, handed)| (function.start(), routes::of_handed(handed))).collect();
    interpreter.judge(&choice);
    report::judgement(&interpreter)
}

impl Interpreter<'_> {
    /// Runs the module and then every function that the outside may call.
    fn judge(&mut self, choice: &choice::Choice) {
        let base = self.state.scope(None);
        self.push_frame(0, base, None, None);
        if choice.module {
            self.run_module();
        } else {
            let library = self.library;
            let suite = library.unit(0).map_or(&[][..], |code| code.module.suite());
            self.run_statements(&choice::statements(suite, choice));
        }
        let mut waiting: Vec<FunctionId> = self.frames.pop().map_or_else(Vec::new, |frame| frame.defined);
        waiting.sort_by_key(|id| {
            let definition = self.functions.get(*id as usize).and_then(|function| function.definition);
            (definition.map(|definition| definition.range().start()), *id)
        });
        waiting.dedup();
        // Methods that write attributes come before those that read them.
        let mut instances: Vec<(ClassId, Value)> = Vec::new();
        let mut done = FxHashSet::default();
        for id in waiting {
            let function = self.functions.get(id as usize);
            let start = function.and_then(|function| function.definition).map(|definition| definition.range().start());
            let Some(reason) = start.and_then(|start| choice.functions.get(&start)) else { continue };
            if !done.insert(id) {
                continue;
            }
            let limited = self.limited;
            let nothing = self.sources.is_empty();
            let patience = if nothing { interpret::PATIENCE_WITHOUT_DATA } else { interpret::PATIENCE };
            self.patience = reason.fuel().saturating_sub(patience);
            self.known_sources = self.sources.len();
            self.unknown = None;
            if *reason == choice::Reason::Suspicion {
                let unknown = self.source(sources::SourceKind::Caller, "something unknown", TextRange::default());
                self.unknown = unknown.flows().first().copied();
            }
            self.run_root(id, &mut instances, reason.fuel());
            self.unknown = None;
            // What was suspected stays suspected when there was not enough time to acquit it.
            self.limited = limited || self.limited && *reason == choice::Reason::World;
        }
    }

    /// Runs a function as its callers outside would.
    fn run_root(&mut self, id: FunctionId, instances: &mut Vec<(ClassId, Value)>, fuel: u32) {
        self.run_nested_root(id, instances, fuel, 0);
    }

    fn run_nested_root(&mut self, id: FunctionId, instances: &mut Vec<(ClassId, Value)>, fuel: u32, depth: u32) {
        let Some(function) = self.functions.get(id as usize).cloned() else { return };
        if function.unit != 0 || self.file_fuel == 0 {
            return;
        }
        self.fuel = fuel;
        self.read.clear();
        let instance = match (function.class, function.binding) {
            (Some(class), interpret::Binding::Instance) => Some(self.instance_for(class, instances)),
            (Some(class), interpret::Binding::Class) => Some(Value::of(Kind::Class(class))),
            _ => None,
        };
        let mark = self.state.mark();
        let nothing = state::Object::Foreign { name: values::Text::from("@answer"), attributes: Default::default() };
        self.answer = Some(self.state.allocate(nothing));
        let scope = self.state.scope(Some(function.scope));
        self.push_frame(0, scope, Some(id), function.class);
        self.bind_outside(&function, instance.as_ref());
        if self.unknown.is_some() {
            // What callers may give is no data that is worth the time.
            self.known_sources = self.sources.len();
        }
        let (_, frame) = self.run_frame(function.body);
        if let (Some(Value { kind: Kind::Object(object), .. }), Some(class)) = (&instance, function.class) {
            self.leave_behind(*object, class);
        }
        if let Some(frame) = frame
            && depth < 4
        {
            for inner in frame.defined {
                let routed = self.functions.get(inner as usize).is_some_and(|function| function.route.is_some());
                if routed || !self.called.contains(&inner) {
                    self.run_nested_root(inner, instances, fuel, depth + 1);
                }
            }
        }
        self.state.forget(mark);
    }

    /// The instance that methods of a class are run with.
    fn instance_for(&mut self, class: ClassId, instances: &mut Vec<(ClassId, Value)>) -> Value {
        if let Some((_, instance)) = instances.iter().find(|(known, _)| *known == class) {
            return instance.clone();
        }
        let id = self.state.allocate(state::Object::Instance { class, attributes: Default::default() });
        let instance = Value::of(Kind::Object(id));
        if let Some((init, _)) = self.class_attribute(class, "__init__", 8)
            && let Kind::Function(init) = init.kind
            && let Some(function) = self.functions.get(init as usize).cloned()
        {
            let scope = self.state.scope(Some(function.scope));
            self.push_frame(function.unit, scope, Some(init), function.class);
            self.bind_outside(&function, Some(&instance));
            self.run_frame(function.body);
        }
        instances.push((class, instance.clone()));
        instance
    }

    /// Keeps the data that a method left in attributes for the other methods.
    fn leave_behind(&mut self, object: u32, class: ClassId) {
        let Some(state::Object::Instance { attributes, .. }) = self.state.object(object).map(|object| object.as_ref())
        else {
            return;
        };
        let mut carried: Vec<_> = attributes
            .iter()
            .filter(|(_, value)| value.taint.is_some() && !matches!(value.kind, Kind::Object(_) | Kind::OneOf(_)))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        carried.sort_by(|a, b| a.0.cmp(&b.0));
        let left = self.left_behind.entry(class).or_default();
        for (name, value) in carried {
            match left.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = known.join(&value),
                None => left.push((name, value)),
            }
        }
    }
}
