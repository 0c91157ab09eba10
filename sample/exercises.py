# SPDX-License-Identifier: GPL-3.0-or-later
"""Counting for grade 1: pages of exercises with pictures, answers at the end."""

import csv
from pathlib import Path

from sample.cover import draw_cover
from sample.drawing import colour
from sample.drawing.gallery import icon
from sample.paper import HEIGHT, MARGIN, WIDTH, Paper
from sample.text import LICENCE, TEXTS, Head

HEAD = Head(
    title="Мешуморем! Машқҳои ҳисоб барои синфи 1",
    description="Машқҳо бо расмҳо: шумориш, ҷамъ, тарҳ, муқоиса ва масъалаҳо то 20, бо ҷавобҳо.",
    author="Китобхонаи Чашма",
    language="tg",
    date="2026-09-01",
    cover="counting",
)
NOTE = f"Мешуморем! · {LICENCE}"
INNER = WIDTH - 2 * MARGIN
COUNTED = (("apple", 4), ("bird", 7), ("cat", 3), ("star", 9), ("fish", 6), ("flower", 8))
ADDED = (("apple", 3, 2), ("lemon", 4, 1), ("butterfly", 2, 2), ("ball", 5, 3), ("cherry", 4, 4))
TAKEN = (("pear", 5, 2), ("rabbit", 4, 1), ("book", 6, 3), ("hen", 7, 4), ("sun", 8, 2))
COMPARED = (("apricot", 3, 5), ("dog", 4, 4), ("key", 6, 2), ("snowflake", 1, 3), ("bowl", 5, 4))
ROWS = (
    (1, 2, 0, 4, 5, 0, 7, 0, 9, 10),
    (10, 9, 8, 0, 6, 0, 4, 0, 2, 1),
    (2, 4, 0, 8, 0, 12, 14, 0, 18, 20),
    (11, 0, 13, 14, 0, 16, 0, 18, 0, 20),
    (20, 18, 0, 14, 0, 10, 8, 0, 4, 2),
)
STEPS = (1, -1, 2, 1, -2)


def write_exercises(file: Path) -> None:
    """Write the PDF: a cover, six pages of exercises, and the answers."""
    paper = Paper(file, HEAD)
    paper.chapter("Мешуморем!")
    paper.cover(draw_cover(HEAD.title, HEAD.author, HEAD.cover), HEAD.title)
    paper.turn()
    _counting(paper)
    _adding(paper)
    _taking(paper)
    _comparing(paper)
    _rows(paper)
    _problems(paper)
    _answers(paper)
    paper.close()


def _open(paper: Paper, title: str, task: str) -> None:
    paper.chapter(title)
    paper.text(WIDTH / 2, 76, title, 22, bold=True, fill=colour.WATER_DEEP)
    paper.text(WIDTH / 2, 104, task, 12)


def _answer_box(paper: Paper, x: float, y: float) -> None:
    paper.box(x, y, 46, 46, colour.WHITE, edge=colour.WATER)


def _pictures(paper: Paper, name: str, count: int, x: float, y: float, size: float) -> None:
    for place in range(count):
        paper.picture(icon(name), x + place * (size + 3), y, size)


def _counting(paper: Paper) -> None:
    _open(paper, "1. Чандто?", "Расмҳоро шумор ва ададро навис.")
    for row, (name, count) in enumerate(COUNTED):
        y = 130 + row * 106
        paper.box(MARGIN, y, INNER, 94, colour.WHITE, edge=colour.CLAY)
        first = min(count, 7)
        size = 44.0
        _pictures(paper, name, first, MARGIN + 12, y + (4 if count > first else 25), size)
        _pictures(paper, name, count - first, MARGIN + 12, y + 48, size)
        _answer_box(paper, WIDTH - MARGIN - 60, y + 24)
    paper.turn(NOTE)


def _adding(paper: Paper) -> None:
    _open(paper, "2. Ҷамъ", "Якҷо чандто мешавад?")
    for row, (name, first, second) in enumerate(ADDED):
        y = 134 + row * 124
        x = (WIDTH - (first + second) * 43 - 40) / 2
        _pictures(paper, name, first, x, y, 40)
        paper.text(x + first * 43 + 18, y + 30, "+", 26, bold=True)
        _pictures(paper, name, second, x + first * 43 + 40, y, 40)
        _sum(paper, y + 52, f"{first}  +  {second}  =")
    paper.turn(NOTE)


def _taking(paper: Paper) -> None:
    _open(paper, "3. Тарҳ", "Расмҳои хатзада рафтанд. Чандто монд?")
    for row, (name, whole, gone) in enumerate(TAKEN):
        y = 134 + row * 124
        left = (WIDTH - whole * 47) / 2
        _pictures(paper, name, whole, left, y, 44)
        for place in range(whole - gone, whole):
            x = left + place * 47
            paper.line(x + 4, y + 40, x + 40, y + 4, colour.RED, width=3)
        _sum(paper, y + 52, f"{whole}  –  {gone}  =")
    paper.turn(NOTE)


def _sum(paper: Paper, y: float, words: str) -> None:
    paper.text(WIDTH / 2 - 40, y + 32, words, 24, bold=True)
    _answer_box(paper, WIDTH / 2 + 40, y)


def _comparing(paper: Paper) -> None:
    _open(paper, "4. Муқоиса", "Аломати > (зиёд), < (кам) ё = (баробар)-ро гузор.")
    for row, (name, left, right) in enumerate(COMPARED):
        y = 140 + row * 118
        _pictures(paper, name, left, MARGIN, y, 32)
        _pictures(paper, name, right, WIDTH / 2 + 46, y, 32)
        paper.text(WIDTH / 2 - 60, y + 76, str(left), 26, bold=True)
        _answer_box(paper, WIDTH / 2 - 23, y + 44)
        paper.text(WIDTH / 2 + 60, y + 76, str(right), 26, bold=True)
    paper.turn(NOTE)


def _rows(paper: Paper) -> None:
    _open(paper, "5. Кадом адад намерасад?", "Ба хонаҳои холӣ ададҳоро навис.")
    for row, numbers in enumerate(ROWS):
        y = 150 + row * 90
        for place, value in enumerate(numbers):
            x = MARGIN + place * 50
            paper.box(x, y, 44, 44, colour.SKY if value else colour.WHITE, edge=colour.WATER)
            if value:
                paper.text(x + 22, y + 30, str(value), 18, bold=True)
    paper.picture(icon("butterfly"), WIDTH / 2 - 50, 610, 100)
    paper.turn(NOTE)


def read_problems() -> list[tuple[str, str]]:
    """The word problems and their answers."""
    with (TEXTS / "masalaho.csv").open(encoding="utf-8", newline="") as file:
        return [(row["masala"], row["javob"]) for row in csv.DictReader(file)]


def _problems(paper: Paper) -> None:
    _open(paper, "6. Масъалаҳо", "Хон, расм каш ва ҳисоб кун.")
    y = 146.0
    for number, (problem, _) in enumerate(read_problems(), start=1):
        below = paper.paragraph(MARGIN, y, f"{number}. {problem}", 13, width=INNER)
        paper.text_from(MARGIN, below + 22, "Ҷавоб:", 12, bold=True)
        paper.line(MARGIN + 56, below + 24, MARGIN + 220, below + 24)
        y = below + 62
    paper.turn(NOTE)


def answers() -> dict[str, list[str]]:
    """The answers of each exercise."""
    missing = []
    for numbers, step in zip(ROWS, STEPS, strict=True):
        missing += [str(numbers[0] + i * step) for i, value in enumerate(numbers) if not value]
    signs = [">" if a > b else "<" if a < b else "=" for _, a, b in COMPARED]
    return {
        "1. Чандто?": [str(count) for _, count in COUNTED],
        "2. Ҷамъ": [str(first + second) for _, first, second in ADDED],
        "3. Тарҳ": [str(whole - gone) for _, whole, gone in TAKEN],
        "4. Муқоиса": signs,
        "5. Кадом адад намерасад?": missing,
        "6. Масъалаҳо": [answer for _, answer in read_problems()],
    }


def _answers(paper: Paper) -> None:
    _open(paper, "Ҷавобҳо", "Барои омӯзгор ва падару модар.")
    y = 150.0
    for title, values in answers().items():
        paper.text_from(MARGIN, y, title, 14, bold=True)
        y = paper.paragraph(MARGIN, y + 24, ";  ".join(values), 13, width=INNER) + 22
    paper.text(WIDTH / 2, HEIGHT - 90, "Офарин!", 30, bold=True, fill=colour.LEAF)
    paper.turn(NOTE)
