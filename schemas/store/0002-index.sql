-- The index of files. The path is the identity: two files with the same content are two rows.
-- What is asked for on every scan is kept apart from the structure, which is large and rarely needed.
CREATE TABLE files (
    id           INTEGER PRIMARY KEY,
    path         TEXT NOT NULL UNIQUE,
    root         TEXT NOT NULL,
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    size         INTEGER NOT NULL,
    mtime_ns     INTEGER NOT NULL,
    ctime_ns     INTEGER NOT NULL,
    inode        INTEGER NOT NULL,
    racy         INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    language     TEXT NOT NULL,
    encoding     TEXT NOT NULL,
    newlines     TEXT NOT NULL,
    entry_points TEXT,
    gap_reason   TEXT,
    gap_detail   TEXT
) STRICT;

CREATE INDEX files_by_digest ON files (digest);

-- What a file declares, as JSON compressed with Zstandard.
CREATE TABLE structures (
    file INTEGER PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
    body BLOB NOT NULL
) STRICT;
