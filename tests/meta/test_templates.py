# SPDX-License-Identifier: GPL-3.0-or-later
"""Every word on every page can be said in Tajik and in Russian."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

_WEBAPP = Path(__file__).parents[2] / "webapp"
_SITES = ("portal", "admin")
_TEMPLATES = sorted(_WEBAPP.glob("*/templates/**/*.html"))
_LETTER = re.compile(r"[^\W\d_]")
_SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|label|aria-label)="([^"]*)\"""")
_VALUE = "\x00"
# What a page puts into the class attribute of its frame.
_CLASS_BLOCK = re.compile(r"\{% block \w*class %\}.*?\{% endblock %\}")
_ENTITY = re.compile(r"&#?\w+;")
# The same word in every language, or no word at all.
_ALLOWED = {"A", "PDF"}


def _literal_text(template: Path) -> Iterator[str]:
    """What a template says by itself, outside tags and in attributes that are read aloud."""
    source = _CLASS_BLOCK.sub("", template.read_text(encoding="utf-8"))
    lexed = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(source)
    page = "".join(text if kind == "data" else _VALUE for _, kind, text in lexed)
    yield from _SPOKEN.findall(page)
    page = re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)
    yield from re.sub(r"<[^>]*>", "\n", page).split("\n")


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: str(path.relative_to(_WEBAPP)))
def test_no_literal_words(template: Path) -> None:
    found = (_ENTITY.sub("", text.replace(_VALUE, "")).strip() for text in _literal_text(template))
    assert [text for text in found if _LETTER.search(text) and text not in _ALLOWED] == []


@pytest.mark.parametrize("language", ["tg", "ru"])
@pytest.mark.parametrize("site", _SITES)
def test_every_message_is_translated(site: str, language: str) -> None:
    used = _messages(site)
    file = _WEBAPP / "translations" / language / "LC_MESSAGES" / f"{site}.po"
    with file.open("rb") as opened:
        catalog = read_po(opened, locale="en" if language == "tg" else language)
    assert [message for message in used if not _translated(catalog, message)] == []
    assert [m.id for m in catalog if m.id and _one(m.id) not in used] == [], "no longer used"
    for message in catalog:
        if message.id:
            assert not message.fuzzy, message.id
            wanted = _placeholders(_one(message.id))
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(_placeholders(text) == wanted for text in said), message.id


def _messages(site: str) -> set[str]:
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**.xml", "jinja2")]
    options = {pattern: {"trimmed": "true"} for pattern, method in methods if method == "jinja2"}
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "lazy_gettext": None}
    extracted = extract_from_dir(_WEBAPP / site, methods, options, keywords=keywords)
    return {_one(message) for _, _, message, _, _ in extracted}


def _one(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _translated(catalog: Catalog, message: str) -> bool:
    found = catalog.get(message)
    if found is None:
        return False
    return all(found.string) if isinstance(found.string, tuple) else bool(found.string)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|%[sd]", text))
