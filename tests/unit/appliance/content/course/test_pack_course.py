# SPDX-License-Identifier: GPL-3.0-or-later
"""Courses in packs."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.course.choice import with_lessons
from appliance.content.course.course import Course, CourseLesson, Unit
from appliance.content.course.read import read_course
from appliance.content.discover import discover
from appliance.content.exchange import Coming
from appliance.content.install import Wanted, install
from appliance.content.item import Kind
from appliance.content.pack.create import PackOrder, RefusedError, create_pack
from appliance.content.pack.export import export_items
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.pack.verify import verify_pack
from appliance.content.policy import StickPolicy
from appliance.content.progress import Progress
from appliance.content.result import IngestResult, Status
from appliance.content.shelf import Shelf
from appliance.errors import RefusalError
from appliance.jobs.job import Change, Left
from appliance.jobs.undo import undo
from tests.unit.appliance.content.course.making import Making


def packed(making: Making, target: Path, version: int = 1) -> Path:
    info = PackInfo("water", version, {"tg": "Об"}, "", "2026-03-01T08:00:00Z")
    create_pack(PackOrder(making.stick, target, info), Progress(), Progress())
    return target


def installed(
    making: Making, pack: Path, changes: list[Change] | None = None
) -> dict[str, IngestResult]:
    def before(coming: Sequence[Coming]) -> None:
        if changes is not None:
            for item, older in coming:
                left = tuple(Left(old.id, old.shown.title) for old in older)
                changes.append(Change(item.id if item else "", left=left))

    verified = verify_pack(read_pack(pack), StickPolicy(), None)
    results = install(verified, Wanted(), making.shelf, Progress(), before)
    return {result.file: result for result in results}


def test_a_course_of_a_pack_names_the_items_that_the_pack_brings(
    making: Making, tmp_path: Path
) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/02 Дарё/01 Дарё.md", "# Дарё\n\nДарё равон аст.")
    making.page("Об/02 Дарё/02 Боз.link", "01 Об.md")
    pack = packed(making, tmp_path / "a.chashma.zip")
    results = installed(making, pack)
    assert {r.kind for r in results.values()} == {Kind.PAGE, Kind.COURSE}
    assert {r.status for r in results.values()} == {Status.INSTALLED}
    course = making.course()
    assert course.id == "water-ob"
    first, second, again = course.lessons
    assert [first.title, second.title] == ["Об", "Дарё"]
    assert first.item == again.item == results["01 Об.md"].id
    assert second.item == results["01 Дарё.md"].id
    assert list(check(making.shelf)) == []
    assert {r.status for r in installed(making, pack).values()} == {Status.ALREADY}


def test_a_newer_pack_brings_a_newer_course_and_it_can_be_taken_back(
    making: Making, tmp_path: Path
) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/02 Дарё/01 Дарё.md", "# Дарё\n\nДарё равон аст.")
    installed(making, packed(making, tmp_path / "a.chashma"))
    (old,) = making.items()
    making.page("Об/02 Дарё/02 Барф.md", "# Барф\n\nБарф сафед аст.")
    changes: list[Change] = []
    installed(making, packed(making, tmp_path / "b.chashma", 2), changes)
    (new,) = making.items()
    assert new.former == (old.id,)
    assert new.details.name == old.details.name
    assert [one.id for one in making.course().lessons] == ["ob", "daryo", "barf"]
    list(undo(making.shelf, changes))
    assert [item.id for item in making.items()] == [old.id]


def test_a_pack_is_not_made_of_a_course_that_leads_nowhere(making: Making, tmp_path: Path) -> None:
    making.page("Об/01 Об.md")
    making.page("Об/02 Боз.link", "ҳеҷ чиз")
    making.page("Об/course.md", "---\nном: Об\n---\n")
    with pytest.raises(RefusedError) as caught:
        packed(making, tmp_path / "a.chashma")
    (result,) = caught.value.results
    assert result.code == "course-lesson-missing"
    assert not list(tmp_path.glob("*.chashma"))


def _lesson(**values: object) -> CourseLesson:
    return CourseLesson(**{"id": "a", "title": "А", "item": "a" * 16, **values})  # type: ignore[arg-type] # a test's shorthand


HOSTILE = {
    "id with a path": Course("../a", (Unit((_lesson(),)),)),
    "no lessons": Course("a", ()),
    "no item, no reason": Course("a", (Unit((_lesson(item=""),)),)),
    "item and reason": Course("a", (Unit((_lesson(missing="empty"),)),)),
    "item with a path": Course("a", (Unit((_lesson(item="../../../etc/pas"),)),)),
    "two of one id": Course("a", (Unit((_lesson(), _lesson())),)),
    "too many": Course("a", (Unit(tuple(_lesson(id=f"a{n}") for n in range(20_001))),)),
    "long title": Course("a", (Unit((_lesson(title="а" * 301),)),)),
    "odd language": Course("a", (Unit((_lesson(titles={"../": "a"}),)),)),
    "test that is not there": Course("a", (Unit((_lesson(),)),), pre_test="b"),
    "more than all": Course("a", (Unit((_lesson(),)),), pass_mark=2),
    "less than no time": Course("a", (Unit((_lesson(),)),), hours=-1),
}


@pytest.mark.parametrize("course", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_list_of_lessons_is_refused(course: Course) -> None:
    with pytest.raises(RefusalError) as caught:
        read_course(msgspec.json.encode(course))
    assert caught.value.code == "course-wrong"
    assert caught.value.details["path"]


NO_COURSES = {
    "empty": b"",
    "list": b"[]",
    "cut": b"{",
    "deep": b'{"id":"a","units":[' + b"[" * 100_000,
    "large": b" " * 16_000_001,
    "number": b'{"id":"a","units":1e999}',
    "surrogate": b'{"id":"\\ud800","units":[]}',
}


@pytest.mark.parametrize("content", NO_COURSES.values(), ids=NO_COURSES.keys())
def test_what_is_no_list_of_lessons_is_refused(content: bytes) -> None:
    with pytest.raises(RefusalError):
        read_course(content)


def test_a_course_leaves_for_another_school_with_its_lessons(
    making: Making, tmp_path: Path
) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/02 Дарё/01 Дарё.md", "# Дарё\n\nДарё равон аст.")
    results = making.bring()
    target = tmp_path / "b.chashma.zip"
    export_items(making.shelf, [results["Об"].id], target, "Об", Progress())
    other = Making(tmp_path, Shelf(Config(state=tmp_path / "other")))
    installed(other, target)
    assert {item.id for item in other.shelf.store.items()} == {r.id for r in results.values()}
    assert other.course() == making.course()


def test_whoever_chooses_a_course_chooses_its_lessons(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/02 Дарё/01 Дарё.md", "# Дарё\n\nДарё равон аст.")
    making.page("дигар.md", "# Дигар\n\nМатн.")
    chosen = with_lessons(list(discover([making.stick])), ("Об",))
    assert [one.source for one in chosen] == [
        "Об/01 Чашма/01 Об.md",
        "Об/02 Дарё/01 Дарё.md",
        "Об",
    ]
