# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages say of being read aloud, and which sounds the box makes of what the shelf holds."""

import re

import msgspec
import pytest
from flask.testing import FlaskClient

from appliance.content import voice
from appliance.content.item import Item, Kind
from appliance.content.made_files import MadeBusyError
from appliance.content.page import FILE_NAME, Element
from appliance.content.quiz.quiz import Accepted, Option, Question, QuestionType, Quiz
from tests.functional.portal.lessons import course_of, put_course
from tests.functional.portal.shelf import Shelf

SENTENCE = "Вода течёт с гор в долину. "


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Stands in for the tools: (language, text) of all that was made."""
    made: list[tuple[str, str]] = []

    def speak(language: str, text: bytes) -> bytes:
        made.append((language, text.decode()))
        return b"\xff\xfb sound"

    monkeypatch.setattr(voice, "_tools_are_there", lambda: True)
    monkeypatch.setattr(voice, "_spoken", speak)
    return made


def put_page(shelf: Shelf, language: str = "ru") -> Item:
    nodes = (
        Element("h2", ("Откуда вода?",)),
        Element("p", (SENTENCE * 20,)),
        Element("hr"),
        Element("ul", (Element("li", ("Снег",)), Element("li", ("Дождь",)))),
    )
    files = {FILE_NAME: msgspec.json.encode(nodes), "files/a.md": b"x"}
    return shelf.put("Вода", Kind.PAGE, files=files, languages=(language,))


def put_quiz(shelf: Shelf, *questions: Question, language: str = "ru") -> Item:
    quiz = Quiz(questions, shuffle_options=False)
    files = {"quiz.json": msgspec.json.encode(quiz)}
    return shelf.put("Вопросы", Kind.QUIZ, files=files, languages=(language,))


def said(page: str) -> list[str]:
    """The names of the sounds of a page, in order."""
    return [name for names in re.findall(r'data-say="([^"]*)"', page) for name in names.split()]


def test_a_page_is_read_piece_by_piece(
    client: FlaskClient, shelf: Shelf, spoken: list[tuple[str, str]]
) -> None:
    item = put_page(shelf)
    page = client.get(f"/item/{item.id}/read").text
    assert 'data-aloud="ru"' in page
    base = re.search(r'data-voice="([^"]*)"', page)
    assert base
    numbers = said(page)
    assert numbers == [str(number) for number in range(len(numbers))]
    assert len(numbers) == 4
    for number in numbers:
        answer = client.get(f"{base[1]}/{number}.mp3")
        assert answer.status_code == 200
        assert answer.mimetype == "audio/mpeg"
        cached = answer.headers["X-Accel-Redirect"].removeprefix("/_cache/")
        assert (shelf.config.cache / cached).read_bytes().endswith(b"sound")
    assert spoken[0] == ("ru", "Откуда вода?")
    assert "".join(text for _, text in spoken).count("течёт") == 20
    assert spoken[-1] == ("ru", "Снег. Дождь")
    assert client.get(f"{base[1]}/{len(numbers)}.mp3").status_code == 404


def test_the_button_is_not_there_until_there_is_a_voice(client: FlaskClient, shelf: Shelf) -> None:
    page = client.get(f"/item/{put_page(shelf, 'tg').id}/read").text
    button = re.search(r'<button[^>]*id="aloud"[^>]*>', page)
    assert button
    assert " hidden" in button[0]
    assert "data-voice" not in page


def test_nobody_has_the_box_speak_what_is_not_on_the_shelf(
    client: FlaskClient, shelf: Shelf, spoken: list[tuple[str, str]]
) -> None:
    page, film = put_page(shelf), shelf.put("Филм", Kind.VIDEO, files={"files/a.mp4": b"x"})
    quiz = put_quiz(shelf, Question("q1", QuestionType.CHOICE, "Что?", (Option("a", "Да"),)))
    for path in (
        f"/item/{page.id}/voice/tg/0.mp3",
        f"/item/{page.id}/voice/ru/999999999999.mp3",
        f"/item/{film.id}/voice/ru/0.mp3",
        f"/item/{'a' * 16}/voice/ru/0.mp3",
        f"/quiz/{quiz.id}/voice/ru/q2/q-0.mp3",
        f"/quiz/{quiz.id}/voice/ru/q1/ob-0.mp3",
        f"/quiz/{quiz.id}/voice/ru/q1/true-0.mp3",
        f"/quiz/{quiz.id}/voice/xx/q1/q-0.mp3",
        f"/quiz/{quiz.id}/voice/ru/q1/q-1.mp3",
    ):
        assert client.get(path).status_code == 404, path
    assert spoken == []


def test_questions_and_what_can_be_chosen(
    client: FlaskClient, shelf: Shelf, spoken: list[tuple[str, str]]
) -> None:
    options = (Option("a", "Снег", credit=1.0), Option("b", "Песок", sound="files/b.mp3"))
    item = put_quiz(
        shelf,
        Question("q1", QuestionType.CHOICE, "Что тает?", options),
        Question("q2", QuestionType.TRUE_FALSE, "Вода мокрая", accepted=(Accepted("true"),)),
        Question("q3", QuestionType.GAPS, "В [[1]] вода", gaps=((Accepted("реке"),),)),
    )
    client.set_cookie("language", "en")
    start = client.post(f"/quiz/{item.id}/start", headers={"Origin": "http://localhost"})
    sheet = start.headers["Location"].partition("?")[2]
    for number in (1, 2, 3):
        page = client.get(f"/quiz/{item.id}/{number}?{sheet}").text
        for language, names in re.findall(r'data-say="([^"]*)"(?: data-language="([^"]*)")?', page):
            for name in language.split():
                address = f"/quiz/{item.id}/voice/{names or 'ru'}/{name}.mp3"
                assert client.get(address).status_code == 200, address
    assert spoken == [
        ("ru", "Что тает?"),
        ("ru", "Снег"),
        ("ru", "Песок"),
        ("ru", "Вода мокрая"),
        ("en", "Yes, that is true"),
        ("en", "No, that is false"),
        ("ru", "В … вода"),
    ]
    assert (
        f'data-sound="/media/{item.id}/files/b.mp3"'
        in client.get(f"/quiz/{item.id}/1?{sheet}").text
    )


def test_titles_of_lessons(
    client: FlaskClient, shelf: Shelf, spoken: list[tuple[str, str]]
) -> None:
    course = put_course(shelf, course_of(put_page(shelf)), languages=("ru",))
    assert client.get(f"/course/{course.id}/voice/ru/l1.mp3").status_code == 200
    assert client.get(f"/course/{course.id}/voice/ru/l2.mp3").status_code == 404
    assert spoken == [("ru", "Вода")]


def test_when_too_many_ask_at_once(
    client: FlaskClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bytes:
        raise MadeBusyError

    monkeypatch.setattr(voice, "_spoken", busy)
    answer = client.get(f"/item/{put_page(shelf).id}/voice/ru/0.mp3")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"])


def test_easier_to_read_on_every_page(client: FlaskClient, shelf: Shelf) -> None:
    item = put_page(shelf)
    assert "spacing-wide" not in client.get("/").text
    client.post("/settings", data={"easy": "on", "next": "/"})
    for path in ("/", "/browse", "/search?q=x", f"/item/{item.id}", f"/item/{item.id}/read"):
        page = client.get(path).text
        assert re.search(r'<html [^>]*class="text-large [^"]*spacing-wide"', page), path
        assert 'value="off" class="easy" aria-pressed="true"' in page
    client.post("/settings", data={"easy": "off", "next": "/"})
    assert "spacing-wide" not in client.get("/").text
    client.post("/settings", data={"spacing": "wide", "easy": "<b>", "next": "/"})
    assert 'class="text-normal theme-light spacing-wide"' in client.get("/").text
