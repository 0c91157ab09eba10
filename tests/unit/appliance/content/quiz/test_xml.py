# SPDX-License-Identifier: GPL-3.0-or-later
"""Moodle XML and QTI 1.2."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.content.inspect.quiz import read_questions
from appliance.content.quiz import reading
from appliance.content.quiz.grade import grade, is_answerable, right_answer
from appliance.content.quiz.markup_tree import parse
from appliance.content.quiz.quiz import Question, QuestionType
from appliance.content.quiz.reading import Reading
from appliance.content.result import Notice
from appliance.errors import RefusalError
from tests.unit.appliance.content.quiz.drawer import Drawer

DATA = Path(__file__).parent / "data"


def read(xml: str | bytes) -> Reading:
    return read_questions(parse(xml if isinstance(xml, bytes) else xml.encode()), Drawer())


def moodle(kind: str, inside: str) -> Question:
    (question,) = read(f'<quiz><question type="{kind}">{inside}</question></quiz>').quiz.questions
    return question


def test_a_moodle_file_of_all_kinds_is_read_and_what_stays_away_is_named() -> None:
    found = read((DATA / "moodle.xml").read_bytes())
    assert found.title == "Биология"
    assert [question.type for question in found.quiz.questions] == [
        QuestionType.CHOICE,
        QuestionType.CHOICES,
        QuestionType.TRUE_FALSE,
        QuestionType.TEXT,
        QuestionType.NUMBER,
        QuestionType.MATCH,
        QuestionType.GAPS,
        QuestionType.ORDER,
        QuestionType.GAPS,
    ]
    assert found.notices == (
        Notice("question-kind", {"name": "Essay on life", "kind": "essay"}),
        Notice("question-no-answer", {"name": "No right"}),
        Notice("question-kind", {"name": "D", "kind": "description"}),
    )


def test_moodle_says_points_hints_feedback_and_pictures() -> None:
    cells = read((DATA / "moodle.xml").read_bytes()).quiz.questions[0]
    assert (cells.id, cells.points, cells.hints) == ("cells-1", 2.0, ("Think",))
    assert cells.text == "Which is a cell?\nLook:"
    assert cells.picture == "pictures/c.png"
    assert grade(cells, right_answer(cells)).feedback == ("good", "Yes", "See page 3")
    assert [option.text for option in cells.options] == ["A&B", "stone"]


def test_weights_of_several_answers_add_up_to_all_points() -> None:
    several = read((DATA / "moodle.xml").read_bytes()).quiz.questions[1]
    by_text = {option.text: option.id for option in several.options}
    assert grade(several, (by_text["a"],)).score == pytest.approx(1 / 3)
    assert grade(several, (by_text["a"], by_text["b"], by_text["c"])).score == 1.0
    assert grade(several, (by_text["a"], by_text["d"])).score == 0.0


def test_gaps_are_typed_or_chosen() -> None:
    gaps = read((DATA / "moodle.xml").read_bytes()).quiz.questions[6]
    assert gaps.text == "Berlin is in [[1]] and has [[2]] million, [[3]] city"
    assert gaps.words == ((), (), ("big", "small"))
    assert grade(gaps, ("germany", "3,8", "big")).is_right
    assert grade(gaps, ("Europe", "9", "small")).score == pytest.approx(0.5 / 3)


def test_marks_of_gaps_in_the_text_itself_are_no_gaps() -> None:
    question = moodle("cloze", "<questiontext><text>[[1]] ⟦2⟧ {1:SA:=a} \\}</text></questiontext>")
    assert question.text == "[1] [2] [[1]] \\}"


@pytest.mark.parametrize(
    "cloze",
    ["no gap", "{1:SA:}", "{1:NM:=x}", "{1:MULTIRESPONSE:=a~b}", "{1:SA:=a} {2:WHAT:=b}", "{"],
)
def test_gaps_that_nobody_can_fill_are_refused(cloze: str) -> None:
    with pytest.raises(RefusalError):
        moodle("cloze", f"<questiontext><text>{cloze}</text></questiontext>")


def test_a_qti_file_of_all_kinds_is_read_and_what_stays_away_is_named() -> None:
    found = read((DATA / "qti.xml").read_bytes())
    assert found.title == "Unit 1"
    assert (found.quiz.attempts, found.quiz.seconds) == (2, 1800)
    assert [(question.id, question.type) for question in found.quiz.questions] == [
        ("i1", QuestionType.CHOICE),
        ("i2", QuestionType.CHOICES),
        ("i3", QuestionType.TRUE_FALSE),
        ("i4", QuestionType.TEXT),
        ("i5", QuestionType.MATCH),
        ("i6", QuestionType.NUMBER),
    ]
    assert found.notices == (Notice("question-kind", {"name": "Essay", "kind": "cc.essay.v0p1"}),)


@pytest.mark.parametrize(
    ("number", "answer", "score"),
    [(3, "роғун", 1), (3, "x 2*3 y", 1), (3, "x 2a3 y", 0), (5, "3,15", 3), (5, "3.16", 0)],
)
def test_what_is_typed_in_qti_counts_as_its_conditions_say(
    number: int, answer: str, score: float
) -> None:
    question = read((DATA / "qti.xml").read_bytes()).quiz.questions[number]
    assert grade(question, (answer,)).score == score


def test_pairs_in_qti_leave_what_fits_nothing() -> None:
    pairs = read((DATA / "qti.xml").read_bytes()).quiz.questions[4].pairs
    assert [(pair.left, pair.right) for pair in pairs] == [
        ("cat", "кот"),
        ("dog", "пёс"),
        ("", "рыба"),
    ]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<html/>", "unsupported-kind"),
        ("<quiz/>", "quiz-empty"),
        ("<questestinterop/>", "quiz-empty"),
        ("<quiz><question/></quiz>", "question-kind"),
        ("<quiz>", "damaged"),
        ("", "damaged"),
        ('<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "damaged"),
        ('<?xml version="1.0" encoding="no-such"?><quiz/>', "damaged"),
        ("<quiz>" + "<a>" * 500 + "</a>" * 500 + "</quiz>", "damaged"),
    ],
)
def test_what_is_no_quiz_is_refused_with_its_reason(xml: str, code: str) -> None:
    with pytest.raises(RefusalError) as caught:
        read(xml)
    assert caught.value.code == code


def test_so_many_questions_are_taken_and_one_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_QUESTIONS", 300)
    one = (
        '<question type="truefalse"><questiontext><text>?</text></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question>'
    )
    assert len(read(f"<quiz>{one * 300}</quiz>").quiz.questions) == 300
    with pytest.raises(RefusalError) as caught:
        read(f"<quiz>{one * 301}</quiz>")
    assert caught.value.code == "quiz-too-large"


_TAGS = st.sampled_from(
    [
        "question",
        "questiontext",
        "text",
        "answer",
        "subquestion",
        "selectoption",
        "group",
        "file",
        "item",
        "presentation",
        "material",
        "mattext",
        "response_lid",
        "response_label",
        "response_str",
        "render_fib",
        "resprocessing",
        "respcondition",
        "conditionvar",
        "varequal",
        "vargte",
        "setvar",
        "not",
        "and",
        "itemmetadata",
        "hint",
        "tolerance",
        "defaultgrade",
    ]
)
_VALUES = st.sampled_from(
    ["", "1", "100", "-50", "nan", "1e999", "true", "[[1]]", "{1:SA:=a}", "*", "A", "=", "<p>x</p>"]
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "fraction", "format", "ident", "respident", "rcardinality", "name"]),
    st.one_of(
        _VALUES.filter(lambda value: "<" not in value),
        st.sampled_from(["multichoice", "matching", "cloze", "gapselect", "ordering", "numerical"]),
        st.sampled_from(["html", "Multiple", "SCORE", "truefalse", "shortanswer", "base64"]),
    ),
    max_size=3,
)


def _element(tag: str, attributes: dict[str, str], inside: list[str]) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{said}>{''.join(inside)}</{tag}>"


_ELEMENTS = st.recursive(
    _VALUES.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inside: st.builds(_element, _TAGS, _ATTRIBUTES, st.lists(inside, max_size=4)),
    max_leaves=25,
)


@given(st.sampled_from(["quiz", "questestinterop"]), st.lists(_ELEMENTS, max_size=4))
def test_whatever_the_tree_only_a_refusal_comes_out(root: str, inside: list[str]) -> None:
    try:
        found = read(_element(root, {}, inside))
    except RefusalError:
        return
    assert all(map(is_answerable, found.quiz.questions))
