# SPDX-License-Identifier: GPL-3.0-or-later
"""A lesson as one HTML file, made while it is sent: no picture is ever whole in memory.

It opens without the box: nothing in it leads outside, and it forbids itself to try
(Content-Security-Policy in a meta element, https://www.w3.org/TR/CSP2/#delivery-html-meta-element).
"""

import base64
import hashlib
import mimetypes
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import msgspec
from flask import render_template
from markupsafe import escape

from appliance.content.page import Element, Page
from appliance.content.quiz.home_key import home_key
from appliance.content.quiz.quiz import Quiz
from appliance.content.store import ContentStore
from appliance.learning.home_code import MOST_MARKS
from appliance.learning.home_copies import HomeCopy
from appliance.learning.mastery import judge
from webapp.portal.home_lesson import HomeLesson
from webapp.portal.home_words import script_words
from webapp.portal.interface import gettext, me
from webapp.portal.item import MIMES
from webapp.portal.library import library
from webapp.portal.score_words import verdict_words

_PARTS = Path(__file__).with_name("home")
_CHUNK = 192 * 1024  # a multiple of 3: base64 of the pieces is base64 of the whole
_VOID = frozenset({"br", "hr"})


def pieces(lesson: HomeLesson, copy: HomeCopy | None) -> Iterator[str]:
    """The file, piece by piece.

    Args:
        copy: whose codes its quiz gives; nothing where it has no quiz.
    """
    shelf, pictures = library(), list(lesson.quiz_sizes)
    hole = secrets.token_hex(16)  # where something stands that no template escapes
    page = render_template("learn/home_file.html", lesson=lesson, policy=_policy(), hole=hole)
    head, before, between, after = page.split(hole)
    facts = _facts(lesson, copy, pictures) if copy else ""

    def sent() -> Iterator[str]:
        yield from (head, f"<style>{_part('look.css')}</style>", before)
        if lesson.page is not None:
            yield from _shown(lesson.nodes, shelf.store, lesson.page.id, set(lesson.sizes))
        yield between
        if lesson.quiz_item is not None and facts:
            yield from _quiz(lesson.quiz_item.id, shelf.store, pictures, facts)
        yield after

    return sent()


def _quiz(item_id: str, store: ContentStore, pictures: list[str], facts: str) -> Iterator[str]:
    """The pictures and sounds of the quiz, what the script knows, and the script."""
    for number, path in enumerate(pictures):
        yield f'<script type="text/plain" id="m{number}">'
        yield from _embedded(store, item_id, path)
        yield "</script>\n"
    yield f'<script type="text/plain" id="facts">{facts}</script>\n<script>{_script()}</script>'


def _facts(lesson: HomeLesson, copy: HomeCopy, pictures: list[str]) -> str:
    """What the script knows, in base64: nobody reads the right answers by accident."""
    if lesson.quiz is None or lesson.quiz_item is None:
        return ""
    places = {path: number for number, path in enumerate(pictures)}
    facts = {
        "quiz": home_key(lesson.quiz, places.get, gettext, me.language),
        "title": gettext("Quiz"),
        "school": copy.school,
        "copy": copy.id,
        "key": list(copy.key),
        "most_marks": MOST_MARKS,
        "address": f"{library().config.portal_url.removeprefix('http://')}/my/code",
        "words": _words(lesson.quiz),
    }
    return base64.b64encode(msgspec.json.encode(facts)).decode()


def _words(quiz: Quiz) -> dict[str, str]:
    questions = quiz.questions
    whole = judge(quiz.mastery, len(questions), sum(one.points for one in questions), ())
    return {
        **script_words(len(questions), whole.points),
        "passed": verdict_words(quiz.mastery, passed=True),
        "failed": verdict_words(quiz.mastery, passed=False),
    }


def _shown(nodes: Page, store: ContentStore, item_id: str, there: set[str]) -> Iterator[str]:
    """The elements of a page, as ``read/_nodes.html`` shows them, with their files inside."""
    for node in nodes:
        if isinstance(node, str):
            yield str(escape(node))
        elif node.tag in _VOID:
            yield f"<{node.tag}>"
        elif node.tag in ("img", "audio"):
            if f"files/{node.file}" in there:
                yield from _file_element(node, store, item_id)
            else:
                yield str(escape(node.text))
        else:
            start = f' start="{node.start}"' if node.tag == "ol" and node.start != 1 else ""
            scroll = node.tag == "table"
            yield f"{'<div class=scroll tabindex=0>' if scroll else ''}<{node.tag}{start}>"
            yield from _shown(node.inside, store, item_id, there)
            yield f"</{node.tag}>{'</div>' if scroll else ''}"


def _file_element(node: Element, store: ContentStore, item_id: str) -> Iterator[str]:
    text = escape(node.text)
    yield (
        f'<img alt="{text}" src="'
        if node.tag == "img"
        else f'<audio controls aria-label="{text}" src="'
    )
    yield from _embedded(store, item_id, f"files/{node.file}")
    yield '">' if node.tag == "img" else '"></audio>'


def _embedded(store: ContentStore, item_id: str, path: str) -> Iterator[str]:
    """A file of an item as a ``data:`` address."""
    suffix = PurePosixPath(path).suffix.lower()
    mime = MIMES.get(suffix) or mimetypes.guess_type(f"a{suffix}")[0] or "application/octet-stream"
    yield f"data:{mime};base64,"
    with store.path(item_id, path).open("rb") as source:
        while piece := source.read(_CHUNK):
            yield base64.b64encode(piece).decode()


@cache
def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return "\n".join(map(_part, ("grade.js", "code.js", "ask.js")))


@cache
def _policy() -> str:
    """Nothing from anywhere, and no script or style but ours."""
    return (
        "default-src 'none'; img-src data:; media-src data:; form-action 'none'; base-uri 'none'; "
        f"style-src {_hash(_part('look.css'))}; script-src {_hash(_script())}"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
