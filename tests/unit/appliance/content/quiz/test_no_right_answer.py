# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions that do not say what is right: in whatever format, they are named and never asked."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from appliance.content.inspect.quiz import read_questions
from appliance.content.quiz.gift import read_gift
from appliance.content.quiz.markup_tree import parse
from appliance.content.quiz.reading import Reading
from appliance.content.quiz.sheet import read_sheet
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES
from appliance.reasons import sentence
from tests.unit.appliance.content.quiz.drawer import Drawer

NAME = "Пойтахт?"
Read = Callable[[Path, bool], Reading]


def _sheet(folder: Path, good: bool) -> Reading:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(("Савол", "A", "B", "Ҷавоби дуруст"))
    page.append((NAME, "Душанбе", "Хуҷанд", None))
    if good:
        page.append(("Хуб?", "a", "b", "B"))
    book.save(folder / "тест.xlsx")
    return read_sheet(folder / "тест.xlsx", Drawer())


def _gift(folder: Path, good: bool) -> Reading:
    text = f"{NAME} {{~Душанбе ~Хуҷанд}}"
    return read_gift(text + ("\n\nХуб? {T}" if good else ""), Drawer())


def _moodle(folder: Path, good: bool) -> Reading:
    def question(name: str, fraction: int) -> str:
        return f"""<question type="multichoice"><name><text>{name}</text></name>
        <questiontext format="html"><text>{name}</text></questiontext><single>true</single>
        <answer fraction="{fraction}"><text>Душанбе</text></answer>
        <answer fraction="0"><text>Хуҷанд</text></answer></question>"""

    both = question(NAME, 0) + (question("Хуб?", 100) if good else "")
    return read_questions(parse(f"<quiz>{both}</quiz>".encode()), Drawer())


def _qti(folder: Path, good: bool) -> Reading:
    right = """<resprocessing><outcomes><decvar/></outcomes><respcondition><conditionvar>
    <varequal respident="r">a</varequal></conditionvar><setvar action="Set">100</setvar>
    </respcondition></resprocessing>"""

    def question(name: str, said: str) -> str:
        return f"""<item ident="{len(said)}" title="{name}"><presentation>
        <material><mattext>{name}</mattext></material>
        <response_lid ident="r" rcardinality="Single"><render_choice>
        <response_label ident="a"><material><mattext>Душанбе</mattext></material></response_label>
        <response_label ident="b"><material><mattext>Хуҷанд</mattext></material></response_label>
        </render_choice></response_lid></presentation>{said}</item>"""

    both = question(NAME, "") + (question("Хуб?", right) if good else "")
    whole = f"<questestinterop><assessment><section>{both}</section></assessment></questestinterop>"
    return read_questions(parse(whole.encode()), Drawer())


@pytest.mark.parametrize(
    ("read", "code", "named"),
    [
        (_sheet, "quiz-row-no-correct", "2"),
        (_gift, "question-no-answer", NAME),
        (_moodle, "question-no-answer", NAME),
        (_qti, "question-no-answer", NAME),
    ],
    ids=["sheet", "gift", "moodle", "qti"],
)
def test_it_is_named_and_the_others_are_asked(
    tmp_path: Path, read: Read, code: str, named: str
) -> None:
    reading = read(tmp_path, True)
    assert [question.text for question in reading.quiz.questions] == ["Хуб?"]
    (notice,) = reading.notices
    assert notice.code == code
    with pytest.raises(RefusalError) as caught:
        read(tmp_path, False)
    assert (caught.value.code, caught.value.details) == (code, notice.details)
    said = {sentence(code, notice.details, language) for language in UI_LANGUAGES}
    assert len(said) == len(UI_LANGUAGES)
    assert all(named in one for one in said)
