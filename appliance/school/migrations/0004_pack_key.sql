-- SPDX-License-Identifier: GPL-3.0-or-later
-- Keys by which packs are signed: those that are trusted, and those that were and must not be again.
-- trusted_key stays, unused, for the version of the program before this one.
CREATE TABLE pack_key (
    -- AUTOINCREMENT: an address that was open in a browser never means another key.
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    key        TEXT NOT NULL UNIQUE,      -- minisign public key, 56 letters of base64
    name       TEXT NOT NULL DEFAULT '',  -- for people
    source     TEXT NOT NULL,             -- who brought it: card, panel, list
    added      TEXT NOT NULL,             -- UTC, YYYY-MM-DDTHH:MM:SSZ; empty where it is not known
    revoked    TEXT NOT NULL DEFAULT '',  -- UTC, likewise; empty while it is trusted
    revoked_by TEXT NOT NULL DEFAULT ''   -- panel, list
) STRICT;
INSERT INTO pack_key (key, source, added) SELECT key, 'card', '' FROM trusted_key;
