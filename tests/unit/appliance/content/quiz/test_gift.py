# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions in GIFT."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.content.quiz.gift import read_gift
from appliance.content.quiz.grade import grade, is_answerable
from appliance.content.quiz.quiz import Accepted, Question, QuestionType
from appliance.content.result import Notice
from appliance.errors import RefusalError
from tests.unit.appliance.content.quiz.drawer import Drawer

ALL = (Path(__file__).parent / "data/all.gift").read_text(encoding="utf-8")


def only(text: str) -> Question:
    (question,) = read_gift(text, Drawer()).quiz.questions
    return question


def chosen(question: Question, text: str) -> float:
    (option,) = [option for option in question.options if option.text == text]
    return grade(question, (option.id,)).score


def test_a_file_of_all_kinds_is_read_and_what_stays_away_is_named() -> None:
    reading = read_gift(ALL, Drawer())
    assert reading.title == "Таърих"
    assert [question.type for question in reading.quiz.questions] == [
        QuestionType.CHOICE,
        QuestionType.TRUE_FALSE,
        QuestionType.TEXT,
        QuestionType.CHOICE,
        QuestionType.CHOICES,
        QuestionType.NUMBER,
        QuestionType.NUMBER,
        QuestionType.NUMBER,
        QuestionType.MATCH,
        QuestionType.CHOICE,
    ]
    assert reading.notices == (
        Notice("question-kind", {"name": "Essay?", "kind": "essay"}),
        Notice("question-kind", {"name": "Just text.", "kind": "description"}),
        Notice("question-no-answer", {"name": "broken"}),
    )


def test_a_choice_has_feedback_and_weights() -> None:
    question = only("Пойтахт? {~Хуҷанд#Не =Душанбе#Офарин ~%50%Дӯшанбе #### Ҳамин}")
    assert question.text == "Пойтахт?"
    assert [option.feedback for option in question.options] == ["Не", "Офарин", ""]
    assert question.feedback == "Ҳамин"
    assert [chosen(question, text) for text in ("Хуҷанд", "Душанбе", "Дӯшанбе")] == [0, 1, 0.5]


def test_true_and_false_say_what_is_wrong_first() -> None:
    question = only("Офтоб ситора аст. {T#Не!#Ҳа!}")
    assert (question.type, question.accepted) == (QuestionType.TRUE_FALSE, (Accepted("true"),))
    assert grade(question, ("false",)).feedback == ("Не!",)
    assert grade(question, ("true",)).feedback == ("Ҳа!",)
    assert only("Моҳ? {FALSE}").accepted == (Accepted("false"),)


@pytest.mark.parametrize(
    ("answers", "typed", "score"),
    [
        ("{#1822:5}", "1827", 1),
        ("{#1822:5}", "1828", 0),
        ("{#1..5}", "5", 1),
        ("{#1..5}", "0,9", 0),
        ("{#-3,5}", "−3.5", 1),
        ("{#=1822:0 =%50%1822:2}", "1822", 1),
        ("{#=1822:0 =%50%1822:2}", "1824", 0.5),
    ],
)
def test_numbers_have_a_range_or_a_tolerance(answers: str, typed: str, score: float) -> None:
    assert grade(only(f"? {answers}"), (typed,)).score == score


def test_a_missing_word_leaves_a_gap_in_the_sentence() -> None:
    assert only("Об дар {=100 =сад} дараҷа меҷӯшад.").text == "Об дар _____ дараҷа меҷӯшад."


def test_signs_with_a_stroke_before_them_mean_themselves() -> None:
    question = only(r"2 \= \{2\}\: \~? {=\=2 ~\#3\~4 ~a\\b}")
    assert question.text == "2 = {2}: ~?"
    assert [option.text for option in question.options] == ["=2", "#3~4", r"a\b"]


def test_html_becomes_text_and_plain_text_stays() -> None:
    question = only('[html]<p>H<sub>2</sub>O &amp; <b>x</b></p><img src="w.png"> {T}')
    assert (question.text, question.picture) == ("H₂O & x", "files/w.png")
    assert only("[plain]a <b>c</b> {T}").text == "a <b>c</b>"
    assert only("2 < 3 {T}").text == "2 < 3"


def test_an_id_in_a_comment_lasts_and_else_the_words_decide() -> None:
    assert only("// [id:sun-1]\nSun? {T}").id == "sun-1"
    first, second = read_gift("Same? {T}\n\nSame? {F}", Drawer()).quiz.questions
    assert first.id != second.id
    assert only("Same? {F}").id == first.id
    assert only("same? {~a =b}").id == first.id


def test_a_right_side_alone_is_a_distractor() -> None:
    question = only("? {=кот -> cat =пёс -> dog = -> fish}")
    assert [(pair.left, pair.right) for pair in question.pairs] == [
        ("кот", "cat"),
        ("пёс", "dog"),
        ("", "fish"),
    ]


@pytest.mark.parametrize("text", ["", "no braces", "essay {}", "$CATEGORY: a", "? {=a -> b}", "{"])
def test_a_file_without_a_question_is_refused(text: str) -> None:
    with pytest.raises(RefusalError):
        read_gift(text, Drawer())


_SIGNS = (
    "{", "}", "=", "~", "#", "####", "%50%", "->", "::", "\\", "//", "$CATEGORY:", "[html]", "<p>",
    "T", "1..5", "3:2", "a", "б ", "[[1]]", "*", "%-100%", "\n", "\n\n", "\x00", "\ue000",
)  # fmt: skip
_PIECES = st.sampled_from(_SIGNS)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=40).map("".join)))
@example("{#" + "9" * 500 + "}")
@example("a{T}\n\n" * 200)
def test_whatever_the_text_only_a_refusal_comes_out(text: str) -> None:
    try:
        reading = read_gift(text, Drawer())
    except RefusalError:
        return
    assert all(map(is_answerable, reading.quiz.questions))
    ids = [question.id for question in reading.quiz.questions]
    assert len(set(ids)) == len(ids)
