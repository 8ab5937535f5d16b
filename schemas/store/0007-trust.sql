-- What people signed, as it was recorded. Whether it counts is found out each time the gate is asked.
CREATE TABLE attestations (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    base        TEXT NOT NULL,
    statement   TEXT NOT NULL,
    signature   TEXT NOT NULL,
    claimed     TEXT,
    risks       TEXT NOT NULL,
    recorded_ns INTEGER NOT NULL,
    revoked     TEXT
) STRICT;
