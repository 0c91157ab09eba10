# SPDX-License-Identifier: GPL-3.0-or-later
"""GIFT, the text format of Moodle for questions (https://docs.moodle.org/en/GIFT_format).

Questions stand apart by empty lines: ``::title::[html]text {answers} more text``.
"""

import re
from collections.abc import Iterator

import msgspec

from appliance.content.quiz.gift_answers import UnclearError, answered
from appliance.content.quiz.prose import Prose, line, lines, words_of
from appliance.content.quiz.quiz import Quiz
from appliance.content.quiz.reading import LONGEST_TEXT, Pictures, QuizBuilder, Reading

_FORMATS = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_CATEGORY = re.compile(r"\$(?:CATEGORY|COURSE\$)[^:\n]*:?\s*(.*)", re.IGNORECASE)
_ID = re.compile(r"\[id:([^\]\s]{1,100})\]")
# Escaped characters stand for themselves; until all is cut apart they are letters of their own.
_ESCAPABLE = "\\~=#{}:"
_PRIVATE = 0xE000
_HIDDEN = {character: chr(_PRIVATE + n) for n, character in enumerate(_ESCAPABLE)}
_SHOWN = {ord(hidden): character for character, hidden in _HIDDEN.items()}
_GAP = "_____"


class _Written(msgspec.Struct, frozen=True):
    """A question as it stands in the file.

    Attributes:
        answers: what stands in braces, ``{}`` with nothing in them; None: there are no braces.
    """

    title: str
    text: str
    after: str
    answers: str | None
    html: bool | None
    id: str


def read_gift(text: str, pictures: Pictures) -> Reading:
    """Questions in GIFT.

    Raises:
        RefusalError: quiz-empty, quiz-too-large, or what is wrong with the only questions.
    """
    builder, category = QuizBuilder(), ""
    for block, comments in _blocks(text):
        if found := _CATEGORY.match(block):
            category = category or found[1].strip().rsplit("/", 1)[-1]
            continue
        _add(builder, _cut(block, comments), pictures)
    return builder.reading(Quiz(()), _shown(category))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What stands between empty lines, and the comments in it."""
    plain = text.lstrip("\ufeff").translate(dict.fromkeys(map(ord, _HIDDEN.values())))
    found: list[str] = []
    comments: list[str] = []
    for row in (*plain.splitlines(), ""):
        stripped = row.strip()
        if stripped.startswith("//"):
            comments.append(stripped)
        elif stripped.startswith("$"):
            yield stripped, ""
        elif stripped:
            found.append(row)
        elif found:
            yield "\n".join(found), " ".join(comments)
            found, comments = [], []


def _cut(block: str, comments: str) -> _Written:
    """A block in its parts, escaped characters still hidden."""
    rest = re.sub(
        rf"\\([{re.escape(_ESCAPABLE)}])", lambda found: _HIDDEN[found[1]], block.strip()
    ).replace("\\n", "\n")
    title = _TITLE.match(rest)
    rest = rest[title.end() :].lstrip() if title else rest
    named = _FORMATS.match(rest)
    rest = rest[named.end() :] if named else rest
    opening, closing = rest.find("{"), rest.rfind("}")
    answers = None
    after = ""
    if 0 <= opening < closing:
        answers, after = rest[opening + 1 : closing].strip(), rest[closing + 1 :]
        rest = rest[:opening]
    own = _ID.search(comments)
    html = {"html": True, "plain": False}.get(named[1].lower()) if named else None
    return _Written(
        title=title[1].strip() if title else "",
        text=rest.strip(),
        after=after.strip(),
        answers=answers,
        html=html,
        id=own[1] if own else "",
    )


def _add(builder: QuizBuilder, written: _Written, pictures: Pictures) -> None:
    name = _shown(written.title or written.text)
    if not written.answers:
        builder.leave_out(name, "description" if written.answers is None else "essay")
        return
    text = f"{written.text} {_GAP} {written.after}" if written.after else written.text
    try:
        answers = answered(written.answers, lambda part: _words(part, written.html))
    except UnclearError:
        builder.unclear(name)
        return
    shown = _shown(text)
    builder.add(
        msgspec.structs.replace(
            answers,
            id=written.id,
            text=lines(words_of(shown, html=written.html), LONGEST_TEXT),
            picture=_picture(shown, pictures) if written.html is not False else "",
        )
    )


def _picture(text: str, pictures: Pictures) -> str:
    """The first picture of a text that lies beside the file."""
    found = Prose(text).pictures if "<img" in text.lower() else []
    return next(filter(None, (pictures.beside(address) for address in found)), "")


def _words(part: str, html: bool | None) -> str:
    """The words of an answer; it may say its own format."""
    named = _FORMATS.match(part.strip())
    if named:
        part, html = part.strip()[named.end() :], named[1].lower() == "html"
    return line(words_of(_shown(part), html=html), LONGEST_TEXT)


def _shown(text: str) -> str:
    return text.translate(_SHOWN)
