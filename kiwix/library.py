# SPDX-License-Identifier: GPL-3.0-or-later
"""The library XML: the list of archives that kiwix-serve serves.

Format: ``library.xml`` as written by kiwix-manage, version 20110515
(https://github.com/kiwix/libkiwix, ``src/libxml_dumper.cpp``).
"""

import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import msgspec

_NAMESPACE = uuid.UUID("6f1f4f3e-5a0c-4d0f-9b69-0d7f5f0c6a11")


class Book(msgspec.Struct, frozen=True, order=True):
    """An archive in the list.

    Attributes:
        name: under which kiwix-serve serves it (``/content/<name>/``): the file's stem.
        path: of the archive.
        title: for people.
        language: ISO 639 code or codes, comma-separated.
    """

    name: str
    path: Path
    title: str
    language: str


def write_library(file: Path, books: Iterable[Book]) -> bool:
    """Replace the list if it would change; whether it did.

    The file appears by rename, so that kiwix-serve never sees half of it. With ``--monitorLibrary``
    it looks at the modification time in whole seconds and only for a newer one, so each version is
    at least one second younger than the one before.
    """
    data = _encode(file.parent, sorted(books))
    try:
        if file.read_bytes() == data:
            return False
        previous = file.stat().st_mtime
    except FileNotFoundError:
        previous = 0.0
    temporary = file.with_name(f".{file.name}.new")
    with temporary.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    modified = max(temporary.stat().st_mtime, float(int(previous) + 1))
    os.utime(temporary, (modified, modified))
    temporary.replace(file)
    return True


def listed_paths(file: Path) -> list[Path]:
    """The archives that the list names; empty where there is no list.

    Raises:
        ElementTree.ParseError: the file is damaged.
    """
    try:
        root = ElementTree.fromstring(file.read_bytes())  # noqa: S314 - our own file
    except FileNotFoundError:
        return []
    return [file.parent / book.get("path", "") for book in root.iter("book")]


def _encode(folder: Path, books: list[Book]) -> bytes:
    root = ElementTree.Element("library", version="20110515")
    for book in books:
        ElementTree.SubElement(
            root,
            "book",
            # Two archives may carry one UUID (a copy that was edited); kiwix-serve would show one.
            id=str(uuid.uuid5(_NAMESPACE, book.name)),
            path=os.path.relpath(book.path, folder),
            title=book.title,
            language=book.language,
            name=book.name,
        )
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"
