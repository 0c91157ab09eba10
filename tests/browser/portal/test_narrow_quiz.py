# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions with fields as wide as their longest answer, on the narrowest phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from appliance.config import Config
from appliance.content.quiz.quiz import QuestionType
from tests.browser.stories.answers import stored_quiz
from tests.browser.tour import ids_of

pytestmark = pytest.mark.browser

_NARROWEST = 320
_WITH_LISTS = {QuestionType.MATCH, QuestionType.ORDER, QuestionType.GAPS}


def _quizzes(school: Config, language: str) -> Iterator[tuple[str, int]]:
    """Quizzes that ask to match, to order or to fill in, with how many questions they have."""
    for item in ids_of(school.portal_url, kind="quiz", language=language):
        questions = stored_quiz(school, item).questions
        if _WITH_LISTS & {question.type for question in questions}:
            yield item, len(questions)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_no_question_is_wider_than_the_screen(
    school: Config, visit: Callable[..., Page], language: str
) -> None:
    page = visit("/", viewport={"width": _NARROWEST, "height": 640})
    found = list(_quizzes(school, language))
    assert found
    for item, questions in found:
        page.goto(f"{school.portal_url}/quiz/{item}")
        page.click("main form button")
        page.wait_for_url(re.compile("/quiz/[a-z2-7]+/1"))
        first = page.url
        for place in range(1, questions + 1):
            page.goto(first.replace(f"{item}/1", f"{item}/{place}"))
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= _NARROWEST, page.inner_text("main")
