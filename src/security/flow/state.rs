//! Variables, objects and facts, with a trail of changes.
//!
//! Branches are run one after the other from the same state: the changes of one are captured and undone
//! before the next starts, and the captured ones are joined at the end. So a branch costs what it
//! changes, however large the rest of the state is.

mod branches;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::values::{ClassId, Const, Facts, Flow, ObjectId, OriginId, ScopeId, Taint, Text, Value};
use super::weakness::Mask;

/// How many elements a container keeps apart.
pub const MAX_ELEMENTS: usize = 64;

/// What sort of sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// `list` or `deque`.
    List,
    /// `tuple`.
    Tuple,
    /// `set` or `frozenset`.
    Set,
}

/// An object on the heap.
#[derive(Clone, Debug)]
pub enum Object {
    /// A sequence: the elements at known positions, and the join of those elsewhere.
    Sequence {
        /// What sort.
        sort: Sequence,
        /// By position.
        items: Vec<Value>,
        /// Elsewhere; none when the length is known.
        rest: Option<Value>,
    },
    /// A dictionary.
    Dict {
        /// By key.
        items: Vec<(Const, Value)>,
        /// Under keys that are not known.
        rest: Option<Value>,
        /// What keys that are not known carry.
        keys: Taint,
    },
    /// An instance of a class of the project.
    Instance {
        /// The class.
        class: ClassId,
        /// Its attributes.
        attributes: FxHashMap<Text, Value>,
    },
    /// An object of a type outside, with what has been set on it.
    Foreign {
        /// Dotted name of what made it.
        name: Text,
        /// Attributes and properties.
        attributes: FxHashMap<Text, Value>,
    },
}

/// A scope of variables.
#[derive(Debug, Default)]
pub struct Scope<'a> {
    /// By name.
    pub variables: FxHashMap<&'a str, Value>,
    /// The scope around it.
    pub parent: Option<ScopeId>,
    /// A function that outlives the call may read it.
    pub captured: bool,
}

enum Change<'a> {
    Variable(ScopeId, &'a str, Option<Value>),
    Object(ObjectId, Rc<Object>),
    Fact(OriginId, Mask),
}

/// What a branch has changed.
#[derive(Debug, Default, Clone)]
pub struct Diff<'a> {
    variables: Vec<(ScopeId, &'a str, Option<Value>)>,
    objects: Vec<(ObjectId, Rc<Object>)>,
    /// The facts that hold at its end and did not at its start.
    pub facts: Facts,
}

impl Diff<'_> {
    /// The same without what has become known.
    #[must_use]
    pub fn without_facts(mut self) -> Self {
        self.facts.clear();
        self
    }
}

/// A point in the trail.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    trail: usize,
    scopes: usize,
    objects: usize,
}

/// Where data entered, or a part of such data.
#[derive(Clone, Debug)]
pub struct Origin {
    /// What it is a part of.
    pub parent: Option<OriginId>,
    /// Index of the source.
    pub source: u32,
    /// What a check of the part says about the whole.
    pub speaks_for_parent: Mask,
}

/// All that can change while code is interpreted.
#[derive(Default)]
pub struct State<'a> {
    scopes: Vec<Scope<'a>>,
    heap: Vec<Rc<Object>>,
    facts: FxHashMap<OriginId, Mask>,
    trail: Vec<Change<'a>>,
    origins: Vec<Origin>,
    derived: FxHashMap<(OriginId, Text), OriginId>,
    /// Scopes and objects up to here are never forgotten.
    settled: Mark,
    /// The mark that was taken last.
    marked: Mark,
}

impl<'a> State<'a> {
    /// Adds a scope.
    pub fn scope(&mut self, parent: Option<ScopeId>) -> ScopeId {
        // The scope around a function may have been forgotten since. Parents come before their children, so that
        // every way outwards ends.
        let parent = parent.filter(|parent| (*parent as usize) < self.scopes.len());
        self.scopes.push(Scope { variables: FxHashMap::default(), parent, captured: false });
        u32::try_from(self.scopes.len() - 1).unwrap_or(u32::MAX)
    }

    /// Says that a function may read this scope later.
    pub fn capture_scope(&mut self, scope: ScopeId) {
        let mut next = Some(scope);
        while let Some(id) = next {
            let Some(scope) = self.scopes.get_mut(id as usize) else { return };
            if scope.captured {
                return;
            }
            scope.captured = true;
            next = scope.parent;
        }
    }

    /// The variable in exactly this scope.
    pub fn local(&self, scope: ScopeId, name: &str) -> Option<&Value> {
        self.scopes.get(scope as usize)?.variables.get(name)
    }

    /// The variable as code in this scope sees it.
    pub fn lookup(&self, scope: ScopeId, name: &str) -> Option<&Value> {
        let mut next = Some(scope);
        while let Some(id) = next {
            let scope = self.scopes.get(id as usize)?;
            if let Some(value) = scope.variables.get(name) {
                return Some(value);
            }
            next = scope.parent;
        }
        None
    }

    /// The scope in which a variable is bound, starting from the parent of this one.
    pub fn binding_scope(&self, scope: ScopeId, name: &str) -> Option<ScopeId> {
        let mut next = self.scopes.get(scope as usize)?.parent;
        while let Some(id) = next {
            let scope = self.scopes.get(id as usize)?;
            if scope.variables.contains_key(name) {
                return Some(id);
            }
            next = scope.parent;
        }
        None
    }

    /// The names bound in a scope, sorted.
    pub fn names(&self, scope: ScopeId) -> Vec<&'a str> {
        let mut names: Vec<&'a str> =
            self.scopes.get(scope as usize).map_or_else(Vec::new, |scope| scope.variables.keys().copied().collect());
        names.sort_unstable();
        names
    }

    /// Binds a variable, or removes it.
    pub fn bind(&mut self, scope: ScopeId, name: &'a str, value: Option<Value>) {
        let Some(entry) = self.scopes.get_mut(scope as usize) else { return };
        let old = match value {
            Some(value) => entry.variables.insert(name, value),
            None => entry.variables.remove(name),
        };
        self.trail.push(Change::Variable(scope, name, old));
    }

    /// Puts an object on the heap.
    pub fn allocate(&mut self, object: Object) -> ObjectId {
        self.heap.push(Rc::new(object));
        u32::try_from(self.heap.len() - 1).unwrap_or(u32::MAX)
    }

    /// The object.
    pub fn object(&self, id: ObjectId) -> Option<&Rc<Object>> {
        self.heap.get(id as usize)
    }

    /// Changes an object.
    pub fn change(&mut self, id: ObjectId, change: impl FnOnce(&mut Object)) {
        let Some(slot) = self.heap.get_mut(id as usize) else { return };
        // What was made after the last mark nobody comes back to, and what was changed since is kept as it was then.
        let is_new = id as usize >= self.marked.objects;
        let is_kept = self.trail.len() > self.marked.trail
            && matches!(self.trail.last(), Some(Change::Object(known, _)) if *known == id);
        if !is_new && !is_kept {
            self.trail.push(Change::Object(id, Rc::clone(slot)));
        }
        change(Rc::make_mut(slot));
    }

    /// Adds facts.
    pub fn assume(&mut self, facts: &Facts) {
        for (origin, mask) in facts {
            self.assume_one(*origin, *mask);
            // A check of the host part of an address says something about the address.
            let mut at = *origin;
            while let Some(Origin { parent: Some(parent), speaks_for_parent, .. }) =
                self.origins.get(at as usize).cloned()
            {
                let mut said = *mask & speaks_for_parent;
                if Mask::ALL.within(*mask) {
                    said = speaks_for_parent;
                }
                if said.is_empty() {
                    break;
                }
                self.assume_one(parent, said);
                at = parent;
            }
        }
    }

    fn assume_one(&mut self, origin: OriginId, mask: Mask) {
        let old = self.facts.get(&origin).copied().unwrap_or_default();
        if !mask.within(old) {
            self.trail.push(Change::Fact(origin, old));
            self.facts.insert(origin, old | mask);
        }
    }

    /// A new origin of data.
    pub fn origin(&mut self, source: u32) -> OriginId {
        self.origins.push(Origin { parent: None, source, speaks_for_parent: Mask::NONE });
        u32::try_from(self.origins.len() - 1).unwrap_or(u32::MAX)
    }

    /// The origin of a part, the same one each time that the same part is taken.
    pub fn part(&mut self, parent: OriginId, what: &str, speaks_for_parent: Mask) -> OriginId {
        let mut depth = 0;
        let mut at = parent;
        while let Some(next) = self.origins.get(at as usize).and_then(|origin| origin.parent) {
            depth += 1;
            at = next;
        }
        if depth >= 6 {
            return parent;
        }
        if let Some(known) = self.derived.get(&(parent, Text::from(what))) {
            return *known;
        }
        let source = self.origins.get(parent as usize).map_or(0, |origin| origin.source);
        self.origins.push(Origin { parent: Some(parent), source, speaks_for_parent });
        let id = u32::try_from(self.origins.len() - 1).unwrap_or(u32::MAX);
        self.derived.insert((parent, Text::from(what)), id);
        id
    }

    /// What an origin is any element of; none for parts of other sorts.
    pub fn whole_of(&self, origin: OriginId) -> Option<OriginId> {
        let parent = self.origins.get(origin as usize)?.parent?;
        (self.derived.get(&(parent, Text::from("each"))) == Some(&origin)).then_some(parent)
    }

    /// The source of an origin.
    pub fn source_of(&self, origin: OriginId) -> u32 {
        self.origins.get(origin as usize).map_or(0, |origin| origin.source)
    }

    /// For which weaknesses a flow is harmless here and now.
    pub fn clean(&self, flow: &Flow) -> Mask {
        let mut clean = flow.clean;
        if !self.facts.is_empty() {
            let mut next = Some(flow.origin);
            while let Some(origin) = next {
                clean |= self.facts.get(&origin).copied().unwrap_or_default();
                next = self.origins.get(origin as usize).and_then(|origin| origin.parent);
            }
        }
        clean.concluded()
    }

    /// The value with the facts that hold here written into its flows.
    pub fn baked(&self, value: &Value) -> Value {
        if self.facts.is_empty() || !value.taint.is_some() {
            return value.clone();
        }
        let taint = value.taint.map(|flow| Some(Flow { clean: self.clean(flow), ..*flow }));
        Value { taint, ..value.clone() }
    }

    /// The value with these facts written into its flows.
    fn baked_under(&self, value: &Value, facts: &Facts) -> Value {
        if facts.is_empty() || !value.taint.is_some() {
            return value.clone();
        }
        let taint = value.taint.map(|flow| {
            let mut clean = flow.clean;
            let mut next = Some(flow.origin);
            while let Some(origin) = next {
                for (_, mask) in facts.iter().filter(|(known, _)| *known == origin) {
                    clean |= *mask;
                }
                next = self.origins.get(origin as usize).and_then(|origin| origin.parent);
            }
            Some(Flow { clean: clean.concluded(), ..*flow })
        });
        Value { taint, ..value.clone() }
    }
}
