# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the points of a quiz."""

import msgspec
import pytest

from appliance.content.quiz.quiz import Mastery
from tests.functional.portal.lessons import Pupil, put_quiz
from tests.functional.portal.shelf import Shelf
from tests.functional.portal.test_lesson_home import code_of, copy_of, enter, facts_of, take
from tests.unit.appliance.learning.records.school import quiz_of

PLAIN = quiz_of(1)


@pytest.mark.parametrize(
    ("language", "points", "said"),
    [
        ("en", 1, "1 of 1 point ·"),
        ("en", 1.5, "1.5 of 1.5 points ·"),
        ("tg", 1.5, "1,5 аз 1,5 хол ·"),
        ("ru", 1.5, "1,5 из 1,5 балла ·"),
        ("tg", 1, "1 аз 1 хол ·"),
        ("ru", 1, "1 из 1 балла ·"),
        ("ru", 3, "3 из 3 баллов ·"),
    ],
)
def test_one_point_is_one(
    pupil: Pupil, shelf: Shelf, language: str, points: float, said: str
) -> None:
    only = msgspec.structs.replace(PLAIN.questions[0], points=points)
    item = put_quiz(shelf, msgspec.structs.replace(PLAIN, questions=(only,)))
    pupil.join()
    pupil.client.set_cookie("language", language)
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    pupil.open(next(there for there in pupil.links().values() if "/result" in there))
    assert said in pupil.words()


def test_nobody_has_passed_where_nothing_had_to_be_reached(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, quiz_of(1, Mastery(pass_mark=0)))
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="b")
    pupil.open(pupil.links()["To the result"])
    assert "Done 0 of 1 point ·" in pupil.words()
    assert "passed" not in pupil.words()
    pupil.open(f"/quiz/{item.id}")
    assert "0 of 1 point" in pupil.words()
    assert "passed" not in pupil.words()


@pytest.mark.parametrize("share", [0, 67, 100])
def test_where_nothing_is_asked_it_is_done_and_not_passed(
    pupil: Pupil, shelf: Shelf, share: int
) -> None:
    item = put_quiz(shelf, quiz_of(3, Mastery(pass_mark=0)))
    pupil.join()
    file, _ = take(pupil, item)
    words = facts_of(file)["words"]
    assert isinstance(words, dict)
    assert (words["passed"], words["failed"]) == ("Done", "Not passed yet")
    marks = {0: 0, 67: 0b101, 100: 0b111}[share]
    enter(pupil, code_of(copy_of(file, item), share, marks, passed=1))
    for page in ("", f"/quiz/{item.id}/result", f"/quiz/{item.id}"):
        if page:
            pupil.open(page)
        assert "passed" not in pupil.words()
        assert ("Done" in pupil.words()) == (page != f"/quiz/{item.id}")
