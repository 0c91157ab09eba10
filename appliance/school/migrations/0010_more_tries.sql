-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tries of a quiz that somebody may have beyond those that the quiz allows: a teacher gave them.

CREATE TABLE more_tries (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id   TEXT NOT NULL,
    tries     INTEGER NOT NULL,
    PRIMARY KEY (person_id, item_id)
) STRICT, WITHOUT ROWID;
