# SPDX-License-Identifier: GPL-3.0-or-later
"""The small encyclopedias, as ZIM files made with libzim.

In their texts ``#`` opens a group and ``##`` an article; ``## Title = Other, Another`` gives it
further titles, and a link leads to ``Title_With_Underscores``.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import msgspec
from libzim.writer import ContentProvider, Creator, Hint, Item, StringProvider

from sample.drawing.gallery import SCENES, encoded, icon, scene
from sample.text import LICENCE, Book, pictures_of, to_xhtml
from sample.zimstamp import stamp

MAIN = "index.html"
LANGUAGES = {"ru": "rus", "tg": "tgk"}
STYLE = """\
body { color: #22303c; font: 1.05rem/1.55 "DejaVu Sans", "Noto Sans", sans-serif; margin: 0 auto;
  max-width: 42rem; padding: 0.5rem 1rem 3rem; }
h1 { color: #1d5f8f; line-height: 1.2; }
h2 { color: #2f6d34; margin: 1.5rem 0 0.3rem; }
a { color: #1d5f8f; }
img { display: block; height: auto; margin: 0.5rem auto; max-width: 100%; }
.group ul { display: grid; gap: 0.2rem 1rem; list-style: none; padding: 0;
  grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
.group a { display: block; padding: 0.4rem 0; }
footer { border-top: 1px solid #a5c9de; color: #56636e; font-size: 0.85rem; margin-top: 2rem; }
"""


class Article(msgspec.Struct, frozen=True):
    """A page of the encyclopedia; ``text`` is Markdown."""

    group: str
    title: str
    others: tuple[str, ...]
    text: str

    @property
    def path(self) -> str:
        """Its path in the archive."""
        return path_of(self.title)


class _Entry(Item):  # type: ignore[misc] # libzim's base class has no type hints
    """An entry that is held in memory."""

    def __init__(self, path: str, title: str, mimetype: str, content: bytes | str) -> None:
        super().__init__()
        self._path, self._title, self._mimetype, self._content = path, title, mimetype, content

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return self._mimetype

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: self._mimetype == "text/html"}

    def get_contentprovider(self) -> ContentProvider:
        return StringProvider(self._content)


def path_of(title: str) -> str:
    """The path of an article."""
    return title.replace(" ", "_")


def articles_of(book: Book) -> Iterator[Article]:
    """The articles, group by group."""
    for group in book.chapters:
        for part in ("\n" + group.body).split("\n## ")[1:]:
            heading, _, text = part.partition("\n")
            title, _, others = heading.partition(" = ")
            names = tuple(name.strip() for name in others.split(",") if name.strip())
            yield Article(group.title, title.strip(), names, text.strip() + "\n")


def write_encyclopedia(book: Book, file: Path) -> None:
    """Write the archive, with a full-text index and an index of titles."""
    articles = list(articles_of(book))
    language = LANGUAGES[book.head.language]
    # One worker, so that clusters come in one order and the same texts give the same bytes.
    with Creator(file).config_nbworkers(1).config_indexing(True, language) as creator:
        creator.set_mainpath(MAIN)
        _add_metadata(creator, book, language)
        creator.add_item(_Entry("style.css", "", "text/css", STYLE))
        creator.add_item(_Entry(MAIN, book.head.title, "text/html", _main_page(book, articles)))
        for article in articles:
            page = _page(book, article.title, _body(article))
            creator.add_item(_Entry(article.path, article.title, "text/html", page))
            for other in article.others:
                creator.add_redirection(
                    path_of(other), other, article.path, {Hint.FRONT_ARTICLE: True}
                )
        names = {book.head.cover, *(n for a in articles for n in pictures_of(a.text))}
        for name in sorted(names):
            picture = scene(name, 640) if name in SCENES else icon(name)
            creator.add_item(_Entry(f"{name}.png", "", "image/png", encoded(picture, "PNG")))
    stamp(file, book.name)


def _add_metadata(creator: Creator, book: Book, language: str) -> None:
    small = encoded(icon("drop", 48), "PNG")
    creator.add_illustration(48, small)
    for name, value in {
        "Name": f"chashma_{book.head.language}_{book.name}",
        "Title": book.head.title,
        "Description": book.head.description,
        "Language": language,
        "Creator": book.head.author,
        "Publisher": "Chashma",
        "Date": book.head.date,
        "License": LICENCE,
        "Flavour": "maxi",
        "Scraper": "chashma sample",
        "Tags": "chashma;_ftindex:yes;_pictures:yes;_videos:no",
    }.items():
        creator.add_metadata(name, value.encode(), "text/plain;charset=utf-8")


def _body(article: Article) -> str:
    return f"<h1>{escape(article.title)}</h1>\n{to_xhtml(article.text, lambda n: f'{n}.png')}"


def _main_page(book: Book, articles: list[Article]) -> str:
    parts = [
        f"<h1>{escape(book.head.title)}</h1>",
        f"<p>{escape(book.head.description)}</p>",
        f'<img src="{book.head.cover}.png" alt="" width="640" height="400">',
    ]
    for group in book.chapters:
        lines = "\n".join(
            f'<li><a href="{escape(article.path)}">{escape(article.title)}</a></li>'
            for article in articles
            if article.group == group.title
        )
        heading = f"<h2>{escape(group.title)}</h2>"
        parts.append(f'<section class="group">\n{heading}\n<ul>\n{lines}\n</ul>\n</section>')
    return _page(book, book.head.title, "\n".join(parts))


def _page(book: Book, title: str, body: str) -> str:
    home = f'<a href="{MAIN}">{escape(book.head.contents)}</a>'
    return f"""\
<!DOCTYPE html>
<html lang="{book.head.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main>
{body}
</main>
<footer><p>{home} · {escape(book.head.author)} · {LICENCE}</p></footer>
</body>
</html>
"""
