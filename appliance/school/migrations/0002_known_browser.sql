-- SPDX-License-Identifier: GPL-3.0-or-later
-- Browsers in which somebody has signed in before: guesses made elsewhere do not keep them waiting.
CREATE TABLE known_browser (
    number   INTEGER PRIMARY KEY AUTOINCREMENT, -- in order of use
    id       TEXT NOT NULL UNIQUE,              -- SHA-256 of what the browser holds
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX known_browser_by_staff ON known_browser (staff_id, number);
