//! What a segment has proven, and what it has not.

use super::note::{Note, NoteKey};
use super::segment::{SegmentCheck, SegmentError};
use super::verdict::{Anchor, Fault, Judgement, Layer, Proven};

/// Judges a segment in the light of checkpoints and keys that somebody kept.
pub fn judge_segment(read: &Result<SegmentCheck, SegmentError>, anchors: &[Anchor], keys: &[NoteKey]) -> Judgement {
    let judgement = |proven, sentence: String| Judgement { proven, sentence, fault: None };
    let check = match read {
        Ok(check) => check,
        Err(error) => {
            return judgement(Proven::CouldNotVerify, format!("The file is no segment that can be checked: {error}."));
        }
    };
    if let Some(fault) = check.pass.fault.clone().or_else(|| anchors.iter().find_map(|anchor| objection(check, anchor)))
    {
        let at = fault.seq.map_or(String::new(), |seq| format!(" at entry {seq}"));
        let sentence = format!("The segment was changed{at}: {}.", fault.message);
        return Judgement { proven: Proven::Tampered, sentence, fault: Some(fault) };
    }
    let sound = sound(check);
    let ours = |anchor: &&Anchor| anchor.checkpoint.origin == check.head.origin;
    if let Some(foreign) = anchors.iter().find(|anchor| !ours(anchor)) {
        let sentence =
            format!("{sound}, but `{}` is a checkpoint of the log `{}`.", foreign.name, foreign.checkpoint.origin);
        return judgement(Proven::CouldNotVerify, sentence);
    }
    let reached: Vec<&Anchor> =
        anchors.iter().filter(|anchor| check.pass.roots.contains_key(&anchor.checkpoint.size)).collect();
    if let (Some(anchor), true) = (anchors.first(), reached.is_empty()) {
        let sentence = format!(
            "{sound}, but `{}` covers {} entries, and what can be compared with that is not in this segment.",
            anchor.name, anchor.checkpoint.size
        );
        return judgement(Proven::CouldNotVerify, sentence);
    }
    let furthest = |witnesses: usize| {
        reached.iter().filter(|anchor| anchor.witnesses >= witnesses).map(|anchor| anchor.checkpoint.size).max()
    };
    match (furthest(1), furthest(0)) {
        (Some(size), _) => {
            judgement(Proven::Witnessed, format!("{sound}, and those up to {size} are what a witness saw."))
        }
        (None, Some(size)) => judgement(
            Proven::Anchored,
            format!("{sound}, and those up to {size} are what the checkpoint covers that was kept elsewhere."),
        ),
        (None, None) => by_key(check, &sound, keys),
    }
}

fn sound(check: &SegmentCheck) -> String {
    let (first, last) = (check.head.first, check.head.last);
    let told = match check.untold {
        0 => String::new(),
        count => format!(" ({count} lost their details, of which only later entries tell)"),
    };
    format!("The entries {first} to {last}, their details and the signature over them agree with one another{told}")
}

/// What the signature proves, when somebody knows the key that should have made it.
fn by_key(check: &SegmentCheck, sound: &str, keys: &[NoteKey]) -> Judgement {
    let judgement = |proven, sentence: String| Judgement { proven, sentence, fault: None };
    let signers = Note::parse(&check.head.checkpoint).and_then(|note| note.signers(keys).map(|keys| keys.len()));
    match signers {
        _ if keys.is_empty() => judgement(
            Proven::ConsistentUnanchored,
            format!(
                "{sound}. Whoever made the file could have made up all of it: only a checkpoint or a key that was kept elsewhere could show that."
            ),
        ),
        Ok(_) => judgement(
            Proven::ConsistentUnanchored,
            format!(
                "{sound}, and the key that you know signed them; whether it showed others something else is not proven."
            ),
        ),
        Err(error) => judgement(Proven::CouldNotVerify, format!("{sound}, but with the keys that you know: {error}.")),
    }
}

/// What speaks against a segment in a checkpoint of its log.
fn objection(check: &SegmentCheck, anchor: &Anchor) -> Option<Fault> {
    let found = check.pass.roots.get(&anchor.checkpoint.size)?;
    let differs = anchor.checkpoint.origin == check.head.origin && *found != anchor.checkpoint.root;
    differs.then(|| {
        let what = format!("the first {} entries are not those of `{}`", anchor.checkpoint.size, anchor.name);
        Fault::new(Layer::Anchor, None, what)
    })
}
