-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the school has told the box; a value is JSON.
CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    -- AUTOINCREMENT: the number of a deleted person is never given to another.
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE, -- the name as sign-in compares it
    display_name TEXT NOT NULL,
    role         TEXT NOT NULL,
    language     TEXT NOT NULL,
    password     TEXT NOT NULL,                -- argon2id, in its own text form
    temporary    INTEGER NOT NULL DEFAULT 0,   -- given by someone else, to be changed at sign-in
    disabled     INTEGER NOT NULL DEFAULT 0,
    created      TEXT NOT NULL                 -- UTC, YYYY-MM-DDTHH:MM:SSZ
) STRICT;

-- Who did what when. Not tied to staff: what a deleted person did stays on record.
CREATE TABLE activity (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       TEXT NOT NULL,    -- UTC by the box's clock, which may have been wrong
    staff_id INTEGER,          -- empty: the box itself, or nobody known
    who      TEXT NOT NULL,    -- the name that was shown at the time
    action   TEXT NOT NULL,
    details  TEXT NOT NULL     -- JSON object
) STRICT;
CREATE INDEX activity_by_staff ON activity (staff_id, id);
CREATE INDEX activity_by_action ON activity (action, id);

-- Moments are seconds since the boot that is named beside them: the box has no clock battery.
CREATE TABLE sign_in_failure (
    key      TEXT PRIMARY KEY, -- of an account or an address
    failures INTEGER NOT NULL,
    boot     TEXT NOT NULL,
    second   REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id       TEXT PRIMARY KEY, -- SHA-256 of what the browser holds
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    boot     TEXT NOT NULL,
    started  REAL NOT NULL,
    seen     REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_staff ON session (staff_id);
