# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet that teachers fill in, and its template."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.content.quiz.grade import grade, is_answerable, right_answer
from appliance.content.quiz.quiz import Mastery, MasteryRule, Question, QuestionType
from appliance.content.quiz.reading import Reading
from appliance.content.quiz.sheet import read_sheet
from appliance.content.quiz.template import write_quiz_template
from appliance.content.quiz.template_examples import EXAMPLES
from appliance.content.result import Notice
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES
from appliance.reasons import REASONS, sentence
from tests.unit.appliance.content.quiz.drawer import Drawer

HEADING = ("Савол", "Навъ", *"ABCDEF", "Ҷавоби дуруст", "Шарҳ", "Ёрӣ", "Расм", "Хол")


def book_of(
    folder: Path, *rows: tuple[object, ...], rules: tuple[tuple[object, ...], ...] = ()
) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADING)
    for row in rows:
        page.append(row)
    second = book.create_sheet("Танзимот")
    for rule in rules:
        second.append(rule)
    path = folder / "санҷиш.xlsx"
    book.save(path)
    return path


def row(
    question: str, kind: str, answers: tuple[object, ...], correct: object
) -> tuple[object, ...]:
    return (question, kind, *answers, *[None] * (6 - len(answers)), correct)


def read(
    folder: Path, *rows: tuple[object, ...], rules: tuple[tuple[object, ...], ...] = ()
) -> Reading:
    return read_sheet(book_of(folder, *rows, rules=rules), Drawer())


def only(folder: Path, *cells: object) -> Question:
    (question,) = read(folder, row(*cells)).quiz.questions  # type: ignore[arg-type] # a test's shorthand
    return question


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_the_examples_of_the_template_are_what_its_reader_understands(
    tmp_path: Path, language: str
) -> None:
    path = tmp_path / "quiz.xlsx"
    write_quiz_template(path, language)
    book = openpyxl.load_workbook(path)
    first, _, help_page = book.worksheets
    rows = help_page.iter_rows(min_row=6, max_col=13, values_only=True)
    for place, cells in enumerate(rows, start=2):
        for column, cell in enumerate(cells, start=1):
            first.cell(place, column, cell).data_type = "s" if cell else "n"
    book.save(path)

    reading = read_sheet(path, Drawer())
    assert reading.notices == ()
    assert [question.type for question in reading.quiz.questions] == list(QuestionType)
    assert len(EXAMPLES[language]) == len(QuestionType)
    for question in reading.quiz.questions:
        assert grade(question, right_answer(question)).is_right


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_an_empty_template_says_that_there_is_no_question(tmp_path: Path, language: str) -> None:
    write_quiz_template(tmp_path / "quiz.xlsx", language)
    with pytest.raises(RefusalError) as caught:
        read_sheet(tmp_path / "quiz.xlsx", Drawer())
    assert caught.value.code == "quiz-empty"


def test_a_row_says_everything(tmp_path: Path) -> None:
    cells = (*row("Пойтахт?", "як ҷавоб", ("Хуҷанд", "Душанбе"), "B"), "Шарҳи дароз")
    (question,) = read(tmp_path, (*cells, "Д…\nДу…", "map.png", 2.5)).quiz.questions
    assert question.feedback == "Шарҳи дароз"
    assert question.hints == ("Д…", "Ду…")
    assert question.picture == "files/map.png"
    assert question.points == 2.5
    assert [(option.text, option.credit) for option in question.options] == [
        ("Хуҷанд", 0.0),
        ("Душанбе", 1.0),
    ]


@pytest.mark.parametrize(
    ("answers", "correct", "kind"),
    [
        (("a", "b"), "A", QuestionType.CHOICE),
        (("a", "b", "c"), "A, C", QuestionType.CHOICES),
        (("x.png", "y.jpg | ю"), 1, QuestionType.PICTURE),
        ((), "дуруст", QuestionType.TRUE_FALSE),
        ((), False, QuestionType.TRUE_FALSE),
        ((), 3.5, QuestionType.NUMBER),
        ((), "3 ± 1", QuestionType.NUMBER),
        ((), "Рӯдакӣ", QuestionType.TEXT),
    ],
)
def test_a_type_that_nobody_wrote_is_seen_from_the_cells(
    tmp_path: Path, answers: tuple[str, ...], correct: object, kind: QuestionType
) -> None:
    assert only(tmp_path, "Савол?", "", answers, correct).type is kind


@pytest.mark.parametrize(
    ("correct", "place"),
    [("B", 1), ("b", 1), ("2", 1), (2, 1), ("(B)", 1), ("Б", 1), ("А", 0), ("С", 2), ("Г", 3)],
)
def test_the_right_answer_is_named_by_letter_or_number(
    tmp_path: Path, correct: object, place: int
) -> None:
    options = only(tmp_path, "?!", "choice", ("w", "x", "y", "z"), correct).options
    assert [option.credit for option in options].index(1.0) == place


def test_ticking_everything_earns_nothing(tmp_path: Path) -> None:
    question = only(tmp_path, "?", "чанд ҷавоб", ("a", "b", "c", "d"), "AC")
    assert grade(question, tuple(option.id for option in question.options)).score == 0.0


def test_words_beside_a_text_with_gaps_are_offered(tmp_path: Path) -> None:
    question = only(tmp_path, "Об [тар|нам] ва [[1]] аст.", "пропуски", ("хушк",), "")
    assert question.text == "Об [[1]] ва [1] аст."
    assert question.words == (("тар", "хушк"),)


def test_the_rules_stand_on_their_own_page(tmp_path: Path) -> None:
    rules = (
        ("Ном / Название / Title", "Санҷиши 1"),
        ("Забон / Язык / Language", "тоҷикӣ"),
        ("Кӯшишҳо / Попытки / Attempts", 2),
        ("Вақт (дақиқа) / Время (минуты) / Time (minutes)", 10),
        ("Саволҳоро омехтан / Перемешивать вопросы / Shuffle questions", "ҳа"),
        ("Shuffle answers", "нет"),
        ("Mastered if", "5 аз 7"),
        ("Pass mark (%)", "60 %"),
        ("Feedback after each answer", "no"),
        ("Anything else", "x"),
    )
    reading = read(tmp_path, row("?", "", ("a", "b"), "A"), rules=rules)
    quiz = reading.quiz
    assert (reading.title, reading.language, reading.notices) == ("Санҷиши 1", "tg", ())
    assert (quiz.attempts, quiz.seconds) == (2, 600)
    assert (quiz.shuffle_questions, quiz.shuffle_options, quiz.feedback) == (True, False, False)
    assert quiz.mastery == Mastery(MasteryRule.M_OF_N, m=5, n=7, pass_mark=0.6)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("attempts", "many"),
        ("time", -1),
        ("mastery", "7 of 5"),
        ("pass mark", 101),
        ("language", "xx1"),
        ("shuffle answers", "perhaps"),
        ("attempts", 1.5),
        ("mastery", "?"),
    ],
)
def test_a_rule_that_makes_no_sense_is_named_and_does_not_count(
    tmp_path: Path, setting: str, value: object
) -> None:
    reading = read(tmp_path, row("?", "", ("a", "b"), "A"), rules=((setting, value),))
    assert reading.notices == (Notice("quiz-row-setting", {"row": 1, "value": str(value)}),)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("", "", ("a", "b"), "A"), "quiz-row-no-question"),
        (("?", "what", ("a", "b"), "A"), "quiz-row-type"),
        (("?", "", ("a", "b"), ""), "quiz-row-no-correct"),
        (("?", "", ("a", "b"), "D"), "quiz-row-correct"),
        (("?", "", ("a", "b"), "0"), "quiz-row-correct"),
        (("?", "", ("a", "b", "c"), "В"), "quiz-row-letter"),
        (("?", "choice", ("a", "b"), "A, B"), "quiz-row-one-correct"),
        (("?", "choice", ("a",), "A"), "quiz-row-answers"),
        (("?", "order", ("a", "a"), ""), "quiz-row-answers"),
        (("?", "true or false", (), "perhaps"), "quiz-row-truth"),
        (("?", "number", (), "five"), "quiz-row-number"),
        (("?", "pairs", ("a - b", "c = d"), ""), "quiz-row-pairs"),
        (("?", "pairs", ("a = b", "c = b"), ""), "quiz-row-answers"),
        (("?", "gaps", (), ""), "quiz-row-gaps"),
        (("?", "picture", ("a.png", "b.gif"), "A"), "quiz-row-picture"),
    ],
)
def test_a_wrong_row_is_named_with_its_number_and_the_others_count(
    tmp_path: Path, cells: tuple[object, ...], code: str
) -> None:
    good = row("Хуб?", "", ("a", "b"), "A")
    reading = read(tmp_path, good, row(*cells))  # type: ignore[arg-type] # a test's shorthand
    assert len(reading.quiz.questions) == 1
    (notice,) = reading.notices
    assert (notice.code, notice.details["row"]) == (code, 3)
    for language in UI_LANGUAGES:
        assert "3" in sentence(notice.code, notice.details, language)
        assert "…" not in sentence(notice.code, notice.details, language)


def test_every_code_of_a_row_has_its_words() -> None:
    assert {code for code in REASONS if code.startswith("quiz-row")} >= {"quiz-row-points"}


def test_of_a_sheet_with_nothing_but_wrong_rows_the_first_is_the_reason(tmp_path: Path) -> None:
    with pytest.raises(RefusalError) as caught:
        read(tmp_path, row("?", "", ("a", "b"), "Z"))
    assert (caught.value.code, caught.value.details["row"]) == ("quiz-row-correct", 2)


def test_a_workbook_without_questions_is_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Name", "Price"])
    book.save(tmp_path / "prices.xlsx")
    with pytest.raises(RefusalError) as caught:
        read_sheet(tmp_path / "prices.xlsx", Drawer())
    assert caught.value.code == "quiz-no-heading"


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(RefusalError):
        read_sheet(tmp_path / "a.xlsx", Drawer())


_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["A", "B, C", "a = b", "= b", "[x]", "[]", "x.png", "3 ± 1", "1..5", "ABC"]),
    st.sampled_from(["choice", "choices", "pairs", "order", "gaps", "picture", "number", "text"]),
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(
    rows=st.lists(st.lists(_CELLS, max_size=13), max_size=5),
    rules=st.lists(st.tuples(st.sampled_from(["attempts", "mastery", "time"]), _CELLS), max_size=3),
)
def test_whatever_the_cells_only_a_refusal_comes_out(
    tmp_path: Path, rows: list[list[object]], rules: list[tuple[str, object]]
) -> None:
    path = book_of(tmp_path, *map(tuple, rows), rules=tuple(rules))
    try:
        reading = read_sheet(path, Drawer())
    except RefusalError:
        return
    assert all(map(is_answerable, reading.quiz.questions))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(place=st.integers(0, 4000), byte=st.binary(min_size=1, max_size=4), cut=st.booleans())
def test_whatever_the_bytes_only_a_refusal_comes_out(
    tmp_path: Path, place: int, byte: bytes, cut: bool
) -> None:
    path = tmp_path / "whole.xlsx"
    if not path.exists():
        book_of(tmp_path, row("?", "", ("a", "b"), "A")).rename(path)
    data = path.read_bytes()
    place %= len(data)
    damaged = data[:place] + byte + (b"" if cut else data[place + len(byte) :])
    (tmp_path / "damaged.xlsx").write_bytes(damaged)
    try:
        reading = read_sheet(tmp_path / "damaged.xlsx", Drawer())
    except RefusalError:
        return
    assert reading.quiz.questions
