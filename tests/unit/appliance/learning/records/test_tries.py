# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries: what counts, what is kept beside, what comes too late, what comes twice."""

import threading

import msgspec
import pytest

from appliance.content.quiz.quiz import Mastery, MasteryRule
from appliance.database import Database
from appliance.learning.answering import Answered, TryOverError
from appliance.learning.record import Record
from appliance.learning.state import LearningState
from appliance.learning.tries import NoTriesLeftError, Tries, UnknownQuestionError
from appliance.learning.try_row import UnknownTryError
from tests.unit.appliance.learning.records.school import OTHER, PUPIL, QUIZ_ITEM, FakeWatch, quiz_of


def answers(tries: Tries, try_id: int, **given: str) -> Answered:
    for question, option in given.items():
        last = tries.answer(try_id, question, (option,))
    return last


def rows(school: Database, table: str) -> int:
    return int(school.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_all_right_is_completed(tries: Tries, record: Record) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of())
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].state is LearningState.IN_PROGRESS
    answers(tries, run.id, q1="a", q2="a")
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].share == pytest.approx(2 / 3)
    last = answers(tries, run.id, q3="a")
    assert last.run.finished
    assert (last.run.score, last.run.points, last.run.passed) == (3, 3, True)
    done = record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM]
    assert (done.state, done.best, done.passed, done.tries) == (
        LearningState.COMPLETED,
        1.0,
        True,
        1,
    )


def test_the_first_answer_counts_and_the_correction_is_kept(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    answers(tries, run.id, q1="b")
    corrected = tries.answer(run.id, "q1", ("a",), seen=1)
    assert not corrected.repeated
    assert corrected.response.place == 1
    assert corrected.graded.is_right
    last = answers(tries, run.id, q2="a")
    assert last.run.score == 1
    assert [each.answer for each in tries.responses(run.id)] == [("b",), ("a",), ("a",)]


def test_without_feedback_nothing_is_corrected(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2, feedback=False))
    answers(tries, run.id, q1="b")
    again = tries.answer(run.id, "q1", ("a",), seen=1)
    assert again.repeated
    assert again.response.answer == ("b",)


def test_two_windows_answer_one_question(tries: Tries, school: Database) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    first = tries.answer(run.id, "q1", ("b",), seen=0)
    second = tries.answer(run.id, "q1", ("a",), seen=0)
    assert (first.repeated, second.repeated) == (False, True)
    assert second.response.answer == ("b",)
    assert not second.graded.is_right
    assert rows(school, "response") == 1


def test_a_double_tap_is_one_answer(tries: Tries, school: Database) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    taps: list[Answered] = []

    def tap() -> None:
        taps.append(tries.answer(run.id, "q1", ("b",), seen=0))

    threads = [threading.Thread(target=tap) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.repeated for each in taps) == [False] + [True] * 7
    assert rows(school, "response") == 1
    assert tries.get(run.id, PUPIL).wrong == 1


def test_two_windows_begin_one_try(tries: Tries, school: Database) -> None:
    begun: list[int] = []

    def tap() -> None:
        begun.append(tries.start(PUPIL, QUIZ_ITEM, quiz_of(attempts=1)).id)

    threads = [threading.Thread(target=tap) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 6
    assert len(set(begun)) == 1
    assert rows(school, "try") == 1


def test_start_goes_on_with_what_runs(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of())
    assert tries.start(PUPIL, QUIZ_ITEM, quiz_of()) == run
    tries.finish(run.id)
    assert tries.start(PUPIL, QUIZ_ITEM, quiz_of()).number == 2


def test_attempts_end(tries: Tries) -> None:
    quiz = quiz_of(attempts=2)
    for _ in range(2):
        tries.finish(tries.start(PUPIL, QUIZ_ITEM, quiz).id)
    with pytest.raises(NoTriesLeftError):
        tries.start(PUPIL, QUIZ_ITEM, quiz)
    assert tries.start(OTHER, QUIZ_ITEM, quiz).number == 1


def test_a_teacher_gives_another_try(tries: Tries) -> None:
    quiz = quiz_of(attempts=1)
    assert tries.left(PUPIL, QUIZ_ITEM, quiz_of()) is None
    assert tries.left(PUPIL, QUIZ_ITEM, quiz) == 1
    with pytest.raises(UnknownTryError):
        tries.give_another(PUPIL, QUIZ_ITEM)
    tries.finish(tries.start(PUPIL, QUIZ_ITEM, quiz).id)
    assert tries.left(PUPIL, QUIZ_ITEM, quiz) == 0
    assert tries.give_another(PUPIL, QUIZ_ITEM)
    assert not tries.give_another(PUPIL, QUIZ_ITEM)
    run = tries.start(PUPIL, QUIZ_ITEM, quiz)
    assert (run.number, tries.left(PUPIL, QUIZ_ITEM, quiz)) == (2, 0)
    tries.finish(run.id)
    with pytest.raises(NoTriesLeftError):
        tries.start(PUPIL, QUIZ_ITEM, quiz)
    assert tries.left(OTHER, QUIZ_ITEM, quiz) == 1


def test_the_rule_is_the_one_of_the_start(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2, Mastery(pass_mark=0.5)))
    tries.start(PUPIL, QUIZ_ITEM, quiz_of(2, Mastery(pass_mark=1.0)))
    assert answers(tries, run.id, q1="a", q2="b").run.passed


def test_four_wrong_need_help_until_it_is_completed(tries: Tries, record: Record) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(6))
    answers(tries, run.id, q1="b", q2="b", q3="b")
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].state is LearningState.IN_PROGRESS
    answers(tries, run.id, q4="b")
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].state is LearningState.NEEDS_HELP
    answers(tries, run.id, q5="a", q6="a")
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].state is LearningState.NEEDS_HELP
    again = tries.start(PUPIL, QUIZ_ITEM, quiz_of(6))
    right = {f"q{number}": "a" for number in range(1, 7)}
    answers(tries, again.id, **right)
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].state is LearningState.COMPLETED


def test_corrections_after_the_end_show_that_somebody_is_stuck(
    tries: Tries, record: Record
) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(3, Mastery(pass_mark=1.0)))
    answers(tries, run.id, q1="b", q2="b", q3="b")
    tries.answer(run.id, "q3", ("c",), seen=1)
    progress = record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM]
    assert (progress.state, progress.tries) == (LearningState.NEEDS_HELP, 1)
    assert tries.get(run.id, PUPIL).score == 0


def test_completed_stays_completed(tries: Tries, record: Record) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(4))
    answers(tries, run.id, q1="a", q2="a", q3="a", q4="a")
    worse = tries.start(PUPIL, QUIZ_ITEM, quiz_of(4))
    answers(tries, worse.id, q1="b", q2="b", q3="b", q4="b")
    progress = record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM]
    assert (progress.state, progress.best, progress.passed) == (LearningState.COMPLETED, 1.0, True)
    assert progress.tries == 2


def test_after_the_deadline_an_answer_is_kept_apart(tries: Tries, watch: FakeWatch) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(3, seconds=60))
    answers(tries, run.id, q1="a")
    watch.passes(65)
    assert not answers(tries, run.id, q2="a").response.late
    watch.passes(10)
    late = answers(tries, run.id, q3="a")
    assert late.response.late
    assert late.run.finished
    assert (late.run.score, late.run.passed) == (2, False)
    assert answers(tries, run.id, q3="a").repeated
    assert tries.get(run.id, PUPIL).score == 2


def test_the_deadline_does_not_move_with_the_clock(tries: Tries, watch: FakeWatch) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(3, seconds=60))
    watch.minute += 600
    assert not answers(tries, run.id, q1="a").response.late
    watch.minute = 0
    watch.second += 600
    assert answers(tries, run.id, q2="a").response.late


def test_a_restart_does_not_give_back_time_that_is_known_to_be_gone(
    tries: Tries, watch: FakeWatch
) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(3, seconds=60))
    watch.passes(50)
    answers(tries, run.id, q1="a")
    watch.boot, watch.second = "boot 2", 9.0
    assert tries.seconds_left(run) == pytest.approx(1.0)
    assert not answers(tries, run.id, q2="a").response.late
    watch.second += 60
    assert answers(tries, run.id, q3="a").response.late


def test_a_try_whose_time_is_over_ends_when_somebody_looks(tries: Tries, watch: FakeWatch) -> None:
    quiz = quiz_of(2, seconds=60)
    run = tries.start(PUPIL, QUIZ_ITEM, quiz)
    watch.passes(100)
    latest = tries.latest(PUPIL, QUIZ_ITEM)
    assert latest is not None
    assert (latest.id, latest.finished != "") == (run.id, True)
    again = tries.start(PUPIL, QUIZ_ITEM, quiz)
    assert again.number == 2
    watch.passes(100)
    assert tries.start(PUPIL, QUIZ_ITEM, quiz).number == 3


def test_m_of_n(tries: Tries, record: Record) -> None:
    mastery = Mastery(MasteryRule.M_OF_N, m=3, n=4)
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2, mastery))
    for round_, (question, option) in enumerate((("q1", "a"), ("q2", "b"), ("q1", "a")), start=0):
        last = tries.answer(run.id, question, (option,), round_=round_ // 2)
    assert not last.run.finished
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].share == pytest.approx(2 / 3)
    last = tries.answer(run.id, "q2", ("a",), round_=1)
    assert last.run.passed


def test_in_a_row(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(1, Mastery(MasteryRule.IN_A_ROW, m=2)))
    for round_, option in enumerate("aba"):
        last = tries.answer(run.id, "q1", (option,), round_=round_)
    assert not last.run.finished
    assert tries.answer(run.id, "q1", ("a",), round_=3).run.passed


def test_what_is_not_there(tries: Tries) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    with pytest.raises(UnknownTryError):
        tries.answer(run.id + 1, "q1", ("a",))
    with pytest.raises(UnknownQuestionError):
        tries.answer(run.id, "q9", ("a",))
    with pytest.raises(UnknownTryError):
        tries.get(run.id, OTHER)
    tries.finish(run.id)
    with pytest.raises(TryOverError):
        tries.answer(run.id, "q1", ("a",))


def test_an_empty_quiz_is_over_at_once(tries: Tries) -> None:
    run = tries.finish(tries.start(PUPIL, QUIZ_ITEM, quiz_of(0)).id)
    assert run.passed


def test_every_record_says_how_sure_the_clock_was(
    tries: Tries, watch: FakeWatch, school: Database
) -> None:
    watch.sure = False
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(1))
    answers(tries, run.id, q1="b")
    watch.sure = True
    tries.answer(run.id, "q1", ("a",), seen=1)
    assert [each.clock_sure for each in tries.responses(run.id)] == [False, True]
    assert not tries.get(run.id, PUPIL).finished_sure
    sure = [row[0] for row in school.connection.execute("SELECT clock_sure FROM outbox")]
    assert sure == [0, 0, 0, 1]


def test_the_quiz_stays_when_its_item_is_gone(school: Database, watch: FakeWatch) -> None:
    run = Tries(school, watch).start(PUPIL, QUIZ_ITEM, quiz_of(2), "Санҷиш")
    fresh = Tries(school, watch)
    assert fresh.quiz(QUIZ_ITEM) == quiz_of(2)
    assert fresh.answer(run.id, "q1", ("a",)).graded.is_right
    with pytest.raises(UnknownTryError):
        fresh.quiz("nobodyhastriedit")


def test_whoever_is_deleted_leaves_nothing(tries: Tries, school: Database) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(1))
    answers(tries, run.id, q1="a")
    with school.transaction() as connection:
        connection.execute("DELETE FROM person WHERE id = ?", (PUPIL,))
    for table in ("progress", "resume", "try", "response", "outbox", "course_progress"):
        assert rows(school, table) == 0, table


def test_nothing_of_a_half_written_answer_stays(
    tries: Tries, school: Database, record: Record
) -> None:
    run = tries.start(PUPIL, QUIZ_ITEM, quiz_of(2))
    with school.transaction() as connection:
        connection.execute(
            "CREATE TRIGGER fail BEFORE INSERT ON outbox BEGIN SELECT raise(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        answers(tries, run.id, q1="a")
    assert tries.responses(run.id) == []
    assert record.progress(PUPIL, [QUIZ_ITEM])[QUIZ_ITEM].share == 0
    assert msgspec.structs.asdict(tries.get(run.id, PUPIL))["wrong"] == 0
