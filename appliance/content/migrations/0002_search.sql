-- What the search stands on. The full-text tables hold folded words only ("contentless",
-- https://sqlite.org/fts5.html#contentless_tables); what people see is the passage's own text.
-- The row number of an item is item.number; that of a passage is item.number * 2^20 + its place
-- in the row of passages, so that a hit tells its item without a look into another table.
CREATE VIRTUAL TABLE item_words USING fts5 (
    title, about, description,
    content = '', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE passage_words USING fts5 (
    about, chapter, body,
    content = '', prefix = '3', tokenize = 'unicode61 remove_diacritics 0'
);
-- body: UTF-8, compressed by zlib.
CREATE TABLE passage (
    number INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    title TEXT NOT NULL,
    body BLOB NOT NULL
);
-- What was said about an item when it was indexed (JSON): a contentless table can only forget
-- a row when it is told what the row held.
CREATE TABLE indexed_item (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    heading BLOB NOT NULL
);
CREATE VIRTUAL TABLE item_vocabulary USING fts5vocab (item_words, row);
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_words, row);
