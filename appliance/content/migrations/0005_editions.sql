-- Which publication of a pack an item is, and which editions it took the place of.
ALTER TABLE item ADD COLUMN identifier TEXT NOT NULL DEFAULT '';
CREATE INDEX item_identifier ON item (identifier) WHERE identifier != '';

CREATE TABLE item_former (
    id TEXT NOT NULL,
    number INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
    PRIMARY KEY (id, number)
) WITHOUT ROWID;
CREATE INDEX item_former_number ON item_former (number);
