# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of the sample library: Markdown with a TOML head between ``+++`` lines."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

TEXTS = Path(__file__).parent / "texts"
LICENCE = "CC BY-SA 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"

_markdown = MarkdownIt("commonmark", {"xhtmlOut": True}).enable("table")


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a book says of itself.

    Attributes:
        language: ISO 639-1.
        cover: name of a scene of the gallery.
        contents: the heading of the table of contents, in the book's language.
        date: ``YYYY-MM-DD``.
    """

    title: str
    description: str
    author: str
    language: str
    date: str
    cover: str
    contents: str = ""
    subject: str = ""


class Chapter(msgspec.Struct, frozen=True):
    """One ``#`` heading and what stands under it, in Markdown."""

    title: str
    body: str


class Book(msgspec.Struct, frozen=True):
    """A text as it lies in ``sample/texts``."""

    name: str
    head: Head
    chapters: tuple[Chapter, ...]


def read_book(name: str) -> Book:
    """The book of ``texts/<name>.md``."""
    _, head, body = (TEXTS / f"{name}.md").read_text(encoding="utf-8").split("+++\n", 2)
    parts = [part.partition("\n") for part in ("\n" + body).split("\n# ")[1:]]
    chapters = tuple(Chapter(title.strip(), text.strip() + "\n") for title, _, text in parts)
    return Book(name, msgspec.convert(tomllib.loads(head), Head), chapters)


def tokens(text: str) -> list[Token]:
    """The text as markdown-it's stream of tokens."""
    return _markdown.parse(text)


def to_xhtml(text: str, picture_address: Callable[[str], str]) -> str:
    """The text as XHTML; pictures are named in it by their name in the gallery."""
    stream = tokens(text)
    for token in stream:
        for child in token.children or ():
            if child.type == "image":
                child.attrs["src"] = picture_address(str(child.attrs["src"]))
    return str(_markdown.renderer.render(stream, _markdown.options, {}))


def pictures_of(text: str) -> list[str]:
    """Names of the pictures that the text shows, in order."""
    return [
        str(child.attrs["src"])
        for token in tokens(text)
        for child in token.children or ()
        if child.type == "image"
    ]
