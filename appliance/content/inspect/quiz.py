# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions: a spreadsheet, GIFT, Moodle XML or QTI 1.2, made into one form."""

import re
from pathlib import PurePath
from xml.etree.ElementTree import Element

import msgspec

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.guess import guess_language
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.markup import decode_page
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.quiz_pictures import StagedPictures
from appliance.content.inspect.staged import Staged
from appliance.content.inspect.unpack import Package, open_package
from appliance.content.item import Details, Kind, Metadata
from appliance.content.quiz.gift import read_gift
from appliance.content.quiz.markup_tree import MOST_BYTES, parse
from appliance.content.quiz.moodle import read_moodle
from appliance.content.quiz.qti import read_qti
from appliance.content.quiz.quiz import FILE_NAME, Question, Quiz
from appliance.content.quiz.reading import Pictures, Reading
from appliance.content.quiz.sheet import read_sheet
from appliance.content.result import Notice
from appliance.errors import RefusalError

_GAP = re.compile(r"\[\[\d+\]\]")
_OWN_ENDINGS = re.compile(r"\.(?:quiz|gift|qti)$", re.IGNORECASE)
_READERS = {"quiz": read_moodle, "questestinterop": read_qti}
_MOST_FILES = 200
_ENDS = (".xml", ".qti")


def inspect_quiz(staged: Staged) -> Inspection:
    """Read questions, and write ``quiz.json`` with their pictures.

    Raises:
        RefusalError: quiz-empty, quiz-too-large, quiz-no-heading, unsupported-kind, or what is
            wrong with the only questions that there are.
    """
    suffix = staged.main.suffix.lower()
    if suffix == ".zip":
        with open_package(staged.main, expected="ZIP") as package:
            return inspect_quiz_package(staged, package)
    pictures = StagedPictures(staged)
    if staged.main.stat().st_size > MOST_BYTES:
        raise RefusalError("zip-bomb", size=staged.main.stat().st_size)
    if suffix == ".xlsx":
        reading = read_sheet(staged.main, pictures)
    elif suffix == ".xml":
        reading = read_questions(parse(staged.main.read_bytes()), pictures)
    else:
        reading = read_gift(decode_page(staged.main.read_bytes()), pictures)
    return write_quiz(staged, reading, pictures)


def inspect_quiz_package(staged: Staged, package: Package) -> Inspection:
    """Read the questions of all QTI files in an archive as one quiz.

    Raises:
        RefusalError: as ``inspect_quiz``.
    """
    pictures = StagedPictures(staged, package)
    readings, refused = [], None
    for name in quiz_members(package)[:_MOST_FILES]:
        try:
            readings.append(read_questions(parse(package.read(name, MOST_BYTES)), pictures))
        except RefusalError as exc:
            refused = refused or exc
    if not readings:
        raise refused or RefusalError("quiz-empty")
    # The original must keep a name that nginx knows for one that holds answers.
    staged.main.rename(staged.main.with_name(f"{_OWN_ENDINGS.sub('', staged.main.stem)}.qti.zip"))
    return write_quiz(staged, _together(readings), pictures)


def quiz_members(package: Package) -> list[str]:
    """The files of an archive that hold questions in QTI 1.2, in order."""
    found = []
    for name, info in package.members.items():
        if PurePath(name).suffix.lower() in _ENDS and info.file_size <= MOST_BYTES:
            beginning = package.read(name, MOST_BYTES)[:4000]
            if b"<questestinterop" in beginning:
                found.append(name)
    return found


def read_questions(root: Element, pictures: Pictures) -> Reading:
    """The questions of an XML file, told by its root element.

    Raises:
        RefusalError: as ``inspect_quiz``.
    """
    reader = _READERS.get(str(root.tag))
    if reader is None:
        raise RefusalError("unsupported-kind")
    return reader(root, pictures)


def write_quiz(staged: Staged, reading: Reading, pictures: StagedPictures) -> Inspection:
    """Write what was read into the item's folder."""
    quiz = pictures.spoken(reading.quiz)
    (staged.folder / FILE_NAME).write_bytes(msgspec.json.encode(quiz))
    with PassageWriter(staged.folder) as passages:
        for question in quiz.questions:
            passages.add(question.id, _GAP.sub("…", question.text))
    text = "\n".join(question.text for question in quiz.questions)
    title = reading.title or _OWN_ENDINGS.sub("", staged.title)
    unused = pictures.unused
    odd = [Notice("pictures-unused", {"count": unused})] if unused else []
    shown = (question.picture for question in quiz.questions if question.picture)
    return Inspection(
        metadata=Metadata(
            title=title,
            languages=plain.languages([reading.language])
            or plain.languages([guess_language(text)]),
        ),
        details=Details(pages=len(quiz.questions)),
        cover=make_cover(staged, Kind.QUIZ, title, [staged.folder / path for path in shown][:1]),
        warnings=("text-cut",) if passages.cut else (),
        notices=(*reading.notices, *odd),
    )


def _together(readings: list[Reading]) -> Reading:
    """Several quizzes as one, under the rules of the first."""
    questions: dict[str, Question] = {}
    for question in (question for reading in readings for question in reading.quiz.questions):
        own, number = question.id, 1
        while own in questions:
            number += 1
            own = f"{question.id[:27]}-{number}"
        questions[own] = msgspec.structs.replace(question, id=own)
    rules = readings[0].quiz if len(readings) == 1 else Quiz(())
    return Reading(
        msgspec.structs.replace(rules, questions=tuple(questions.values())),
        readings[0].title,
        readings[0].language,
        tuple(notice for reading in readings for notice in reading.notices),
    )
