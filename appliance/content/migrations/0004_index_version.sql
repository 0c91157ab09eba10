-- By which rules the search index was made. Other rules, other words: then the index has to be
-- made again, because it could not even forget what it holds.
CREATE TABLE index_version (
    version TEXT NOT NULL
);
