-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was made at home can be told from what was made at school, wherever it is shown.

ALTER TABLE progress ADD COLUMN school_best REAL; -- as best, of the tries made at school
ALTER TABLE progress ADD COLUMN school_completed INTEGER NOT NULL DEFAULT 0;
UPDATE progress SET school_best = best, school_completed = (state = 'completed');
UPDATE progress SET
    school_best = (
        SELECT max(score / points) FROM try
        WHERE try.person_id = progress.person_id AND try.item_id = progress.item_id AND points > 0
            AND NOT EXISTS (SELECT * FROM home_code WHERE try_id = try.id)
    ),
    school_completed = EXISTS (
        SELECT * FROM try
        WHERE try.person_id = progress.person_id AND try.item_id = progress.item_id
            AND finished != '' AND passed IS NOT 0
            AND NOT EXISTS (SELECT * FROM home_code WHERE try_id = try.id)
    )
WHERE (person_id, item_id) IN (
    SELECT try.person_id, try.item_id FROM home_code JOIN try ON try.id = try_id
);

ALTER TABLE outbox ADD COLUMN at_home INTEGER NOT NULL DEFAULT 0; -- it came as a code

-- Who took a copy home; empty: a guest, or somebody who was deleted since. The file does not say it.
ALTER TABLE home_copy ADD COLUMN person_id TEXT REFERENCES person (id) ON DELETE SET NULL;
CREATE INDEX home_copy_by_person ON home_copy (person_id);
