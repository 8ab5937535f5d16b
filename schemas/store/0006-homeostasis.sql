-- What was measured, and when which stage ran.

-- One reading of one metric. Times are nanoseconds since 1970.
CREATE TABLE samples (
    id      INTEGER PRIMARY KEY,
    time_ns INTEGER NOT NULL,
    metric  TEXT NOT NULL,
    value   REAL NOT NULL,
    unit    TEXT NOT NULL,
    source  TEXT NOT NULL
) STRICT;

CREATE INDEX samples_by_metric ON samples (metric, time_ns);
CREATE INDEX samples_by_time ON samples (time_ns);

-- One finished run of one stage, by hand or by the loop. The loop computes from these rows what is due
-- next, so that it keeps nothing in memory; a run that was killed has no row and is due again.
CREATE TABLE stage_runs (
    id         INTEGER PRIMARY KEY,
    stage      TEXT NOT NULL,
    started_ns INTEGER NOT NULL,
    ended_ns   INTEGER NOT NULL,
    result     TEXT NOT NULL,
    detail     TEXT NOT NULL,
    input      TEXT NOT NULL,
    trace_id   TEXT NOT NULL
) STRICT;

CREATE INDEX stage_runs_by_stage ON stage_runs (stage, id);
