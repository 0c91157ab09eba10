# SPDX-License-Identifier: GPL-3.0-or-later
"""Leaflets: a Markdown text as PDF, a page a chapter, for printing."""

from collections.abc import Iterator
from pathlib import Path

from markdown_it.token import Token

from sample.cover import draw_cover
from sample.drawing import colour
from sample.drawing.gallery import SCENES, icon, scene
from sample.paper import MARGIN, WIDTH, Paper
from sample.text import LICENCE, Book, pictures_of, tokens

INNER = WIDTH - 2 * MARGIN
SIZE = 16.0
PICTURE = 380.0


def write_leaflet(book: Book, file: Path) -> None:
    """Write the PDF; a chapter must fit on its page."""
    paper = Paper(file, book.head)
    paper.chapter(book.head.title)
    paper.cover(draw_cover(book.head.title, book.head.author, book.head.cover), book.head.title)
    paper.turn()
    for chapter in book.chapters:
        paper.chapter(chapter.title)
        paper.text_from(MARGIN, 90, chapter.title, 22, bold=True, fill=colour.WATER_DEEP)
        y = 130.0
        for name in pictures_of(chapter.body):
            picture = scene(name, 720) if name in SCENES else icon(name)
            y = paper.picture(picture, (WIDTH - PICTURE) / 2, y - 10, PICTURE) + 30
        for kind, words in blocks(tokens(chapter.body)):
            y = _block(paper, kind, words, y)
        paper.turn(f"{book.head.title} · {LICENCE}")
    paper.close()


def _block(paper: Paper, kind: str, words: str, y: float) -> float:
    """Draw a block; gives the y where the next may start."""
    if kind == "item":
        paper.dot(MARGIN + 6, y - SIZE / 3)
        return paper.paragraph(MARGIN + 20, y, words, SIZE, width=INNER - 20) + 6
    if kind == "quote":
        return paper.paragraph(MARGIN, y + 10, words, SIZE, width=INNER, bold=True) + 12
    return paper.paragraph(MARGIN, y, words, SIZE, width=INNER) + 10


def blocks(stream: list[Token]) -> Iterator[tuple[str, str]]:
    """The text's paragraphs in order: (``paragraph``, ``item`` or ``quote``; plain words)."""
    around = []
    for token in stream:
        if token.type in ("list_item_open", "blockquote_open"):
            around.append("item" if token.type == "list_item_open" else "quote")
        elif token.type in ("list_item_close", "blockquote_close"):
            around.pop()
        elif token.type == "inline":
            parts = [t.content or " " for t in token.children or () if t.type in _WORDS]
            if parts:
                yield (around[-1] if around else "paragraph", "".join(parts))


_WORDS = ("text", "softbreak")
