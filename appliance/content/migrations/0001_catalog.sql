-- The shelf as lists and filters need it. The store's item.json files are the truth;
-- this can be made again from them.
CREATE TABLE item (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    authors TEXT NOT NULL,
    languages TEXT NOT NULL,
    date TEXT NOT NULL,
    subject TEXT NOT NULL,
    collection TEXT NOT NULL,
    cover TEXT NOT NULL,
    size INTEGER NOT NULL,
    added TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    featured INTEGER NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    record BLOB NOT NULL
);
CREATE INDEX item_newest ON item (hidden, added DESC, number DESC);
CREATE INDEX item_title ON item (hidden, sort_title, number);
CREATE INDEX item_subject ON item (subject);
CREATE INDEX item_collection ON item (collection);
CREATE INDEX item_kind ON item (kind);
CREATE INDEX item_name ON item (name) WHERE name != '';
CREATE INDEX item_fingerprint ON item (fingerprint);
CREATE INDEX item_featured ON item (featured) WHERE featured = 1;

CREATE TABLE item_language (
    number INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
    language TEXT NOT NULL,
    PRIMARY KEY (language, number)
) WITHOUT ROWID;
CREATE INDEX item_language_number ON item_language (number);

CREATE TABLE item_grade (
    number INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
    grade INTEGER NOT NULL,
    PRIMARY KEY (grade, number)
) WITHOUT ROWID;
CREATE INDEX item_grade_number ON item_grade (number);

CREATE TABLE item_audience (
    number INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
    audience TEXT NOT NULL,
    PRIMARY KEY (audience, number)
) WITHOUT ROWID;
CREATE INDEX item_audience_number ON item_audience (number);
