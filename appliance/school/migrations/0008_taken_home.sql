-- SPDX-License-Identifier: GPL-3.0-or-later
-- Quizzes that were taken home, and the codes that came back.

-- The number that the codes of this school have: those of most other schools are told by it.
CREATE TABLE home_school (
    number INTEGER NOT NULL -- 0 to 63, drawn
) STRICT;
INSERT INTO home_school VALUES (abs(random() % 64));

-- A file that was taken home. Nobody's: it passes from phone to phone.
CREATE TABLE home_copy (
    -- AUTOINCREMENT: a code never means another copy.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        BLOB NOT NULL,                            -- 16 random bytes, by which its codes are sealed
    item_id    TEXT NOT NULL REFERENCES quiz (item_id),  -- the edition that it holds
    taken      TEXT NOT NULL,                            -- UTC, YYYY-MM-DDTHH:MM:SSZ
    clock_sure INTEGER NOT NULL
) STRICT;

-- A code that was counted. It stays when whoever brought it is deleted, and counts no second time.
CREATE TABLE home_code (
    copy_id INTEGER NOT NULL REFERENCES home_copy (id),
    code    TEXT NOT NULL,
    try_id  INTEGER REFERENCES try (id) ON DELETE SET NULL, -- what it became
    PRIMARY KEY (copy_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX home_code_by_try ON home_code (try_id);
