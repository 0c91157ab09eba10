# SPDX-License-Identifier: GPL-3.0-or-later
"""A quiz as pupils and guests do it, without script."""

import re

import msgspec
import pytest

from appliance.content.quiz.quiz import (
    Accepted,
    Mastery,
    MasteryRule,
    Question,
    QuestionType,
    Quiz,
)
from appliance.learning.tries import Tries
from tests.functional.portal.lessons import Pupil, put_quiz
from tests.functional.portal.shelf import Shelf
from tests.unit.appliance.learning.records.school import choice, quiz_of

PLAIN = quiz_of(3, shuffle_options=False)


def test_a_pupil_goes_through_it(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/item/{item.id}/read")
    assert pupil.address == f"/quiz/{item.id}"
    assert "3 questions, one on each page" in pupil.words()
    pupil.send(f"/quiz/{item.id}/start")
    assert pupil.address == f"/quiz/{item.id}/1"
    assert "Question 1 of 3" in pupil.page
    pupil.send(f"/quiz/{item.id}/1", a="a")
    assert pupil.address == f"/quiz/{item.id}/1"
    assert "Right!" in pupil.words()
    assert "Saved" in pupil.words()
    pupil.open(pupil.links()["Next question"])
    pupil.send(f"/quiz/{item.id}/2", a="b")
    assert "Not right yet" in pupil.words()
    pupil.open(pupil.links()["Think again and correct it"])
    pupil.send(f"/quiz/{item.id}/2", a="a")
    assert "Now it is right!" in pupil.words()
    pupil.open(pupil.links()["Next question"])
    pupil.send(f"/quiz/{item.id}/3", a="a")
    pupil.open(pupil.links()["To the result"])
    assert "Well done, passed!" in pupil.words()
    assert "2 of 3 points" in pupil.words()
    assert "q2?" in pupil.words()
    assert "q1?" not in pupil.words()
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert (run.score, run.passed) == (2, True)


def test_saved_is_said_only_of_what_is_in_the_database(
    pupil: Pupil, shelf: Shelf, tries: Tries
) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    school = pupil.library().school
    school.connection.execute(
        "CREATE TRIGGER fail BEFORE INSERT ON response BEGIN SELECT raise(ABORT, 'full'); END"
    )
    pupil.client.application.testing = False
    pupil.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    pupil.send(f"/quiz/{item.id}/1", a="a")
    assert pupil.status == 500
    assert "Saved" not in pupil.page
    school.connection.execute("DROP TRIGGER fail")
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert tries.responses(run.id) == []


def test_back_reload_and_two_windows_give_one_answer(
    pupil: Pupil, shelf: Shelf, tries: Tries
) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    other = Pupil(pupil.client)
    other.open(f"/quiz/{item.id}/1")
    pupil.send(f"/quiz/{item.id}/1", a="b")
    other.send(f"/quiz/{item.id}/1", a="a")
    assert "You had answered this question before." in other.words()
    assert "Not right yet" in other.words()
    other.open(f"/quiz/{item.id}/1")
    assert "before" not in other.words()
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert [each.answer for each in tries.responses(run.id)] == [("b",)]


def test_it_goes_on_where_it_was_left(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, PLAIN)
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    pupil.open("/")
    pupil.open(f"/quiz/{item.id}")
    pupil.open(pupil.links()["Go on"])
    assert pupil.address == f"/quiz/{item.id}/2"
    again = pupil.client.get(f"/quiz/{item.id}/9")
    assert again.headers["Location"] == f"/quiz/{item.id}/2"


def test_a_guest_does_everything_and_nothing_is_kept(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, PLAIN)
    pupil.open(f"/quiz/{item.id}")
    assert "as a guest" in pupil.words()
    pupil.send(f"/quiz/{item.id}/start")
    for place, option in ((1, "a"), (2, "b"), (3, "a")):
        pupil.send(f"/quiz/{item.id}/{place}", a=option)
        assert "Saved" not in pupil.words()
        pupil.open(pupil.links()["To the result" if place == 3 else "Next question"])
    assert "Well done, passed!" in pupil.words()
    assert "2 of 3 right at once" in pupil.words()
    assert "as a guest" in pupil.words()
    school = pupil.library().school
    for table in ("try", "response", "progress", "outbox"):
        assert school.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


@pytest.mark.parametrize("sheet", ["", "x", "1.zzz", "1." + "r" * 9000, "9999999999.", "-1.r", "1"])
def test_whatever_a_guest_s_address_holds(pupil: Pupil, shelf: Shelf, sheet: str) -> None:
    item = put_quiz(shelf, PLAIN)
    for tail in ("/1", "/3", "/99", "/result", ""):
        pupil.open(f"/quiz/{item.id}{tail}?g={sheet}&in={sheet}")
        assert pupil.status == 200


def test_nothing_chosen_is_no_answer(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1")
    assert "Choose or write an answer first." in pupil.words()
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert tries.responses(run.id) == []


def test_hints_lose_nothing_that_was_chosen(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    question = choice("q1", hints=("Фикр кун", "Бори дигар"))
    item = put_quiz(shelf, Quiz((question, choice("q2")), shuffle_options=False))
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="c", hint="1")
    assert "Фикр кун" in pupil.words()
    assert "Бори дигар" not in pupil.words()
    assert re.search(r'value="c" checked', pupil.page)
    pupil.send(f"/quiz/{item.id}/1", a="c", hint="1")
    assert "Show a hint" not in pupil.words()
    pupil.send(f"/quiz/{item.id}/1", a="a")
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert tries.responses(run.id)[0].hints == 2


def test_without_feedback_nothing_is_told_before_the_end(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, msgspec.structs.replace(PLAIN, feedback=False))
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="b")
    assert pupil.address == f"/quiz/{item.id}/2"
    pupil.open(f"/quiz/{item.id}/1")
    assert "Your answer is there." in pupil.words()
    assert "ight" not in pupil.words()
    pupil.open(f"/quiz/{item.id}/result")
    assert "Not finished yet" in pupil.words()
    pupil.send(f"/quiz/{item.id}/finish")
    assert "Not passed yet" in pupil.words()
    assert "You gave no answer." in pupil.words()


def test_tries_are_counted(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, msgspec.structs.replace(PLAIN, attempts=2))
    pupil.join()
    for left in (1, 0):
        pupil.open(f"/quiz/{item.id}")
        pupil.send(f"/quiz/{item.id}/start")
        pupil.send(f"/quiz/{item.id}/1", a="b")
        pupil.open(f"/quiz/{item.id}/result")
        pupil.send(f"/quiz/{item.id}/finish")
        assert ("Right is:" in pupil.words()) == (left == 0)
    assert "Your tries are used up." in pupil.words()
    pupil.open(f"/quiz/{item.id}")
    assert "No try is left." in pupil.words()
    assert "/start" not in pupil.page


def test_after_the_deadline(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    item = put_quiz(shelf, msgspec.structs.replace(PLAIN, seconds=600))
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    assert "You have 10 minutes from the start." in pupil.words()
    pupil.send(f"/quiz/{item.id}/start")
    assert "10 minutes left" in pupil.page
    pupil.library().school.connection.execute("UPDATE try SET second = second - 700")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    assert "The time was over when this answer came." in pupil.words()
    assert "1 answer came when the time was over." in pupil.words()
    run = tries.latest(who.id, item.id)
    assert run is not None
    assert (run.score, run.passed) == (0, False)


def test_until_it_is_mastered(pupil: Pupil, shelf: Shelf) -> None:
    quiz = quiz_of(2, Mastery(MasteryRule.IN_A_ROW, m=3), shuffle_options=False)
    item = put_quiz(shelf, quiz)
    for signed_in in (False, True):
        if signed_in:
            pupil.join()
        pupil.open(f"/quiz/{item.id}")
        assert "3 answers in a row" in pupil.words()
        pupil.send(f"/quiz/{item.id}/start")
        for place, option in enumerate("abaaa", 1):
            pupil.send(f"/quiz/{item.id}/{place}", a=option)
            pupil.open(pupil.links()["To the result" if place == 5 else "Next question"])
        assert "4 of 5 answers were right." in pupil.words()
        assert "Well done" in pupil.words()


@pytest.mark.parametrize(
    ("mastery", "said"),
    [
        (Mastery(MasteryRule.IN_A_ROW, m=1), "Done when 1 answer is right."),
        (Mastery(MasteryRule.M_OF_N, m=1, n=3), "Done when 1 of the last 3 answers is right."),
        (Mastery(MasteryRule.M_OF_N, m=2, n=3), "Done when 2 of the last 3 answers are right."),
    ],
)
def test_one_right_answer_is_one(pupil: Pupil, shelf: Shelf, mastery: Mastery, said: str) -> None:
    item = put_quiz(shelf, quiz_of(2, mastery))
    pupil.open(f"/quiz/{item.id}")
    assert said in pupil.words()


def test_another_s_try_and_a_try_that_is_not(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    run = tries.latest(who.id, item.id)
    assert run is not None
    other = Pupil(pupil.client.application.test_client())
    other.join("Фаррух")
    other.open(f"/quiz/{item.id}")
    other.send(f"/quiz/{item.id}/start")
    for number in (run.id, 999, "x", "9" * 40):
        other.open(f"/quiz/{item.id}/1")
        other.send(f"/quiz/{item.id}/1", a="a", **{"try": number})
        assert other.status == 404
    assert tries.responses(run.id) == []


def test_who_was_signed_out_meanwhile_is_told(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, PLAIN)
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.library().school.connection.execute("DELETE FROM person_session")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    assert pupil.status == 403
    assert "This answer was not saved" in pupil.words()


def test_a_form_without_its_token_changes_nothing(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    item = put_quiz(shelf, PLAIN)
    who = pupil.join()
    assert pupil.client.post(f"/quiz/{item.id}/start").status_code == 403
    assert tries.latest(who.id, item.id) is None


def test_what_was_replaced_is_answered_to_its_end(pupil: Pupil, shelf: Shelf, tries: Tries) -> None:
    old = put_quiz(shelf, PLAIN)
    who = pupil.join()
    pupil.open(f"/quiz/{old.id}")
    pupil.send(f"/quiz/{old.id}/start")
    pupil.send(f"/quiz/{old.id}/1", a="a")
    new = shelf.put("Санҷиши нав", files={"quiz.json": b"{}"}, former=(old.id,))
    shelf.real.remove(old.id)
    pupil.open(f"/quiz/{old.id}/2")
    assert "q2?" in pupil.words()
    pupil.send(f"/quiz/{old.id}/2", a="a")
    pupil.open(pupil.links()["Next question"])
    pupil.send(f"/quiz/{old.id}/3", a="a")
    run = tries.latest(who.id, old.id)
    assert run is not None
    assert run.passed
    found = pupil.client.application.extensions["chashma-learning"]
    with pupil.client.application.test_request_context():
        found.follow_shelf()
    assert found.record.progress(who.id, [new.id])[new.id].is_completed


def _every_kind() -> tuple[Question, ...]:
    from_json = """[
      {"id": "c", "type": "choices", "text": "Кадом?", "options": [
        {"id": "a", "text": "1", "credit": 0.5}, {"id": "b", "text": "2", "credit": 0.5},
        {"id": "c", "text": "3"}]},
      {"id": "t", "type": "true-false", "text": "Рост?", "accepted": [{"text": "true"}]},
      {"id": "n", "type": "number", "text": "2+2?", "accepted": [{"value": 4.5}]},
      {"id": "x", "type": "text", "text": "Пойтахт?", "accepted": [{"text": "Душанбе"}]},
      {"id": "m", "type": "match", "text": "Ҷуфт", "pairs": [
        {"id": "a", "left": "об", "right": "вода"}, {"id": "b", "left": "нон", "right": "хлеб"},
        {"id": "c", "right": "соль"}]},
      {"id": "o", "type": "order", "text": "Тартиб", "options": [
        {"id": "a", "text": "як"}, {"id": "b", "text": "ду"}, {"id": "c", "text": "се"}]},
      {"id": "g", "type": "gaps", "text": "Об дар [[1]] ва [[2]].", "gaps": [
        [{"text": "дарё"}], [{"text": "кӯл"}]]},
      {"id": "p", "type": "picture", "text": "Себ куҷост?", "options": [
        {"id": "a", "picture": "files/1.webp", "credit": 1},
        {"id": "b", "picture": "files/2.webp"}]}
    ]"""
    return msgspec.json.decode(from_json, type=tuple[Question, ...])


RIGHT: dict[str, dict[str, object]] = {
    "c": {"a": ["a", "b"]},
    "t": {"a": "true"},
    "n": {"a": "4,5"},
    "x": {"a": " душанбе "},
    "m": {"a1": "a", "a2": "b"},
    "o": {"a1": "a", "a2": "b", "a3": "c"},
    "g": {"a1": "дарё", "a2": "кул"},
    "p": {"a": "a"},
}
UNFINISHED: dict[str, dict[str, object]] = {
    "m": {"a1": "a"},
    "o": {"a1": "a", "a2": "a", "a3": "c"},
}


@pytest.mark.parametrize(("language", "said"), [("tg", "4,5"), ("ru", "4,5"), ("en", "4.5")])
def test_a_right_number_is_written_as_the_reader_writes(
    pupil: Pupil, shelf: Shelf, language: str, said: str
) -> None:
    number = next(one for one in _every_kind() if one.type is QuestionType.NUMBER)
    gaps = Question(
        "g", QuestionType.GAPS, "[[1]] [[2]]", gaps=((Accepted("", 4.5),), (Accepted("10.30"),))
    )
    item = put_quiz(shelf, Quiz((number, gaps)))
    pupil.join()
    pupil.begin(item.id)
    pupil.client.set_cookie("language", language)
    pupil.open(f"/quiz/{item.id}/result")
    pupil.send(f"/quiz/{item.id}/finish")
    told = re.findall(r"<b>(.*?)</b></p>", pupil.page)
    assert told[-2:] == [said, f"<br>{said}<br>10.30"]


@pytest.mark.parametrize("question", _every_kind(), ids=lambda question: question.type)
def test_every_kind_of_question(pupil: Pupil, shelf: Shelf, question: Question) -> None:
    item = put_quiz(shelf, Quiz((question,)))
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    assert "<legend>" in pupil.page
    labels = set(re.findall(r'<label[^>]* for="(\w+)"', pupil.page))
    fields = set(re.findall(r'<(?:select|input) [^>]*id="(a\d?)"', pupil.page))
    assert fields <= labels
    if question.id in UNFINISHED:
        pupil.send(f"/quiz/{item.id}/1", **UNFINISHED[question.id])
        assert 'role="alert"' in pupil.page
        assert pupil.page.count(" selected") == len(UNFINISHED[question.id])
    pupil.send(f"/quiz/{item.id}/1", **RIGHT[question.id])
    assert "Right!" in pupil.words(), pupil.words()
    pupil.send(f"/quiz/{item.id}/start", reload=True, csrf=pupil.token())
    pupil.open(f"/quiz/{item.id}/result")
    pupil.send(f"/quiz/{item.id}/finish")
    assert "Right is:" in pupil.words()
    assert "[[" not in pupil.words()


@pytest.mark.parametrize("question", _every_kind(), ids=lambda question: question.type)
def test_nonsense_in_the_fields(pupil: Pupil, shelf: Shelf, question: Question) -> None:
    item = put_quiz(shelf, Quiz((question,)))
    pupil.join()
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    nonsense = "<script>" + "я" * 300
    fields = {f"a{number}": nonsense + str(number) for number in range(4)}
    pupil.send(f"/quiz/{item.id}/1", a=nonsense, **fields)
    assert pupil.status == 200
    assert "<script>я" not in pupil.page
