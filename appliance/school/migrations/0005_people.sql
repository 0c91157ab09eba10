-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who learns. A name is all that is known of anybody.
CREATE TABLE class (
    -- AUTOINCREMENT: the number of a deleted class is never given to another.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,              -- the name as names are compared
    code       TEXT NOT NULL UNIQUE,       -- what people type to join
    pictures   INTEGER NOT NULL DEFAULT 0, -- its people show three pictures instead of a name
    grade      INTEGER,
    open       INTEGER NOT NULL DEFAULT 1, -- who is not on its list may join
    created    TEXT NOT NULL,              -- UTC, YYYY-MM-DDTHH:MM:SSZ
    clock_sure INTEGER NOT NULL,
    removed    TEXT NOT NULL DEFAULT ''    -- UTC, likewise: deleted, and could be brought back
) STRICT;
CREATE UNIQUE INDEX class_by_name ON class (folded) WHERE removed = '';

CREATE TABLE person (
    id         TEXT PRIMARY KEY,           -- drawn at random, never given to another
    class_id   INTEGER NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL,
    pictures   TEXT,                       -- three names with spaces; none where names are typed
    created    TEXT NOT NULL,              -- UTC, YYYY-MM-DDTHH:MM:SSZ
    clock_sure INTEGER NOT NULL,
    UNIQUE (class_id, folded),
    UNIQUE (class_id, pictures)
) STRICT, WITHOUT ROWID;

-- What was given to a class, in the order of the teacher.
CREATE TABLE class_item (
    class_id INTEGER NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    item_id  TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (class_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_session (
    id        TEXT PRIMARY KEY,            -- SHA-256 of what the browser holds
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    own       INTEGER NOT NULL,            -- a phone that nobody else uses
    boot      TEXT NOT NULL,               -- seen last, as seconds since that boot
    second    REAL NOT NULL,
    seen      TEXT NOT NULL                -- the same in UTC, which may have been wrong
) STRICT, WITHOUT ROWID;
CREATE INDEX person_session_by_person ON person_session (person_id);

-- Browsers in which somebody of the class has signed in: guesses made elsewhere do not keep them waiting.
CREATE TABLE class_browser (
    number   INTEGER PRIMARY KEY AUTOINCREMENT, -- in order of use
    id       TEXT NOT NULL,                     -- SHA-256 of what the browser holds
    class_id INTEGER NOT NULL REFERENCES class (id) ON DELETE CASCADE,
    UNIQUE (class_id, id)
) STRICT;
