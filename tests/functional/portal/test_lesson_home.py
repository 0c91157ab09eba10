# SPDX-License-Identifier: GPL-3.0-or-later
"""A lesson that is taken home as a file, and its result that comes back as a code."""

import base64
import hashlib
import json
import re

import msgspec
import pytest
from flask.testing import FlaskClient

from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.item import Item, Kind
from appliance.content.page import Element, Page
from appliance.content.quiz.quiz import Mastery, Option, Question, QuestionType, Quiz
from appliance.learning.home_code import HomeCode
from appliance.learning.home_copies import HomeCopy
from appliance.learning.report import Reports
from appliance.learning.state import LearningState
from tests.functional.portal.lessons import Pupil, put_course, put_quiz
from tests.functional.portal.shelf import Shelf
from tests.unit.appliance.learning.records.school import quiz_of
from webapp.portal import home_lesson
from webapp.portal.learning import Learning
from webapp.portal.person import COOKIE

PICTURE = bytes(range(256)) * 3000
PAGE: Page = (
    Element("h2", ("Об <ва> хок",)),
    Element("p", ("Дарё ", Element("strong", ("калон",)))),
    Element("img", file="river.png", text='Дарё "аз" боло'),
    Element("audio", file="song.mp3", text="Суруд"),
    Element("img", file="lost.png", text="Гумшуда"),
)


@pytest.fixture
def learned(client: FlaskClient) -> Learning:
    found = client.application.extensions["chashma-learning"]
    assert isinstance(found, Learning)
    return found


def put_page(shelf: Shelf, title: str = "Об", **files: bytes) -> Item:
    """A page on the shelf."""
    content = {"page.json": msgspec.json.encode(PAGE), "files/page.md": b"# Ob"}
    there = {f"files/{name.replace('_', '.')}": data for name, data in files.items()}
    return shelf.put(title, Kind.PAGE, files=content | there, languages=("tg",))


def take(pupil: Pupil, item: Item, within: str = "") -> tuple[str, dict[str, str]]:
    """The file of a lesson, and the headers with which it came."""
    address = f"/home/{item.id}" + (f"?in={within}" if within else "")
    pupil.open(address)
    data = {"csrf": pupil.token()}
    answer = pupil.client.post(address, data=data, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text, dict(answer.headers)


def facts_part(file: str) -> str:
    """What the script of a file knows, in base64."""
    found = re.search(r'id="facts">([^<]*)</script>', file)
    assert found
    return found[1]


def facts_of(file: str) -> dict[str, object]:
    """What the script of a file knows."""
    facts: dict[str, object] = json.loads(base64.b64decode(facts_part(file)))
    return facts


def copy_of(file: str, item: Item) -> HomeCopy:
    """The copy that a file is."""
    facts = facts_of(file)
    return HomeCopy(facts["copy"], facts["school"], bytes(facts["key"]), item.id)  # type: ignore[arg-type] # JSON


def code_of(made: HomeCopy, share: int = 100, marks: int = 0b111, **changes: int) -> str:
    """The code that a file of this copy gives."""
    values = {"school": made.school, "copy": made.id, "run": 7, "passed": share >= 50}
    told = HomeCode(**{**values, "share": share, "marks": marks, **changes})  # type: ignore[arg-type] # its fields
    return told.sealed(made.key).written


def enter(pupil: Pupil, code: str) -> str:
    """Type a code on the page for it; what the box says."""
    pupil.open("/my/code")
    pupil.send("/my/code", code=code)
    return pupil.words()


def in_course(shelf: Shelf, *items: Item, **changes: object) -> Item:
    """A course of one unit."""
    lessons = tuple(
        CourseLesson(f"l{at}", each.shown.title, each.id) for at, each in enumerate(items)
    )
    course = Course("water", (Unit(lessons),), **changes)  # type: ignore[arg-type] # its fields
    return put_course(shelf, course)


def test_a_page_and_its_quiz_are_one_file_that_leads_nowhere(pupil: Pupil, shelf: Shelf) -> None:
    page = put_page(shelf, river_png=PICTURE, song_mp3=b"ID3" * 9)
    question = Question(
        "q1",
        QuestionType.PICTURE,
        "</script><script>alert(1)</script>",
        (Option("a", picture="files/cat.png", credit=1.0), Option("b", "саг")),
    )
    quiz = shelf.put(
        "Санҷиш <об>",
        Kind.QUIZ,
        files={"quiz.json": msgspec.json.encode(Quiz((question,))), "files/cat.png": PICTURE},
    )
    course = in_course(shelf, page, quiz)
    file, headers = take(pupil, page, f"{course.id}.l0")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "filename*=UTF-8''%D0%9E%D0%B1.html" in headers["Content-Disposition"]
    picture = base64.b64encode(PICTURE).decode()
    assert f'<img alt="Дарё &#34;аз&#34; боло" src="data:image/png;base64,{picture}">' in file
    assert f'id="m0">data:image/png;base64,{picture}</script>' in file
    assert "<h2>Об &lt;ва&gt; хок</h2>" in file
    assert "Гумшуда" in file
    assert "alert(1)" not in file
    assert set(re.findall(r'\b(?:src|href|action|data)="([^,"]*)', file)) == {
        "data:image/png;base64",
        "data:audio/mpeg;base64",
    }
    assert not re.findall(r"\b(?:https?|ftp):|//[a-z]+\.", re.sub(r"//.*|/\*.*?\*/", "", file))
    assert take(pupil, quiz, f"{course.id}.l1")[0].count(picture) == 2
    assert take(pupil, quiz)[0].count(picture) == 1


def test_the_file_allows_no_script_but_ours(pupil: Pupil, shelf: Shelf) -> None:
    file, _ = take(pupil, put_quiz(shelf, quiz_of()))
    found = re.search(r'Security-Policy" content="([^"]*)"', file)
    assert found
    policy = found[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", file, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_page_alone_has_no_script(pupil: Pupil, shelf: Shelf) -> None:
    file, _ = take(pupil, put_page(shelf))
    assert "калон" in file
    assert "<script" not in file
    assert "<noscript" not in file


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_it_speaks_the_readers_language(pupil: Pupil, shelf: Shelf, language: str) -> None:
    item = put_quiz(shelf, quiz_of())
    pupil.client.set_cookie("language", language)
    words = facts_of(take(pupil, item)[0])["words"]
    said = {"tg": "Оғоз", "ru": "Начать", "en": "Start"}
    assert isinstance(words, dict)
    assert words["start"] == said[language]
    assert words["decimal"] == ("." if language == "en" else ",")


def test_the_same_address_is_the_same_copy_without_a_cookie(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, quiz_of())
    pupil.client.set_cookie("language", "ru")
    pupil.open(f"/home/{item.id}")
    address = pupil.client.post(f"/home/{item.id}", data={"csrf": ""}).headers["Location"]
    once = pupil.client.get(address).text
    pupil.client.delete_cookie("language")
    assert pupil.client.get(address).text == once
    assert take(pupil, item)[0] != once
    wrong = address.replace("copy=1.", "copy=1.0")
    assert pupil.client.get(wrong).headers["Location"] == f"/home/{item.id}"


@pytest.mark.parametrize("changes", [{"attempts": 2}, {"seconds": 60}])
def test_a_test_stays_at_school(pupil: Pupil, shelf: Shelf, changes: dict[str, int]) -> None:
    page, quiz = put_page(shelf), put_quiz(shelf, quiz_of(3, **changes))
    pupil.open(f"/home/{quiz.id}")
    assert "This quiz is a test" in pupil.words()
    assert f'action="/home/{quiz.id}"' not in pupil.page
    assert pupil.client.get(f"/home/{quiz.id}/lesson.html").status_code == 404
    pupil.open(f"/quiz/{quiz.id}")
    assert "Take home" not in pupil.words()
    course = in_course(shelf, page, quiz)
    file, _ = take(pupil, page, f"{course.id}.l0")
    assert "калон" in file
    assert "facts" not in file


@pytest.mark.parametrize(
    "changes", [{"certificate": True}, {"post_test": "l0"}, {"pre_test": "l0"}]
)
def test_what_a_certificate_rests_on_stays_at_school(
    pupil: Pupil, shelf: Shelf, changes: dict[str, object]
) -> None:
    quiz = put_quiz(shelf, quiz_of())
    take(pupil, quiz)
    in_course(shelf, quiz, **changes)
    pupil.open(f"/home/{quiz.id}")
    assert "This quiz is a test" in pupil.words()
    assert pupil.client.get(f"/home/{quiz.id}/lesson.html").status_code == 404


def test_what_is_too_large_is_refused_kindly(
    pupil: Pupil, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_lesson, "LARGEST", 500_000)
    page = put_page(shelf, river_png=PICTURE)
    pupil.open(f"/home/{page.id}")
    assert "too many pictures" in pupil.words()
    assert f'action="/home/{page.id}"' not in pupil.page
    assert pupil.client.get(f"/home/{page.id}/lesson.html").status_code == 404


def test_nothing_else_is_taken_home_so(pupil: Pupil, shelf: Shelf) -> None:
    for item in (shelf.put("Book"), put_quiz(shelf, quiz_of())):
        pupil.client.post(f"/home/{item.id}")
    assert pupil.client.get(f"/home/{shelf.put('Film', Kind.VIDEO).id}").status_code == 404
    assert pupil.client.get(f"/home/{'a' * 16}").status_code == 404
    hidden = shelf.put("Hidden", Kind.PAGE, files={"page.json": b"[]"}, hidden=True)
    assert pupil.client.get(f"/home/{hidden.id}/lesson.html").status_code == 404


def test_a_result_from_home_counts_as_one_try(
    pupil: Pupil, shelf: Shelf, learned: Learning
) -> None:
    item, who = put_quiz(shelf, quiz_of()), pupil.join()
    copy = copy_of(take(pupil, item)[0], item)
    assert "enter the code" in pupil.open("/my")
    said = enter(pupil, code_of(copy, 67, 0b101).lower())
    assert "Well done, passed!" in said
    assert "2 of 3 points" in said
    assert "made at home" in said
    run = learned.tries.latest(who.id, item.id)
    assert run is not None
    assert (run.score, run.points, run.passed, run.wrong) == (2.0, 3.0, True, 1)
    told = learned.tries.responses(run.id)
    assert [(each.question_id, each.is_right, each.answer) for each in told] == [
        ("q1", True, ()),
        ("q2", False, ()),
        ("q3", True, ()),
    ]
    progress = learned.record.progress(who.id, [item.id])[item.id]
    assert (progress.state, progress.tries) == (LearningState.COMPLETED, 1)
    assert progress.best == pytest.approx(2 / 3)
    (line,) = Reports(pupil.library().school).tries(who.id, item.id)
    assert line.at_home
    pupil.open(f"/quiz/{item.id}/result")
    assert "Made at home" in pupil.words()
    assert "You gave no answer" not in pupil.words()
    assert "2 of 3 points" in pupil.words()


def test_a_code_counts_once(pupil: Pupil, shelf: Shelf, learned: Learning) -> None:
    item, first = put_quiz(shelf, quiz_of()), pupil.join("Нигора")
    copy = copy_of(take(pupil, item)[0], item)
    enter(pupil, code_of(copy))
    assert "was counted for you before" in enter(pupil, code_of(copy))
    pupil.client.delete_cookie(COOKIE)
    second = pupil.join("Фаррух")
    assert "was counted for somebody else" in enter(pupil, code_of(copy))
    # The copy that was passed on gives a code of its own.
    assert "made at home" in enter(pupil, code_of(copy, run=8))
    tries = [len(learned.tries.all(who.id, item.id)) for who in (first, second)]
    assert tries == [1, 1]
    school = pupil.library().school
    with school.transaction() as connection:
        connection.execute("DELETE FROM person WHERE id = ?", (first.id,))
    assert "was counted for somebody else" in enter(pupil, code_of(copy))


def test_a_file_is_its_takers_and_passes_on(pupil: Pupil, shelf: Shelf, learned: Learning) -> None:
    item, first = put_quiz(shelf, quiz_of()), pupil.join("Нигора")
    pupil.open(f"/home/{item.id}")
    assert "somebody made a result with the file of Нигора" in pupil.words()
    file, _ = take(pupil, item)
    assert "Нигора" not in file
    assert "Нигора" not in base64.b64decode(facts_part(file)).decode()
    assert first.id not in file
    copy = copy_of(file, item)
    assert "Somebody else" not in enter(pupil, code_of(copy))
    pupil.client.delete_cookie(COOKIE)
    second = pupil.join("Фаррух")
    assert "Somebody else took this file home" in enter(pupil, code_of(copy, run=8))
    reports = Reports(pupil.library().school)
    (own,), (passed_on,) = (reports.tries(who.id, item.id) for who in (first, second))
    assert (own.file_of, passed_on.file_of) == (None, first)


def test_a_guests_file_is_nobodys(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, quiz_of())
    pupil.open(f"/home/{item.id}")
    assert "with the file of" not in pupil.words()
    copy, who = copy_of(take(pupil, item)[0], item), pupil.join()
    assert "Somebody else" not in enter(pupil, code_of(copy))
    (line,) = Reports(pupil.library().school).tries(who.id, item.id)
    assert (line.at_home, line.file_of) == (True, None)


def test_what_is_no_code_of_ours_is_told(pupil: Pupil, shelf: Shelf, learned: Learning) -> None:
    item, who = put_quiz(shelf, quiz_of()), pupil.join()
    copy = copy_of(take(pupil, item)[0], item)
    code = code_of(copy)
    assert "is not right" in enter(pupil, code[:3] + ("2" if code[3] != "2" else "3") + code[4:])
    assert pupil.status == 422
    assert code[4:] in pupil.page
    assert "is not right" in enter(pupil, "яблоко")
    other = msgspec.structs.replace(copy, school=(copy.school + 1) % 64)
    assert "another school" in enter(pupil, code_of(other))
    forged = msgspec.structs.replace(copy, key=bytes(16))
    assert "No file of this school" in enter(pupil, code_of(forged))
    assert "No file of this school" in enter(pupil, code_of(copy, copy=999))
    assert learned.tries.all(who.id, item.id) == []
    for run in range(10):
        said = enter(pupil, code_of(forged, run=run))
    assert "too often" in said
    assert pupil.status == 429
    assert "too often" in enter(pupil, code)


def test_a_guest_is_asked_to_join_first(pupil: Pupil, shelf: Shelf) -> None:
    item = put_quiz(shelf, quiz_of())
    copy = copy_of(take(pupil, item)[0], item)
    pupil.open("/my/code")
    assert "Sign in first" in pupil.words()
    answer = pupil.client.post("/my/code", data={"code": code_of(copy)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my/code")
    pupil.join()
    assert "made at home" in enter(pupil, code_of(copy))


def test_a_quiz_that_has_changed_counts_as_it_was(
    pupil: Pupil, shelf: Shelf, learned: Learning
) -> None:
    old, who = put_quiz(shelf, quiz_of(2), "Old"), pupil.join()
    copy = copy_of(take(pupil, old)[0], old)
    new = put_quiz(shelf, quiz_of(5), "New")
    shelf.real.remove(old.id)
    said = enter(pupil, code_of(copy, 50, 0b01))
    assert "1 of 2 points" in said
    assert "The quiz has changed" in said
    assert learned.tries.all(who.id, new.id) == []


def test_a_try_that_runs_goes_on(pupil: Pupil, shelf: Shelf, learned: Learning) -> None:
    item, who = put_quiz(shelf, quiz_of(3, shuffle_options=False)), pupil.join()
    copy = copy_of(take(pupil, item)[0], item)
    pupil.open(f"/quiz/{item.id}")
    pupil.send(f"/quiz/{item.id}/start")
    pupil.send(f"/quiz/{item.id}/1", a="a")
    assert "made at home" in enter(pupil, code_of(copy))
    runs = learned.tries.all(who.id, item.id)
    assert [(run.number, bool(run.finished)) for run in runs] == [(1, True), (2, False)]
    pupil.open(f"/quiz/{item.id}")
    pupil.open(pupil.links()["Go on"])
    assert pupil.address == f"/quiz/{item.id}/2"


def test_a_code_is_spent_only_with_its_result(
    pupil: Pupil, shelf: Shelf, learned: Learning
) -> None:
    item, who = put_quiz(shelf, quiz_of()), pupil.join()
    copy = copy_of(take(pupil, item)[0], item)
    school = pupil.library().school
    for table in ("home_code", "response", "outbox"):
        school.connection.execute(
            f"CREATE TRIGGER fail BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'x'); END"
        )
        with pytest.raises(Exception, match="x"):
            enter(pupil, code_of(copy))
        assert learned.tries.all(who.id, item.id) == []
        school.connection.execute("DROP TRIGGER fail")
    assert "made at home" in enter(pupil, code_of(copy))


@pytest.mark.parametrize(("count", "marks"), [(15, 0b111), (16, 0)])
def test_a_long_quiz_tells_only_its_share(
    pupil: Pupil, shelf: Shelf, learned: Learning, count: int, marks: int
) -> None:
    item, who = put_quiz(shelf, quiz_of(count, Mastery(pass_mark=0.1))), pupil.join()
    copy = copy_of(take(pupil, item)[0], item)
    enter(pupil, code_of(copy, round(300 / count), marks, passed=1))
    run = learned.tries.latest(who.id, item.id)
    assert run is not None
    assert (run.score, run.points, run.passed) == (3.0, count, True)
    assert len(learned.tries.responses(run.id)) == (count if count == 15 else 0)
    pupil.open(f"/quiz/{item.id}/result")
    assert f"3 of {count} points" in pupil.words()
