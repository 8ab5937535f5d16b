//! Whether data can get from where it enters to where it does harm in one function, judged by names alone.
//!
//! A name that was ever given data holds it everywhere in the function, and so does what data was put into: far
//! coarser than the interpreter, and a hundred times cheaper. What does not reach anything here is not run.

mod way;

use std::cell::{Cell, RefCell};

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{self as ast, Stmt};
use ruff_text_size::{Ranged, TextSize};
use rustc_hash::{FxHashMap, FxHashSet};

use self::way::Way;
use super::choice::Closure;
use super::origins::Origins;
use super::suspicion::Harm;
use crate::security::python::mentions::Brings;

/// How often a function is gone through: data that goes backwards in a loop takes one more round a step.
const MAX_ROUNDS: u32 = 4;

/// How many calls deep functions are gone through for what they do with what they are given.
const MAX_CALLS: usize = 6;

/// Of a name that more functions than this have, all that any of them does is supposed.
const MAX_FUNCTIONS: usize = 100;

/// How many pairs of names for the same thing are told apart.
const MAX_SAME: usize = 200;

/// What is known of the file around a function.
pub struct Surroundings<'m, 'a> {
    /// Where data enters, by the start of the expression or of the function.
    pub entries: &'m FxHashMap<TextSize, Brings>,
    /// The functions of the file by name, those of a class by its name as well.
    pub functions: FxHashMap<&'a str, Vec<Function<'m, 'a>>>,
    /// What is known of them by now; none while it is being found out.
    pub known: RefCell<FxHashMap<&'a str, Option<Called>>>,
    /// How many calls deep the question is that is being asked.
    pub depth: Cell<usize>,
    /// Attributes that are computed by a function of the file when they are read.
    pub properties: &'m FxHashSet<&'a str>,
    /// What functions of the file set on what they are methods of, by name.
    pub setters: &'m FxHashMap<&'a str, Vec<&'a str>>,
    /// Names of the module that functions of the file set, by their names.
    pub writers: FxHashMap<&'a str, Vec<&'a str>>,
    /// What names are bound to.
    pub origins: &'m Origins<'a>,
    /// Names of the module that hold data.
    pub globals: &'m FxHashMap<&'a str, Brings>,
    /// Names that stand for something in other files of the project.
    pub ours: &'m FxHashSet<&'a str>,
    /// Names that are imported from elsewhere.
    pub foreign: FxHashSet<&'a str>,
    /// Whether calls of anything but common methods may lead into other files of the project.
    pub objects: bool,
}

/// A function of the file.
#[derive(Clone, Copy)]
pub struct Function<'m, 'a> {
    /// Its definition.
    pub definition: &'a ast::StmtFunctionDef,
    /// What it shares with others of its class.
    pub shared: &'m Shared<'a>,
    /// All that it and those that it calls bring and do.
    pub closure: Closure,
}

/// What calls of a name come to.
#[derive(Clone, Copy, Default)]
pub struct Called {
    /// What the result holds, whatever is given.
    gives: Brings,
    /// What is done with what is given.
    takes: Harm,
    /// What may be done with what it is called on.
    harm: Harm,
}

/// What other methods of the class hand to a function through attributes, and do with what it hands to them.
#[derive(Clone, Default)]
pub struct Shared<'a> {
    /// What is handed to it.
    pub brings: Brings,
    /// What is done with what it hands on.
    pub harm: Harm,
    /// The attributes through which it gets data.
    pub gets: Vec<&'a str>,
    /// The attributes through which it hands data on.
    pub hands: Vec<&'a str>,
}

/// The code that is looked at.
#[derive(Clone, Copy)]
pub enum Code<'a> {
    /// A function with all that is in it.
    Function(&'a ast::StmtFunctionDef),
    /// A module without its functions.
    Module(&'a [Stmt]),
}

/// Whether data may reach a use in the code.
pub fn reaches<'a>(code: Code<'a>, around: &Surroundings<'_, 'a>, shared: &Shared<'a>) -> bool {
    let mut way = Way::new(around, shared, code);
    for _ in 0..MAX_ROUNDS {
        way.learnt = false;
        match code {
            Code::Function(function) => way.function(function, around.entry(function.start())),
            Code::Module(suite) => way.visit_body(suite),
        }
        if !way.harm.is_none() || !way.learnt {
            return !way.harm.is_none();
        }
    }
    // Not settled by now: the interpreter decides.
    true
}

impl<'a> Surroundings<'_, 'a> {
    fn entry(&self, at: TextSize) -> Brings {
        self.entries.get(&at).copied().unwrap_or_default()
    }

    /// What calls of a name come to; nothing for what is not of this file.
    fn called(&self, name: &str) -> Called {
        let Some((&name, functions)) = self.functions.get_key_value(name) else { return Called::default() };
        if let Some(Some(known)) = self.known.borrow().get(name) {
            return *known;
        }
        let all = functions.iter().fold(Closure::default(), |all, function| Closure {
            brings: all.brings | function.closure.brings,
            harm: all.harm | function.closure.harm,
        });
        let coarse = Called { gives: all.brings, takes: all.harm, harm: all.harm };
        if all == Closure::default() || functions.len() > MAX_FUNCTIONS {
            self.known.borrow_mut().insert(name, Some(coarse));
            return coarse;
        }
        if self.known.borrow().contains_key(name) || self.depth.get() >= MAX_CALLS {
            return coarse;
        }
        self.depth.set(self.depth.get() + 1);
        self.known.borrow_mut().insert(name, None);
        let mut called = Called { harm: all.harm, ..Called::default() };
        for function in functions {
            if !function.closure.brings.is_empty() {
                called.gives = called.gives | self.given_by(*function);
            }
            if !function.closure.harm.is_none() {
                called.takes = called.takes | self.done_by(*function);
            }
        }
        self.known.borrow_mut().insert(name, Some(called));
        self.depth.set(self.depth.get() - 1);
        called
    }

    /// What a function gives back of what enters in it.
    fn given_by(&self, function: Function<'_, 'a>) -> Brings {
        let entry = self.entry(function.definition.start());
        let way = self.gone_through(function, entry);
        way.map_or(function.closure.brings, |way| way.returned)
    }

    /// What a function does with what it is given.
    fn done_by(&self, function: Function<'_, 'a>) -> Harm {
        let way = self.gone_through(function, Brings::ANYTHING);
        way.map_or(function.closure.harm, |way| way.harm)
    }

    /// None when that did not come to an end.
    fn gone_through<'s>(&'s self, function: Function<'s, 'a>, given: Brings) -> Option<Way<'s, 'a>> {
        let mut way = Way::new(self, function.shared, Code::Function(function.definition));
        for _ in 0..MAX_ROUNDS {
            way.learnt = false;
            way.function(function.definition, given);
            if !way.learnt {
                return Some(way);
            }
        }
        None
    }
}
