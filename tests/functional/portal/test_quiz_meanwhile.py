# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens elsewhere while a page of a quiz is open: another window, a teacher."""

import msgspec
import pytest

from appliance.content.item import Kind
from appliance.learning.tries import Tries
from tests.functional.portal.lessons import Pupil, put_quiz
from tests.functional.portal.shelf import Shelf
from tests.unit.appliance.learning.records.school import quiz_of

PLAIN = quiz_of(3, shuffle_options=False)


def test_one_window_ends_the_quiz_and_the_other_answers(
    pupil: Pupil, shelf: Shelf, tries: Tries
) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.begin(item.id)
    other = Pupil(pupil.client)
    other.open(f"/quiz/{item.id}/2")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    pupil.open(f"/quiz/{item.id}/result")
    pupil.send(f"/quiz/{item.id}/finish")
    other.send(f"/quiz/{item.id}/2", a="a")
    assert "This try was finished already. The answer was not taken." in other.words()
    assert "1 of 3 points" in other.words()
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert [each.answer for each in tries.responses(run.id)] == [("a",)]


def test_a_window_of_the_try_before_says_nothing_of_the_new_one(
    pupil: Pupil, shelf: Shelf, tries: Tries
) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.begin(item.id)
    old = Pupil(pupil.client)
    old.open(f"/quiz/{item.id}/1")
    pupil.open(f"/quiz/{item.id}/result")
    pupil.send(f"/quiz/{item.id}/finish")
    pupil.begin(item.id)
    old.send(f"/quiz/{item.id}/1", a="b")
    assert "This try was finished already. The answer was not taken." in old.words()
    first, second = tries.all(who.id, item.id)
    assert tries.responses(first.id) == tries.responses(second.id) == []
    assert not second.finished


def test_a_teacher_gives_a_try_to_who_has_none_left(
    pupil: Pupil, shelf: Shelf, tries: Tries
) -> None:
    item = put_quiz(shelf, msgspec.structs.replace(PLAIN, attempts=1))
    who = pupil.join()
    pupil.begin(item.id)
    pupil.open(f"/quiz/{item.id}/result")
    pupil.send(f"/quiz/{item.id}/finish")
    pupil.open(f"/quiz/{item.id}")
    assert "If you want another one, ask your teacher." in pupil.words()
    assert "/start" not in pupil.page
    tries.give_another(who.id, item.id)
    pupil.open(f"/quiz/{item.id}")
    assert "1 try is left." in pupil.words()
    pupil.send(f"/quiz/{item.id}/start")
    assert pupil.address == f"/quiz/{item.id}/1"


@pytest.mark.parametrize("how", ["removed", "hidden"])
def test_a_quiz_that_left_the_shelf_is_answered_to_its_end_and_begun_by_nobody(
    pupil: Pupil, shelf: Shelf, tries: Tries, how: str
) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.begin(item.id)
    pupil.send(f"/quiz/{item.id}/1", a="a")
    if how == "removed":
        shelf.real.remove(item.id)
    else:
        shelf.real.change(item.id, hidden=True)
    pupil.open(f"/quiz/{item.id}")
    pupil.open(pupil.links()["Go on"])
    pupil.send(f"/quiz/{item.id}/2", a="a")
    pupil.open(pupil.links()["Next question"])
    pupil.send(f"/quiz/{item.id}/3", a="b")
    pupil.open(pupil.links()["To the result"])
    assert "2 of 3 points" in pupil.words()
    for address in (f"/quiz/{item.id}/result", f"/quiz/{item.id}"):
        pupil.open(address)
        assert "This quiz has left the shelf. What you answered is kept" in pupil.words()
        assert "/start" not in pupil.page
    pupil.send(f"/quiz/{item.id}/start", reload=True, csrf=pupil.token())
    assert len(tries.all(who.id, item.id)) == 1
    other = Pupil(pupil.client.application.test_client())
    other.join("Фаррух")
    other.open(f"/quiz/{item.id}")
    assert other.status == 404


def test_a_guest_goes_on_in_the_edition_that_took_the_place(pupil: Pupil, shelf: Shelf) -> None:
    old = put_quiz(shelf, PLAIN)
    pupil.open(f"/quiz/{old.id}")
    pupil.send(f"/quiz/{old.id}/start")
    pupil.send(f"/quiz/{old.id}/1", a="a")
    pupil.open(pupil.links()["Next question"])
    sheet = pupil.page.partition('name="g" value="')[2].partition('"')[0]
    files = {"quiz.json": msgspec.json.encode(PLAIN)}
    new = shelf.put("Санҷиши нав", Kind.QUIZ, files=files, former=(old.id,))
    shelf.real.remove(old.id)
    sent = {"g": sheet, "a": "a"}
    led = pupil.client.post(f"/quiz/{old.id}/2", data=sent)
    # A browser sends the form again, to there.
    assert (led.status_code, led.location) == (307, f"/quiz/{new.id}/2")
    pupil.page = pupil.client.post(led.location, data=sent).text
    assert "Right!" in pupil.words()
    pupil.open(pupil.links()["Next question"])
    assert pupil.address.startswith(f"/quiz/{new.id}/3?g=")
    assert "Question 3 of 3" in pupil.page
