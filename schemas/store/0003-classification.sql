-- The class of every indexed file. A row is as good as the content, the model and the tree it was made from.
CREATE TABLE classifications (
    path          TEXT NOT NULL PRIMARY KEY,
    digest        BLOB NOT NULL CHECK (length(digest) = 32),
    class         TEXT NOT NULL,
    confidence    REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    -- Of every class in the order of the report, and what spoke for the chosen one; both as JSON.
    probabilities TEXT NOT NULL,
    evidence      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX classifications_by_class ON classifications (class);

-- What the rows were made from: while this is the same, so are they.
CREATE TABLE classification_basis (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    basis BLOB NOT NULL CHECK (length(basis) = 32)
) STRICT;
