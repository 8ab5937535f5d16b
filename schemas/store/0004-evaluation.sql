-- What the security analysis last said of each file. A row is valid for exactly its digest and its ruleset;
-- size, times and inode only save reading the file again.
CREATE TABLE evaluations (
    path      TEXT PRIMARY KEY,
    digest    BLOB NOT NULL CHECK (length(digest) = 32),
    ruleset   TEXT NOT NULL,
    judged_ns INTEGER NOT NULL,
    size      INTEGER NOT NULL,
    mtime_ns  INTEGER NOT NULL,
    ctime_ns  INTEGER NOT NULL,
    inode     INTEGER NOT NULL,
    risk      REAL NOT NULL,
    tier      TEXT NOT NULL,
    decision  TEXT NOT NULL,
    complete  INTEGER NOT NULL,
    findings  INTEGER NOT NULL,
    judgement TEXT NOT NULL,
    verdict   TEXT NOT NULL
) STRICT;

CREATE INDEX evaluations_by_decision ON evaluations (decision);
