# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions of a Moodle backup, written as Moodle XML, which the quiz reader knows.

Source: Moodle's ``backup_questions_structure_step`` and ``backup_qtype_*_plugin``, versions 2 to 4;
https://docs.moodle.org/en/Moodle_XML_format.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from appliance.content.quiz.markup_tree import every, float_of, text_at

Pictures = Callable[[str, str], dict[str, str]]
"""Gives the files of an area and of whatever has an id: their contents in base64, by name."""

_WHOLE = 100
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_RENAMED = {"match": "matching", "multianswer": "cloze"}
_PART = re.compile(r"\{#(\d{1,3})\}")


class QuestionBank:
    """The questions of ``questions.xml``."""

    def __init__(self, root: Element, pictures: Pictures) -> None:
        self._pictures = pictures
        self._by_id = {one.get("id", ""): one for one in every(root, "question") if one.get("id")}
        self._entries = {
            entry.get("id", ""): _newest(entry) for entry in every(root, "question_bank_entry")
        }

    def of_quiz(self, quiz: Element) -> Iterator[Element]:
        """The questions of ``quiz.xml``, in order, as Moodle XML."""
        for instance in every(quiz, "question_instance"):
            entry = next((text_at(e) for e in every(instance, "questionbankentryid")), "")
            question = self._by_id.get(self._entries.get(entry) or text_at(instance, "questionid"))
            if question is not None:
                yield self._written(question)

    def _written(self, question: Element) -> Element:
        kind = text_at(question, "qtype").lower()
        made = Element("question", type=_RENAMED.get(kind, kind))
        SubElement(SubElement(made, "name"), "text").text = text_at(question, "name")
        own_id = question.get("id", "")
        asked = self._prose(made, "questiontext", question, "questiontext", own_id)
        if kind == "multianswer":
            asked.text = self._with_parts(question, asked.text or "")
        self._prose(made, "generalfeedback", question, "generalfeedback", own_id)
        SubElement(made, "defaultgrade").text = text_at(question, "defaultmark")
        single = next(every(question, "single"), None)
        if single is not None:
            SubElement(made, "single").text = "true" if text_at(single) == "1" else "false"
        self._answers(made, question, kind)
        return made

    def _answers(self, made: Element, question: Element, kind: str) -> None:
        spread = {text_at(e, "answer"): e for e in every(question, "numerical_record")}
        truth = text_at(next(every(question, "trueanswer"), None))
        for answer in (one for one in every(question, "answer") if one.get("id")):
            if kind in ("gapselect", "ddwtos"):
                option = SubElement(made, "selectoption")
                SubElement(option, "text").text = text_at(answer, "answertext")
                continue
            fraction = (float_of(text_at(answer, "fraction")) or 0.0) * _WHOLE
            own_id = answer.get("id", "")
            written = SubElement(made, "answer", fraction=f"{fraction:.5f}")
            text = self._text(written, answer, "answertext", "answer", own_id)
            if kind == "truefalse":
                text.text = "true" if own_id == truth else "false"
            if own_id in spread:
                SubElement(written, "tolerance").text = text_at(spread[own_id], "tolerance")
            self._prose(written, "feedback", answer, "feedback", own_id)
        for pair in (one for one in every(question, "match") if one.get("id")):
            part = SubElement(made, "subquestion")
            self._text(part, pair, "questiontext", "subquestion", pair.get("id", ""))
            right = SubElement(part, "answer")
            SubElement(right, "text").text = text_at(pair, "answertext")

    def _with_parts(self, question: Element, text: str) -> str:
        """A text with gaps, whose parts are questions of their own."""
        sequence = next((text_at(e) for e in every(question, "sequence")), "").split(",")
        parts = [text_at(self._by_id.get(one.strip()), "questiontext") for one in sequence]

        def part(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            return parts[place] if 0 <= place < len(parts) else found[0]

        return _PART.sub(part, text)

    def _prose(self, made: Element, tag: str, source: Element, name: str, own_id: str) -> Element:
        return self._text(SubElement(made, tag), source, name, tag, own_id)

    def _text(self, made: Element, source: Element, name: str, area: str, own_id: str) -> Element:
        """The words of ``source`` below ``made``, with the files that they show."""
        text = SubElement(made, "text")
        text.text = text_at(source, name)
        made.set("format", _FORMATS.get(text_at(source, f"{name}format") or "1", "html"))
        if "@@PLUGINFILE@@" in text.text:
            for file, content in self._pictures(area, own_id).items():
                SubElement(made, "file", name=file, encoding="base64").text = content
        return text


def _newest(entry: Element) -> str:
    """The id of the newest question of an entry."""
    versions = list(every(entry, "question_versions"))
    newest = max(versions, key=lambda one: float_of(text_at(one, "version")) or 0, default=entry)
    return next((one.get("id", "") for one in every(newest, "question") if one.get("id")), "")
