# SPDX-License-Identifier: GPL-3.0-or-later
"""A course for those who cannot read yet: pictures and sounds, and the words for who listens."""

import re

import msgspec
import pytest

from appliance.content import voice
from appliance.content.course.course import Order
from appliance.content.item import Audience, Item, Kind
from appliance.content.page import FILE_NAME, Element
from appliance.content.quiz.quiz import Option, Question, QuestionType, Quiz
from appliance.learning.progress import Progress, write_progress
from appliance.learning.state import LearningState
from tests.functional.portal.lessons import Pupil, course_of, put_course
from tests.functional.portal.shelf import Shelf

LITTLE = (Audience.PRE_PRIMARY,)
ANIMALS = Question(
    "q1",
    QuestionType.CHOICE,
    "Кадомаш гурба?",
    (
        Option("a", "Гурба", "files/cat.png", "files/гурба 1.mp3", credit=1.0),
        Option("b", "Саг", "files/dog.png"),
    ),
    sound="files/q.mp3",
)


@pytest.fixture
def quiz(shelf: Shelf) -> Item:
    made = Quiz((ANIMALS,), shuffle_options=False)
    files = {"quiz.json": msgspec.json.encode(made)}
    return shelf.put("Ҳайвонот", Kind.QUIZ, files=files, languages=("tg",))


@pytest.fixture
def page(shelf: Shelf) -> Item:
    nodes = (Element("audio", file="Об.mp3"), Element("p", ("Об меравад.",)))
    files = {FILE_NAME: msgspec.json.encode(nodes), "files/Об.md": b"x", "files/Об.mp3": b"x"}
    return shelf.put("Об", Kind.PAGE, files=files, languages=("tg",), cover=True)


def body_class(page: str) -> str:
    found = re.search(r'<body class="([^"]*)"', page)
    assert found
    return found[1]


def test_the_lessons_are_pictures_that_are_named_for_who_listens(
    pupil: Pupil, shelf: Shelf, page: Item, quiz: Item
) -> None:
    course = put_course(shelf, course_of(page, quiz, order=Order.UNLOCK), audiences=LITTLE)
    pupil.open(f"/course/{course.id}")
    assert body_class(pupil.page) == "little"
    assert f'src="/media/{page.id}/cover.webp"' in pupil.page
    assert pupil.links() == {**pupil.links(), "Go on here Об": f"/course/{course.id}/l1"}
    pupil.join()
    pupil.open(f"/course/{course.id}")
    assert f'href="/course/{course.id}/l2"' not in pupil.page
    pupil.open(f"/course/{course.id}/l1")
    assert body_class(pupil.page) == "reading little"
    assert re.search(r'<figure class="narration">.*?<audio controls[^>]*Listen', pupil.page, re.S)
    pupil.send(f"/course/{course.id}/l1/done")
    pupil.open(f"/course/{course.id}")
    assert "Done Об" in pupil.words()
    assert f'href="/course/{course.id}/l2"' in pupil.page


_AT_HOME = Progress(LearningState.COMPLETED, 1.0, best=1.0, passed=True, tries=1)
_AT_SCHOOL = msgspec.structs.replace(_AT_HOME, school_best=1.0, school_completed=True)
_TO_BE_DONE_AGAIN = "Done at home. For the certificate, do it at school too. Ҳайвонот"


@pytest.mark.parametrize(
    ("certificate", "progress", "words", "pictures"),
    [
        (False, _AT_HOME, "Done Done at home Ҳайвонот", {"state-completed", "home"}),
        (False, _AT_SCHOOL, "Done Ҳайвонот", {"state-completed"}),
        (True, _AT_HOME, _TO_BE_DONE_AGAIN, {"again", "home"}),
        (True, _AT_SCHOOL, "Done Ҳайвонот", {"state-completed"}),
    ],
)
def test_a_house_says_what_was_done_at_home(
    pupil: Pupil,
    shelf: Shelf,
    page: Item,
    quiz: Item,
    certificate: bool,
    progress: Progress,
    words: str,
    pictures: set[str],
) -> None:
    course = put_course(
        shelf, course_of(page, quiz, certificate=certificate), audiences=LITTLE, languages=("tg",)
    )
    who = pupil.join()
    with pupil.library().school.transaction() as connection:
        write_progress(connection, who.id, quiz.id, progress)
    pupil.open(f"/course/{course.id}")
    lesson = pupil.page.partition(f'href="/course/{course.id}/l2"')[2].partition("</a>")[0]
    marks = lesson.partition('<span class="big-mark')[2]
    assert set(re.findall(r'icons\.svg[^"#]*#([a-z-]+)"', marks)) == pictures
    assert words in pupil.words()
    pupil.client.delete_cookie("person")
    assert "at home" not in pupil.open(f"/course/{course.id}")


def test_choices_are_pictures_that_are_heard(
    pupil: Pupil, shelf: Shelf, page: Item, quiz: Item
) -> None:
    course = put_course(shelf, course_of(page, quiz), audiences=LITTLE)
    pupil.open(f"/course/{course.id}/l2")
    assert body_class(pupil.page) == "little"
    pupil.send(re.findall(r'action="(/quiz/[^"]*start[^"]*)"', pupil.page)[0])
    assert "options-pictures" in pupil.page
    assert pupil.page.count('class="unseen" lang="tg" data-say="q1/o') == 2
    assert (
        f'data-sound="/media/{quiz.id}/files/%D0%B3%D1%83%D1%80%D0%B1%D0%B0%201.mp3"' in pupil.page
    )
    assert f'data-sound="/media/{quiz.id}/files/q.mp3"' in pupil.page
    assert pupil.page.count("<audio controls") == 2
    pupil.open(f"/quiz/{quiz.id}")
    assert body_class(pupil.page) == ""


def test_titles_are_said_in_the_language_that_they_are_in(
    pupil: Pupil, shelf: Shelf, page: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice, "_tools_are_there", lambda: True)
    made = course_of(page)
    unit = made.units[0]
    lesson = msgspec.structs.replace(unit.lessons[0], titles={"tg": "Об", "ru": "Вода"})
    made = msgspec.structs.replace(made, units=(msgspec.structs.replace(unit, lessons=(lesson,)),))
    course = put_course(shelf, made, audiences=LITTLE, languages=("tg",))
    for language, spoken in (("ru", "ru"), ("en", ""), ("tg", "")):
        pupil.client.set_cookie("language", language)
        pupil.open(f"/course/{course.id}")
        address = f'data-voice="/course/{course.id}/voice/{spoken}"'
        assert (address in pupil.page) is bool(spoken)
        assert f'data-language="{spoken or "tg"}"' in pupil.page
