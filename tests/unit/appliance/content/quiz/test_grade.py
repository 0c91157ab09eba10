# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers are worth, and the order in which a quiz is shown."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.content.quiz.grade import (
    gap_numbers,
    grade,
    is_answerable,
    right_answer,
    right_sides,
    shuffled,
)
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType, Quiz
from tests.unit.appliance.content.quiz import questions as q


@pytest.mark.parametrize("question", q.ALL, ids=lambda question: question.type)
def test_the_right_answer_of_each_type_gets_full_points_and_no_answer_gets_none(question):
    assert is_answerable(question)
    graded = grade(question, right_answer(question))
    assert (graded.score, graded.is_right) == (question.points, True)
    assert grade(question, ()).score == 0.0
    assert not grade(question, ("", "")).is_right


@pytest.mark.parametrize(
    ("question", "answer", "score"),
    [
        (q.CHOICE, ("a",), 0.0),
        (q.CHOICE, ("c",), 0.0),  # what is below nothing counts as nothing
        (q.CHOICE, ("b", "a"), 0.0),
        (q.CHOICES, ("a",), 2.0),
        (q.CHOICES, ("a", "b"), 0.0),
        (q.CHOICES, ("a", "b", "c"), 2.0),
        (q.CHOICES, ("c", "a", "a"), 4.0),
        (q.CHOICES, ("nobody",), 0.0),
        (q.TRUE_FALSE, ("false",), 0.0),
        (q.NUMBER, ("3,15",), 2.0),
        (q.NUMBER, ("3.2",), 1.0),
        (q.NUMBER, ("4",), 0.0),
        (q.NUMBER, ("three",), 0.0),
        (q.TEXT, ("рудаки",), 1.0),
        (q.TEXT, ("  АБӮАБДУЛЛОҲИ   Рудакӣ. ",), 1.0),
        (q.TEXT, ("rudaki",), 1.0),
        (q.TEXT, ("фирдавси",), 0.25),
        (q.TEXT, ("Айнӣ",), 0.0),
        (q.MATCH, ("p3", "p2", "p1"), 3.0),  # two right sides that look alike
        (q.MATCH, ("p2", "p2", ""), 1.0),
        (q.MATCH, ("p4", "p4", "p4"), 0.0),
        (q.MATCH, ("p1",), 1.0),
        (q.ORDER, ("x", "z", "y"), 1.0),
        (q.ORDER, ("y", "z", "x"), 0.0),
        (q.ORDER, ("x",), 1.0),
        (q.GAPS, ("вахш",), 1.0),
        (q.GAPS, ("Панч", "523"), 1.5),
        (q.GAPS, ("", "525,0"), 1.0),
        (q.PICTURE, ("a",), 0.0),
    ],
)
def test_part_of_an_answer_gets_part_of_the_points(question, answer, score):
    graded = grade(question, answer)
    assert graded.score == pytest.approx(score)
    assert graded.is_right is (score == question.points)


def test_ticking_what_costs_nothing_is_still_not_right():
    graded = grade(q.CHOICES, ("a", "c", "d"))
    assert (graded.score, graded.is_right) == (4.0, False)


def test_feedback_is_of_what_was_chosen_then_of_right_or_wrong_then_of_any():
    assert grade(q.CHOICE, ("a",)).feedback == (
        "Хуҷанд дар шимол аст.",
        "Боз хонед.",
        "Душанбе аз соли 1924 пойтахт аст.",
    )
    assert grade(q.CHOICE, ("b",)).feedback[0] == "Офарин!"
    assert "Боз хонед." in grade(q.CHOICE, ()).feedback


@given(q.SOUND)
def test_the_right_answer_always_gets_full_points(question):
    assert is_answerable(question)
    graded = grade(question, right_answer(question))
    assert graded.score == question.points
    assert graded.is_right


@given(st.one_of(q.ANY, q.SOUND), q.ANSWERS)
def test_no_answer_raises_or_exceeds_the_points(question, answer):
    for given_answer in (answer, right_answer(question)):
        graded = grade(question, given_answer)
        assert (
            0.0 <= graded.score <= max(question.points, 0.0) or question.points != question.points
        )
        assert not graded.is_right or graded.score == max(question.points, 0.0)
    is_answerable(question)


@given(st.lists(q.SOUND, min_size=1, max_size=8), st.integers(), st.booleans(), st.booleans())
def test_shuffling_is_a_permutation_that_the_seed_decides(made, seed, of_questions, of_options):
    numbered = [msgspec.structs.replace(one, id=f"q{n}") for n, one in enumerate(made)]
    quiz = Quiz(tuple(numbered), shuffle_questions=of_questions, shuffle_options=of_options)
    shown = shuffled(quiz, seed)

    assert shown == shuffled(quiz, seed)
    by_id = {question.id: question for question in shown.questions}
    assert set(by_id) == {question.id for question in numbered}
    assert of_questions or [question.id for question in shown.questions] == list(by_id)
    for question in numbered:
        other = by_id[question.id]
        assert sorted(o.id for o in other.options) == sorted(o.id for o in question.options)
        assert grade(other, right_answer(question)).is_right
        assert grade(question, right_answer(other)).is_right


@given(st.integers(2, 6), st.text())
def test_things_to_put_in_order_are_never_shown_in_it(count, seed):
    options = tuple(Option(f"o{n}", f"{n}") for n in range(count))
    question = Question("q", QuestionType.ORDER, "?", options=options)
    shown = shuffled(Quiz((question,), shuffle_options=False), seed).questions[0]
    assert [option.id for option in shown.options] != [option.id for option in options]
    assert shuffled(Quiz((shown,)), seed).questions[0] == shown


def test_another_seed_gives_another_order():
    options = tuple(Option(f"o{n}", f"{n}", credit=float(n == 3)) for n in range(8))
    quiz = Quiz((Question("q", QuestionType.CHOICE, "?", options=options),))
    orders = {tuple(o.id for o in shuffled(quiz, n).questions[0].options) for n in range(20)}
    assert len(orders) == 20


def test_the_order_of_a_seed_never_changes():
    """Tries that run while the box is updated go on in the order in which they began."""
    quiz = Quiz((q.ORDER, q.CHOICE), shuffle_questions=True)
    shown = shuffled(quiz, 7)
    assert [question.id for question in shown.questions] == ["year", "capital"]
    assert ["".join(o.id for o in question.options) for question in shown.questions] == [
        "yxz",
        "acb",
    ]


def test_right_sides_are_offered_once_each_in_an_order_that_says_nothing():
    offered = right_sides(q.MATCH)
    assert sorted(pair.right.casefold() for pair in offered) == ["аврупо", "африқо", "осиё"]
    assert offered == right_sides(q.MATCH)
    assert len({tuple(p.id for p in right_sides(q.MATCH, seed)) for seed in range(30)}) > 3


def _choice(*credits):
    options = tuple(Option(f"o{n}", f"{n}", credit=c) for n, c in enumerate(credits))
    return Question("q", QuestionType.CHOICE, "?", options=options)


@pytest.mark.parametrize(
    "question",
    [
        _choice(),
        _choice(1.0),
        _choice(0.0, 0.5),
        msgspec.structs.replace(_choice(1.0, 0.0), points=0.0),
        msgspec.structs.replace(_choice(1.0, 0.0), points=float("nan")),
        msgspec.structs.replace(q.CHOICES, options=(Option("a", "1"), Option("b", "2"))),
        msgspec.structs.replace(q.CHOICE, options=(*q.CHOICE.options, Option("a", "again"))),
        msgspec.structs.replace(q.TRUE_FALSE, accepted=()),
        msgspec.structs.replace(q.TRUE_FALSE, accepted=(Accepted("perhaps"),)),
        msgspec.structs.replace(q.NUMBER, accepted=(Accepted(value=float("inf")),)),
        msgspec.structs.replace(q.TEXT, accepted=(Accepted("", value=3),)),
        msgspec.structs.replace(q.MATCH, pairs=(Pair("a", "only", "one"),)),
        msgspec.structs.replace(q.MATCH, pairs=(Pair("a", "no"), Pair("b", "left"))),
        msgspec.structs.replace(q.ORDER, options=(Option("a", "same"), Option("b", "same"))),
        msgspec.structs.replace(q.GAPS, text="no gap"),
        msgspec.structs.replace(q.GAPS, gaps=(q.GAPS.gaps[0], ())),
        msgspec.structs.replace(q.GAPS, text="[[2]] [[1]]"),
    ],
)
def test_what_cannot_be_answered_rightly_is_known(question):
    assert not is_answerable(question)


def test_gaps_are_found_in_the_text():
    assert gap_numbers("a [[1]] b [[2]], [[x]] [3]") == [1, 2]
