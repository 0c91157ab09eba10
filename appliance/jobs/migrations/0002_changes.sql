-- What jobs did to the shelf: a line outlives a restart in the middle of its job.
CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    item TEXT NOT NULL,
    outcome BLOB NOT NULL
);
CREATE UNIQUE INDEX change_job ON change (job, item, outcome);
ALTER TABLE job ADD COLUMN undone_by INTEGER NOT NULL DEFAULT 0;
