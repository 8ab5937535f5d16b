//! What makes a policy no policy: it is refused as a whole.

use std::collections::BTreeSet;

use super::file::{PolicyFile, PolicyRule};
use super::invalid;
use crate::error::Result;

/// More rules than this are refused: every decision looks at all of them.
const MAX_RULES: usize = 1_000;

/// Refuses what contradicts itself or cannot be read as meant.
pub(super) fn check(file: &PolicyFile) -> Result<()> {
    if file.version != 1 {
        return Err(invalid(format!("the policy has version {}; this binary knows version 1", file.version)));
    }
    if file.rules.len() > MAX_RULES {
        return Err(invalid(format!("the policy has {} rules; at most {MAX_RULES} are allowed", file.rules.len())));
    }
    for (category, &limit) in &file.risk_thresholds {
        in_range(limit, &format!("risk_thresholds.{}", category.word()))?;
    }
    in_range(file.drift.critical_change, "drift.critical_change")?;
    if let Some(both) = file.capabilities.allowed.intersection(&file.capabilities.denied).next() {
        return Err(invalid(format!("the policy contradicts itself: {both} is both allowed and denied")));
    }
    let mut seen = BTreeSet::new();
    for rule in &file.rules {
        if rule.id.is_empty() || !seen.insert(&rule.id) {
            return Err(invalid(format!("every rule needs an id of its own; `{}` is empty or used twice", rule.id)));
        }
        check_when(rule)?;
    }
    Ok(())
}

fn check_when(rule: &PolicyRule) -> Result<()> {
    let when = &rule.when;
    for (value, name) in [(when.overall_at_least, "overall_at_least"), (when.overall_at_most, "overall_at_most")] {
        if let Some(value) = value {
            in_range(value, &format!("{}.{name}", rule.id))?;
        }
    }
    for (category, &value) in when.any_category_at_least.iter().flatten() {
        in_range(value, &format!("{}.{}", rule.id, category.word()))?;
    }
    if let (Some(least), Some(most)) = (when.overall_at_least, when.overall_at_most)
        && least > most
    {
        return Err(invalid(format!("the rule {} can never match: at least {least} and at most {most}", rule.id)));
    }
    let never = when.tiers.as_ref().is_some_and(BTreeSet::is_empty)
        || when.classes.as_ref().is_some_and(BTreeSet::is_empty)
        || when.any_capability.as_ref().is_some_and(BTreeSet::is_empty)
        || when.paths.as_ref().is_some_and(Vec::is_empty);
    if never {
        return Err(invalid(format!("the rule {} can never match: one of its lists is empty", rule.id)));
    }
    Ok(())
}

fn in_range(value: f64, name: &str) -> Result<()> {
    if (0.0..=1.0).contains(&value) {
        Ok(())
    } else {
        Err(invalid(format!("{name} is {value}; it must lie between 0 and 1")))
    }
}
