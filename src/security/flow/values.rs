//! What the interpreter knows of a value: constants, containers by key and position, objects, functions,
//! names of things outside, and which sources a value carries data from.

use std::rc::Rc;

use super::weakness::Mask;

/// A shared piece of text.
pub type Text = Rc<str>;
/// Index of an object on the heap.
pub type ObjectId = u32;
/// Index of a function.
pub type FunctionId = u32;
/// Index of a class.
pub type ClassId = u32;
/// Index of a variable scope.
pub type ScopeId = u32;
/// Index of a loaded file.
pub type UnitId = u16;
/// Index of an origin of data.
pub type OriginId = u32;
/// Index of a step on the way of data.
pub type StepId = u32;

/// How many origins a value keeps apart; further ones are dropped, since one is enough to report.
const MAX_FLOWS: usize = 8;
/// How many alternatives a value keeps apart before it becomes unknown.
const MAX_ALTERNATIVES: usize = 8;

/// A value that is fully known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Const {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer that fits.
    Int(i64),
    /// A float, by its bits so that it can be a key.
    Float(u64),
    /// A string.
    Str(Text),
    /// Bytes that are valid UTF-8.
    Bytes(Text),
}

impl Const {
    /// A string constant.
    pub fn text(text: &str) -> Self {
        Self::Str(Rc::from(text))
    }

    /// Python's truth value.
    pub fn truth(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(bits) => f64::from_bits(*bits) != 0.0,
            Self::Str(text) | Self::Bytes(text) => !text.is_empty(),
        }
    }

    /// The text of a string or of bytes.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Str(text) | Self::Bytes(text) => Some(text),
            _ => None,
        }
    }

    /// The number, where booleans count as Python counts them.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            Self::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }
}

/// Data from one origin inside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where it came from.
    pub origin: OriginId,
    /// For which weaknesses it has been made harmless, and marks that guards look at.
    pub clean: Mask,
    /// The last step of its way.
    pub step: StepId,
}

/// All data from outside inside a value.
#[derive(Clone, Debug, Default)]
pub struct Taint(Option<Rc<Vec<Flow>>>);

impl Taint {
    /// No data from outside.
    pub const NONE: Self = Self(None);

    /// Data from one origin.
    pub fn of(flow: Flow) -> Self {
        Self(Some(Rc::new(vec![flow])))
    }

    /// Whether there is any.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The flows.
    pub fn flows(&self) -> &[Flow] {
        self.0.as_ref().map_or(&[], |flows| flows.as_slice())
    }

    /// Data of both; where one origin comes twice the less clean one counts.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let (Some(mine), Some(theirs)) = (&self.0, &other.0) else {
            return if self.0.is_some() { self.clone() } else { other.clone() };
        };
        if Rc::ptr_eq(mine, theirs) {
            return self.clone();
        }
        let mut flows = mine.as_ref().clone();
        for flow in theirs.iter() {
            if flows.iter().any(|known| known.origin == flow.origin && known.clean.within(flow.clean)) {
                continue;
            }
            flows.retain(|known| known.origin != flow.origin || !flow.clean.within(known.clean));
            if flows.len() < MAX_FLOWS {
                flows.push(*flow);
            }
        }
        Self(Some(Rc::new(flows)))
    }

    /// Every flow changed; a flow that becomes none is dropped.
    #[must_use]
    pub fn map(&self, change: impl FnMut(&Flow) -> Option<Flow>) -> Self {
        let flows: Vec<Flow> = self.flows().iter().filter_map(change).collect();
        if flows.is_empty() { Self::NONE } else { Self(Some(Rc::new(flows))) }
    }

    /// With these marks added to every flow.
    #[must_use]
    pub fn marked(&self, mask: Mask) -> Self {
        if self.flows().iter().all(|flow| mask.within(flow.clean)) {
            return self.clone();
        }
        self.map(|flow| Some(Flow { clean: flow.clean | mask, ..*flow }))
    }

    /// With these marks taken from every flow.
    #[must_use]
    pub fn unmarked(&self, mask: Mask) -> Self {
        self.map(|flow| Some(Flow { clean: flow.clean.without(mask), ..*flow }))
    }

    /// Every flow at a new step, made from the old one.
    #[must_use]
    pub fn stepped(&self, mut step: impl FnMut(StepId) -> StepId) -> Self {
        self.map(|flow| Some(Flow { step: step(flow.step), ..*flow }))
    }
}

/// What is known about origins when something holds: each origin with the marks that it gains.
pub type Facts = Vec<(OriginId, Mask)>;

/// What follows from the truth of a value.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// If it is true; none when it cannot be true.
    pub when_true: Option<Facts>,
    /// If it is false; none when it cannot be false.
    pub when_false: Option<Facts>,
}

/// Facts that hold in both.
pub fn common_facts(left: &Option<Facts>, right: &Option<Facts>) -> Option<Facts> {
    match (left, right) {
        (None, other) | (other, None) => other.clone(),
        (Some(left), Some(right)) => {
            let mut facts = Facts::new();
            for (origin, mask) in left {
                let other = right.iter().filter(|(o, _)| o == origin).fold(Mask::NONE, |all, (_, m)| all | *m);
                let both = *mask & other;
                if !both.is_empty() {
                    facts.push((*origin, both));
                }
            }
            Some(facts)
        }
    }
}

/// Facts that hold when both hold.
pub fn all_facts(left: &Option<Facts>, right: &Option<Facts>) -> Option<Facts> {
    let (Some(left), Some(right)) = (left, right) else { return None };
    let mut facts = left.clone();
    facts.extend(right.iter().copied());
    Some(facts)
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Nothing is known.
    Unknown,
    /// A string of which the beginning may be known; `\0` stands for a clean part that is not.
    Text(Option<Text>),
    /// Fully known.
    Const(Const),
    /// A list, tuple, set, dictionary or instance on the heap.
    Object(ObjectId),
    /// Something outside by its dotted name: `os.path`, `sqlite3.connect()`, `?cursor`.
    Name(Text),
    /// A module of the project.
    Module(UnitId),
    /// A name of a module of the project that has not been read yet.
    Pending(Rc<(UnitId, Text)>),
    /// A folder of modules of the project that has no code itself.
    Package(Text),
    /// A function of the project.
    Function(FunctionId),
    /// A class of the project.
    Class(ClassId),
    /// A function with its first argument.
    Method(Rc<(Value, FunctionId)>),
    /// A method of a container or of something outside.
    Bound(Rc<(Value, Text)>),
    /// A function outside with some arguments given: `functools.partial`.
    Partial(Rc<(Value, Vec<Value>)>),
    /// `super()`: methods after this class in the order of this receiver.
    Super(Rc<(Value, ClassId)>),
    /// One of several.
    OneOf(Rc<Vec<Value>>),
}

/// A value with what it carries.
#[derive(Clone, Debug)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// What it carries from outside (containers: beside their elements).
    pub taint: Taint,
    /// What follows from its truth.
    pub guard: Option<Rc<Guard>>,
}

impl Value {
    /// A value of which nothing is known and which carries nothing.
    pub const UNKNOWN: Self = Self { kind: Kind::Unknown, taint: Taint::NONE, guard: None };
    /// `None`.
    pub const NONE: Self = Self { kind: Kind::Const(Const::None), taint: Taint::NONE, guard: None };

    /// A value of this kind that carries nothing.
    pub const fn of(kind: Kind) -> Self {
        Self { kind, taint: Taint::NONE, guard: None }
    }

    /// A constant.
    pub const fn constant(constant: Const) -> Self {
        Self::of(Kind::Const(constant))
    }

    /// A string constant.
    pub fn text(text: &str) -> Self {
        Self::constant(Const::text(text))
    }

    /// A boolean constant.
    pub const fn boolean(value: bool) -> Self {
        Self::constant(Const::Bool(value))
    }

    /// Something outside.
    pub fn named(name: impl Into<Text>) -> Self {
        Self::of(Kind::Name(name.into()))
    }

    /// Unknown, carrying this.
    pub const fn carrying(taint: Taint) -> Self {
        Self { kind: Kind::Unknown, taint, guard: None }
    }

    /// A string, carrying this.
    pub const fn string(taint: Taint) -> Self {
        Self { kind: Kind::Text(None), taint, guard: None }
    }

    /// The same with other data.
    #[must_use]
    pub fn with(mut self, taint: Taint) -> Self {
        self.taint = taint;
        self
    }

    /// The constant, when it is one.
    pub fn as_const(&self) -> Option<&Const> {
        match &self.kind {
            Kind::Const(constant) => Some(constant),
            _ => None,
        }
    }

    /// The text, when it is a constant string.
    pub fn as_str(&self) -> Option<&str> {
        self.as_const().and_then(Const::as_text).map(|text| text.as_ref())
    }

    /// The dotted name, when it is something outside.
    pub fn as_name(&self) -> Option<&str> {
        match &self.kind {
            Kind::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The alternatives: itself when there is one only.
    pub fn alternatives(&self) -> &[Self] {
        match &self.kind {
            Kind::OneOf(values) => values,
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether every alternative is a constant.
    pub fn is_constant(&self) -> bool {
        self.alternatives().iter().all(|value| value.as_const().is_some())
    }

    fn same_kind(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Unknown, Kind::Unknown) => true,
            (Kind::Text(a), Kind::Text(b)) => a == b,
            (Kind::Const(a), Kind::Const(b)) => a == b,
            (Kind::Object(a), Kind::Object(b)) => a == b,
            (Kind::Name(a), Kind::Name(b)) => a == b,
            (Kind::Module(a), Kind::Module(b)) => a == b,
            (Kind::Package(a), Kind::Package(b)) => a == b,
            (Kind::Function(a), Kind::Function(b)) => a == b,
            (Kind::Class(a), Kind::Class(b)) => a == b,
            (Kind::Method(a), Kind::Method(b)) => Rc::ptr_eq(a, b),
            (Kind::Bound(a), Kind::Bound(b)) => Rc::ptr_eq(a, b),
            (Kind::Partial(a), Kind::Partial(b)) => Rc::ptr_eq(a, b),
            (Kind::OneOf(a), Kind::OneOf(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }

    fn implied(&self) -> Guard {
        if let Some(guard) = &self.guard {
            return guard.as_ref().clone();
        }
        match self.as_const().map(Const::truth) {
            Some(true) => Guard { when_true: Some(Facts::new()), when_false: None },
            Some(false) => Guard { when_true: None, when_false: Some(Facts::new()) },
            None => Guard { when_true: Some(Facts::new()), when_false: Some(Facts::new()) },
        }
    }

    /// The value with these facts bound to its truth: they hold wherever this value is what it is.
    #[must_use]
    pub fn under(&self, facts: &Facts) -> Self {
        if facts.is_empty() {
            return self.clone();
        }
        let guard = self.implied();
        let facts = Some(facts.clone());
        let guard =
            Guard { when_true: all_facts(&guard.when_true, &facts), when_false: all_facts(&guard.when_false, &facts) };
        Self { guard: Some(Rc::new(guard)), ..self.clone() }
    }

    /// Either of two values.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let guard = if self.guard.is_some() || other.guard.is_some() {
            let (left, right) = (self.implied(), other.implied());
            Some(Rc::new(Guard {
                when_true: common_facts(&left.when_true, &right.when_true),
                when_false: common_facts(&left.when_false, &right.when_false),
            }))
        } else {
            None
        };
        if self.same_kind(other) {
            return Self { kind: self.kind.clone(), taint: self.taint.union(&other.taint), guard };
        }
        // A value that carries data and one of which nothing else is known are kept as one: what it
        // is matters less than what it carries.
        if matches!(self.kind, Kind::Unknown)
            && matches!(other.kind, Kind::Text(_) | Kind::Const(_))
            && self.taint.is_some()
        {
            return Self { kind: Kind::Unknown, taint: self.taint.union(&other.taint), guard };
        }
        let mut all: Vec<Self> = self.alternatives().iter().map(Self::bare).collect();
        for value in other.alternatives() {
            match all.iter_mut().find(|known| known.same_kind(value)) {
                Some(known) => known.taint = known.taint.union(&value.taint),
                None => all.push(value.bare()),
            }
        }
        let taint = self.taint.union(&other.taint);
        if all.len() > MAX_ALTERNATIVES {
            let constants = all.iter().all(|value| value.as_const().is_some() || matches!(value.kind, Kind::Text(_)));
            return Self { kind: if constants { Kind::Text(None) } else { Kind::Unknown }, taint, guard };
        }
        Self { kind: Kind::OneOf(Rc::new(all)), taint, guard }
    }

    fn bare(&self) -> Self {
        Self { kind: self.kind.clone(), taint: self.taint.clone(), guard: None }
    }
}
