//! The human text of what is behind a decision.

use serde_json::{Value, json};

use super::Page;
use crate::gate::counterfactual::{Change, Condition, Needed};
use crate::gate::policy::VoteWeight;
use crate::incorporation::explain::{CategoryRisk, Explained, Moved, Origin};
use crate::model::Decision;

/// So many of the findings behind a number are told without `-v`.
const SHOWN: usize = 5;

/// More files than this are told in one line each, unless they are kept out.
const IN_FULL: usize = 5;

/// The word of a value with kebab-case names.
fn word(value: &impl serde::Serialize) -> String {
    match json!(value) {
        Value::String(word) => word,
        other => other.to_string(),
    }
}

pub(super) fn human(files: &[Explained], page: &mut Page) {
    let in_full = |one: &Explained| files.len() <= IN_FULL || one.decision != Decision::Approve;
    for (index, one) in files.iter().filter(|one| in_full(one)).enumerate() {
        if index > 0 {
            page.line("");
        }
        file(one, page);
    }
    let untold = files.iter().filter(|one| !in_full(one)).count();
    if untold > 0 {
        page.line("");
        page.line(format!("{untold} more files are approved; name one to see why"));
    }
}

fn file(one: &Explained, page: &mut Page) {
    let origin = match one.origin {
        Origin::Recorded => "as it was recorded",
        Origin::RecordedBefore => "as it was recorded; it is another file now, or gone",
        Origin::JudgedNow => "judged now",
    };
    page.line(format!(
        "{}: {}, {}, risk {:.2} ({origin})",
        one.path,
        one.decision.word(),
        one.tier.word(),
        one.overall
    ));
    if let Some(before) = one.recorded_decision {
        page.line(format!("  when it was recorded, the decision was {}", before.word()));
    }
    if let Some(gap) = &one.gap {
        page.line(format!("  not judged in full: {}", gap.detail));
    }
    page.line("  risk");
    one.categories.iter().for_each(|category| risk(category, page));
    if one.categories.is_empty() {
        page.line("    none: nothing was found, and it is able to do nothing that carries any");
    }
    for (by, count) in &one.silenced {
        page.line(format!("    {count} silenced by {by}, which count for nothing"));
    }
    page.line("  tier");
    one.tier_reasons.iter().for_each(|reason| page.line(format!("    {reason}")));
    page.line(format!("  policy ({} mode)", word(&one.mode)));
    for vote in &one.votes {
        let weight = match vote.weight {
            VoteWeight::Decides => String::new(),
            other => format!(" ({})", word(&other)),
        };
        page.line(format!("    {} by {}: {}{weight}", word(&vote.effect), vote.rule, vote.reason));
    }
    for able in &one.capabilities {
        let line = able.line.map_or_else(String::new, |line| format!(", shown on line {line}"));
        page.line(format!("    capability {}: {}{line}", able.capability, word(&able.leave)));
    }
    if !one.hosts.is_empty() {
        page.line(format!("    hosts: {}", one.hosts.join(", ")));
    }
    if !one.paths.is_empty() {
        page.line(format!("    files: {}", one.paths.join(", ")));
    }
    if let Some(drift) = one.drift {
        page.line(format!("    its risk moved by {drift:+.2} since it was let in"));
    }
    ethics(one, page);
    page.line("  what would change it");
    one.would_change.iter().for_each(|one| page.line(format!("    {}", change(one))));
    if one.would_change.is_empty() {
        page.line("    nothing that can be named: it takes another policy");
    }
}

fn risk(category: &CategoryRisk, page: &mut Page) {
    page.line(format!("    {} {:.2}", category.category.word(), category.risk));
    let shown = if page.verbosity > 0 { category.moved_by.len() } else { SHOWN };
    for moved in category.moved_by.iter().take(shown) {
        page.line(format!("      {:.0} %  {}", 100.0 * moved.share, source(moved)));
    }
    let rest: &[Moved] = category.moved_by.get(shown..).unwrap_or_default();
    if !rest.is_empty() {
        let share: f64 = rest.iter().map(|moved| moved.share).sum();
        page.line(format!("      {:.0} %  {} more; -v lists them", 100.0 * share, rest.len()));
    }
}

fn source(moved: &Moved) -> String {
    match (&moved.rule, &moved.capability) {
        (Some(rule), _) => format!(
            "{rule} on line {}: {}, {} confidence, weight {:.2}{}",
            moved.line.unwrap_or(0),
            moved.severity.unwrap_or_default().word(),
            moved.confidence.unwrap_or_default().word(),
            moved.weight.unwrap_or(0.0),
            match moved.rank {
                Some(rank) if rank > 1 => format!(", number {rank} of its rule, so it counts 1/{}", rank * rank),
                _ => String::new(),
            }
        ),
        (None, Some(capability)) => format!("the capability {capability}"),
        (None, None) => String::new(),
    }
}

fn ethics(one: &Explained, page: &mut Page) {
    let verdict = &one.ethics.verdict;
    page.line(format!("  ethics ({}): {}", word(&one.ethics.profile), verdict.summary));
    for (opinion, weight) in verdict.opinions.iter().zip(&verdict.weights) {
        page.line(format!("    {} {:.2}, weight {weight:.2}", opinion.framework, opinion.score));
        for (reason, moved) in opinion.reasons.iter().zip(&opinion.moved) {
            page.line(format!("      {moved:+.2}  {reason}"));
        }
    }
}

/// One change as a sentence.
fn change(change: &Change) -> String {
    let needed: Vec<String> = change.needed.iter().map(needed).collect();
    format!("{} {}", change.decision.word(), needed.join(", and "))
}

fn needed(needed: &Needed) -> String {
    let what = needed.what.join(", ");
    match needed.condition {
        Condition::Signed => "if a trusted publisher signs it (`trust sign`)".to_owned(),
        Condition::Approved => format!("if {what} reviewers approve it as it is (`trust approve`)"),
        Condition::Granted => format!("if the policy grants it {what}"),
        Condition::HostsListed => format!("if `network.allow` lists {what}"),
        Condition::JudgedInFull => "if all of it can be judged".to_owned(),
        Condition::WithoutFindings => format!("without the findings of {what}"),
        Condition::NotSigned => format!("without the signature of {what}"),
        Condition::NotApproved => format!("without the approvals of {what}"),
        Condition::AnotherFinding => format!("with one more finding that is {what} and certain"),
    }
}

/// The strictest decision over all.
pub(super) fn strictest(files: &[Explained]) -> Option<Decision> {
    files.iter().map(|one| one.decision).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_json() {
        assert_eq!(word(&VoteWeight::Outweighed), "outweighed");
    }
}
