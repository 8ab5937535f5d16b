//! The reports of what reaches beyond the ledger: proofs, anchors, witnesses.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Outcome, Page, Report};
use crate::execute::audit_anchor::{Anchored, Kept};
use crate::execute::audit_witness::Answer;
use crate::ledger::note::NoteError;
use crate::ledger::proof::{Proof, ProofError, Proved};
use crate::ledger::verdict::Proven;
use crate::ledger::witness::Refusal;
use crate::model::LedgerEntry;

/// What `audit prove` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditProve {
    /// The entry.
    pub seq: u64,
    /// The proof, a C2SP `tlog-proof`.
    pub proof: String,
}

impl AuditProve {
    /// The report of a proof.
    pub fn new(proof: &Proof) -> Self {
        Self { seq: proof.seq, proof: proof.text() }
    }
}

impl Report for AuditProve {
    fn schema(&self) -> &'static str {
        "audit-prove/v1"
    }

    fn outcome(&self) -> Outcome {
        Outcome::Yes
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        // The proof is data: whoever redirects it into a file must get it as it is.
        page.text.push_str(&self.proof);
    }
}

/// What `audit verify --proof` has shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditProof {
    /// In one word: `witnessed`, `anchored`, `consistent-unanchored`, `tampered` or `could-not-verify`.
    pub verdict: Proven,
    /// What was and what was not proven.
    pub sentence: String,
    /// What the entry says; none when nothing was proven. Its details are not part of a proof.
    pub entry: Option<LedgerEntry>,
    /// The log.
    pub origin: Option<String>,
    /// How many entries the log had then.
    pub size: Option<u64>,
    /// The names of the known keys that signed the checkpoint.
    pub signed_by: Vec<String>,
}

impl AuditProof {
    /// Tells what checking a proof has shown. `kept` says that it leads to a checkpoint that was kept elsewhere.
    pub fn new(checked: Result<Proved, ProofError>, kept: bool) -> Self {
        let proved = match checked {
            Ok(proved) => proved,
            Err(error) => return Self::nothing(&error),
        };
        let (log, seq, size) = (&proved.checkpoint.origin, proved.entry.seq, proved.checkpoint.size);
        let (verdict, by) = match (proved.witnesses(), kept) {
            (1.., _) => (Proven::Witnessed, "which a witness signed"),
            (0, true) => (Proven::Anchored, "which was kept elsewhere"),
            (0, false) => (
                Proven::ConsistentUnanchored,
                "which the log signed; whether it showed others another one is not proven",
            ),
        };
        Self {
            verdict,
            sentence: format!("This is entry {seq} of `{log}`, under the checkpoint over {size} entries, {by}."),
            origin: Some(log.clone()),
            size: Some(size),
            signed_by: proved.signers.iter().map(|key| key.name.clone()).collect(),
            entry: Some(proved.entry),
        }
    }

    fn nothing(error: &ProofError) -> Self {
        let verdict = match error {
            ProofError::NotIncluded(_) | ProofError::Note(NoteError::WrongSignature(_)) => Proven::Tampered,
            ProofError::Malformed(_) | ProofError::Note(_) | ProofError::OtherCheckpoint { .. } => {
                Proven::CouldNotVerify
            }
        };
        let sentence = format!("The proof shows nothing: {error}.");
        Self { verdict, sentence, entry: None, origin: None, size: None, signed_by: Vec::new() }
    }
}

impl Report for AuditProof {
    fn schema(&self) -> &'static str {
        "audit-proof/v1"
    }

    fn outcome(&self) -> Outcome {
        super::audit::outcome_of(self.verdict)
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        page.line(format!("{}: {}", self.verdict.word(), self.sentence));
        if let Some(entry) = &self.entry {
            for (name, value) in [
                ("time", super::audit::time(entry.time_ns)),
                ("actor", entry.actor.clone()),
                ("action", entry.action.clone()),
                ("subject", entry.subject.clone()),
                ("reason", entry.reason.clone()),
                ("result", entry.result.clone()),
                ("hash", entry.entry_hash.to_string()),
            ] {
                page.line(format!("  {name}: {value}"));
            }
        }
    }
}

/// What `audit anchor` did.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditAnchor {
    /// Each place with how it went.
    pub places: Vec<Anchored>,
}

impl Report for AuditAnchor {
    fn schema(&self) -> &'static str {
        "audit-anchor/v1"
    }

    fn outcome(&self) -> Outcome {
        let any = |kept: Kept| self.places.iter().any(|place| place.kept == kept);
        if self.places.is_empty() {
            Outcome::Empty
        } else if any(Kept::Refused) {
            Outcome::No
        } else if any(Kept::Failed) {
            Outcome::Incomplete
        } else {
            Outcome::Yes
        }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        if self.places.is_empty() {
            page.line("no place is configured: set `audit.anchors`, or give `--to`");
            return;
        }
        let mut table = Table::new(&[
            Column::Identifier("place"),
            Column::Text("kept"),
            Column::Number("entries"),
            Column::Text("detail"),
        ]);
        for place in &self.places {
            let word = match place.kept {
                Kept::Written => "written",
                Kept::Refused => "refused",
                Kept::Failed => "failed",
            };
            table.row(vec![place.place.clone(), word.to_owned(), place.size.to_string(), place.detail.clone()]);
        }
        table.write(page);
    }
}

/// What `audit witness` answers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AuditWitness {
    /// The public key of the witness, for the logs that are to believe it.
    pub key: String,
    /// The signature line; none when it did not sign, or was not asked to.
    pub cosignature: Option<String>,
    /// Why it did not sign.
    pub refused: Option<String>,
    /// Entries of the checkpoint that it signed last, when the request does not go on from there.
    pub last: Option<u64>,
    /// The status that an HTTP server in front of it answers with.
    pub status: Option<u16>,
}

impl AuditWitness {
    /// The report of an answer.
    pub fn new(key: String, answer: Option<Answer>) -> Self {
        match answer {
            None => Self { key, cosignature: None, refused: None, last: None, status: None },
            Some(Answer::Cosigned(line)) => {
                Self { key, cosignature: Some(line), refused: None, last: None, status: Some(200) }
            }
            Some(Answer::Refused(refusal)) => {
                let last = if let Refusal::Elsewhere(size) = refusal { Some(size) } else { None };
                Self {
                    key,
                    cosignature: None,
                    last,
                    status: Some(refusal.status()),
                    refused: Some(refusal.to_string()),
                }
            }
        }
    }
}

impl Report for AuditWitness {
    fn schema(&self) -> &'static str {
        "audit-witness/v1"
    }

    fn outcome(&self) -> Outcome {
        if self.refused.is_some() { Outcome::No } else { Outcome::Yes }
    }

    fn data(&self) -> Value {
        json!(self)
    }

    fn human(&self, page: &mut Page) {
        match (&self.cosignature, &self.refused) {
            // The line is data, as an HTTP server in front of it hands it on.
            (Some(line), _) => page.text.push_str(line),
            // So is this: the protocol answers with the size alone, and the log asks again from there.
            (None, Some(_)) if self.last.is_some() => page.line(self.last.unwrap_or_default().to_string()),
            (None, Some(why)) => page.line(format!("not signed: {why}")),
            (None, None) => page.line(&self.key),
        }
    }
}
