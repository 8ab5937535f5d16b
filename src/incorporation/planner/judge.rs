//! Which drafts are left out by themselves: by selection, by what was judged, by their paths, because they
//! are deployed already.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::candidate::{Deployed, Options, Wish};
use super::draft::Draft;
use crate::model::portable_path::objection;
use crate::model::verdict::capability_not_granted;
use crate::model::{Action, ComponentKind, Decision, Digest, LeftOutReason, TrustTier, Verdict};

/// A reason for a draft by its position.
type Reason = (usize, LeftOutReason, String);

/// The reasons of all drafts that have one.
pub fn judge(drafts: &[Draft<'_>], deployed: &Deployed, options: &Options) -> Vec<Reason> {
    let present: BTreeMap<&str, Digest> =
        deployed.components.iter().map(|component| (component.id.as_str(), component.digest)).collect();
    drafts
        .iter()
        .enumerate()
        .filter_map(|(at, draft)| {
            let found = selection(draft, options)
                .or_else(|| quarantine(draft, options))
                .or_else(|| what_it_is(draft))
                .or_else(|| same_as_deployed(draft, &present))
                .or_else(|| verdicts(draft, options))
                .or_else(|| unsafe_path(draft));
            found.map(|(reason, detail)| (at, reason, detail))
        })
        .collect()
}

fn is_named(draft: &Draft<'_>, names: &std::collections::BTreeSet<String>) -> bool {
    names.contains(&draft.id) || names.contains(&draft.component.name)
}

fn selection(draft: &Draft<'_>, options: &Options) -> Option<(LeftOutReason, String)> {
    if is_named(draft, &options.exclude) {
        return Some((LeftOutReason::NotSelected, "the operator left it out".to_owned()));
    }
    let chosen = options.only.is_empty() || is_named(draft, &options.only);
    (!chosen).then(|| (LeftOutReason::NotSelected, "the operator chose others".to_owned()))
}

fn quarantine(draft: &Draft<'_>, options: &Options) -> Option<(LeftOutReason, String)> {
    let held = draft.members.iter().find(|member| options.quarantined.contains(&member.path))?;
    Some((LeftOutReason::Quarantined, format!("`{}` is held in quarantine", held.path)))
}

fn what_it_is(draft: &Draft<'_>) -> Option<(LeftOutReason, String)> {
    match draft.component.kind {
        ComponentKind::Docs => Some((LeftOutReason::Documentation, "it is documentation".to_owned())),
        ComponentKind::Unknown if draft.members.iter().any(|member| member.class.is_none()) => {
            Some((LeftOutReason::NotClassified, "it was not classified since it last changed".to_owned()))
        }
        kind if Action::of_kind(kind).is_none() => {
            Some((LeftOutReason::UnknownClass, "the evidence does not decide what it is".to_owned()))
        }
        _ => None,
    }
}

fn same_as_deployed(draft: &Draft<'_>, present: &BTreeMap<&str, Digest>) -> Option<(LeftOutReason, String)> {
    let same = present.get(draft.id.as_str()) == Some(&draft.component.digest);
    same.then(|| (LeftOutReason::AlreadyDeployed, "the same content is deployed".to_owned()))
}

fn verdicts(draft: &Draft<'_>, options: &Options) -> Option<(LeftOutReason, String)> {
    let first_with = |decision: Decision| {
        let mut verdicts = draft.members.iter().filter_map(|member| member.verdict.as_ref());
        verdicts.find(|verdict| verdict.decision == decision).map(|verdict| {
            let why = verdict.rationale.first().map_or("no reason is recorded", String::as_str);
            format!("`{}`: {why}", verdict.subject)
        })
    };
    if let Some(why) = first_with(Decision::Quarantine) {
        return Some((LeftOutReason::Quarantined, why));
    }
    if let Some(why) = first_with(Decision::Reject) {
        return Some((LeftOutReason::Rejected, why));
    }
    let unjudged = draft.members.iter().find(|member| {
        member.verdict.as_ref().map_or(member.needs_verdict(), |verdict| verdict.digest != member.digest)
    });
    if let Some(member) = unjudged {
        let why = format!("there is no judgement of the present content of `{}`", member.path);
        return Some((LeftOutReason::NotEvaluated, why));
    }
    if draft.component.tier == TrustTier::Experimental && options.experimental == Wish::LeaveOut {
        let mut all = draft.members.iter().filter_map(|member| member.verdict.as_ref());
        let verdict = all.find(|verdict| verdict.tier == TrustTier::Experimental)?;
        let why = verdict.rationale.first().map_or("it is unproven", String::as_str);
        let reason = if verdict.complete { LeftOutReason::Experimental } else { LeftOutReason::NotFullyJudged };
        return Some((reason, format!("`{}`: {why}", verdict.subject)));
    }
    let why = first_with(Decision::Review).filter(|_| options.reviewed == Wish::LeaveOut)?;
    Some((LeftOutReason::NeedsReview, why + &way_to_a_grant(draft)))
}

/// What the operator can do about capabilities that nobody granted, as the rest of a sentence; nothing when none is
/// missing. Each file is granted what it asks for itself, and nothing else that its name could stand for as a pattern.
fn way_to_a_grant(draft: &Draft<'_>) -> String {
    let grant = |verdict: &Verdict| {
        let missing: BTreeSet<&str> =
            verdict.rationale.iter().filter_map(|reason| capability_not_granted(reason)).collect();
        let path = globset::escape(&verdict.subject);
        let grant = json!({ "paths": [path], "capabilities": missing, "reason": "why it may" });
        (!missing.is_empty()).then(|| grant.to_string())
    };
    let verdicts = draft.members.iter().filter_map(|member| member.verdict.as_ref());
    let grants: Vec<String> =
        verdicts.filter(|verdict| verdict.decision == Decision::Review).filter_map(grant).collect();
    if grants.is_empty() {
        return String::new();
    }
    format!(
        "; `plan --with-review` and `integrate --approve` let it in once, {} in `grants` of the policy (`trust.policy`) \
         as long as it stands there",
        grants.join(", ")
    )
}

fn unsafe_path(draft: &Draft<'_>) -> Option<(LeftOutReason, String)> {
    // The class after the last colon is no path; a drive before the first one is.
    let entry = draft.component.entry_point.as_deref();
    let entry = entry.map(|entry| entry.rsplit_once(':').map_or(entry, |(file, _)| file));
    let is_path = |name: &&str| name.contains(['/', '\\', ':']) || name.ends_with(".py") || *name == "..";
    let exports = draft.manifest.iter().flat_map(|manifest| &manifest.exports).map(String::as_str);
    let named = entry.into_iter().chain(exports).filter(is_path).map(|path| path.strip_prefix("./").unwrap_or(path));
    let why = named
        .filter_map(|path| objection(path).map(|why| format!("its manifest names a path that is refused: {why}")))
        .chain(draft.component.files.iter().filter_map(|file| objection(&file.target)))
        .next()?;
    Some((LeftOutReason::UnsafePath, why))
}
