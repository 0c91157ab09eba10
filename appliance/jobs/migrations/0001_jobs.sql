CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    verb TEXT NOT NULL,
    lane TEXT NOT NULL,
    arguments BLOB NOT NULL,
    asked_by TEXT NOT NULL,
    asked TEXT NOT NULL,
    state TEXT NOT NULL,
    cancelled INTEGER NOT NULL DEFAULT 0,
    report BLOB,
    code TEXT NOT NULL DEFAULT '',
    details BLOB NOT NULL DEFAULT '{}',
    finished TEXT NOT NULL DEFAULT ''
);
CREATE INDEX job_state ON job (state, lane, id);

CREATE TABLE result (
    number INTEGER PRIMARY KEY,
    job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    outcome BLOB NOT NULL
);
CREATE INDEX result_job ON result (job, number);
