-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which chashma.toml was taken over last; one row, none before the first.
CREATE TABLE card (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL -- SHA-256 of the file, hexadecimal
) STRICT;

-- Keys by which packs are signed that install by themselves.
CREATE TABLE trusted_key (
    key TEXT PRIMARY KEY -- minisign public key, 56 letters of base64
) STRICT, WITHOUT ROWID;
