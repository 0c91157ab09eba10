# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture dictionary: nine pictures a page, each with its word in three languages."""

import csv
from itertools import groupby
from pathlib import Path

import msgspec

from sample.cover import draw_cover
from sample.drawing import colour
from sample.drawing.gallery import icon
from sample.paper import MARGIN, WIDTH, Paper
from sample.text import LICENCE, TEXTS, Head

HEAD = Head(
    title="Луғати тасвирӣ: тоҷикӣ, русӣ, англисӣ",
    description="72 калима бо расм ба се забон: рангҳо, шаклҳо, шуморҳо, табиат, меваҳо, ҳайвонот.",
    author="Китобхонаи Чашма",
    language="tg",
    date="2026-09-01",
    cover="reading",
)
NOTE = f"Луғати тасвирӣ · {LICENCE}"
COLUMNS = 3
CELL_WIDTH = (WIDTH - 2 * MARGIN) / COLUMNS
CELL_HEIGHT = 218.0
TOP = 105.0
INDEX_ROWS = 36


class Word(msgspec.Struct, frozen=True):
    """A line of ``texts/lughat.csv``; the theme is its heading in three languages."""

    theme: str
    picture: str
    tg: str
    ru: str
    en: str


def read_words() -> list[Word]:
    """The words in the order of the book."""
    with (TEXTS / "lughat.csv").open(encoding="utf-8", newline="") as file:
        return [msgspec.convert(row, Word) for row in csv.DictReader(file)]


def write_dictionary(file: Path) -> None:
    """Write the PDF: a cover, a page a theme, and an alphabetical list."""
    words = read_words()
    paper = Paper(file, HEAD)
    paper.chapter("Луғати тасвирӣ")
    paper.cover(draw_cover(HEAD.title, HEAD.author, HEAD.cover), HEAD.title)
    paper.turn()
    for theme, group in groupby(words, key=lambda word: word.theme):
        _theme_page(paper, theme, list(group))
    _index(paper, words)
    paper.close()


def _theme_page(paper: Paper, theme: str, words: list[Word]) -> None:
    paper.chapter(theme.split(" · ")[0])
    paper.text(WIDTH / 2, 76, theme, 22, bold=True, fill=colour.WATER_DEEP)
    for place, word in enumerate(words):
        row, column = divmod(place, COLUMNS)
        x, y = MARGIN + column * CELL_WIDTH, TOP + row * CELL_HEIGHT
        paper.box(
            x + 6, y, CELL_WIDTH - 12, CELL_HEIGHT - 14, colour.WHITE, edge=colour.WATER_LIGHT
        )
        paper.picture(icon(word.picture), x + CELL_WIDTH / 2 - 56, y + 10, 112)
        middle = x + CELL_WIDTH / 2
        paper.text(middle, y + 146, word.tg, 18, bold=True)
        paper.text(middle, y + 168, word.ru, 13, fill="#5b3f86")
        paper.text(middle, y + 188, word.en, 13, fill="#2c6d39")
    paper.turn(NOTE)


def _index(paper: Paper, words: list[Word]) -> None:
    """All words in the order of the Tajik alphabet."""
    paper.chapter("Феҳрист")
    paper.text(WIDTH / 2, 76, "Феҳрист · Указатель · Index", 20, bold=True, fill=colour.WATER_DEEP)
    half = (WIDTH - 2 * MARGIN) / 2
    for place, word in enumerate(sorted(words, key=lambda word: alphabetical(word.tg))):
        column, row = divmod(place, INDEX_ROWS)
        x, y = MARGIN + column * half, 112 + row * 19
        paper.text_from(x, y, word.tg, 10, bold=True)
        paper.text_from(x + 80, y, word.ru, 10, fill="#5b3f86")
        paper.text_from(x + 178, y, word.en, 10, fill="#2c6d39")
    paper.turn(NOTE)


TAJIK_ALPHABET = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"


def alphabetical(word: str) -> list[int]:
    """Sorts words as a Tajik dictionary does, where ғ follows г and ҳ follows х."""
    return [TAJIK_ALPHABET.find(letter) for letter in word.casefold()]
