# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress: it goes forward, counts for whatever takes an item's place, and is told once."""

import pytest

from appliance.database import Database
from appliance.learning.former import take_formers
from appliance.learning.outbox import statements
from appliance.learning.progress import NOTHING
from appliance.learning.record import Interaction, Record
from appliance.learning.state import LearningState
from appliance.learning.tries import Tries
from tests.unit.appliance.learning.records.school import OTHER, PUPIL, QUIZ_ITEM, FakeWatch, quiz_of

FILM, OLD, NEWER, NEWEST = "filmfilmfilmfilm", "a" * 16, "b" * 16, "c" * 16


def verbs(school: Database) -> list[str]:
    return [row[0] for row in school.connection.execute("SELECT verb FROM outbox ORDER BY seq")]


def test_nothing_yet(record: Record) -> None:
    assert record.progress(PUPIL, [FILM]) == {FILM: NOTHING}
    assert record.resume(PUPIL, FILM) == ""
    assert record.latest(PUPIL) == {}


def test_the_share_never_goes_down_and_time_adds_up(record: Record) -> None:
    record.seen(PUPIL, FILM, share=0.5, seconds=30, resume="90")
    now = record.seen(PUPIL, FILM, share=0.2, seconds=10, resume="36")
    assert (now.share, now.seconds, now.state) == (0.5, 40, LearningState.IN_PROGRESS)
    assert record.resume(PUPIL, FILM) == "36"
    assert record.progress(OTHER, [FILM]) == {FILM: NOTHING}


def test_nonsense_does_no_harm(record: Record) -> None:
    now = record.seen(PUPIL, FILM, share=7, seconds=-100, resume="x" * 300_000)
    assert (now.share, now.seconds) == (1.0, 0)
    assert record.resume(PUPIL, FILM) == ""


def test_completed_once_and_for_ever(record: Record, watch: FakeWatch, school: Database) -> None:
    done = record.seen(PUPIL, FILM, completed=True)
    watch.passes(600)
    again = record.seen(PUPIL, FILM, share=0.1, completed=False)
    assert again.state is LearningState.COMPLETED
    assert again.completed == done.completed != again.touched
    record.seen(PUPIL, FILM, completed=True)
    assert verbs(school) == ["initialized", "completed"]


def test_a_result_of_another_player(record: Record, tries: Tries) -> None:
    told = [
        Interaction("1", True, ("да",), "Об чист?", 1),
        Interaction("1", False, ("не",)),
        Interaction("2", False, ("x" * 9000,)),
    ]
    now = record.result(PUPIL, FILM, 0.4, False, told)
    assert (now.state, now.best, now.passed, now.tries) == (
        LearningState.IN_PROGRESS,
        0.4,
        False,
        1,
    )
    [run] = tries.all(PUPIL, FILM)
    assert (run.share, run.wrong, run.passed) == (0.4, 2, False)
    kept = tries.responses(run.id)
    assert [(each.question_id, each.place) for each in kept] == [("1", 0), ("1", 1), ("2", 0)]
    assert kept[0].prompt == "Об чист?"
    now = record.result(PUPIL, FILM, 0.9, True)
    assert (now.state, now.best, now.passed, now.tries) == (LearningState.COMPLETED, 0.9, True, 2)
    assert record.result(PUPIL, FILM, 0.0, False).state is LearningState.COMPLETED


def test_a_player_that_knows_no_pass_mark(record: Record) -> None:
    now = record.result(PUPIL, FILM, 0.3, None)
    assert (now.state, now.passed) == (LearningState.COMPLETED, None)


def test_a_result_with_four_wrong_answers_needs_help(record: Record) -> None:
    told = [Interaction(str(number), False) for number in range(4)]
    assert record.result(PUPIL, FILM, 0, False, told).state is LearningState.NEEDS_HELP
    assert record.seen(PUPIL, FILM, share=0.9).state is LearningState.NEEDS_HELP


def test_what_was_done_with_an_older_edition_counts(
    record: Record, school: Database, watch: FakeWatch
) -> None:
    record.seen(PUPIL, OLD, share=0.7, seconds=60, resume="7")
    take_formers(school, {OLD: NEWER})
    assert record.progress(PUPIL, [NEWER])[NEWER].share == 0.7
    watch.passes(60)
    record.seen(PUPIL, NEWER, share=0.2, seconds=5)
    take_formers(school, {OLD: NEWEST, NEWER: NEWEST})
    for edition in (OLD, NEWER, NEWEST):
        now = record.progress(PUPIL, [edition])[edition]
        assert (now.share, now.seconds) == (0.7, 65), edition
    assert record.of_people([PUPIL, OTHER], [NEWEST]).keys() == {(PUPIL, NEWEST)}


def test_results_for_what_was_replaced_meanwhile(
    tries: Tries, record: Record, school: Database
) -> None:
    run = tries.start(PUPIL, OLD, quiz_of(1))
    take_formers(school, {OLD: NEWER})
    tries.answer(run.id, "q1", ("a",))
    assert record.progress(PUPIL, [NEWER])[NEWER].is_completed
    [own] = school.connection.execute("SELECT item_id FROM progress").fetchall()
    assert own["item_id"] == OLD
    record.seen(PUPIL, NEWER, completed=True)
    assert verbs(school).count("completed") == 1


def test_heirs_of_heirs_never_make_a_ring(record: Record, school: Database) -> None:
    take_formers(school, {OLD: NEWER})
    take_formers(school, {NEWER: NEWEST})
    record.seen(PUPIL, OLD, completed=True)
    assert record.progress(PUPIL, [NEWEST])[NEWEST].is_completed
    take_formers(school, {NEWEST: OLD})  # somebody put the first edition back
    assert record.progress(PUPIL, [OLD, NEWER])[NEWER].is_completed
    assert take_formers(school, {NEWEST: OLD}) is None


def test_the_latest_come_first(record: Record, watch: FakeWatch) -> None:
    record.seen(PUPIL, FILM)
    watch.passes(60)
    record.seen(PUPIL, OLD)
    assert list(record.latest(PUPIL)) == [OLD, FILM]


def test_what_a_clock_that_ran_ahead_has_dated_is_not_the_latest(
    record: Record, watch: FakeWatch
) -> None:
    watch.minute = 900
    record.seen(PUPIL, FILM)
    watch.minute = 10
    record.seen(PUPIL, OLD)
    assert list(record.latest(PUPIL)) == [OLD, FILM]
    watch.minute = 20
    record.seen(PUPIL, FILM)
    assert list(record.latest(PUPIL)) == [FILM, OLD]


def test_statements_in_the_words_of_xapi(
    tries: Tries, record: Record, school: Database, watch: FakeWatch
) -> None:
    watch.sure = False
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    tries.answer(run.id, "q1", ("b",))
    tries.answer(run.id, "q2", ("a",))
    told = dict(statements(school, "urn:box:1"))
    assert [str(each["verb"]["id"]).rpartition("/")[2] for each in told.values()] == [  # type: ignore[index] # JSON
        "initialized",
        "answered",
        "answered",
        "passed",
        "completed",
    ]
    answered = told[2]
    assert answered["actor"] == {"account": {"homePage": "urn:box:1", "name": PUPIL}}
    assert answered["object"] == {"id": f"urn:chashma:item:{QUIZ_ITEM}#q1"}
    assert answered["result"] == {"response": "b", "success": False, "score": {"raw": 0.0}}
    assert answered["context"] == {"extensions": {"urn:chashma:clock-sure": False}}
    assert told[4]["result"] == {"success": True, "score": {"scaled": pytest.approx(0.5)}}
    assert len({each["id"] for each in told.values()}) == 5
    assert [number for number, _ in statements(school, "urn:box:1", after=3)] == [4, 5]


def test_a_failure_is_not_told_after_a_pass(tries: Tries, school: Database) -> None:
    for option in "bab":
        run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(1))
        tries.answer(run.id, "q1", (option,))
    told = [verb for verb in verbs(school) if verb in {"passed", "failed"}]
    assert told == ["failed", "passed"]
