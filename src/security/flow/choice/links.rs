//! Who calls whom, and what methods of a class share.

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::reaching::Shared;
use super::super::suspicion::Harm;
use super::{Called, Closure, MAX_CALLS, MAX_LOCAL_CALLS, MAX_NAMESAKES, Map, Region, class_name, is_common};
use crate::security::python::mentions::{Brings, last_part};
use crate::security::python::{Model, ScopeId, ScopeKind};

/// Whether an attribute is read in a text.
pub(super) fn reads(body: &[u8], finder: &memmem::Finder<'_>, length: usize) -> bool {
    finder.find_iter(body).any(|at| {
        let before = at.checked_sub(1).and_then(|before| body.get(before));
        let after = body.get(at + length);
        before == Some(&b'.') && !after.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    })
}

/// For each class that is based on another of the file the one that stands for all of them.
pub(super) fn families(model: &Model<'_>) -> FxHashMap<ScopeId, ScopeId> {
    let mut by_name: FxHashMap<&str, ScopeId> = FxHashMap::default();
    let mut families: FxHashMap<ScopeId, ScopeId> = FxHashMap::default();
    for (index, scope) in model.scopes.iter().enumerate() {
        let ScopeKind::Class(class) = scope.kind else { continue };
        let id = ScopeId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Some(base) = class.bases().iter().find_map(|base| by_name.get(last_part(base))) {
            let first = families.get(base).copied().unwrap_or(*base);
            families.insert(id, first);
        }
        by_name.insert(class.name.as_str(), id);
    }
    families
}

impl<'a> Map<'a> {
    /// Says which functions call which. A method of something unknown is one of those that have the name, unless
    /// every second object has such a method; of what is made here it is one of its class.
    pub(super) fn link(&mut self, model: &Model<'a>) {
        let mut by_name: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let mut by_class: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let mut methods: FxHashMap<(ScopeId, &str), u32> = FxHashMap::default();
        for (index, region) in self.regions.iter().enumerate().skip(1) {
            let index = u32::try_from(index).unwrap_or(0);
            by_name.entry(region.name).or_default().push(index);
            methods.extend(region.class.map(|class| ((class, region.name), index)));
            if let Some(class) = region.class.and_then(|class| class_name(model, class)) {
                by_class.entry(class).or_default().push(index);
            }
        }
        for index in 0..self.regions.len() {
            let Some(region) = self.regions.get_mut(index) else { continue };
            let mut calls = std::mem::take(&mut region.calls);
            calls.sort_unstable();
            calls.dedup();
            let mut callees: Vec<u32> = Vec::new();
            let named = |name: &str| by_name.get(name).map_or(&[][..], Vec::as_slice);
            let is_free =
                |index: &&u32| self.regions.get(**index as usize).is_some_and(|region| region.class.is_none());
            let called = |name: &str| {
                let methods = |called: &&Called<'_>| matches!(called, Called::Method(method) if *method == name);
                calls.iter().any(|one| methods(&one))
            };
            let class = self.regions.get(index).and_then(|region| region.class);
            let own_method = |name: &str| class.and_then(|class| methods.get(&(class, name))).copied();
            for call in &calls {
                match call {
                    Called::Name(name) => {
                        callees.extend(named(name).iter().filter(is_free));
                        let methods = by_class.get(name).map_or(&[][..], Vec::as_slice);
                        let used = |index: &&u32| {
                            let name = self.regions.get(**index as usize).map_or("", |region| region.name);
                            name.starts_with("__") || called(name)
                        };
                        callees.extend(methods.iter().filter(used));
                    }
                    Called::Own(name) => {
                        let methods = named(name).iter().filter(|index| !is_free(index));
                        callees.extend(methods.take(MAX_NAMESAKES));
                        callees.extend(own_method(name));
                    }
                    Called::Begins(prefix) => {
                        let fits = |region: &Region<'_>| region.class == class && region.name.starts_with(prefix);
                        let fitting =
                            self.regions.iter().enumerate().filter(|(_, region)| class.is_some() && fits(region));
                        callees.extend(fitting.filter_map(|(index, _)| u32::try_from(index).ok()));
                    }
                    Called::Method(name) if is_common(name) => {}
                    Called::Method(name) => callees.extend(named(name).iter().take(MAX_NAMESAKES)),
                }
            }
            let dispatches = calls.iter().any(|call| matches!(call, Called::Begins(_)));
            if let Some(region) = self.regions.get_mut(index) {
                callees.append(&mut region.table);
                // Whatever is called with the data, names do not tell.
                if (dispatches || region.looks_up) && region.brings.meets(Brings::WORLD | Brings::REQUEST) {
                    region.brings = region.brings | Brings::USE;
                }
            }
            callees.retain(|callee| *callee as usize != index);
            callees.sort_unstable();
            callees.dedup();
            if let Some(region) = self.regions.get_mut(index) {
                region.callees = callees;
            }
        }
    }

    pub(super) fn closures(&self) -> Vec<Closure> {
        let mut all: Vec<Closure> = self
            .regions
            .iter()
            .map(|region| Closure { brings: region.brings.without(Brings::USE), harm: region.harm })
            .collect();
        for round in 0..MAX_CALLS {
            let before = all.clone();
            let mut changed = false;
            for (index, region) in self.regions.iter().enumerate() {
                let Some(mine) = all.get_mut(index) else { continue };
                for callee in &region.callees {
                    let callee = before.get(*callee as usize).copied().unwrap_or_default();
                    let far = if round < MAX_LOCAL_CALLS { Brings::NOTHING } else { Brings::LOCAL | Brings::RANDOM };
                    mine.brings = mine.brings | callee.brings.without(far);
                    mine.harm = mine.harm | callee.harm;
                }
                changed |= before.get(index) != Some(&*mine);
            }
            if !changed {
                break;
            }
        }
        all
    }

    /// Everything that is called from these, directly or not.
    pub(super) fn called_from(&self, mut open: Vec<u32>) -> FxHashSet<usize> {
        let mut called = FxHashSet::default();
        while let Some(index) = open.pop() {
            for callee in self.regions.get(index as usize).into_iter().flat_map(|region| &region.callees) {
                if called.insert(*callee as usize) {
                    open.push(*callee);
                }
            }
        }
        called
    }

    /// Everything from which these are called, directly or not.
    pub(super) fn leading_to(&self, mut open: Vec<usize>) -> FxHashSet<usize> {
        let mut leading = FxHashSet::default();
        if open.is_empty() {
            return leading;
        }
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); self.regions.len()];
        for (caller, region) in self.regions.iter().enumerate() {
            for callee in &region.callees {
                if let Some(callers) = callers.get_mut(*callee as usize) {
                    callers.push(caller);
                }
            }
        }
        while let Some(index) = open.pop() {
            for caller in callers.get(index).into_iter().flatten() {
                if leading.insert(*caller) {
                    open.push(*caller);
                }
            }
        }
        leading
    }

    /// Whether data and use meet here, and not already in one of those that are called.
    pub(super) fn meet(&self, region: &Region<'_>, closures: &[Closure]) -> bool {
        let of = |callee: &u32| closures.get(*callee as usize).copied().unwrap_or_default();
        let own = region.brings.without(Brings::USE);
        if region.harm.by(own) {
            return true;
        }
        region.callees.iter().any(|callee| of(callee).harm.by(own) || region.harm.by(of(callee).brings))
            || region.callees.iter().any(|one| {
                let brings = of(one).brings;
                !brings.is_empty() && region.callees.iter().any(|other| one != other && of(other).harm.by(brings))
            })
    }

    /// For each function what other methods of its class hand it through attributes, and what they do with
    /// what it hands to them. Classes of a file that are based on one another count as one.
    pub(super) fn shared(&self, text: &str, model: &Model<'a>, closures: &[Closure]) -> Vec<Shared<'a>> {
        let mut shared = vec![Shared::default(); self.regions.len()];
        let families = families(model);
        let mut members: FxHashMap<ScopeId, Vec<usize>> = FxHashMap::default();
        for (index, region) in self.regions.iter().enumerate() {
            if let Some(class) = region.class {
                members.entry(families.get(&class).copied().unwrap_or(class)).or_default().push(index);
            }
        }
        for family in members.values() {
            for &writer in family {
                let (Some(region), Some(closure)) = (self.regions.get(writer), closures.get(writer)) else { continue };
                if closure.brings.is_empty() {
                    continue;
                }
                let property = region.leaves.then_some(region.name);
                for attribute in region.sets.iter().copied().chain(property) {
                    let finder = memmem::Finder::new(attribute.as_bytes());
                    for &reader in family {
                        let Some(other) = self.regions.get(reader).filter(|_| reader != writer) else { continue };
                        if !closures.get(reader).is_some_and(|other| other.harm.by(closure.brings)) {
                            continue;
                        }
                        let body = text.get(other.range.start().into()..other.range.end().into()).unwrap_or("");
                        if reads(body.as_bytes(), &finder, attribute.len()) {
                            let harm = closures.get(reader).map_or(Harm::NONE, |other| other.harm);
                            if let Some(mine) = shared.get_mut(writer) {
                                mine.harm = mine.harm | harm;
                                mine.hands.push(attribute);
                            }
                            if let Some(theirs) = shared.get_mut(reader) {
                                theirs.brings = theirs.brings | closure.brings;
                                theirs.gets.push(attribute);
                            }
                        }
                    }
                }
            }
        }
        shared
    }
}
