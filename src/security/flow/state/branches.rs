//! What branches change: captured, undone, and joined at the end.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Change, Diff, Mark, Object, State};
use crate::security::flow::values::{Const, Facts, ObjectId, ScopeId, Text, Value, common_facts};

/// So many are looked through faster than they are put into a table.
const FEW: usize = 12;

impl<'a> State<'a> {
    /// The point to come back to.
    pub fn mark(&mut self) -> Mark {
        self.marked = Mark { trail: self.trail.len(), scopes: self.scopes.len(), objects: self.heap.len() };
        self.marked
    }

    /// What has changed since.
    pub fn diff(&self, mark: Mark) -> Diff<'a> {
        let mut diff = Diff::default();
        let changes = self.trail.get(mark.trail..).unwrap_or_default();
        if changes.is_empty() {
            return diff;
        }
        // Most branches change a few variables only.
        let few = changes.len() <= FEW;
        let mut variables = FxHashSet::default();
        let mut objects = FxHashSet::default();
        let mut facts = FxHashSet::default();
        for change in changes {
            match change {
                Change::Variable(scope, name, _) => {
                    let is_new = if few {
                        !diff.variables.iter().any(|(known, other, _)| known == scope && other == name)
                    } else {
                        variables.insert((*scope, *name))
                    };
                    if is_new {
                        let value = self.local(*scope, name).map(|value| self.baked(value));
                        diff.variables.push((*scope, name, value));
                    }
                }
                Change::Object(id, _) => {
                    if objects.insert(*id)
                        && let Some(object) = self.object(*id)
                    {
                        diff.objects.push((*id, self.baked_object(object)));
                    }
                }
                Change::Fact(origin, old) => {
                    if facts.insert(*origin) {
                        let now = self.facts.get(origin).copied().unwrap_or_default();
                        diff.facts.push((*origin, now.without(*old)));
                    }
                }
            }
        }
        diff
    }

    fn baked_object(&self, object: &Rc<Object>) -> Rc<Object> {
        if self.facts.is_empty() {
            return Rc::clone(object);
        }
        let bake = |value: &Value| self.baked(value);
        Rc::new(match object.as_ref() {
            Object::Sequence { sort, items, rest } => {
                Object::Sequence { sort: *sort, items: items.iter().map(bake).collect(), rest: rest.as_ref().map(bake) }
            }
            Object::Dict { items, rest, keys } => Object::Dict {
                items: items.iter().map(|(key, value)| (key.clone(), bake(value))).collect(),
                rest: rest.as_ref().map(bake),
                keys: keys.clone(),
            },
            Object::Instance { class, attributes } => Object::Instance {
                class: *class,
                attributes: attributes.iter().map(|(name, value)| (name.clone(), bake(value))).collect(),
            },
            Object::Foreign { name, attributes } => Object::Foreign {
                name: name.clone(),
                attributes: attributes.iter().map(|(name, value)| (name.clone(), bake(value))).collect(),
            },
        })
    }

    /// The facts that hold now and did not at the mark.
    pub fn facts_since(&self, mark: Mark) -> Facts {
        let mut facts = Facts::new();
        for change in self.trail.get(mark.trail..).unwrap_or_default() {
            if let Change::Fact(origin, old) = change
                && !facts.iter().any(|(known, _)| known == origin)
            {
                facts.push((*origin, self.facts.get(origin).copied().unwrap_or_default().without(*old)));
            }
        }
        facts
    }

    /// Undoes everything since the mark. Objects and scopes made since stay, as they were made.
    pub fn roll_back(&mut self, mark: Mark) {
        while self.trail.len() > mark.trail {
            match self.trail.pop() {
                Some(Change::Variable(scope, name, old)) => {
                    if let Some(scope) = self.scopes.get_mut(scope as usize) {
                        match old {
                            Some(value) => scope.variables.insert(name, value),
                            None => scope.variables.remove(name),
                        };
                    }
                }
                Some(Change::Object(id, old)) => {
                    if let Some(slot) = self.heap.get_mut(id as usize) {
                        *slot = old;
                    }
                }
                Some(Change::Fact(origin, old)) => {
                    if old.is_empty() {
                        self.facts.remove(&origin);
                    } else {
                        self.facts.insert(origin, old);
                    }
                }
                None => break,
            }
        }
    }

    /// Undoes everything since the mark and forgets what was made since.
    pub fn forget(&mut self, mark: Mark) {
        self.roll_back(mark);
        self.scopes.truncate(mark.scopes.max(self.settled.scopes));
        self.heap.truncate(mark.objects.max(self.settled.objects));
    }

    /// Makes what was changed since the mark permanent: the contents of a module do not depend on the branch in
    /// which they are needed first.
    pub fn settle(&mut self, mark: Mark) {
        self.trail.truncate(mark.trail);
        self.settled = Mark { trail: 0, scopes: self.scopes.len(), objects: self.heap.len() };
    }

    /// Drops the record of changes to a scope that nobody can see any more.
    pub fn close_scope(&mut self, scope: ScopeId, mark: Mark) {
        let Some(entry) = self.scopes.get_mut(scope as usize) else { return };
        if entry.captured || entry.variables.is_empty() {
            return;
        }
        entry.variables = FxHashMap::default();
        let kept: Vec<Change<'a>> = self
            .trail
            .drain(mark.trail..)
            .filter(|change| !matches!(change, Change::Variable(id, _, _) if *id == scope))
            .collect();
        self.trail.extend(kept);
    }

    /// Continues with the joined ends of branches that all started at the mark.
    ///
    /// The state must be that of the mark. No branch at all leaves the state as it is.
    pub fn merge(&mut self, mark: Mark, mut diffs: Vec<Diff<'a>>) {
        if diffs.len() == 1 {
            if let Some(diff) = diffs.pop() {
                self.apply(diff);
            }
            return;
        }
        self.merge_variables(mark, &diffs);
        self.merge_objects(mark, &diffs);
        let mut common: Option<Facts> = None;
        for diff in &diffs {
            common = match common {
                None => Some(diff.facts.clone()),
                Some(known) => common_facts(&Some(known), &Some(diff.facts.clone())),
            };
        }
        for (origin, mask) in common.unwrap_or_default() {
            self.assume_one(origin, mask);
        }
    }

    fn apply(&mut self, diff: Diff<'a>) {
        for (scope, name, value) in diff.variables {
            self.bind(scope, name, value);
        }
        for (id, object) in diff.objects {
            self.replace(id, object);
        }
        for (origin, mask) in diff.facts {
            self.assume_one(origin, mask);
        }
    }

    fn replace(&mut self, id: ObjectId, object: Rc<Object>) {
        if let Some(slot) = self.heap.get_mut(id as usize) {
            let old = std::mem::replace(slot, object);
            self.trail.push(Change::Object(id, old));
        }
    }

    fn merge_variables(&mut self, mark: Mark, diffs: &[Diff<'a>]) {
        for (index, diff) in diffs.iter().enumerate() {
            for (scope, name, _) in &diff.variables {
                let same = |(other, known, _): &(ScopeId, &str, Option<Value>)| other == scope && known == name;
                if diffs.iter().take(index).any(|earlier| earlier.variables.iter().any(same)) {
                    continue;
                }
                let fresh = *scope as usize >= mark.scopes;
                let mut joined: Option<Value> = None;
                for other in diffs {
                    let changed = other.variables.iter().find(|(s, n, _)| s == scope && n == name);
                    let value = match changed {
                        Some((_, _, value)) => value.clone(),
                        None if fresh => None,
                        // What the branch has found out holds for what it left alone, too.
                        None => self.local(*scope, name).map(|value| self.baked_under(value, &other.facts)),
                    };
                    if let Some(value) = value {
                        let truthy =
                            value.guard.is_some() || matches!(value.as_const(), Some(Const::Bool(_) | Const::None));
                        let value = if truthy { value.under(&other.facts) } else { value };
                        joined = Some(joined.map_or_else(|| value.clone(), |known| known.join(&value)));
                    }
                }
                self.bind(*scope, name, joined);
            }
        }
    }

    fn merge_objects(&mut self, mark: Mark, diffs: &[Diff<'a>]) {
        let mut done = FxHashSet::default();
        for diff in diffs {
            for (id, _) in &diff.objects {
                if !done.insert(*id) {
                    continue;
                }
                let fresh = *id as usize >= mark.objects;
                let mut joined: Option<Rc<Object>> = None;
                for other in diffs {
                    let changed = other.objects.iter().find(|(o, _)| o == id).map(|(_, object)| Rc::clone(object));
                    let object = match changed {
                        Some(object) => Some(object),
                        None if fresh => None,
                        None => self.object(*id).cloned(),
                    };
                    if let Some(object) = object {
                        joined = Some(match joined {
                            Some(known) if !Rc::ptr_eq(&known, &object) => Rc::new(join_objects(&known, &object)),
                            Some(known) => known,
                            None => object,
                        });
                    }
                }
                if let Some(object) = joined {
                    self.replace(*id, object);
                }
            }
        }
    }
}

fn join_optional(left: Option<&Value>, right: Option<&Value>) -> Option<Value> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.join(right)),
        (Some(value), None) | (None, Some(value)) => Some(value.clone()),
        (None, None) => None,
    }
}

fn join_attributes(left: &FxHashMap<Text, Value>, right: &FxHashMap<Text, Value>) -> FxHashMap<Text, Value> {
    let mut joined = left.clone();
    for (name, value) in right {
        let value = joined.get(name).map_or_else(|| value.clone(), |known| known.join(value));
        joined.insert(name.clone(), value);
    }
    joined
}

fn join_objects(left: &Object, right: &Object) -> Object {
    match (left, right) {
        (Object::Sequence { sort, items, rest }, Object::Sequence { items: other, rest: more, .. }) => {
            if items.len() == other.len() {
                let items = items.iter().zip(other).map(|(a, b)| a.join(b)).collect();
                return Object::Sequence { sort: *sort, items, rest: join_optional(rest.as_ref(), more.as_ref()) };
            }
            // Different lengths: the common beginning stays apart, positions after it are mixed.
            let common = items.len().min(other.len());
            let mut mixed = join_optional(rest.as_ref(), more.as_ref());
            for value in items.iter().skip(common).chain(other.iter().skip(common)) {
                mixed = Some(mixed.map_or_else(|| value.clone(), |known| known.join(value)));
            }
            let items = items.iter().zip(other).map(|(a, b)| a.join(b)).collect();
            Object::Sequence { sort: *sort, items, rest: mixed }
        }
        (Object::Dict { items, rest, keys }, Object::Dict { items: other, rest: more, keys: other_keys }) => {
            let mut joined = items.clone();
            for (key, value) in other {
                match joined.iter_mut().find(|(known, _)| known == key) {
                    Some((_, known)) => *known = known.join(value),
                    None => joined.push((key.clone(), value.clone())),
                }
            }
            Object::Dict {
                items: joined,
                rest: join_optional(rest.as_ref(), more.as_ref()),
                keys: keys.union(other_keys),
            }
        }
        (Object::Instance { class, attributes }, Object::Instance { attributes: other, .. }) => {
            Object::Instance { class: *class, attributes: join_attributes(attributes, other) }
        }
        (Object::Foreign { name, attributes }, Object::Foreign { attributes: other, .. }) => {
            Object::Foreign { name: name.clone(), attributes: join_attributes(attributes, other) }
        }
        _ => left.clone(),
    }
}
