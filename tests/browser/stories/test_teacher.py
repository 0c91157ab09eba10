# SPDX-License-Identifier: GPL-3.0-or-later
"""A teacher: makes a class, sees who is stuck on what, gives another try and a certificate."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from appliance.config import Config
from tests.browser.stories.classwork import PASSWORD, Classwork
from tests.browser.stories.phone import Phone
from tests.browser.tour import ids_of

pytestmark = pytest.mark.browser

_LIST = (
    ("№", "Насаб", "Ном"),
    (1, "Раҳимова", "Зарина"),
    (2, "Қосимов", "Фаррух"),
    (3, "Ғуломзода", "Ҷамшед"),
    (4, "Раҳимова", "Зарина"),
    (5, None, None),
    (6, "Шарипова", "Нигора"),
)
_NAMES = ("Раҳимова Зарина", "Қосимов Фаррух", "Ғуломзода Ҷамшед", "Шарипова Нигора")
_SCHOOL = {"tg": "Мактаби №5, Хуҷанд", "ru": "Школа №5, Худжанд", "en": "School No. 5, Khujand"}


@pytest.mark.parametrize("language", ["tg"])
def test_from_an_empty_class_to_a_certificate(
    school: Config, phone: Callable[..., Phone], tmp_path: Path, language: str
) -> None:
    water = ids_of(school.portal_url, kind="course", language=language, audience="pupil")[0]
    training = ids_of(school.portal_url, kind="course", language=language, audience="teacher")[0]
    work = Classwork(school)
    work.staff(_SCHOOL[language], "Зебо Раҳимова", "Баҳром Назаров", language)
    teacher = phone(language, "teacher")
    _sign_in(teacher, f"t-{language}")
    base = _make_class(teacher, f"5А {language}")
    _import(teacher, tmp_path)
    _print(teacher, base)
    _own_quiz(teacher, tmp_path)
    _give(teacher, base, (water, training))
    _let_them_learn(work, int(base.rpartition("/")[2]), water, training)
    _look_at_the_class(teacher, base)
    _one_more_try(teacher, base)
    _export(teacher, base, tmp_path)
    _certify(teacher, tmp_path)
    _revoke(phone(language, "head"), phone(language, "checker"), f"a-{language}")
    work.close()


def _sign_in(one: Phone, name: str) -> None:
    one.panel("/sign-in")
    one.look("sign-in")
    one.page.fill("#name", name)
    one.page.fill("#password", PASSWORD)
    one.go("main .button.big")
    one.look("start")


def _make_class(one: Phone, name: str) -> str:
    one.go(".nav a[href='/classes']")
    one.look("classes")
    one.go("main a[href='/classes/add']")
    one.look("make-a-class")
    one.page.fill("#name", name)
    one.page.select_option("#grade", "5")
    one.go("main .button.big")
    expect(one.page.locator(".class-code code")).to_have_text(re.compile("[0-9A-Z]{5}"))
    one.look("new-class")
    found = re.search("/classes/[0-9]+", one.page.url)
    assert found, one.page.url
    return found[0]


def _import(one: Phone, folder: Path) -> None:
    book = openpyxl.Workbook()
    for row in _LIST:
        book.worksheets[0].append(row)
    book.save(folder / "5А.xlsx")
    one.go("a[href$='/people/add']")
    one.look("add-names")
    one.page.set_input_files("#file", folder / "5А.xlsx")
    one.go("main .button.big")
    expect(one.page.locator("main li")).to_have_count(2)
    one.look("added")
    one.go("main .row .button")
    expect(one.page.locator(".rows li")).to_have_count(len(_NAMES))
    one.look("class")


def _print(one: Phone, base: str) -> None:
    one.go("a[href$='/cards']")
    expect(one.page.locator(".cards > li")).to_have_count(len(_NAMES))
    one.look("cards")
    one.paper("cards")
    one.panel(f"{base}/cards?wall=1")
    one.look("wall")
    one.paper("wall")
    one.go(".row .button.quiet")


def _own_quiz(one: Phone, folder: Path) -> None:
    """The spreadsheet from the panel, filled in, and sent back."""
    one.go(".nav a[href='/add']")
    one.look("add-content")
    with one.page.expect_download() as coming:
        one.press("a[href='/add/quiz.xlsx']")
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    book = openpyxl.load_workbook(file)
    for column, words in {1: "Пойтахти Тоҷикистон?", 3: "Хуҷанд", 4: "Душанбе", 9: "B"}.items():
        book.worksheets[0].cell(2, column, words)
    book.save(file)
    one.page.set_input_files("#file", file)
    one.page.click("[data-upload] .button.big")
    one.page.wait_for_url("**/jobs/*")
    one.go(".installed a")
    one.look("own-quiz")


def _give(one: Phone, base: str, items: tuple[str, ...]) -> None:
    one.panel(base)
    one.go("a[href$='/give']")
    one.look("give")
    for item in items:
        one.choose(f"input[name=item][value='{item}']")
    one.go("main .button.big")
    one.look("given")
    one.go(".tabs a >> nth=0")
    one.look("nobody-began")


def _let_them_learn(work: Classwork, class_id: int, water: str, training: str) -> None:
    """One has finished, one is stuck, one has used up all tries, one is on the way."""
    done, stuck, spent, way = (work.people.named(class_id, name) for name in _NAMES)
    assert done
    assert stuck
    assert spent
    assert way
    work.finish(done.id, water)
    work.finish(done.id, training)
    work.begin(stuck.id, water, 4)
    work.answer(stuck.id, work.quizzes(water)[1], rightly=False)
    work.begin(spent.id, water, 11)
    for _ in range(3):
        work.answer(spent.id, work.quizzes(water)[-1], rightly=False)
    work.begin(way.id, water, 6)


def _look_at_the_class(one: Phone, base: str) -> None:
    one.panel(f"{base}/lessons")
    expect(one.page.locator(".grid tbody tr")).to_have_count(len(_NAMES))
    one.look("grid")
    one.go(".tabs a >> nth=1")
    expect(one.page.locator("main h3")).to_have_count(2)
    one.look("help")
    one.go("main h3 a")
    one.look("story")
    one.panel(f"{base}/lessons")
    one.go(".lessons li:has(.tag.bad) a")
    one.look("lesson")
    one.go(".rows a[href*='/question/']")
    expect(one.page.locator(".card strong").first).to_be_visible()
    one.look("question")


def _one_more_try(one: Phone, base: str) -> None:
    one.panel(f"{base}/lessons")
    one.go(f"th a:has-text('{_NAMES[2]}')")
    one.look("story-spent")
    one.go(".rows a:has(.key-needs-help)")
    one.look("tries")
    one.go("form[action$='/another'] button")
    expect(one.page.locator(".notice.done")).to_be_visible()
    one.look("one-more")


def _export(one: Phone, base: str, folder: Path) -> None:
    one.panel(f"{base}/lessons")
    with one.page.expect_download() as coming:
        one.press("form[action$='/results.xlsx'] button")
    coming.value.save_as(folder / "class.xlsx")
    sheets = openpyxl.load_workbook(folder / "class.xlsx").worksheets
    assert {row[0].value for row in sheets[0].iter_rows(min_row=2)} == set(_NAMES)
    assert len(sheets) == 3


def _certify(one: Phone, folder: Path) -> None:
    one.panel("/classes")
    one.go("a[href='/certificates']")
    one.look("certificates-due")
    one.go("form[action$='/give'] button")
    one.look("certificates")
    with one.page.expect_download() as coming:
        one.page.select_option("form[action$='/certificate.pdf'] select", "en")
        one.press("form[action$='/certificate.pdf'] button")
    coming.value.save_as(folder / "certificate.pdf")
    argv = ["pdftotext", "-layout", str(folder / "certificate.pdf"), "-"]
    words = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True).stdout
    assert _NAMES[0] in words
    assert "CERTIFICATE" in words
    one.keep("certificate.pdf", (folder / "certificate.pdf").read_bytes())


def _revoke(head: Phone, checker: Phone, name: str) -> None:
    _sign_in(head, name)
    head.panel("/certificates")
    code = head.page.locator("section.card code").first.inner_text()
    checker.portal("/certificate")
    checker.look("check")
    checker.page.fill("#certificate", code)
    checker.go("main form .button")
    expect(checker.page.locator(".verdict-right")).to_be_visible()
    checker.look("holds")
    head.go(".button.danger")
    head.look("revoke")
    head.page.fill("#reason", "Ном хато навишта шудааст")
    head.go("main .button.danger")
    expect(head.page.locator(".tag.bad")).to_be_visible()
    head.look("revoked")
    checker.page.fill("#certificate", code)
    checker.go("main form .button")
    expect(checker.page.locator(".verdict-wrong")).to_be_visible()
    checker.look("holds-no-more")
