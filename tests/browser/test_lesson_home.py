# SPDX-License-Identifier: GPL-3.0-or-later
"""A lesson that is taken home, done there without the box, and counted back at school."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from appliance.content.quiz.quiz import FILE_NAME, Quiz
from appliance.content.store import ContentStore
from appliance.learning.state import LearningState
from tests.browser.lesson import PHONE, Pupil, ingest
from tests.browser.portal.test_accessible import OURS
from tests.conftest import Stack

pytestmark = pytest.mark.browser

_QUIZ = """::q1:: Пойтахти Тоҷикистон? {=Душанбе ~Хуҷанд#Хуҷанд дар шимол аст. ~Кӯлоб}

::q2:: 3 + 4? {#7}

::q3:: Шоир кист? {=Рӯдакӣ}

::q4:: Офтоб ситора аст. {T}

::q5:: Ҷуфт кунед {=Миср -> Африқо =Ҳиндустон -> Осиё}
"""


@pytest.fixture
def pupil(stack: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Pupil]:
    somebody = Pupil(stack.config, browser, request.node.name)
    yield somebody
    somebody.close()


@pytest.fixture
def home(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that is in no network."""
    context = browser.new_context(viewport=PHONE, offline=True)
    context.route(re.compile("^(?!file:|data:)"), lambda route: pytest.fail(route.request.url))
    yield context
    context.close()


def _download(phone: Page, address: str, folder: Path) -> Path:
    """The file, as a phone keeps it."""
    phone.goto(address)
    _everybody_can_use(phone)
    with phone.expect_download() as coming:
        phone.locator("main form button").click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def _everybody_can_use(page: Page) -> None:
    """What axe finds: nothing."""
    found = Axe().run(page, options=OURS).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []


def _answer(page: Page, *, rightly: bool) -> None:
    """Answer the question that is asked."""
    asked = page.locator("#quiz h3").inner_text()
    right = {"Пойтахти Тоҷикистон?": "Душанбе", "3 + 4?": "7", "Шоир кист?": "rudaki"}
    if asked in ("3 + 4?", "Шоир кист?"):
        page.locator("#quiz input").fill(right[asked] if rightly else "8")
    elif asked == "Пойтахти Тоҷикистон?":
        page.get_by_label("Душанбе" if rightly else "Хуҷанд").check()
    elif asked == "Офтоб ситора аст.":
        page.locator(f"#quiz input[value={'true' if rightly else 'false'}]").check()
    else:
        for place, name in enumerate(("Африқо", "Осиё") if rightly else ("Осиё", "Осиё")):
            page.locator("#quiz select").nth(place).select_option(label=name)
    _everybody_can_use(page)
    page.locator("#quiz button").first.click()
    expect(page.locator(".verdict")).to_be_focused()
    page.locator("#quiz > button").click()


def _do(page: Page, wrong: tuple[int, ...] = ()) -> str:
    """Go through the quiz of the file; its code."""
    page.locator("#quiz button").last.click()
    for place in range(5):
        _answer(page, rightly=place not in wrong)
    return page.locator("#code").inner_text()


def _enter(phone: Page, portal: str, code: str) -> None:
    phone.goto(f"{portal}/my/code")
    _everybody_can_use(phone)
    phone.locator("#code").fill(code.lower())
    phone.locator("main form button").click()


def test_a_quiz_is_done_at_home_and_counted_at_school(
    stack: Stack, pupil: Pupil, home: BrowserContext, tmp_path: Path
) -> None:
    source = tmp_path / "Санҷиши мамлакатҳо.gift"
    source.write_text(_QUIZ, encoding="utf-8")
    item, portal = ingest(stack.config, source), stack.config.portal_url
    stored = ContentStore(stack.config.store).path(item, FILE_NAME).read_bytes()
    assert len(msgspec.json.decode(stored, type=Quiz).questions) == 5
    phone = pupil.device()
    file = _download(phone, f"{portal}/home/{item}", tmp_path)
    assert file.name == "Санҷиши мамлакатҳо.html"

    page, said = home.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    _everybody_can_use(page)
    code = _do(page, wrong=(1,))
    assert re.fullmatch("(?:[2-9ACEHKMPTXY]{5} ){3}[2-9ACEHKMPTXY]{5}", code)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert said == []
    _everybody_can_use(page)

    _enter(phone, portal, code)
    expect(phone.locator(".verdict-right")).to_be_visible()
    done = pupil.progress(item)
    assert (done.state, done.best, done.tries) == (LearningState.COMPLETED, 0.8, 1)
    _enter(phone, portal, code)
    expect(phone.locator("#problem")).to_be_visible()
    assert pupil.progress(item).tries == 1

    # Another phone was given the file, and its owner does it as well.
    other = home.new_page()
    other.goto(file.as_uri())
    _enter(phone, portal, _do(other))
    expect(phone.locator(".verdict-right")).to_be_visible()
    assert pupil.progress(item).best == 1.0


def test_a_page_is_read_without_script_and_asks_for_nothing(
    stack: Stack, pupil: Pupil, browser: Browser, tmp_path: Path
) -> None:
    source, picture = tmp_path / "Дарё.md", io.BytesIO()
    source.write_text("# Дарё\n\nОби *софу* тоза.\n\n![Расм](river.png)\n", encoding="utf-8")
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    (tmp_path / "river.png").write_bytes(picture.getvalue())
    item = ingest(stack.config, source)
    phone = pupil.guest()
    file = _download(phone, f"{stack.config.portal_url}/home/{item}", tmp_path)
    context = browser.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    expect(page.locator("article")).to_contain_text("Оби софу тоза.")
    expect(page.get_by_role("img", name="Расм")).to_be_visible()
    context.close()
