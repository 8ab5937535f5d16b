-- The ledger: append-only by trigger, chained by hash. `details` may be redacted (set to NULL);
-- everything that the chain covers may not change. There is no column for the hash of the entry in
-- front: it stands in the row in front, and what is not stored cannot be edited.
CREATE TABLE ledger (
    seq            INTEGER PRIMARY KEY CHECK (seq > 0),
    time_ns        INTEGER NOT NULL,
    clock          TEXT NOT NULL,
    actor          TEXT NOT NULL,
    action         TEXT NOT NULL,
    subject        TEXT NOT NULL,
    reason         TEXT NOT NULL,
    trace_id       TEXT NOT NULL,
    result         TEXT NOT NULL,
    details_digest BLOB CHECK (length(details_digest) = 32),
    entry_hash     BLOB NOT NULL CHECK (length(entry_hash) = 32),
    details_salt   BLOB,
    details        TEXT
) STRICT;

-- The RFC 6962 tree over the entry hashes, as a compact range: the roots of its complete subtrees,
-- the largest first. Always one row.
CREATE TABLE ledger_tree (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    size  INTEGER NOT NULL,
    range BLOB NOT NULL
) STRICT;

-- The newest signed checkpoint: a C2SP signed note, made in the transaction of the entry it ends with.
CREATE TABLE ledger_checkpoint (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

-- One seal an epoch: a checkpoint that also names the key of the next epoch. The key that signed it is
-- erased, so a seal cannot be made again.
CREATE TABLE ledger_seals (
    epoch INTEGER PRIMARY KEY CHECK (epoch >= 0),
    size  INTEGER NOT NULL,
    note  TEXT NOT NULL
) STRICT;

-- Segments: older entries that were moved to files of their own, in order and without gaps. What goes on from
-- there stands here: the tree over all entries up to the last of the segment, its hash and its time, the path from
-- the first entry of the ledger to the root, and the checkpoint that was signed over them.
CREATE TABLE ledger_segments (
    number      INTEGER PRIMARY KEY CHECK (number > 0),
    first_seq   INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL CHECK (last_seq >= first_seq),
    head        BLOB NOT NULL CHECK (length(head) = 32),
    time_ns     INTEGER NOT NULL,
    range       BLOB NOT NULL,
    path        BLOB NOT NULL,
    note        TEXT NOT NULL,
    redacted    INTEGER NOT NULL,
    fixed_clock INTEGER NOT NULL
) STRICT;

-- What this installation signed last as a witness of other logs.
CREATE TABLE witnessed_logs (
    origin TEXT PRIMARY KEY,
    size   INTEGER NOT NULL,
    root   BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

-- Only what a segment holds may go, and never the first entry: it names the keys.
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
WHEN OLD.seq = 1 OR OLD.seq > coalesce((SELECT last_seq FROM ledger_segments ORDER BY number DESC LIMIT 1), 0)
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_no_update BEFORE UPDATE OF
    seq, time_ns, clock, actor, action, subject, reason, trace_id, result, details_digest, entry_hash ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_only_redact BEFORE UPDATE OF details, details_salt ON ledger
WHEN NEW.details IS NOT NULL OR NEW.details_salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'details may be erased, never changed');
END;

CREATE TRIGGER ledger_no_gap BEFORE INSERT ON ledger
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
BEGIN
    SELECT RAISE(ABORT, 'entries have no gaps, and none is replaced');
END;

CREATE TRIGGER ledger_segments_no_delete BEFORE DELETE ON ledger_segments
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_segments_no_update BEFORE UPDATE OF
    number, first_seq, last_seq, head, time_ns, range, path, note, fixed_clock ON ledger_segments
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_seals_no_delete BEFORE DELETE ON ledger_seals
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_seals_no_update BEFORE UPDATE ON ledger_seals
BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
