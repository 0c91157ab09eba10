# SPDX-License-Identifier: GPL-3.0-or-later
"""Real H5P and SCORM packages, played to a result on a phone and gone on with on another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from appliance.learning.state import LearningState
from tests.browser.lesson import Pupil, ingest_all
from tests.conftest import Stack

pytestmark = [pytest.mark.browser, pytest.mark.data]

Shelf = dict[str, str]
_FILES = {
    "true-false": "h5p/h5p2elpx_true-false-question.h5p",
    "drag": "h5p/lumi_H5P.DragText.h5p",
    "accordion": "h5p/h5p2elpx_accordion.h5p",
    "card": "h5p-invalid/lumi_malformed-library-directory.h5p",
    "blanks": "h5p-invalid/lumi_xss-svg.h5p",
    "golf": "scorm/adl_RuntimeBasicCalls_SCORM12.zip",
    "many": "scorm/moodle_RuntimeMinimumCalls_SCORM12.zip",
    "silent": "scorm/moodle_singlesco_scorm12.zip",
}


@pytest.fixture(scope="module")
def items(stack: Stack, data: Path) -> Shelf:
    """Ids of the packages by short names."""
    ids = ingest_all(stack.config, [data / path for path in _FILES.values()])
    return {name: ids[Path(path).name] for name, path in _FILES.items()}


@pytest.fixture
def pupil(stack: Stack, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Pupil]:
    somebody = Pupil(stack.config, browser, request.node.name)
    yield somebody
    somebody.close()


def test_a_question_is_answered_and_stays_answered(items: Shelf, pupil: Pupil) -> None:
    item, phone = items["true-false"], pupil.device()
    player = pupil.open(phone, item)
    player.get_by_role("radio", name="Yes").click()
    pupil.wait_for_state(item, '{"answer":true}')
    assert pupil.progress(item).state is LearningState.IN_PROGRESS

    tablet = pupil.device()
    player = pupil.open(tablet, item)
    expect(player.get_by_role("radio", name="Yes")).to_be_checked()
    player.get_by_role("button", name="Check").click()
    done = pupil.wait(item, lambda progress: progress.tries == 1)
    assert (done.state, done.best, done.passed) == (LearningState.COMPLETED, 1.0, True)
    expect(tablet.locator("#play-status")).not_to_be_empty()


def test_words_are_dragged_to_their_places(items: Shelf, pupil: Pupil) -> None:
    item = items["drag"]
    player = pupil.open(pupil.device(), item)
    for number, word in enumerate(("blue", "red", "orange")):
        player.locator(".ui-draggable", has_text=word).press("Enter")
        player.locator(".ui-droppable").nth(number).press("Enter")
    player.get_by_role("button", name="Check").click()
    done = pupil.wait(item, lambda progress: progress.tries == 1)
    assert done.best == 1.0


def test_a_wrong_word_in_a_gap_is_a_try_too(items: Shelf, pupil: Pupil) -> None:
    item, phone = items["blanks"], pupil.device()
    player = pupil.open(phone, item)
    player.locator("input.h5p-text-input").fill("Sweden")
    player.get_by_role("button", name="Überprüfen").click()
    done = pupil.wait(item, lambda progress: progress.tries == 1)
    # Its library tells a score, and not whether that is enough.
    assert (done.best, done.passed) == (0.0, None)
    player = pupil.open(pupil.device(), item)
    expect(player.locator("input.h5p-text-input")).to_have_value("Sweden")


def test_what_asks_nothing_is_done_when_it_was_seen(items: Shelf, pupil: Pupil) -> None:
    for name, words in (("card", "Hello world!"), ("accordion", "Cherries")):
        player = pupil.open(pupil.device(), items[name])
        expect(player.get_by_text(words).first).to_be_visible()
        done = pupil.wait(items[name], lambda progress: progress.is_completed)
        assert (done.best, done.tries) == (None, 0)


def test_a_lesson_goes_on_where_it_was_left_and_ends_with_a_score(
    items: Shelf, pupil: Pupil
) -> None:
    item, phone = items["golf"], pupil.device()
    lesson = _lesson(pupil.open(phone, item))
    lesson.get_by_role("button", name="Next").click()
    lesson.get_by_role("button", name="Next").click()
    expect(_page(lesson).get_by_role("heading", name="Scoring")).to_be_visible()
    pupil.leave(phone)
    pupil.wait_for_state(item, '"exit":"suspend"')
    pupil.wait_for_state(item, '"location":"2"')

    tablet = pupil.device()
    lesson = _lesson(pupil.open(tablet, item))
    expect(_page(lesson).get_by_role("heading", name="Scoring")).to_be_visible()
    for _ in range(12):
        lesson.get_by_role("button", name="Next").click()
    test = _page(lesson)
    for answer in test.locator(".correctAnswer").all():
        if answer.locator("[type=text]").count():
            told = answer.inner_text()
            answer.locator("[type=text]").fill("".join(filter(str.isdigit, told)))
        else:
            answer.locator("[type=radio]").check()
    test.get_by_role("button", name="Submit Answers").click()
    done = pupil.wait(item, lambda progress: progress.tries == 1)
    assert (done.state, done.best, done.passed) == (LearningState.COMPLETED, 1.0, True)


def test_a_package_of_many_lessons_is_done_when_all_are(items: Shelf, pupil: Pupil) -> None:
    item, phone = items["many"], pupil.device()
    player = pupil.open(phone, item)
    choice = player.get_by_role("combobox")
    count = choice.locator("option").count()
    assert count == 18
    expect(_lesson(player).get_by_role("heading", name="Play of the game")).to_be_visible()
    for number in range(1, 4):
        player.locator("#further").click()
        expect(choice).to_have_js_property("selectedIndex", number)
    half = pupil.wait(item, lambda progress: progress.share >= 3 / count)
    assert not half.is_completed
    begun = phone.request.get(f"{phone.url.rpartition('/')[0]}/play").json()
    pupil.wait_for_state(item, f'"last":"{begun["scos"][3]["id"]}"')

    player = pupil.open(pupil.device(), item)
    choice = player.get_by_role("combobox")
    expect(choice).to_have_js_property("selectedIndex", 3)
    for number in range(4, count):
        player.locator("#further").click()
        expect(choice).to_have_js_property("selectedIndex", number)
    player.locator("#back").click()
    pupil.wait(item, lambda progress: progress.is_completed)


def test_a_lesson_that_reports_nothing_is_done_when_it_was_seen(items: Shelf, pupil: Pupil) -> None:
    item = items["silent"]
    lesson = _lesson(pupil.open(pupil.device(), item))
    expect(lesson.get_by_role("heading", name="Not implemented yet")).to_be_visible()
    done = pupil.wait(item, lambda progress: progress.is_completed)
    assert done.tries == 0


def test_a_guest_plays_and_nothing_is_kept(items: Shelf, pupil: Pupil) -> None:
    page = pupil.guest()
    sent = _posts(page)
    player = pupil.open(page, items["true-false"])
    expect(page.locator("#play-guest")).to_be_visible()
    player.get_by_role("radio", name="Yes").click()
    player.get_by_role("button", name="Check").click()
    expect(player.get_by_text("1/1")).to_be_visible()
    page.goto("about:blank")
    assert not sent


def test_without_script_there_is_a_word_and_a_download(
    items: Shelf, stack: Stack, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stack.config.portal_url}/item/{items['golf']}/read")
    expect(page.locator("noscript p").first).to_be_visible()
    assert page.locator("a[download]").get_attribute("href") == f"/item/{items['golf']}/download"
    context.close()


def test_a_picture_with_script_runs_nothing_by_itself(
    items: Shelf, stack: Stack, pupil: Pupil
) -> None:
    page = pupil.guest()
    said: list[str] = []  # its script would say so
    page.on("dialog", lambda dialog: said.append(dialog.message))
    for host in (stack.config.item_url(items["blanks"]), stack.config.read_url):
        folder = f"/pages/{items['blanks']}" if host == stack.config.read_url else "/pages"
        answer = page.goto(f"{host}{folder}/content/images/xss.svg")
        assert answer
        assert answer.ok
        policy = answer.header_value("content-security-policy") or ""
        assert "default-src 'none'" in policy
        assert policy.endswith("sandbox")
        assert page.evaluate("document.querySelectorAll('script').length") == 2
    expect(pupil.open(page, items["blanks"]).locator("input.h5p-text-input")).to_be_visible()
    page.wait_for_timeout(500)
    assert said == []


def test_the_state_of_an_exercise_outlasts_a_lost_connection(items: Shelf, pupil: Pupil) -> None:
    item, phone = items["true-false"], pupil.device()
    player = pupil.open(phone, item)
    # The connection is lost when the exercise is there: the page asks for it by the same address.
    expect(player.get_by_role("radio", name="No")).to_be_visible()
    phone.route("**/play", lambda route: route.abort())
    player.get_by_role("radio", name="No").click()
    player.get_by_role("button", name="Check").click()
    status = phone.locator("#play-status")
    expect(status).to_have_text(status.get_attribute("data-unsaved") or "?")
    # It is for whoever sees, too.
    box = status.bounding_box()
    assert box
    assert box["width"] > 200
    assert not pupil.progress(item).started
    phone.unroute("**/play")
    done = pupil.wait(item, lambda progress: progress.tries == 1)
    assert done.best == 0.0
    expect(status).to_have_text(status.get_attribute("data-saved") or "?")


def _lesson(player: FrameLocator) -> FrameLocator:
    return player.frame_locator("#lesson")


def _page(lesson: FrameLocator) -> FrameLocator:
    return lesson.frame_locator("#contentFrame")


def _posts(page: Page) -> list[str]:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    return sent
