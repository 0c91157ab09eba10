# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers to the questions of a quiz, given as people give them: on the box, and at home."""

import re

import msgspec
from playwright.sync_api import expect

from appliance.config import Config
from appliance.content.course.course import FILE_NAME as COURSE
from appliance.content.course.read import read_course
from appliance.content.quiz.grade import right_answer
from appliance.content.quiz.judge import asked, in_order
from appliance.content.quiz.quiz import FILE_NAME, Question, QuestionType, Quiz
from appliance.content.store import FILES, ContentStore
from tests.browser.stories.phone import Phone

_BOXES = (
    QuestionType.CHOICE,
    QuestionType.CHOICES,
    QuestionType.PICTURE,
    QuestionType.TRUE_FALSE,
)
_MOST_QUESTIONS = 40


def stored_quiz(config: Config, item: str) -> Quiz:
    """The quiz of an item."""
    stored = ContentStore(config.store).path(item, FILE_NAME).read_bytes()
    return msgspec.json.decode(stored, type=Quiz)


def lesson_after(phone: Phone, config: Config) -> str:
    """The item of the lesson that comes after the one on the page."""
    *_, course, lesson = phone.page.url.split("?")[0].split("/")
    stored = ContentStore(config.store).path(course, f"{FILES}/{COURSE}").read_bytes()
    lessons = list(read_course(stored).lessons)
    here = next(place for place, each in enumerate(lessons) if each.id == lesson)
    return lessons[here + 1].item


def asked_here(phone: Phone, config: Config) -> Question:
    """The question that the page asks."""
    found = re.search("/quiz/([a-z2-7]{16})/", phone.page.url)
    assert found, phone.page.url
    return _of_text(stored_quiz(config, found[1]), phone.page.locator(".asked").inner_text())


def answer_rightly(phone: Phone, config: Config) -> None:
    """Answer the question of the page, and see that it is right and saved."""
    question = asked_here(phone, config)
    if question.type in _BOXES:
        for one in right_answer(question):
            phone.choose(f"input[name=a][value='{one}']")
    elif question.type in (QuestionType.NUMBER, QuestionType.TEXT):
        phone.page.fill("#a", right_answer(question)[0])
    else:
        for place, words in enumerate(_words(question), start=1):
            _fill(phone, f"#a{place}", words)
    phone.go(".send button")
    if phone.page.locator(".verdict-right, .verdict-wrong").count():
        expect(phone.page.locator(".verdict-right")).to_be_visible()


def answer_all_rightly(phone: Phone, config: Config) -> None:
    """From a question to the end of the quiz."""
    for _ in range(_MOST_QUESTIONS):
        answer_rightly(phone, config)
        phone.go(".send a")
        if "/result" in phone.page.url:
            return
    raise AssertionError("the quiz has no end")


def answer_at_home(phone: Phone, quiz: Quiz) -> None:
    """Answer the question that a file from home asks, and go on."""
    question = _of_text(quiz, phone.page.locator("#quiz h3").inner_text())
    place = phone.page.locator("#quiz fieldset")
    if question.type in _BOXES:
        for one in right_answer(question):
            phone.choose(place.locator(f"input[value='{one}']"))
    elif question.type in (QuestionType.NUMBER, QuestionType.TEXT):
        place.locator("input").fill(right_answer(question)[0])
    else:
        for number, words in enumerate(_words(question)):
            place.locator("select").nth(number).select_option(label=words)
    phone.press("#quiz button")
    expect(phone.page.locator("#quiz .verdict")).to_have_class("verdict good")
    phone.press("#quiz > button")


def _of_text(quiz: Quiz, text: str) -> Question:
    """The question of these words; those with gaps are all headed alike."""
    by_text = [each for each in quiz.questions if each.text == text]
    return (by_text or [each for each in quiz.questions if each.type is QuestionType.GAPS])[0]


def _words(question: Question) -> list[str]:
    """What is chosen or typed in each place, as it is read."""
    if question.type is QuestionType.MATCH:
        return [pair.right for pair in asked(question)]
    if question.type is QuestionType.ORDER:
        return [option.text for option in in_order(question)]
    return list(right_answer(question))


def _fill(phone: Phone, place: str, words: str) -> None:
    field = phone.page.locator(place)
    if field.evaluate("(e) => e.tagName") == "SELECT":
        field.select_option(label=words)
    else:
        field.fill(words)
