# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures of the guides that show a class: made, taught, looked at, given a certificate."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from appliance.config import Config
from tests.browser.stories.classwork import Classwork
from tests.browser.stories.phone import Phone
from tests.browser.tour import ids_of

_CLASS = "5А"
_NAMES = (
    "Раҳимова Зарина",
    "Қосимов Фаррух",
    "Ғуломзода Ҷамшед",
    "Шарипова Нигора",
    "Назарова Мадина",
    "Юсуфӣ Далер",
)
_LESSONS_DONE = (12, 4, 11, 6, 2, 9)
Take = Callable[[Page, str], None]


def take_class(browser: Browser, config: Config, name: str, password: str, take: Take) -> None:
    """Take them all; the box is set up, and ``name`` may do everything on it.

    Args:
        take: writes the picture of a page under a name.
    """
    water = ids_of(config.portal_url, kind="course", language="en", audience="pupil")[0]
    training = ids_of(config.portal_url, kind="course", language="en", audience="teacher")[0]
    phone = Phone(browser, config, "en", "guide")
    phone.panel("/sign-in")
    phone.page.fill("#name", name)
    phone.page.fill("#password", password)
    phone.go("main .button.big")
    phone.go(".languages button[value=en]")
    phone.panel("/add")
    phone.page.locator("#quiz").scroll_into_view_if_needed()
    take(phone.page, "quiz-sheet")
    base = _make(phone, take, (water, training))
    work = Classwork(config)
    _learn(work, int(base.rpartition("/")[2]), water, training)
    _look(phone, take, base)
    pupil = Phone(browser, config, "en", "guide")
    _take_home(pupil, take, work, water)
    work.close()
    for each in (phone, pupil):
        each.close()


def _make(phone: Phone, take: Take, items: tuple[str, ...]) -> str:
    phone.panel("/classes/add")
    phone.page.fill("#name", _CLASS)
    phone.page.select_option("#grade", "5")
    phone.go("main .button.big")
    base = phone.page.url.partition("//")[2].partition("/")[2]
    phone.go("a[href$='/people/add']")
    phone.page.fill("#names", "\n".join(_NAMES))
    take(phone.page, "class-names")
    phone.go("main .button.big")
    phone.panel(f"/{base}/give")
    for item in items:
        phone.choose(f"input[name=item][value='{item}']")
    phone.go("main .button.big")
    phone.panel(f"/{base}")
    take(phone.page, "class-code")
    return f"/{base}"


def _learn(work: Classwork, class_id: int, water: str, training: str) -> None:
    """One stuck in the first quiz, one with no try left in the last; the others on their way."""
    people = [work.people.named(class_id, name) for name in _NAMES]
    for person, lessons in zip(people, _LESSONS_DONE, strict=True):
        assert person
        work.begin(person.id, water, lessons)
    first, stuck, spent, *_ = people
    assert first
    assert stuck
    assert spent
    work.answer(stuck.id, work.quizzes(water)[1], rightly=False)
    for _ in range(3):
        work.answer(spent.id, work.quizzes(water)[-1], rightly=False)
    work.finish(first.id, training)


def _look(phone: Phone, take: Take, base: str) -> None:
    phone.panel(f"{base}/lessons")
    take(phone.page, "class-lessons")
    phone.go(f"th a:has-text('{_NAMES[2]}')")
    phone.go(".rows a:has(.key-needs-help)")
    take(phone.page, "class-try")
    phone.panel(f"{base}/help")
    take(phone.page, "class-help")
    phone.go("main li a")
    take(phone.page, "class-question")
    phone.panel("/certificates")
    phone.go("form[action$='/give'] button")
    take(phone.page, "class-certificates")


def _take_home(pupil: Phone, take: Take, work: Classwork, water: str) -> None:
    lesson = work.quizzes(water)[1]
    pupil.portal(f"/home/{lesson.item}?in={water}.{lesson.id}")
    take(pupil.page, "take-home")
