//! Being a witness of another log: `add-checkpoint` of C2SP `tlog-witness`, without the HTTP around it.

use serde_json::json;

use crate::Context;
use crate::error::{Error, Result};
use crate::ledger::note::NoteKey;
use crate::ledger::witness::{Refusal, Request};
use crate::model::NewEntry;
use crate::store::{LedgerHead, WitnessKey};

/// The action of an entry that tells that a checkpoint of another log was signed.
const COSIGN: &str = "witness.cosign";

/// What a witness answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The signature line.
    Cosigned(String),
    /// Why it does not sign.
    Refused(Refusal),
}

/// The key of this witness, made when there is none and a name for it is given.
///
/// # Errors
/// When there is none and no name either, or the name is another.
pub fn key(context: &mut Context<'_>, name: Option<&str>) -> Result<(WitnessKey, Option<LedgerHead>)> {
    match (context.store.witness_key()?, name) {
        (Some(key), None) => Ok((key, None)),
        (Some(key), Some(name)) if key.public()?.name == name => Ok((key, None)),
        (Some(key), Some(name)) => {
            let has = key.public()?.name;
            Err(Error::usage("witness-name", format!("the witness here is `{has}`, not `{name}`"))
                .hinted("leave `--name` out; another witness needs another state directory"))
        }
        (None, None) => Err(Error::usage("witness-name", "there is no witness here yet")
            .hinted("make one with `aetherra-maint audit witness --name NAME`")),
        (None, Some(name)) => {
            // A key without an entry signs nothing and is found again; an entry without a key would promise one.
            let key = context.store.witness_key_make(name)?;
            let public = key.public()?.to_string();
            let entry = NewEntry::new("witness.begin", name, "a key to sign checkpoints of other logs")
                .detailed(json!({"public": public}));
            let ((), head) = context.store.record(context.trace_id, |_| Ok(((), entry)))?;
            Ok((key, Some(head)))
        }
    }
}

/// Judges a request, writes down what is about to be signed, and signs it then. What was signed last is read and
/// replaced in one transaction.
///
/// # Errors
/// When the state cannot be read or written; then nothing was signed.
pub fn cosign(
    context: &mut Context<'_>,
    key: &WitnessKey,
    request: &str,
    log_keys: &[NoteKey],
) -> Result<(Answer, Option<LedgerHead>)> {
    let request = match Request::parse(request).and_then(|request| Ok((request.origin()?, request))) {
        Ok(request) => request,
        Err(refusal) => return Ok((Answer::Refused(refusal), None)),
    };
    let (origin, request) = request;
    let (judged, head) = context.store.record_all(context.trace_id, |tx| {
        let (text, checkpoint) = match request.judge(tx.witnessed_latest(&origin)?, log_keys) {
            Ok(accepted) => accepted,
            Err(refusal) => return Ok((Err(refusal), Vec::new())),
        };
        tx.witnessed_put(&origin, checkpoint.size, &checkpoint.root)?;
        let entry = NewEntry::new(COSIGN, origin.as_str(), format!("it grew to {} entries", checkpoint.size))
            .detailed(json!({"from": request.old, "size": checkpoint.size, "root": checkpoint.root}));
        Ok((Ok(text), vec![entry]))
    })?;
    match judged {
        Err(refusal) => Ok((Answer::Refused(refusal), head)),
        Ok(text) => {
            let now_s = u64::try_from(context.host.clock.now_ns() / 1_000_000_000).unwrap_or(0);
            Ok((Answer::Cosigned(key.cosign(&text, now_s)?), head))
        }
    }
}
