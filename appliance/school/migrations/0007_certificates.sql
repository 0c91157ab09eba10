-- SPDX-License-Identifier: GPL-3.0-or-later
-- Certificates. Moments are UTC, YYYY-MM-DDTHH:MM:SSZ, by the box's clock; "sure": it was right.

-- Every code that was given out. It outlives the person: a code says nothing of anybody.
CREATE TABLE certificate_code (
    code         TEXT PRIMARY KEY,
    key          BLOB NOT NULL,             -- public key of the box that signed, 32 bytes
    issued       TEXT NOT NULL,
    issued_sure  INTEGER NOT NULL,
    revoked      TEXT NOT NULL DEFAULT '',  -- when; empty: it holds
    revoked_sure INTEGER NOT NULL DEFAULT 0,
    change       INTEGER NOT NULL DEFAULT 0 -- number of the revocation or its undoing; 0: none
) STRICT, WITHOUT ROWID;

-- What somebody was given; goes with the person.
CREATE TABLE certificate (
    code      TEXT PRIMARY KEY REFERENCES certificate_code (code),
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id   TEXT NOT NULL,              -- the edition of the course that was finished
    payload   BLOB NOT NULL,              -- JSON of appliance.learning.certificate_statement.Statement
    signature BLOB NOT NULL,
    reason    TEXT NOT NULL DEFAULT '',   -- why it was revoked, in the words of whoever did it
    UNIQUE (person_id, item_id)
) STRICT, WITHOUT ROWID;

-- Other schools whose keys are known here, so that their certificates can be checked.
CREATE TABLE certificate_school (
    key     BLOB PRIMARY KEY,             -- 32 bytes
    name    TEXT NOT NULL,                -- as whoever added it calls the school
    added   TEXT NOT NULL,
    serial  INTEGER NOT NULL DEFAULT 0,   -- of its newest list of revoked certificates; 0: none
    revoked TEXT NOT NULL DEFAULT '[]'    -- JSON: the codes on that list
) STRICT, WITHOUT ROWID;
