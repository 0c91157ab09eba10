-- Every folded word that ever was in the index, and how it was written where it was first met;
-- only for finding the words nearest to a word that the library does not have. Words of removed
-- items stay: whoever offers a word asks the index first whether it is still there.
CREATE TABLE word (
    folded TEXT PRIMARY KEY,
    written TEXT NOT NULL
) WITHOUT ROWID;
