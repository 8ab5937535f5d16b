-- The ledger: append-only by trigger, chained by hash. `details` may be redacted (set to NULL);
-- everything that the chain covers may not change.
CREATE TABLE ledger (
    seq            INTEGER PRIMARY KEY,
    time_ns        INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    action         TEXT NOT NULL,
    subject        TEXT NOT NULL,
    reason         TEXT NOT NULL,
    trace_id       TEXT NOT NULL,
    result         TEXT NOT NULL,
    details_digest BLOB NOT NULL CHECK (length(details_digest) = 32),
    prev_hash      BLOB NOT NULL CHECK (length(prev_hash) = 32),
    entry_hash     BLOB NOT NULL CHECK (length(entry_hash) = 32),
    details_salt   BLOB,
    details        TEXT
) STRICT;

CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_no_update BEFORE UPDATE OF
    seq, time_ns, actor, action, subject, reason, trace_id, result, details_digest, prev_hash, entry_hash ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
