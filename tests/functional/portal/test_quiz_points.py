# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the points of a quiz."""

import msgspec
import pytest

from appliance.content.quiz.quiz import Mastery
from tests.functional.portal.lessons import Pupil, put_quiz
from tests.functional.portal.shelf import Shelf
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
