-- SPDX-License-Identifier: GPL-3.0-or-later
-- What people did with lessons and quizzes. Moments are UTC, YYYY-MM-DDTHH:MM:SSZ, by the box's
-- clock; the column with "sure" beside each says whether that clock was known to be right.

-- How far somebody is with an item of the library; a row that is missing: not started.
CREATE TABLE progress (
    person_id      TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id        TEXT NOT NULL,
    state          TEXT NOT NULL,             -- appliance.learning.state.LearningState
    share          REAL NOT NULL DEFAULT 0,   -- of the item that was seen or answered, 0 to 1
    seconds        REAL NOT NULL DEFAULT 0,   -- spent with it, as far as that can be told
    best           REAL,                      -- share of the points of the best finished try
    passed         INTEGER,                   -- whether some try was passed; empty: nothing to pass
    tries          INTEGER NOT NULL DEFAULT 0, -- finished ones
    started        TEXT NOT NULL,
    touched        TEXT NOT NULL,
    clock_sure     INTEGER NOT NULL,          -- of touched
    completed      TEXT NOT NULL DEFAULT '',  -- when for the first time; empty: not yet
    completed_sure INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX progress_by_item ON progress (item_id, person_id);

-- Where somebody goes on: page, second, or whatever a player wants to find again. Apart from
-- progress, because it may be long and lists never need it.
CREATE TABLE resume (
    person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id   TEXT NOT NULL,
    state     TEXT NOT NULL,
    PRIMARY KEY (person_id, item_id)
) STRICT;

-- Items whose place another has taken: what was done with the former counts for the other.
CREATE TABLE former_item (
    former_id TEXT PRIMARY KEY,
    item_id   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_item_by_heir ON former_item (item_id);

-- Quizzes as they were when somebody first tried them; an answer is marked by this, also when
-- the item has been replaced or removed meanwhile. The same id is always the same content.
CREATE TABLE quiz (
    item_id TEXT PRIMARY KEY,
    title   TEXT NOT NULL,
    content TEXT NOT NULL      -- JSON of appliance.content.quiz.quiz.Quiz
) STRICT;

-- Somebody's nth go at a quiz, or a result that another player told.
CREATE TABLE try (
    -- AUTOINCREMENT: a page that was left open never means another try.
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id     TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id       TEXT NOT NULL,
    number        INTEGER NOT NULL,            -- from 1, for this person and item
    mastery       TEXT NOT NULL,               -- JSON of the rule, copied at the start
    seed          INTEGER NOT NULL,            -- by which questions and options are shuffled
    time_limit    INTEGER NOT NULL DEFAULT 0,  -- seconds, copied at the start; 0: none
    boot          TEXT NOT NULL,               -- the boot of the box and the second since it
    second        REAL NOT NULL,               -- at the start: no change of the clock moves them
    started       TEXT NOT NULL,
    clock_sure    INTEGER NOT NULL,            -- of started
    finished      TEXT NOT NULL DEFAULT '',
    finished_sure INTEGER NOT NULL DEFAULT 0,
    score         REAL,                        -- points, and how many there were
    points        REAL,
    passed        INTEGER,
    wrong         INTEGER NOT NULL DEFAULT 0,  -- wrong answers so far
    UNIQUE (person_id, item_id, number)
) STRICT;
CREATE INDEX try_by_item ON try (item_id);

-- Every answer as it came; never changed.
CREATE TABLE response (
    id          INTEGER PRIMARY KEY,
    try_id      INTEGER NOT NULL REFERENCES try (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    round       INTEGER NOT NULL,            -- from 0: where questions come again and again
    place       INTEGER NOT NULL,            -- 0: the first answer, which counts; then corrections
    late        INTEGER NOT NULL DEFAULT 0,  -- after the deadline: kept, but not counted
    answer      TEXT NOT NULL,               -- JSON of appliance.content.quiz.quiz.Answer
    prompt      TEXT NOT NULL DEFAULT '',    -- the question in words, where quiz has no copy
    score       REAL NOT NULL,
    is_right    INTEGER NOT NULL,
    hints       INTEGER NOT NULL DEFAULT 0,
    elapsed     REAL NOT NULL,               -- seconds since the start of the try
    at          TEXT NOT NULL,
    clock_sure  INTEGER NOT NULL,
    UNIQUE (try_id, question_id, round, late, place)
) STRICT;

-- Courses as they were when somebody last opened them, so that progress needs no catalogue.
CREATE TABLE course (
    item_id   TEXT PRIMARY KEY,
    course_id TEXT NOT NULL,   -- lasts through editions
    title     TEXT NOT NULL,
    titles    TEXT NOT NULL,   -- JSON: by language code
    content   TEXT NOT NULL    -- JSON of appliance.content.course.course.Course
) STRICT;

-- How far somebody is with a course that they have opened.
CREATE TABLE course_progress (
    person_id      TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    item_id        TEXT NOT NULL REFERENCES course (item_id),
    state          TEXT NOT NULL,
    done           INTEGER NOT NULL,          -- required lessons that are completed
    required       INTEGER NOT NULL,
    score          REAL,                      -- share of the points of its quizzes, 0 to 1
    passed         INTEGER NOT NULL,
    started        TEXT NOT NULL,
    touched        TEXT NOT NULL,
    clock_sure     INTEGER NOT NULL,
    completed      TEXT NOT NULL DEFAULT '',
    completed_sure INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, item_id)
) STRICT, WITHOUT ROWID;

-- What happened, for export: xAPI's verb, and where the rest of the statement stands.
CREATE TABLE outbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id    BLOB NOT NULL,        -- 16 random bytes: the statement's id
    person_id   TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    verb        TEXT NOT NULL,        -- appliance.learning.outbox.Verb
    item_id     TEXT NOT NULL,
    response_id INTEGER,              -- of an answer: the row that holds it
    result      TEXT NOT NULL,        -- JSON: xAPI's result; of an answer empty
    at          TEXT NOT NULL,
    clock_sure  INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_person ON outbox (person_id);
