# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``course.xlsx``, ``course.md`` and links say of a course."""

from pathlib import Path

import openpyxl
import pytest

from appliance.content.course.choice import with_stored_lessons
from appliance.content.course.course import Order
from appliance.content.course.read import read_course
from appliance.content.item import Audience, Details
from appliance.content.result import Status
from tests.unit.appliance.content.course.making import Making
from tests.unit.appliance.content.making import make_item, make_picture

HEADINGS = ("Файл ё ҷузвдон", "Ном (тоҷикӣ)", "Ном (русӣ)", "title_en", "Синф", "Фан", "Барои кӣ",
            "Соат", "Баҳои гузариш", "Тартиб", "Сертификат", "Ҳатмӣ", "Санҷиш", "Пайванд",
            "Мақола", "ID")  # fmt: skip


def write_sheet(path: Path, *rows: tuple[object, ...]) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def test_a_sheet_says_all_of_a_course(making: Making) -> None:
    making.page("Об/01 Чашма/01 Об.md")
    making.page("Об/01 Чашма/02 Барф.md", "# Барф\n\nБарф сафед аст.")
    making.page("Об/02 Дарё/01 Дарё.md", "# Дарё\n\nДарё равон аст.")
    write_sheet(
        making.stick / "Об/course.xlsx",
        (".", "Роҳи об", "Путь воды", "The way of water", "5-6", "Биология", "pupil; омӯзгор",
         "3,5", "70%", "Қадам ба қадам", "ҳа", "", "", "", "", "water"),
        ("01 Чашма", "Чашмаҳо", "Источники"),
        ("01 Чашма/01 Об.md", "Обро шинос", "Знакомство с водой", "", "", "", "", "", "", "", "",
         "", "пеш"),
        ("02 дарё\\01 Дарё.md", *[""] * 10, "не", "баъд", "", "", "end"),
    )  # fmt: skip
    results = making.bring()
    assert results["Об"].status is Status.INSTALLED
    course = making.course()
    assert (course.id, course.hours, course.pass_mark) == ("water", 3.5, 0.7)
    assert (course.order, course.certificate) == (Order.UNLOCK, True)
    assert (course.pre_test, course.post_test) == ("ob", "end")
    assert [one.title_in("ru") for one in course.units] == ["Источники", "Дарё"]
    first, second, third = course.lessons
    assert (first.title, first.title_in("ru")) == ("Обро шинос", "Знакомство с водой")
    assert second.title == "Барф"
    assert [one.required for one in course.lessons] == [False, True, False]
    assert third.id == "end"
    (item,) = making.items()
    assert item.titles == {"tg": "Роҳи об", "ru": "Путь воды", "en": "The way of water"}
    assert item.metadata.grades == (5, 6)
    assert item.metadata.subject == "biology"
    assert item.metadata.audiences == (Audience.PUPIL, Audience.TEACHER)


def test_what_is_wrong_in_a_sheet_is_told_with_its_row_and_the_rest_counts(making: Making) -> None:
    making.page("Об/01 Об.md")
    write_sheet(
        making.stick / "Об/course.xlsx",
        (".", "Об", "", "", "77", "", "", "сад", "300", "чаппа", "шояд"),
        ("01 Об.md", "Об"),
        ("01 об.md", "Боз"),
    )
    problems = [r for r in making.bring().values() if r.file == "course.xlsx"]
    assert making.course().lessons
    (last,) = problems  # of one file the dictionary keeps the last
    assert last.details == {"row": 4, "path": "01 об.md"}
    assert "4" in last.reason("tg")


def test_every_problem_is_a_result(making: Making) -> None:
    making.page("Об/01 Об.md")
    text = "---\nном: Об\nсоат: сад\nбеҳуда\nчизе: ягон\n---\n# Дигар\n\nДар бораи об.\n"
    making.page("Об/course.md", text)
    results = [r for r in making.all_results() if r.file == "course.md"]
    assert [(r.code, r.details["row"]) for r in results] == [
        ("sheet-row-value", 3),
        ("course-row-odd", 5),
        ("course-row-odd", 4),
    ]
    (item,) = making.items()
    assert (item.metadata.title, item.metadata.description) == ("Об", "Дар бораи об.")


@pytest.mark.parametrize(
    "link",
    ["chashma_tg.zim\n", "chashma_tg\n", "link: chashma_tg\nentry: A/Об\ntitle_ru: Вода\n"],
    ids=["file", "name", "lines"],
)
def test_a_link_leads_into_an_archive(making: Making, link: str) -> None:
    archive = make_item("b" * 16, kind="zim", source="x/a.zim", details=Details(name="chashma_tg"))
    making.shelf.catalog.add(archive)
    making.page("Об/01 Об.md")
    making.page("Об/02 Мақола.link", link)
    make_picture(making.stick / "Об/course.png")
    making.page("Об/course.md", "---\ntitle: Об\n---\n")
    making.bring()
    _, lesson = making.course().lessons
    assert (lesson.id, lesson.item) == ("maqola", "b" * 16)
    if "entry" in link:
        assert (lesson.at, lesson.title_in("ru")) == ("A/Об", "Вода")


def test_a_row_can_be_a_lesson_that_leads_to_the_shelf(making: Making) -> None:
    making.page("Об/01 Об.md")
    making.page("дигар.md", "# Дигар\n\nМатн.")
    write_sheet(
        making.stick / "Об/course.xlsx",
        (".", "Об"),
        ("02 Боз/01 Дигар", "Дигар дарс", *[""] * 11, "дигар.md"),
        ("02 Боз/02 Гум", "Гум", *[""] * 11, "ҳеҷ чиз.pdf"),
    )
    results = making.bring()
    first, other, lost = making.course().lessons
    assert other.item == results["дигар.md"].id
    assert (lost.missing, lost.name) == ("link-target-missing", "02 Гум")
    assert "Об/02 Дигар" not in results  # it came in the same run, after the course


def test_what_a_link_leads_to_may_come_later(making: Making) -> None:
    making.page("Об/01 Об.md")
    making.page("Об/01 Чашма/02 Дарё.link", "link: дарё.md\nentry: 3\n")
    making.page("Об/course.md", "---\ntitle: Об\n---\n")
    results = making.bring()
    told = results["Об/01 Чашма/02 Дарё.link"]
    assert (told.status, told.code) == (Status.REJECTED, "link-target-missing")
    assert "дарё.md" in told.reason("tg")
    assert results["Об"].notices == ()
    (course,) = making.items()
    *_, waiting = making.course().lessons
    assert (waiting.item, waiting.link, waiting.at) == ("", "дарё.md", "3")

    later = Making(making.stick.with_name("later"), making.shelf)
    later.page("боз/дарё.md", "# Дарё\n\nДарё ба баҳр мерезад.")
    river = later.bring()["боз/дарё.md"].id
    *_, found = making.course().lessons
    assert (found.item, found.at, found.missing, found.link) == (river, "3", "", "")
    assert making.items() == [course]
    assert with_stored_lessons(making.shelf, [course.id]) == [
        results["Об/01 Об.md"].id,
        river,
        course.id,
    ]
    assert "Об/01 Чашма/02 Дарё.link" not in making.bring()


def test_a_link_that_could_mean_two_things_means_none(making: Making) -> None:
    making.page("Об/01 Об.md")
    making.page("Об/02 Боз.link", "дарё.md")
    making.page("Об/course.md", "---\ntitle: Об\n---\n")
    making.page("а/дарё.md", "# Вахш\n\nМатн.")
    making.page("б/дарё.md", "# Панҷ\n\nМатн.")
    assert making.bring()["Об/02 Боз.link"].code == "link-target-missing"
    making.page("Об/02 Боз.link", "б/дарё.md")
    results = making.bring()
    assert "Об/02 Боз.link" not in results
    assert [one.item for one in making.course().lessons][1] == results["б/дарё.md"].id


def test_a_sheet_that_cannot_be_read_is_told_and_the_course_comes(making: Making) -> None:
    making.page("Об/01 Об.md")
    making.page("Об/course.xlsx", "no workbook")
    results = making.bring()
    assert results["course.xlsx"].code == "sheet-unreadable"
    assert making.course().id == "ob"


def test_a_course_of_the_same_name_by_another_is_another(making: Making) -> None:
    making.page("Об/course.md", "x")
    making.page("Об/01 Чашма.md", "# Чашма\n\nМатн.")
    making.bring()
    other = Making(making.stick.with_name("other"), making.shelf)
    other.page("Об/course.md", "x")
    other.page("Об/01 Химия.md", "# Химия\n\nОб аз гидроген аст.")
    other.bring()
    assert sorted(item.details.name for item in making.items()) == ["ob", "ob-2"]


def test_two_lessons_of_one_id_are_told_and_stay_two(making: Making) -> None:
    making.page("Об/01 Об.md")
    making.page("Об/02 Барф.md", "# Барф\n\nБарф сафед аст.")
    making.page("Об/03 Дарё.link", "link: нест.pdf\nid: end\n")
    write_sheet(
        making.stick / "Об/course.xlsx",
        ("01 Об.md", *[""] * 14, "end"),
        ("02 Барф.md", *[""] * 14, "END"),
    )
    results = making.all_results()
    (told,) = [r for r in results if r.file == "course.xlsx"]
    assert (told.code, told.details) == (
        "sheet-row-value",
        {"row": 3, "value": "END", "column": "id"},
    )
    assert [r.status for r in results if r.file == "Об"] == [Status.INSTALLED]
    assert [one.id for one in making.course().lessons] == ["end", "barf", "daryo"]


def test_courses_that_lead_to_each_other_and_to_themselves(making: Making) -> None:
    for name, other in (("Об", "Замин"), ("Замин", "Об")):
        making.page(f"{name}/course.md", f"# {name}")
        making.page(f"{name}/01 {name}.md", f"# {name}\n\nМатн дар бораи {name}.")
        making.page(f"{name}/02 Дигар.link", other)
        making.page(f"{name}/03 Худаш.link", name)
    making.bring()  # what a link leads to has to be on the shelf
    results = making.bring()
    assert {r.status for r in results.values()} <= {Status.INSTALLED, Status.ALREADY}
    ids = {item.metadata.title: item.id for item in making.items()}
    assert set(ids) == {"Об", "Замин"}
    for item in making.items():
        content = making.shelf.store.path(item.id, "files/course.json").read_bytes()
        assert len(list(read_course(content).lessons)) == 3
