-- Plans of integration as they were made. The id is the hash of the content.
CREATE TABLE plans (
    id       TEXT PRIMARY KEY,
    made_ns  INTEGER NOT NULL,
    parent   INTEGER NOT NULL,
    steps    INTEGER NOT NULL,
    body     TEXT NOT NULL
) STRICT;

-- Deployed trees. A number is never used twice.
CREATE TABLE generations (
    number     INTEGER PRIMARY KEY,
    parent     INTEGER NOT NULL,
    plan       TEXT,
    cause      TEXT NOT NULL,
    state      TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 32),
    made_ns    INTEGER NOT NULL,
    components TEXT NOT NULL
) STRICT;

-- Changes of what is deployed. An open one is an intent: a run that ended in the middle of it is
-- reconciled by the next. What the newest finished one leads to is what is deployed.
CREATE TABLE changes (
    id              INTEGER PRIMARY KEY,
    cause           TEXT NOT NULL,
    from_generation INTEGER NOT NULL,
    to_generation   INTEGER NOT NULL,
    plan            TEXT,
    spends          TEXT,
    state           TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')),
    began_ns        INTEGER NOT NULL,
    ended_ns        INTEGER,
    ledger_seq      INTEGER
) STRICT;

CREATE UNIQUE INDEX changes_one_open ON changes (state) WHERE state = 'open';
CREATE INDEX changes_by_end ON changes (ended_ns);

-- Rights to undo a change once.
CREATE TABLE tokens (
    token           TEXT PRIMARY KEY,
    change_id       INTEGER NOT NULL REFERENCES changes (id),
    from_generation INTEGER NOT NULL,
    to_generation   INTEGER NOT NULL,
    plan            TEXT,
    issued_seq      INTEGER NOT NULL,
    spent_seq       INTEGER
) STRICT;

-- Isolated files. The content is a packed file beside the database.
CREATE TABLE quarantine (
    id         INTEGER PRIMARY KEY,
    path       TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 32),
    size       INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    asked_by   TEXT NOT NULL,
    state      TEXT NOT NULL,
    moved      INTEGER NOT NULL,
    held_ns    INTEGER NOT NULL,
    resolution TEXT
) STRICT;

CREATE INDEX quarantine_by_path ON quarantine (path, state);

-- Trials: a generation that gets a part of the traffic. `evidence` holds what was observed and the settings that
-- it is judged by, so that a restart goes on where it was.
CREATE TABLE trials (
    id              INTEGER PRIMARY KEY,
    generation      INTEGER NOT NULL,
    stable          INTEGER NOT NULL,
    plan            TEXT NOT NULL,
    percent         REAL NOT NULL,
    salt            TEXT NOT NULL,
    state           TEXT NOT NULL,
    began_ns        INTEGER NOT NULL,
    ends_ns         INTEGER NOT NULL,
    looked_ns       INTEGER,
    looks           INTEGER NOT NULL,
    paused_until_ns INTEGER,
    input           TEXT,
    evidence        TEXT NOT NULL,
    verdict         TEXT,
    ended_ns        INTEGER
) STRICT;

CREATE UNIQUE INDEX trials_one_open ON trials ((1)) WHERE state IN ('opening', 'running', 'promoting', 'stopping');

-- Integrations that the loop took back because the system got worse after them, and what came of that.
CREATE TABLE regressions (
    id             INTEGER PRIMARY KEY,
    change_id      INTEGER NOT NULL UNIQUE REFERENCES changes (id),
    generation     INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    health_before  REAL,
    health_after   REAL,
    contents       TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('denied', 'pending', 'recovered', 'not-recovered')),
    began_ns       INTEGER NOT NULL,
    judged_ns      INTEGER
) STRICT;
