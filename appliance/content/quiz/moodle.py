# SPDX-License-Identifier: GPL-3.0-or-later
"""Moodle XML: questions as Moodle exports them (https://docs.moodle.org/en/Moodle_XML_format)."""

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import msgspec

from appliance.content.quiz import cloze
from appliance.content.quiz.markup_tree import float_of, text_at
from appliance.content.quiz.prose import Prose, line, lines
from appliance.content.quiz.quiz import Accepted, Option, Pair, Question, QuestionType, Quiz
from appliance.content.quiz.reading import (
    LONGEST_ANSWER,
    LONGEST_OPTION,
    LONGEST_TEXT,
    Pictures,
    QuizBuilder,
    Reading,
    choice_type,
    name_of,
    points,
)
from appliance.content.result import Notice

_PLUGIN_FILE = "@@PLUGINFILE@@/"
_MOST_HINTS = 10
_SLOT = re.compile(r"\[\[(\d{1,3})\]\]")
_HTML = ("html", "moodle_auto_format", "")


def read_moodle(root: Element, pictures: Pictures) -> Reading:
    """Questions from the tree of a Moodle XML file, whose root is ``quiz``.

    Raises:
        RefusalError: quiz-empty, quiz-too-large, or what is wrong with the only questions.
    """
    builder, category = QuizBuilder(), ""
    for element in root.iter("question"):
        kind = element.get("type", "").lower()
        if kind == "category":
            category = category or text_at(element, "category", "text").rsplit("/", 1)[-1]
            continue
        _add(builder, element, kind, pictures)
    return builder.reading(Quiz(()), category)


def _add(builder: QuizBuilder, element: Element, kind: str, pictures: Pictures) -> None:
    asked = _Prose(element.find("questiontext"), pictures)
    name = line(text_at(element, "name", "text"), LONGEST_OPTION) or asked.text
    read = _KINDS.get(kind)
    if read is None:
        builder.leave_out(name, kind or "?")
        return
    try:
        question = read(element, asked, pictures)
    except cloze.UnclearError:
        builder.unclear(name)
        return
    said = {
        field: _Prose(element.find(tag), pictures).text
        for field, tag in (
            ("feedback", "generalfeedback"),
            ("right", "correctfeedback"),
            ("wrong", "incorrectfeedback"),
        )
    }
    hints = (_Prose(hint, pictures).text for hint in element.findall("hint")[:_MOST_HINTS])
    builder.add(
        msgspec.structs.replace(
            question,
            id=text_at(element, "idnumber"),
            text=question.text or asked.text,
            picture=asked.picture,
            points=points(float_of(text_at(element, "defaultgrade"))),
            hints=tuple(filter(None, hints)),
            **said,
        ),
        refused=Notice("question-no-answer", {"name": name_of(name)}),
    )


class _Prose:
    """Text in Moodle's way: ``<text>`` with a format, and the files that it shows.

    Attributes:
        text: plain.
        picture: path of the first picture that is there, or empty.
    """

    def __init__(self, element: Element | None, pictures: Pictures) -> None:
        written = text_at(element, "text")
        if element is not None and element.get("format", "").lower() in _HTML:
            prose = Prose(written)
            self.written, sources = prose.text, prose.pictures
        else:
            self.written, sources = written, []
        self.text = lines(self.written, LONGEST_TEXT)
        files = {} if element is None else _files(element)
        found = (_picture(source, files, pictures) for source in sources)
        self.picture = next(filter(None, found), "")

    @property
    def line(self) -> str:
        """The text in one line, as an option has it."""
        return line(self.text, LONGEST_OPTION)


def _files(element: Element) -> dict[str, str]:
    """What is embedded, in base64, by name."""
    return {
        file.get("name", ""): file.text or ""
        for file in element.findall("file")
        if file.get("encoding", "base64") == "base64"
    }


def _picture(source: str, files: dict[str, str], pictures: Pictures) -> str:
    if source.startswith("data:image/"):
        return _embedded("picture", source.partition("base64,")[2], pictures)
    name = unquote(source.removeprefix(_PLUGIN_FILE)).lstrip("/")
    if name in files:
        return _embedded(name, files[name], pictures)
    return pictures.beside(name)


def _embedded(name: str, encoded: str, pictures: Pictures) -> str:
    try:
        return pictures.embedded(name, base64.b64decode(encoded))
    except (binascii.Error, ValueError):
        return ""


def _credit(answer: Element) -> float:
    value = float_of(answer.get("fraction", "0")) or 0.0
    return min(max(value / 100, -1.0), 1.0)


def _feedback(answer: Element, pictures: Pictures) -> str:
    return _Prose(answer.find("feedback"), pictures).text


def _option(answer: Element, pictures: Pictures) -> Option:
    prose = _Prose(answer, pictures)
    return Option(
        "",
        prose.line,
        picture=prose.picture,
        credit=_credit(answer),
        feedback=_feedback(answer, pictures),
    )


def _multichoice(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    options = tuple(_option(answer, pictures) for answer in element.findall("answer"))
    single = text_at(element, "single").lower() in ("", "true", "1")
    kind = choice_type(options) if single else QuestionType.CHOICES
    return Question("", kind, "", options=options)


def _true_false(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    found = {text_at(answer, "text").lower(): answer for answer in element.findall("answer")}
    accepted = [
        Accepted(text, credit=_credit(answer), feedback=_feedback(answer, pictures))
        for text, answer in found.items()
        if text in ("true", "false")
    ]
    accepted.sort(key=lambda one: -one.credit)
    return Question("", QuestionType.TRUE_FALSE, "", accepted=tuple(accepted))


def _short(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    accepted = tuple(
        Accepted(
            line(text_at(answer, "text"), LONGEST_ANSWER),
            credit=_credit(answer),
            feedback=_feedback(answer, pictures),
        )
        for answer in element.findall("answer")
    )
    return Question("", QuestionType.TEXT, "", accepted=accepted)


def _numerical(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    accepted = []
    for answer in element.findall("answer"):
        value = float_of(text_at(answer, "text"))
        if value is not None:  # "*" is what is said to any other answer
            tolerance = abs(float_of(text_at(answer, "tolerance")) or 0.0)
            accepted.append(
                Accepted("", value, tolerance, _credit(answer), _feedback(answer, pictures))
            )
    return Question("", QuestionType.NUMBER, "", accepted=tuple(accepted))


def _matching(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    pairs = []
    for part in element.findall("subquestion"):
        left = _Prose(part, pictures)
        right = part.find("answer")
        right_prose = _Prose(right, pictures)
        pairs.append(
            Pair("", right_prose.line, left.line, left.picture, right_prose.picture),
        )
    return Question("", QuestionType.MATCH, "", pairs=tuple(pairs))


def _ordering(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    options = tuple(
        msgspec.structs.replace(_option(answer, pictures), credit=0.0)
        for answer in element.findall("answer")
    )
    return Question("", QuestionType.ORDER, "", options=options)


def _cloze(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    return cloze.read_cloze(asked.written)


def _select(element: Element, asked: _Prose, pictures: Pictures) -> Question:
    """Text with ``[[3]]`` where the third of the words belongs; those of its group are offered."""
    boxes = [*element.findall("selectoption"), *element.findall("dragbox")]
    choices = [
        (line(text_at(box, "text"), LONGEST_ANSWER), text_at(box, "group") or "1") for box in boxes
    ]
    wanted = [int(found) - 1 for found in _SLOT.findall(asked.written)]
    if not wanted or any(not 0 <= place < len(choices) for place in wanted):
        raise cloze.UnclearError
    parts = _SLOT.split(asked.written)[::2]
    return Question(
        "",
        QuestionType.GAPS,
        cloze.gapped(parts),
        gaps=tuple((cloze.literal(choices[place][0]),) for place in wanted),
        words=tuple(
            tuple(sorted({text for text, group in choices if group == choices[place][1]}))
            for place in wanted
        ),
    )


_KINDS: dict[str, Callable[[Element, _Prose, Pictures], Question]] = {
    "multichoice": _multichoice,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _select,
    "ddwtos": _select,
}
