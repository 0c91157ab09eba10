# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts of a lesson at home say what the box says."""

import random
import sys
import unicodedata

import msgspec
import pytest

from appliance.content.quiz.grade import grade, right_answer
from appliance.content.quiz.home_key import home_key, zeros
from appliance.content.quiz.number import decimal, number
from appliance.content.quiz.quiz import (
    Accepted,
    Answer,
    Mastery,
    MasteryRule,
    Question,
    QuestionType,
    Quiz,
)
from appliance.content.quiz.wording import is_meant, plain, script_pattern
from appliance.language import UI_LANGUAGES, decimal_mark, points_in_words
from appliance.learning.home_code import HomeCode, MistypedCodeError, read_home_code
from appliance.learning.mastery import FirstAnswer, judge
from tests.unit.appliance.content.quiz import questions as q
from tests.unit.webapp.portal.node import run

_PIECES = (
    *("Рӯдакӣ", "рудаки", "RUDAKI", "Абӯабдуллоҳ", "дж", "ҷ", "ч", "shch", "ъ", "ь", "ғ", "ё"),
    *("1", "2", "3,5", "3.15", "0", "٣", "۱۲", "१", "½", "²", "1/2", "e5", "-", "−", "—", "+"),
    *(",", ".", " ", "\u00a0", "\t", "\u2009", "'", "’", "«", "»", "(", ")", "!", "…", "*", "\\*"),
    *("\\", "?", "[", "ß", "ς", "Σ", "ﬁ", "İ", "ı", "Å", "é", "e\u0301", "\u00ad", "ا\u064e"),
    *("😀", "\x1c", "\ufeff", "й"),
)
_NUMBERS = ("1", "12", "000", ",", ".", " ", "'", "-", "−", "/", "e3", "٣", "٫", "٬", "+", "\u00a0")


def _drawn(pieces: tuple[str, ...], count: int) -> list[str]:
    lots = random.Random("texts")
    return ["".join(lots.choices(pieces, k=lots.randrange(7))) for _ in range(count)]


def _as_script(answers: list[tuple[Question, Answer]]) -> list[dict[str, object]]:
    """What the script gives for each answer."""
    given = [
        [home_key(Quiz((question,)), lambda path: None, str, "en")["questions"][0], answer]
        for question, answer in answers
    ]
    found: list[dict[str, object]] = run(
        ["grade.js"],
        "(learnFigures(given[0]), given[1].map((each) => grade(each[0], each[1])))",
        [zeros(), given],
    )
    return found


def _agree(answers: list[tuple[Question, Answer]]) -> None:
    for (question, answer), found in zip(answers, _as_script(answers), strict=True):
        here = grade(question, answer)
        assert found == {
            "score": pytest.approx(here.score),
            "isRight": here.is_right,
            "feedback": list(here.feedback),
        }, (question, answer)


def test_numbers_are_read_alike() -> None:
    typed = [*_drawn(_NUMBERS, 4000), *_drawn(_PIECES, 2000), "9" * 41, "1e999", " 1 1/2 ", "1/0"]
    found = run(
        ["grade.js"],
        "(learnFigures(given[0]), given[1].map((each) => [number(each), decimal(each)]))",
        [zeros(), typed],
    )
    assert found == [[number(each), decimal(each)] for each in typed]


def test_letters_are_folded_alike() -> None:
    """Each letter of the scripts that people here may type or paste."""
    ranges = ((0x20, 0x590), (0x600, 0x700), (0x1E00, 0x2070), (0xFB00, 0xFB07), (0xFF00, 0xFF61))
    letters = [chr(code) for first, end in ranges for code in range(first, end)]
    typed = [*letters, *(f"а{letter}б" for letter in letters), *_drawn(_PIECES, 3000)]
    found = run(["grade.js"], "(learnFigures(given[0]), given[1].map(plainText))", [zeros(), typed])
    unlike = {here: (plain(here), there) for here, there in zip(typed, found, strict=True)}
    assert {here: both for here, both in unlike.items() if both[0] != both[1]} == {}


def test_the_same_texts_are_meant() -> None:
    lots = random.Random("meant")
    accepted = [text for text in _drawn(_PIECES, 1500) if text]
    pairs = [(text, lots.choice([text.upper(), text.replace("*", "а б"), *accepted[:40]]))
             for text in accepted for _ in range(3)]  # fmt: skip
    given = [
        [{"pattern": script_pattern(text), "decimal": decimal(text)}, typed]
        for text, typed in pairs
    ]
    found = run(
        ["grade.js"],
        "(learnFigures(given[0]), given[1].map((each) => isMeant(each[0], each[1])))",
        [zeros(), given],
    )
    assert [bool(each) for each in found] == [is_meant(*pair) for pair in pairs]
    assert any(found)
    assert not all(found)


@pytest.mark.parametrize("question", q.ALL, ids=lambda question: question.type)
def test_answers_are_worth_the_same(question: Question) -> None:
    lots = random.Random(question.type)
    right = right_answer(question)
    ids = [*(each.id for each in question.options), *(each.id for each in question.pairs)]
    parts = [*ids, *right, *_drawn(_PIECES, 30), *_drawn(_NUMBERS, 30), "true", "false", ""]
    answers: list[Answer] = [right, (), ("",), right[:-1], (*right, *right)]
    answers += [tuple(lots.choices(ids or parts, k=len(right))) for _ in range(200)]
    answers += [tuple(lots.choices(parts, k=lots.randrange(5))) for _ in range(300)]
    _agree([(question, answer) for answer in answers])


def test_odd_questions_are_worth_the_same() -> None:
    odd = Question(
        "odd",
        QuestionType.GAPS,
        "[[1]] [[2]]",
        gaps=(
            (Accepted("*дарё*", credit=0.5), Accepted("Сир*дарё"), Accepted("3/4", 0.75)),
            (Accepted("", 3.14, 0.01), Accepted("пи", credit=0.9), Accepted("", float("nan"))),
        ),
        points=2.0,
    )
    typed = ("Сирдарё", "сир ва дарё", "дарё", "3.15", "3,13", "пи", "ПИ", "", "0,75", "3/4", "nan")
    _agree([(odd, (one, other)) for one in typed for other in typed])


@pytest.mark.parametrize("rule", MasteryRule)
def test_a_quiz_is_passed_alike(rule: MasteryRule) -> None:
    lots = random.Random(rule)
    given, wanted = [], []
    for _ in range(300):
        mastery = Mastery(rule, lots.randrange(4), lots.randrange(6), lots.choice([0, 0.5, 0.7, 1]))
        answers = [
            FirstAnswer(lots.random() < 0.6, lots.choice([0, 0.5, 1]))
            for _ in range(lots.randrange(12))
        ]
        given.append(
            [
                {"rule": str(rule), "m": mastery.m, "n": mastery.n, "pass_mark": mastery.pass_mark},
                [{"isRight": each.is_right, "score": each.score} for each in answers],
            ]
        )
        here = judge(mastery, 10, 10.0, answers)
        wanted.append([here.over, here.passed, here.score, here.points])
    found = run(
        ["grade.js"],
        "given.map((each) => verdict(each[0], 10, 10, each[1]))"
        ".map((each) => [each.over, each.passed, each.score, each.points])",
        given,
    )
    assert found == wanted


def test_codes_are_written_as_the_box_reads_them() -> None:
    lots = random.Random("codes")
    codes = [
        (
            HomeCode(
                *(lots.randrange(64), lots.randrange(1 << 20), lots.randrange(1 << 12)),
                *(lots.randrange(2), lots.randrange(101), lots.randrange(1 << 15)),
            ),
            lots.randbytes(16),
        )
        for _ in range(200)
    ]
    found = run(
        ["code.js"],
        "given.map((each) => writeCode(each[0], each[1]))",
        [[msgspec.to_builtins(code), list(key)] for code, key in codes],
    )
    for (code, key), written in zip(codes, found, strict=True):
        assert written == code.sealed(key).written
        assert read_home_code(written) == code.sealed(key)
        assert read_home_code(written) != code.sealed(bytes(16))


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_points_are_written_alike(language: str) -> None:
    points = [0, 1, 10, 100, 6.5, 6.25, 20 / 3, 0.1 + 0.2, 0.004, 1e6]
    found = run(
        ["grade.js"],
        "given[0].map((each) => rounded(each, given[1]))",
        [points, decimal_mark(language)],
    )
    assert found == [points_in_words(each, language) for each in points]
    assert found[4] == ("6.5" if language == "en" else "6,5")


def test_one_wrong_letter_is_always_noticed() -> None:
    code = HomeCode(5, 77, 1000, 1, 80, 0b1011).sealed(b"k" * 16).written
    for place, letter in enumerate(code):
        for other in "23456789ACEHKMPTXY":
            if other != letter:
                with pytest.raises(MistypedCodeError):
                    read_home_code(code[:place] + other + code[place + 1 :])
    with pytest.raises(MistypedCodeError):
        read_home_code(code[:-1])
    with pytest.raises(MistypedCodeError):
        read_home_code(code + "2")


def test_any_keyboard_will_do() -> None:
    code = HomeCode(1, 2, 3, 0, 4, 5).sealed(bytes(16))
    latin, cyrillic = "ACEHKMPTXY", "АСЕНКМРТХУ"
    typed = code.written.translate(str.maketrans(latin, cyrillic)).lower()
    assert read_home_code(" - ".join((typed[:7], typed[7:]))) == code


def test_every_figure_of_every_script_is_known() -> None:
    known = {c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.decimal(c, 1) == 0}
    assert set(zeros()) == known
