//! Conditions in CEL.
//!
//! # Bounds
//!
//! CEL has no loops, but its macros walk over lists, and one within another multiplies. So a condition is short,
//! does not nest deeply, never nests a walk within a walk, and compiles no pattern that is put together while it
//! runs. What is left takes time in proportion to its length and to the number of capabilities.
//!
//! # Cost
//!
//! A decision has microseconds. The functions of the language are set up once for the process, a condition is compiled
//! once for a policy, and a variable is looked up in what is known of a component when a condition names it: texts are
//! borrowed, and lists are made once for a decision.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, OnceLock};

use cel::common::ast::{EntryExpr, Expr, IdedExpr};
use cel::common::types::{CelBool, CelDouble, CelList, CelMap, CelMapKey, CelString};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;

use super::{Facts, invalid};
use crate::error::Result;
use crate::model::TrustMode;

/// Conditions longer than this many characters are refused.
const MAX_CHARS: usize = 2_000;

/// Brackets and operators that may be open at once.
const MAX_NESTING: usize = 32;

/// The stack that a condition is compiled on: the parser recurses.
const COMPILE_STACK: usize = 64 << 20;

/// What a condition may name.
pub(super) const VARIABLES: &[&str] = &[
    "subject",
    "class",
    "tier",
    "mode",
    "risk",
    "category",
    "capabilities",
    "hosts",
    "signed",
    "approved",
    "complete",
    "drift",
];

/// A condition that was compiled and found to be bounded.
pub(super) struct Condition {
    program: cel::Program,
    /// Whether it walks over a list.
    pub(super) walks: bool,
}

/// The functions that conditions may call, and the macros.
static LANGUAGE: LazyLock<Arc<cel::Env>> = LazyLock::new(|| Arc::new(cel::Env::stdlib()));

/// The variables of one decision, each made when a condition asks for it.
pub(super) struct Variables<'f> {
    facts: &'f Facts,
    capabilities: OnceLock<CelList<'f>>,
    hosts: OnceLock<CelList<'f>>,
    category: OnceLock<CelMap<'f>>,
}

impl<'f> Variables<'f> {
    pub(super) fn of(facts: &'f Facts) -> Self {
        Self { facts, capabilities: OnceLock::new(), hosts: OnceLock::new(), category: OnceLock::new() }
    }
}

impl VariableResolver for Variables<'_> {
    fn resolve<'b>(&'b self, variable: &str) -> Option<CowVal<'b, 'b>> {
        let facts = self.facts;
        let text = |text: &'b str| CowVal::owned(CelString::from(text));
        let truth = |value: bool| CowVal::owned(CelBool::from(value));
        let number = |value: f64| CowVal::owned(CelDouble::from(value));
        Some(match variable {
            "subject" => text(&facts.subject),
            "class" => text(facts.class.word()),
            "tier" => text(facts.tier.word()),
            "mode" => text(word_of(facts.mode)),
            "risk" => number(facts.risk.overall),
            "category" => CowVal::Borrowed(self.category.get_or_init(|| categories(facts))),
            "capabilities" => CowVal::Borrowed(self.capabilities.get_or_init(|| texts(&facts.capabilities))),
            "hosts" => CowVal::Borrowed(self.hosts.get_or_init(|| texts(&facts.hosts))),
            "signed" => truth(facts.signed),
            "approved" => truth(facts.approved),
            "complete" => truth(facts.complete),
            "drift" => number(facts.drift.unwrap_or(0.0)),
            _ => return None,
        })
    }
}

fn texts(all: &BTreeSet<String>) -> CelList<'_> {
    let values: Vec<Box<dyn Val + '_>> =
        all.iter().map(|one| Box::new(CelString::from(one.as_str())) as Box<dyn Val + '_>).collect();
    values.into()
}

fn categories(facts: &Facts) -> CelMap<'_> {
    let entries: std::collections::HashMap<CelMapKey<'_>, Box<dyn Val + '_>> = facts
        .risk
        .by_category
        .iter()
        .map(|(category, &value)| {
            (CelMapKey::from(category.word()), Box::new(CelDouble::from(value)) as Box<dyn Val + '_>)
        })
        .collect();
    entries.into()
}

fn word_of(mode: TrustMode) -> &'static str {
    match mode {
        TrustMode::Permissive => "permissive",
        TrustMode::Standard => "standard",
        TrustMode::Strict => "strict",
    }
}

impl Condition {
    /// Compiles a condition of the rule `id`.
    pub(super) fn compile(id: &str, text: &str) -> Result<Self> {
        let refuse = |why: String| invalid(format!("the condition of {id} {why}"));
        if text.chars().count() > MAX_CHARS {
            return Err(refuse(format!("is longer than {MAX_CHARS} characters")));
        }
        if nesting(text) > MAX_NESTING {
            return Err(refuse(format!("opens more than {MAX_NESTING} brackets or signs at once")));
        }
        let owned = text.to_owned();
        let compiled = std::thread::Builder::new()
            .stack_size(COMPILE_STACK)
            .spawn(move || cel::Program::compile(&owned).map_err(|error| error.to_string()))
            .map_err(|error| refuse(format!("could not be compiled: {error}")))?
            .join();
        let program = match compiled {
            Ok(Ok(program)) => program,
            Ok(Err(error)) => return Err(refuse(format!("does not compile: {error}"))),
            Err(_) => return Err(refuse("does not compile".to_owned())),
        };
        let mut bounds = Bounds::default();
        bounds.look(program.expression(), 0);
        if let Some(why) = bounds.objection {
            return Err(refuse(why));
        }
        let references = program.references();
        let unknown = references
            .variables()
            .into_iter()
            .find(|name| !VARIABLES.contains(name) && !bounds.bound.contains(*name) && !name.starts_with('@'));
        if let Some(name) = unknown {
            return Err(refuse(format!("names `{name}`; it may name {}", VARIABLES.join(", "))));
        }
        Ok(Self { program, walks: bounds.walks })
    }

    /// Whether it holds.
    ///
    /// # Errors
    /// In words, when it cannot be evaluated or yields no truth value.
    pub(super) fn holds(&self, variables: &Variables<'_>) -> std::result::Result<bool, String> {
        let mut context = cel::Context::with_env(Arc::clone(&LANGUAGE));
        context.set_variable_resolver(variables);
        match self.program.execute(&context) {
            Ok(cel::Value::Bool(value)) => Ok(value),
            Ok(other) => Err(format!("it yields {} instead of a truth value", other.type_of())),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Whether it depends on nothing that is known of a component.
    pub(super) fn is_constant(&self) -> bool {
        !self.program.references().variables().into_iter().any(|name| VARIABLES.contains(&name))
    }
}

/// How many brackets, negations and questions are open at once, at most.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut signs) = (0_usize, 0, 0_usize);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '!' | '-' | '?' => signs += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + signs / 2
}

/// What a walk over a compiled condition learns.
#[derive(Default)]
struct Bounds {
    /// Names that macros bind.
    bound: BTreeSet<String>,
    /// Whether there is a walk over a list.
    walks: bool,
    objection: Option<String>,
}

impl Bounds {
    /// `within` is how many walks over lists this is within.
    fn look(&mut self, expression: &IdedExpr, within: usize) {
        match &expression.expr {
            Expr::Call(call) => {
                let pattern_is_fixed = call.args.last().is_none_or(|last| matches!(last.expr, Expr::Literal(_)));
                if call.func_name == "matches" && !pattern_is_fixed {
                    self.objection = Some("matches a pattern that is put together while it runs".to_owned());
                }
                call.target.iter().for_each(|target| self.look(target, within));
                call.args.iter().for_each(|argument| self.look(argument, within));
            }
            Expr::Comprehension(walk) => {
                if within > 0 {
                    self.objection = Some("walks over a list within a walk over a list".to_owned());
                }
                self.walks = true;
                self.bound.insert(walk.iter_var.clone());
                self.bound.extend(walk.iter_var2.clone());
                self.bound.insert(walk.accu_var.clone());
                for part in [&walk.iter_range, &walk.accu_init, &walk.loop_cond, &walk.loop_step, &walk.result] {
                    self.look(part, within + 1);
                }
            }
            Expr::List(list) => list.elements.iter().for_each(|element| self.look(element, within)),
            Expr::Map(map) => map.entries.iter().for_each(|entry| match &entry.expr {
                EntryExpr::MapEntry(entry) => {
                    self.look(&entry.key, within);
                    self.look(&entry.value, within);
                }
                EntryExpr::StructField(field) => self.look(&field.value, within),
            }),
            Expr::Select(select) => self.look(&select.operand, within),
            Expr::Struct(_) => self.objection = Some("makes a structure".to_owned()),
            Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
        }
    }
}
