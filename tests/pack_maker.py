# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs for tests: small, quickly made, true unless a test wants a lie."""

import hashlib
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import msgspec

from appliance.content.pack.info import FILE_NAME, SIGNATURE_NAME, PackInfo
from appliance.content.pack.secret_key import SecretKey
from appliance.content.pack.signature import public_key, sign

TERMS = "https://chashma.tj/terms/"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
KEY = SecretKey(b"testkey1", bytes(range(32)))
"""A throw-away key: whoever reads this can sign with it."""

OTHER_KEY = SecretKey(b"testkey2", bytes(range(1, 33)))
MADE = "2026-03-01T08:00:00Z"
INFO = PackInfo("test", 1, {"en": "Test", "tg": "Санҷиш"}, "Tests", MADE)

Content = bytes | Path


class Entry(msgspec.Struct, frozen=True):
    """A publication to be.

    Attributes:
        name: the end of its identifier.
        files: content (or where it lies) by file name; likewise ``captions`` and ``cover``.
        metadata: more for the feed's ``metadata``, as it shall stand there.
        title: a text, or a map of languages.
        part: cut files into parts of so many bytes; 0: whole.
    """

    name: str
    files: Mapping[str, Content]
    captions: Mapping[str, Content] = {}
    cover: Mapping[str, Content] = {}
    metadata: Mapping[str, object] = {}
    title: object = ""
    part: int = 0


class Lies(msgspec.Struct, frozen=True):
    """What shall be wrong with a pack.

    Attributes:
        payload: bytes by path in the bag, written after the manifest was made; None: missing.
        unlisted: more files that no manifest knows, by path in the bag.
        manifest: lines put at the end of the payload manifest, before it is signed.
        tags: other content of tag files (``bag-info.txt``, ``chashma-pack.json`` …), before the
            tag manifest is made.
        late: other content of tag files, after all was signed; None: missing.
        feed: other bytes for ``data/catalog.json``, listed and signed as they are.
        comment: another trusted comment.
    """

    payload: Mapping[str, bytes | None] = {}
    unlisted: Mapping[str, bytes] = {}
    manifest: bytes = b""
    tags: Mapping[str, bytes] = {}
    late: Mapping[str, bytes | None] = {}
    feed: bytes | None = None
    comment: str | None = None


def trusted(key: SecretKey = KEY) -> str:
    """The public key as the policy keeps it."""
    return public_key(key).text


def make_pack(
    folder: Path,
    entries: Sequence[Entry] = (),
    *,
    info: PackInfo = INFO,
    key: SecretKey | None = KEY,
    form: str = "folder",
    until: str = "",
    volume: int = 1_000_000,
    lies: Lies | None = None,
) -> Path:
    """Write a pack into a folder (a stick, say); where it is, as ``find_packs`` gives it.

    Args:
        folder: exists.
        entries: its publications; none: one small text book, as ``book()``.
        info: its identity; the file is named ``ID-VERSION.chashma``.
        key: what signs it; None: unsigned.
        form: ``folder``, ``zip`` (stored), ``deflated`` or ``volumes`` (a zip in pieces).
        until: ``YYYY-MM-DD``: when the signature ends.
        volume: bytes of each piece.
        lies: what shall be wrong with it.
    """
    lies = lies or Lies()
    bag = folder / f"{info.id}-{info.version}.chashma"
    bag.mkdir()
    feed = _write_payload(bag, entries or [book()], info)
    _put(bag, "data/catalog.json", feed if lies.feed is None else lies.feed)
    seal(bag, info=info, key=key, until=until, lies=lies)
    for path, content in {**lies.payload, **lies.late}.items():
        if content is None:
            (bag / path).unlink()
        else:
            _put(bag, path, content)
    for path, content in lies.unlisted.items():
        _put(bag, path, content)
    return bag if form == "folder" else _packed(bag, form, volume)


def book(name: str = "light", content: bytes = b"%PDF-1.4 not much of a book\n") -> Entry:
    """One publication with one file that says it is a PDF."""
    return Entry(name, {f"{name}.pdf": content}, title={"en": name.title(), "tg": "Рӯшноӣ"})


def seal(
    bag: Path,
    *,
    info: PackInfo = INFO,
    key: SecretKey | None = KEY,
    until: str = "",
    lies: Lies | None = None,
) -> None:
    """Write the tag files of a bag over the payload that lies in it, and sign them."""
    lies = lies or Lies()
    payload = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    lines = [_line(bag, path) for path in payload]
    oxum = f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": _bag_info(info, oxum),
        FILE_NAME: msgspec.json.encode(info),
        "manifest-sha256.txt": b"".join(lines) + lies.manifest,
        **lies.tags,
    }
    for name, content in tags.items():
        _put(bag, name, content)
    manifest = b"".join(_line(bag, bag / name) for name in sorted(tags))
    _put(bag, "tagmanifest-sha256.txt", manifest)
    if key:
        comment = f"chashma pack {info.id} version {info.version} made {info.made}"
        comment += f" until {until}" if until else ""
        comment = comment if lies.comment is None else lies.comment
        _put(bag, SIGNATURE_NAME, sign(manifest, key, comment))


def _write_payload(bag: Path, entries: Sequence[Entry], info: PackInfo) -> bytes:
    publications = [_publication(bag, number, one, info) for number, one in enumerate(entries, 1)]
    metadata = {
        "title": info.title,
        "identifier": f"urn:chashma:pack:{info.id}",
        "modified": info.made,
        "numberOfItems": len(publications),
    }
    return msgspec.json.encode({"metadata": metadata, "publications": publications})


def _publication(bag: Path, number: int, entry: Entry, info: PackInfo) -> dict[str, object]:
    def links(contents: Mapping[str, Content], rel: str) -> list[dict[str, object]]:
        return [
            _link(bag, f"items/{number:04}/{name}", content, rel, entry.part)
            for name, content in contents.items()
        ]

    return {
        "metadata": {
            "identifier": f"urn:chashma:pack:{info.id}:{entry.name}",
            "title": entry.title or entry.name,
            **entry.metadata,
        },
        "links": links(entry.files, OPEN_ACCESS) + links(entry.captions, f"{TERMS}captions"),
        "images": links(entry.cover, "cover"),
    }


def _link(bag: Path, href: str, content: Content, rel: str, part: int) -> dict[str, object]:
    target = bag / "data" / href
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, target)
    else:
        target.write_bytes(content)
    size = target.stat().st_size
    properties: dict[str, object] = {"size": size, "sha256": _sha256(target)}
    if part and size > part:
        whole = target.read_bytes()
        target.unlink()
        hrefs = [f"{href}.part{number:03}" for number in range(1, -(-size // part) + 1)]
        for number, name in enumerate(hrefs):
            (bag / "data" / name).write_bytes(whole[number * part : (number + 1) * part])
        properties["parts"] = [quote(name) for name in hrefs]
    kind = "application/octet-stream"
    return {"href": quote(href), "rel": rel, "type": kind, "properties": properties}


def _bag_info(info: PackInfo, oxum: str) -> bytes:
    return (
        f"Bagging-Date: {info.made[:10]}\nExternal-Identifier: urn:chashma:pack:{info.id}\n"
        f"Payload-Oxum: {oxum}\nSource-Organization: {info.publisher}\n"
    ).encode()


def _line(bag: Path, path: Path) -> bytes:
    name = path.relative_to(bag).as_posix()
    for char, code in (("%", "%25"), ("\n", "%0A"), ("\r", "%0D")):
        name = name.replace(char, code)
    return f"{_sha256(path)}  {name}\n".encode()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put(bag: Path, path: str, content: bytes) -> None:
    target = bag / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _packed(bag: Path, form: str, volume: int) -> Path:
    """The bag as a zip beside it, or in volumes; the folder goes."""
    target = bag.with_name(f"{bag.name}.zip")
    method = zipfile.ZIP_DEFLATED if form == "deflated" else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", method) as archive:
        for path in sorted(bag.rglob("*")):
            if path.is_file():
                archive.write(path, PurePosixPath(bag.name, path.relative_to(bag).as_posix()))
    shutil.rmtree(bag)
    return _cut(target, volume) if form == "volumes" else target


def _cut(archive: Path, volume: int) -> Path:
    with archive.open("rb") as whole:
        number = 0
        while piece := whole.read(volume):
            number += 1
            archive.with_name(f"{archive.name}.{number:03}").write_bytes(piece)
    archive.unlink()
    return archive.with_name(f"{archive.name}.001")
