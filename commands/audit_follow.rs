//! `audit log --follow`: entries as they are recorded.

use std::time::Duration;

use aetherra_maint::model::LedgerEntry;
use aetherra_maint::report::Answer;
use aetherra_maint::report::audit::{AuditLog, entry_item, entry_line};
use aetherra_maint::report::problem::{Styling, safe_text};
use aetherra_maint::store::LedgerFilter;
use aetherra_maint::{Error, Result};

use crate::globals::FormatArg;
use crate::session::Session;
use crate::streams;

/// How long to wait before looking again.
const PAUSE: Duration = Duration::from_millis(250);

/// Shows the newest entries that pass a filter, and then each that is recorded, until the run is to end or nobody
/// reads any more.
pub fn follow(mut filter: LedgerFilter, limit: u64, session: &Session) -> Result<Answer> {
    let format = session.globals.format;
    if !matches!(format, FormatArg::Human | FormatArg::Jsonl) {
        return Err(Error::usage("format-unsupported", "what is followed has no end, and one document has")
            .hinted("use `-f jsonl`"));
    }
    let mut limit = limit;
    loop {
        // Opened anew each time: the state may be restored or replaced meanwhile.
        let entries = session.open_to_read()?.ledger_entries(&filter, limit)?;
        for entry in &entries {
            if !streams::write_on(&shown(entry, format))? {
                return Ok(Answer::new(AuditLog { entries: Vec::new(), moved: 0 }));
            }
            filter.after = entry.seq;
        }
        limit = u64::MAX;
        session.host.clock.sleep(PAUSE);
        session.host.stop.check()?;
    }
}

fn shown(entry: &LedgerEntry, format: FormatArg) -> String {
    match format {
        FormatArg::Jsonl => format!("{}\n", entry_item(entry)),
        _ => format!("{}\n", safe_text(&entry_line(entry), Styling::Escaped)),
    }
}
