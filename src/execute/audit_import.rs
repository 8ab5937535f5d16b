//! Takes the audit records of a host into our ledger, each with what it could prove.

use std::path::Path;

use serde_json::json;

use crate::Context;
use crate::error::Result;
use crate::model::NewEntry;
use crate::model::ledger::HostAudit;
use crate::store::{HostRecord, LedgerHead, host_audit_read};

/// How far a record's own hashes carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// Its `prev_hash` is the `entry_hash` of the record in front.
    Linked,
    /// It has hashes, and they do not follow the record in front.
    Unlinked,
    /// It has none.
    None,
}

impl Proof {
    fn word(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::None => "none",
        }
    }
}

/// Reads the host's records and appends one entry for each; all or none.
///
/// # Errors
/// When the file cannot be read or the state cannot be written.
pub fn import(context: &mut Context<'_>, path: &Path) -> Result<(HostAudit, Option<LedgerHead>)> {
    let records = host_audit_read(path)?;
    let (report, entries) = prepare(path, &records);
    let ((), head) = context.store.record_all(context.trace_id, |_| Ok(((), entries)))?;
    Ok((report, head))
}

/// What an import would do.
///
/// # Errors
/// When the file cannot be read.
pub fn preview(path: &Path) -> Result<HostAudit> {
    let records = host_audit_read(path)?;
    Ok(prepare(path, &records).0)
}

fn prepare(path: &Path, records: &[HostRecord]) -> (HostAudit, Vec<NewEntry>) {
    let proofs = proofs(records);
    let count = |proof: Proof| proofs.iter().filter(|found| **found == proof).count() as u64;
    let report = HostAudit {
        source: path.display().to_string(),
        records: records.len() as u64,
        linked: count(Proof::Linked),
        unlinked: count(Proof::Unlinked),
        unproven: count(Proof::None),
    };
    (report, records.iter().zip(proofs).map(|(record, proof)| entry(record, proof)).collect())
}

fn proofs(records: &[HostRecord]) -> Vec<Proof> {
    let mut before: Option<&str> = None;
    records
        .iter()
        .map(|record| {
            let Some((prev, hash)) = &record.hashes else { return Proof::None };
            // What stands in front of the first record is the host's own affair.
            let linked = before.is_none_or(|before| before == prev);
            before = Some(hash);
            if linked { Proof::Linked } else { Proof::Unlinked }
        })
        .collect()
}

fn entry(record: &HostRecord, proof: Proof) -> NewEntry {
    let mut entry =
        NewEntry::new("audit.import", format!("{}:{}", record.action, record.id), "imported from the host's audit")
            .resulting(if record.status.is_empty() { "unknown" } else { &record.status })
            .detailed(json!({
                "id": record.id,
                "plan_id": record.plan_id,
                "timestamp": record.timestamp,
                "action": record.action,
                "status": record.status,
                "target": record.target,
                "result": record.result,
                "prev_hash": record.hashes.as_ref().map(|(prev, _)| prev),
                "entry_hash": record.hashes.as_ref().map(|(_, hash)| hash),
                // A link shows order, not content: how the host computed its hashes is not known here.
                "proof": proof.word(),
            }));
    "host".clone_into(&mut entry.actor);
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, hashes: Option<(&str, &str)>) -> HostRecord {
        HostRecord {
            id: id.to_owned(),
            plan_id: String::new(),
            timestamp: String::new(),
            action: "register_plugin".to_owned(),
            status: "success".to_owned(),
            target: String::new(),
            result: String::new(),
            hashes: hashes.map(|(prev, hash)| (prev.to_owned(), hash.to_owned())),
        }
    }

    #[test]
    fn links_are_followed_and_gaps_are_told() {
        let records = [
            record("1", Some(("0", "a"))),
            record("2", Some(("a", "b"))),
            record("3", Some(("x", "c"))),
            record("4", None),
        ];
        assert_eq!(proofs(&records), [Proof::Linked, Proof::Linked, Proof::Unlinked, Proof::None]);
    }
}
