# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for whatever bytes a stick has: a pack or a refusal, and nothing else touched."""

import json
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from appliance.content.pack.pack import find_packs, read_pack
from appliance.content.pack.revocation import find_revoked_keys
from appliance.content.pack.verify import Standing, check_payload, verify_pack
from appliance.errors import RefusalError
from appliance.language import normal_language
from tests.fuzz.hostile import json_values, manifest_lines, paths, spoiled, spoiled_json
from tests.pack_maker import Entry, Lies, book, make_pack
from tests.unit.appliance.content.pack.refusal import POLICY, check_sentence

ENTRIES = [
    book(),
    Entry("song", {"суруд.mp3": b"la" * 90}, captions={"суруд.tg.vtt": b"WEBVTT\n"}, part=64),
    Entry("album", {"1.jpg": b"1", "2.jpg": b""}, cover={"cover.png": b"c"}),
]
_PROGRAMS = [Path(place) for place in sys.path if place]
_opened: list[str] | None = None


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _opened is not None and event in ("open", "os.scandir", "os.listdir"):
        _opened.append(str(arguments[0]))


sys.addaudithook(_audit)
normal_language("tg")  # reads the tables of babel, once for all examples


@contextmanager
def nothing_outside(folder: Path) -> Iterator[None]:
    """Fails where the block opens a file or a folder that is not below a folder."""
    global _opened
    _opened = []
    try:
        yield
    finally:
        opened, _opened = _opened, None
    for path in opened:
        named = Path(path)
        inside = not named.is_absolute() or named.is_relative_to(folder)
        program = any(named.is_relative_to(place) for place in _PROGRAMS)
        assert program or path.isdecimal() or (inside and ".." not in named.parts), path


def read_anything(path: Path) -> bool:
    """Read all that a pack has; whether it is one.

    A refusal must be one that can be told; any other exception ends the run.
    """
    try:
        with nothing_outside(path.parent):
            pack = read_pack(path)
            find_revoked_keys(pack, POLICY)
            verified = verify_pack(pack, POLICY, None)
            check_payload(verified, lambda _: None)
            for publication in pack.publications:
                for file in publication.files:
                    with pack.open(file, file.size // 2) as stream:
                        assert len(stream.read()) == file.size - file.size // 2
    except RefusalError as exc:
        check_sentence(exc)
        return False
    assert verified.standing is not Standing.TRUSTED or pack.signature
    return True


def _fresh(make: Callable[[Path], Path]) -> bool:
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        return read_anything(make(Path(folder)))


def _made(form: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        path = make_pack(Path(folder), ENTRIES, form=form)
        return path.read_bytes() if path.is_file() else (path / "data/catalog.json").read_bytes()


def manifest(lines: bytes) -> None:
    """Whatever stands in a manifest that is signed."""
    _fresh(lambda folder: make_pack(folder, lies=Lies(manifest=lines)))


def feed(content: bytes) -> None:
    """Whatever stands in a feed that is signed."""
    _fresh(lambda folder: make_pack(folder, ENTRIES, lies=Lies(feed=content)))


def tag_file(named: tuple[str, bytes]) -> None:
    """Whatever stands in a tag file that is signed."""
    _fresh(lambda folder: make_pack(folder, lies=Lies(tags=dict([named]))))


def changed_file(named: tuple[str, bytes]) -> None:
    """A file that is another after the signature never counts as part of a trusted pack."""
    name, content = named
    with tempfile.TemporaryDirectory(prefix="chashma-") as folder:
        path = make_pack(Path(folder), ENTRIES)
        same = (path / name).read_bytes() == content
        (path / name).write_bytes(content)
        whole = read_anything(path)
        assert same or not whole


def zip_bytes(content: bytes) -> None:
    """Whatever a zip is made of."""

    def make(folder: Path) -> Path:
        path = folder / "a.chashma.zip"
        path.write_bytes(content)
        return path

    _fresh(make)


def zip_names(names: list[str]) -> None:
    """Whatever names the entries of a zip have."""

    def make(folder: Path) -> Path:
        path = folder / "a.chashma.zip"
        with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a name that comes twice
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), b"x")
        return path

    _fresh(make)


def tree(names: list[str]) -> None:
    """Whatever files lie in a folder; finding packs in it harms nothing."""
    with tempfile.TemporaryDirectory(prefix="chashma-") as top:
        path = make_pack(Path(top))
        for name in names:
            parts = [part for part in name.split("/") if part.strip(".") and "\0" not in part]
            target = path.joinpath(*(part[:80] for part in parts[:9]), "x")
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.touch()
            except OSError:
                continue  # a file stands where this wants a folder
        with nothing_outside(Path(top)):
            assert path in find_packs(Path(top))
        read_anything(path)


_FEED = json.loads(_made("folder"))
_ZIP = _made("zip")
_DIRECTORY = _ZIP.index(b"PK\x01\x02")
_TAGS = ("bagit.txt", "bag-info.txt", "chashma-pack.json")
_FILES = (*_TAGS, "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/catalog.json")
_SIGNATURE = "tagmanifest-sha256.txt.minisig"
_json = json_values.map(lambda value: json.dumps(value).encode())

PROPERTIES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]] = {
    "manifest": (manifest_lines, manifest),
    "feed": (spoiled_json(_FEED) | _json | spoiled(_made("folder")), feed),
    "tag file": (st.tuples(st.sampled_from(_TAGS), _json | st.binary(max_size=200)), tag_file),
    "changed file": (
        st.tuples(st.sampled_from((*_FILES, _SIGNATURE)), _json | st.binary(max_size=200)),
        changed_file,
    ),
    "zip": (spoiled(_ZIP) | spoiled(_made("deflated")), zip_bytes),
    "zip directory": (
        spoiled(_ZIP[_DIRECTORY:]).map(lambda end: _ZIP[:_DIRECTORY] + end),
        zip_bytes,
    ),
    "zip names": (st.lists(paths.filter(bool), min_size=1, max_size=5), zip_names),
    "tree": (st.lists(paths, max_size=6), tree),
}
