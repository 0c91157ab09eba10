# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is left in English where somebody reads Tajik or Russian."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from appliance.reasons import REASONS
from tests.meta.project import ROOT, name, parsed, python_files
from tools.translations import DOMAINS, merged, messages, translations

_FILES = sorted(ROOT.glob("*/translations/*/LC_MESSAGES/*.po"))
_PLURALS = {"tg": 1, "ru": 3}
_LATIN_LOOKALIKES = re.compile(
    r"(?<=[а-яёғӣқӯҳҷ])[aceopxyAEOPCTXKMHB]|[aceopxyAEOPCTXKMHB](?=[а-яёғӣқӯҳҷ])"
)
# Letters that stand where Tajik ones belong when a keyboard lacks these (ARABIC-LIKE KA, HA …).
_FALSE_TAJIK = re.compile("[ҚқҒғҲҳҶҷӢӣӮӯ][\\u0300-\\u036f]|[\\u0301\\u0304]|[ҝҟҡԛӷӻһҽҿӌў]", re.I)
_RUSSIAN_ONLY = re.compile("[ыщьц]", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%\((\w+)\)\w|%%|\{(\w+)\}")


def _catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=None)


def _messages(path: Path) -> Iterator[tuple[Message, tuple[str, ...]]]:
    for message in _catalog(path):
        if message.id:
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            yield message, tuple(strings)


def _language(path: Path) -> str:
    return path.parts[-3]


def test_every_domain_speaks_both_languages() -> None:
    domains = {(path.parts[-5], path.stem, _language(path)) for path in _FILES}
    assert domains == {
        (package, domain, language)
        for package, domain in (
            ("appliance", "appliance"),
            ("webapp", "portal"),
            ("webapp", "admin"),
        )
        for language in _PLURALS
    }


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_compiled_today_or_tomorrow_it_is_the_same(path: Path) -> None:
    """Where it names no time, Babel compiles the time of compiling, and so into the image."""
    assert _catalog(path).creation_date == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_everything_is_translated_and_nothing_is_guessed(path: Path) -> None:
    bad = [
        message.id
        for message, strings in _messages(path)
        if message.fuzzy or not all(strings) or len(strings) != _forms(message, path)
    ]
    assert not bad


def _forms(message: Message, path: Path) -> int:
    return _PLURALS[_language(path)] if message.pluralizable else 1


@pytest.mark.parametrize("domain", DOMAINS)
def test_make_translations_has_nothing_to_do(domain: str) -> None:
    """No message is missing or left over, and each file stands as it would be written."""
    template = messages(DOMAINS[domain][0])
    assert len(translations(domain)) == len(_PLURALS)
    for path in translations(domain):
        text = path.read_text(encoding="utf-8")
        assert merged(text, template).splitlines() == text.splitlines()


def test_a_new_message_stands_after_its_neighbour_and_an_old_one_goes() -> None:
    text = '# Ours\nmsgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
    kept = '\nmsgid "b"\nmsgstr "Б"\n', '\nmsgid "a"\nmsgstr "А"\n'
    template = Catalog()
    for message in ("a", ("%(num)d c", "%(num)d cs"), "b"):
        template.add(message)
    new = '\n#, python-format\nmsgid "%(num)d c"\nmsgid_plural "%(num)d cs"\nmsgstr[0] ""\n'
    gone = '\nmsgid "z"\nmsgstr "З"\n'
    assert merged(text + kept[0] + gone + kept[1], template) == text + "".join(kept) + new


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_placeholders_are_those_of_the_english_sentence(path: Path) -> None:
    wrong = []
    for message, strings in _messages(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = set().union(*(_placeholders(one) for one in ids))
        needed = _placeholders(ids[-1]) - {"num", "number", "count"}
        wrong += [one for one in strings if not needed <= _placeholders(one) <= allowed]
    assert not wrong


def _placeholders(text: str) -> set[str]:
    return {one or other for one, other in _PLACEHOLDER.findall(text)} - {""}


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_letters_are_those_of_the_language(path: Path) -> None:
    """A Latin "a" inside a Cyrillic word looks right and is found by no search."""
    wrong = [
        string
        for _, strings in _messages(path)
        for string in strings
        if _LATIN_LOOKALIKES.search(_PLACEHOLDER.sub(" ", string)) or _FALSE_TAJIK.search(string)
    ]
    assert not wrong


@pytest.mark.parametrize("path", [one for one in _FILES if _language(one) == "tg"], ids=name)
def test_tajik_is_not_written_with_russian_letters(path: Path) -> None:
    wrong = [
        string
        for _, strings in _messages(path)
        for string in strings
        if _RUSSIAN_ONLY.search(string)
    ]
    assert not wrong


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_the_head_tells_language_and_plurals(path: Path) -> None:
    catalog = _catalog(path)
    assert str(catalog.locale_identifier) == _language(path)
    assert f"nplurals={_PLURALS[_language(path)]}" in catalog.plural_forms


def test_every_reason_is_given_by_somebody() -> None:
    said = {
        node.value
        for path in python_files("appliance", "webapp", "kiwix")
        if path.name not in ("reasons.py", "lesson_reasons.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(REASONS) - said == set()


def test_every_reason_that_is_given_has_a_sentence() -> None:
    given = {
        (name(path), node.args[0].value)
        for path in python_files("appliance", "webapp", "kiwix")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "RefusalError"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert {code for _, code in given} - set(REASONS) == set()


@pytest.mark.parametrize("path", sorted(ROOT.glob("appliance/translations/*/*/*.po")), ids=name)
def test_the_appliance_says_just_what_is_translated(path: Path) -> None:
    """(For portal and panel ``test_templates`` sees to it.)"""
    constants, marked = set[str](), set[str]()
    for file in python_files("appliance"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "N_":
                marked.add(ast.literal_eval(node.args[0]))
    translated = {str(message.id) for message, _ in _messages(path)}
    assert marked - translated == set()
    assert translated - constants == set()


# "file 1 of 7 files" is well said; "1 files" is not.
_COUNTED = re.compile(
    r"(?<!of )%\((?!most|size)\w+\)[sd] (?:[a-z]+ )?(?:answers|certificates|days|files|hours|items"
    r"|lessons|minutes|pages|people|points|pupils|questions|seconds|things|times|tries)\b"
)


@pytest.mark.parametrize("domain", ["portal", "admin"])
def test_what_is_counted_has_a_word_for_one(domain: str) -> None:
    single = [one.id for one in messages(DOMAINS[domain][0]) if isinstance(one.id, str)]
    assert [said for said in single if _COUNTED.search(said)] == []


# Words that were given up for those of docs/glossary.md; their beginnings, because endings change.
_GIVEN_UP = {
    "tg": ("парол", "мудир", "диск гузор", "ҳисгар", "холист", "гирифта нашуд"),
    "ru": ("носител", "не взято", "коллекци"),
}


@pytest.mark.parametrize("path", _FILES, ids=name)
def test_one_thing_has_one_word(path: Path) -> None:
    said = [string for _, strings in _messages(path) for string in strings]
    given_up = _GIVEN_UP[_language(path)]
    assert [one for one in said if any(word in one.casefold() for word in given_up)] == []
