# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts are written in the letters of their language."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from sample.drawing.gallery import ICONS, SCENES
from sample.encyclopedia import articles_of
from sample.text import TEXTS, pictures_of, read_book, tokens

BOOKS = sorted(path.stem for path in TEXTS.glob("*.md"))
FOREIGN_TO_TAJIK = set("ыщьцЫЩЬЦ")
FOREIGN_TO_RUSSIAN = set("ғӣқӯҳҷҒӢҚӮҲҶ")
# Of the Tajik texts: Russian names and words that a Tajik text quotes, and the letter's own name.
MIXED = re.compile(r"[A-Za-z]+[Ѐ-ӿ]|[Ѐ-ӿ]+[A-Za-z]")


def words(text: str) -> Iterator[str]:
    yield from re.findall(r"\w+", text)


@pytest.mark.parametrize("file", sorted(TEXTS.iterdir()), ids=lambda path: path.name)
def test_no_word_mixes_latin_and_cyrillic(file: Path) -> None:
    """A Latin «o» within «кӯдаки мо» looks right and can never be found again."""
    found = [word for word in words(file.read_text(encoding="utf-8")) if MIXED.search(word)]
    assert found == []


@pytest.mark.parametrize("file", sorted(TEXTS.iterdir()), ids=lambda path: path.name)
def test_tajik_letters_are_the_unicode_ones(file: Path) -> None:
    """Old fonts put Tajik letters in the places of others (ї, ў, њ, љ, ќ, ѓ, ҝ)."""
    assert not set(file.read_text(encoding="utf-8")) & set("їўњљќѓҝІіЎЊЉЌЃҺһӽ")


@pytest.mark.parametrize("name", BOOKS)
def test_each_book_uses_its_own_alphabet(name: str) -> None:
    book = read_book(name)
    foreign = {"tg": FOREIGN_TO_TAJIK, "ru": FOREIGN_TO_RUSSIAN}.get(book.head.language, set())
    text = " ".join(f"{chapter.title} {chapter.body}" for chapter in book.chapters)
    allowed = {"тоҷикӣ"}  # the language's own name for itself
    assert [w for w in words(text) if set(w) & foreign and w.casefold() not in allowed] == []


@pytest.mark.parametrize("name", BOOKS)
def test_every_picture_is_drawn(name: str) -> None:
    for chapter in read_book(name).chapters:
        assert set(pictures_of(chapter.body)) <= SCENES.keys() | ICONS.keys()


def test_every_word_of_the_dictionary_is_drawn() -> None:
    with (TEXTS / "lughat.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["picture"] for row in rows} <= ICONS.keys()
    assert all(all(row.values()) for row in rows)


@pytest.mark.parametrize("name", ["entsiklopediya", "donishnoma"])
def test_links_between_articles_lead_to_articles(name: str) -> None:
    book = read_book(name)
    articles = list(articles_of(book))
    paths = {article.path for article in articles}
    assert len(paths) == len(articles)
    links = {
        unquote(str(child.attrs["href"]))
        for article in articles
        for token in tokens(article.text)
        for child in token.children or ()
        if child.type == "link_open"
    }
    assert links
    assert links <= paths


def test_the_encyclopedias_are_large_enough_to_search() -> None:
    counts = {n: len(list(articles_of(read_book(n)))) for n in ("entsiklopediya", "donishnoma")}
    assert counts["entsiklopediya"] >= 30
    assert counts["donishnoma"] >= 20
