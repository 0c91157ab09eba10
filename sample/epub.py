# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes EPUB 3 books (W3C EPUB 3.3; the container is OCF, so ``mimetype`` comes first, stored)."""

import uuid
import zipfile
from html import escape
from pathlib import Path

from sample.bag import put
from sample.cover import draw_cover
from sample.drawing.gallery import SCENES, encoded, icon, scene
from sample.text import LICENCE, LICENCE_URL, Book, pictures_of, to_xhtml

STYLE = """\
body { font-family: "DejaVu Sans", "Noto Sans", sans-serif; line-height: 1.5; margin: 0 4%; }
h1 { color: #2b5d80; font-size: 1.5em; line-height: 1.25; }
h2 { color: #3c7a40; font-size: 1.2em; }
img { display: block; height: auto; margin: 1em auto; max-width: 100%; }
blockquote { background: #eef6fb; border-left: 0.3em solid #4fa8d8; margin: 1em 0;
  padding: 0.3em 1em; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { border: 1px solid #a9b0b8; padding: 0.3em 0.7em; text-align: left; }
.cover { margin: 0; text-align: center; }
.cover img { margin: 0 auto; max-height: 98vh; }
"""

CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def write_epub(book: Book, file: Path) -> None:
    """Write the book with its cover, its drawings and a table of contents."""
    names = sorted({name for chapter in book.chapters for name in pictures_of(chapter.body)})
    head = book.head
    cover = encoded(draw_cover(head.title, head.author, head.cover), "JPEG", quality=85)
    with zipfile.ZipFile(file, "w") as bag:
        put(bag, "mimetype", b"application/epub+zip", packed=False)
        put(bag, "META-INF/container.xml", CONTAINER.encode())
        put(bag, "EPUB/book.opf", _package(book, names).encode())
        put(bag, "EPUB/nav.xhtml", _navigation(book).encode())
        put(bag, "EPUB/style.css", STYLE.encode())
        put(bag, "EPUB/cover.jpg", cover, packed=False)
        put(bag, "EPUB/cover.xhtml", _cover_page(book).encode())
        for number, chapter in enumerate(book.chapters, start=1):
            text = to_xhtml(chapter.body, lambda name: f"{name}.png")
            body = f"<section>\n<h1>{escape(chapter.title)}</h1>\n{text}</section>"
            page = _page(head.language, chapter.title, body)
            put(bag, f"EPUB/chapter-{number:02}.xhtml", page.encode())
        for name in names:
            put(bag, f"EPUB/{name}.png", _drawing(name), packed=False)


def _drawing(name: str) -> bytes:
    return encoded(scene(name, 720) if name in SCENES else icon(name), "PNG")


def _page(language: str, title: str, body: str, extra: str = "") -> str:
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
  lang="{language}" xml:lang="{language}">
<head>
  <title>{escape(title)}</title>
  <link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body{extra}>
{body}
</body>
</html>
"""


def _cover_page(book: Book) -> str:
    title = escape(book.head.title)
    picture = f'<p class="cover"><img src="cover.jpg" alt="{title}"/></p>'
    return _page(book.head.language, book.head.title, picture, ' epub:type="cover"')


def _navigation(book: Book) -> str:
    lines = "\n".join(
        f'<li><a href="chapter-{number:02}.xhtml">{escape(chapter.title)}</a></li>'
        for number, chapter in enumerate(book.chapters, start=1)
    )
    title = escape(book.head.contents)
    body = f'<nav epub:type="toc" id="toc">\n<h1>{title}</h1>\n<ol>\n{lines}\n</ol>\n</nav>'
    return _page(book.head.language, book.head.contents, body)


def _package(book: Book, pictures: list[str]) -> str:
    head = book.head
    pages = [f"chapter-{number:02}" for number in range(1, len(book.chapters) + 1)]
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
        '<item id="cover-image" href="cover.jpg" media-type="image/jpeg"'
        ' properties="cover-image"/>',
        '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
        *(f'<item id="{p}" href="{p}.xhtml" media-type="application/xhtml+xml"/>' for p in pages),
        *(f'<item id="picture-{p}" href="{p}.png" media-type="image/png"/>' for p in pictures),
    ]
    spine = "\n    ".join(f'<itemref idref="{page}"/>' for page in ("cover", "nav", *pages))
    manifest = "\n    ".join(items)
    subject = f"\n    <dc:subject>{escape(head.subject)}</dc:subject>" if head.subject else ""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
  xml:lang="{head.language}">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_DNS, book.name)}</dc:identifier>
    <dc:title>{escape(head.title)}</dc:title>
    <dc:language>{head.language}</dc:language>
    <dc:creator>{escape(head.author)}</dc:creator>
    <dc:description>{escape(head.description)}</dc:description>
    <dc:date>{head.date}</dc:date>{subject}
    <dc:rights>{LICENCE} ({LICENCE_URL})</dc:rights>
    <meta property="dcterms:modified">{head.date}T08:00:00Z</meta>
  </metadata>
  <manifest>
    {manifest}
  </manifest>
  <spine>
    {spine}
  </spine>
</package>
"""
