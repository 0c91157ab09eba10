# SPDX-License-Identifier: GPL-3.0-or-later
"""Zips from strangers: bombs, lies, cuts, and names that no bag has."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.content.pack.pack import read_pack
from appliance.content.pack.zip_directory import read_directory
from tests.pack_maker import Entry, book, make_pack
from tests.unit.appliance.content.pack.refusal import contents, read_whole, refused

_END = 22


def _zip(path: Path, names: dict[str, bytes], **how: int) -> Path:
    with zipfile.ZipFile(path, "w", **how) as archive:  # type: ignore[arg-type]
        for name, content in names.items():
            archive.writestr(name, content)
    return path


def _patched(path: Path, change: Callable[[bytearray], None]) -> Path:
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(content)
    return path


def _central(content: bytearray, number: int = 0) -> int:
    """Where the directory's entry of a number is."""
    place = content.index(b"PK\x01\x02")
    for _ in range(number):
        place = content.index(b"PK\x01\x02", place + 4)
    return place


def test_a_zip_with_large_numbers_is_read(tmp_path: Path) -> None:
    """zip64, as it is written for what may be larger than 4 GB."""
    path = make_pack(tmp_path)
    target = tmp_path / "large.chashma.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(path.rglob("*")):
            if file.is_file():
                name = f"bag/{file.relative_to(path).as_posix()}"
                with archive.open(name, "w", force_zip64=True) as member:
                    member.write(file.read_bytes())
    assert contents(read_whole(target).pack)


def test_the_directory_of_a_zip64_is_found() -> None:
    """65,536 entries are more than the old end of a directory can count."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for number in range(66_000):
            archive.writestr(zipfile.ZipInfo(f"bag/data/{number}"), b"")
    directory = read_directory(_Raw(whole.getvalue()), len(whole.getvalue()))
    assert sum(1 for _ in directory.files()) == 66_000
    assert directory.find("data/65999")


class _Raw(io.RawIOBase):
    """Bytes that are read as a file is."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._bytes = io.BytesIO(content)

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        return self._bytes.readinto(buffer)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._bytes.seek(offset, whence)

    def tell(self) -> int:
        return self._bytes.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True


def test_a_million_entries_are_refused_by_their_number(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.chashma.zip", {"bag/data/a": b"a"})
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    content = path.read_bytes()[:-_END]
    record = struct.pack("<4sQBBHLLQQQQ", b"PK\6\6", 44, 45, 3, 45, 0, 0, *[10**6] * 2, 1, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, len(content), 1)
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    path.write_bytes(content + record + locator + end)
    with refused("too-many-files"):
        read_pack(path)


def test_what_shrinks_too_well_is_a_bomb(tmp_path: Path) -> None:
    names = {"bag/data/a": bytes(60_000_000)}
    path = _zip(tmp_path / "a.chashma.zip", names, compression=zipfile.ZIP_DEFLATED)
    with refused("zip-bomb"):
        read_pack(path)


def test_entries_that_overlap_are_a_bomb(tmp_path: Path) -> None:
    names = {f"bag/data/{one}": b"x" * 1000 for one in "ab"}
    path = _zip(tmp_path / "a.chashma.zip", names)

    def overlap(content: bytearray) -> None:
        second = _central(content, 1)
        content[second + 42 : second + 46] = bytes(4)

    with refused("zip-bomb"):
        read_pack(_patched(path, overlap))


@pytest.mark.parametrize("form", ["zip", "deflated"])
@pytest.mark.parametrize("size", [10, 27, 29, 5000])
def test_a_size_that_lies_is_refused(tmp_path: Path, form: str, size: int) -> None:
    path = make_pack(tmp_path, [book()], form=form)

    def lie(content: bytearray) -> None:
        place = content.rindex(b"light.pdf") - 46 - len("test-1.chashma/data/items/0001/")
        assert content[place : place + 4] == b"PK\x01\x02"
        content[place + 24 : place + 28] = size.to_bytes(4, "little")

    with refused("damaged" if form == "zip" else "pack-size-wrong"):
        read_whole(_patched(path, lie))


def test_a_deflated_stream_gives_no_more_than_was_announced(tmp_path: Path) -> None:
    """Manifest and feed agree with the directory; the packed bytes alone are longer."""
    path = make_pack(tmp_path, [Entry("a", {"a.pdf": b"x" * 900})], form="deflated")
    with zipfile.ZipFile(path) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    name = next(name for name in content if name.endswith("a.pdf"))
    content[name] = b"x" * 90_000
    _zip(path, content, compression=zipfile.ZIP_DEFLATED)

    def lie(raw: bytearray) -> None:
        place = raw.rindex(b"a.pdf") - 46 - len(name) + 5
        raw[place + 24 : place + 28] = (900).to_bytes(4, "little")

    pack = read_pack(_patched(path, lie))
    assert contents(pack)["a.pdf"] == b"x" * 900


@pytest.mark.parametrize("flag", [0x1, 0x41, 0x2000])
def test_a_locked_zip_is_refused(tmp_path: Path, flag: int) -> None:
    def lock(content: bytearray) -> None:
        place = _central(content)
        content[place + 8 : place + 10] = flag.to_bytes(2, "little")

    with refused("encrypted-zip"):
        read_pack(_patched(make_pack(tmp_path, form="zip"), lock))


def test_an_uncommon_method_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.chashma.zip", {"bag/a": b"a"}, compression=zipfile.ZIP_LZMA)
    with refused("unusual-zip"):
        read_pack(path)


@pytest.mark.parametrize("names", [["a/x", "b/x"], ["x"], ["a/x", "y"]])
def test_there_is_one_folder_at_the_top(tmp_path: Path, names: list[str]) -> None:
    with refused("unusual-zip"):
        read_pack(_zip(tmp_path / "a.chashma.zip", dict.fromkeys(names, b"")))


@pytest.mark.parametrize(
    "name", ["../x", "bag/../../x", "/etc/x", "bag//x", "bag/a\\b", "bag/CON", "bag/" + "n" * 300]
)
def test_unsafe_names_are_refused(tmp_path: Path, name: str) -> None:
    with refused("unsafe-names"):
        read_pack(_zip(tmp_path / "a.chashma.zip", {"bag/a": b"", name: b""}))


@pytest.mark.parametrize("raw", ["китоб".encode("cp866"), b"\xff\xfe", b"a\0b"])
def test_names_in_other_encodings_are_refused(tmp_path: Path, raw: bytes) -> None:
    path = _zip(tmp_path / "a.chashma.zip", {"bag/" + "n" * len(raw): b""})
    path.write_bytes(path.read_bytes().replace(b"n" * len(raw), raw))
    with refused("unsafe-names"):
        read_pack(path)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.chashma.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("bag/data/a")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    with refused("not-a-file"):
        read_pack(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.chashma.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bag/a", b"1")
        archive.writestr("bag/a", b"2")
    with refused("duplicate-names"):
        read_pack(path)


def test_a_cut_zip_is_refused(tmp_path: Path) -> None:
    path = make_pack(tmp_path, form="zip")
    whole = path.read_bytes()
    for size in (5, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with refused("cut-short"):
            read_pack(path)


@pytest.mark.parametrize("content", [b"", b"x", b"not a zip at all" * 100])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.chashma.zip"
    path.write_bytes(content)
    with refused("not-what-name-says"):
        read_pack(path)


def test_a_missing_volume_is_named(tmp_path: Path) -> None:
    first = make_pack(tmp_path, form="volumes", volume=400)
    first.with_name(first.name.replace(".001", ".002")).unlink()
    with refused("missing-part"):
        read_pack(first)


def test_a_missing_last_volume_is_noticed(tmp_path: Path) -> None:
    first = make_pack(tmp_path, form="volumes", volume=400)
    max(tmp_path.iterdir()).unlink()
    with refused("cut-short"):
        read_pack(first)


def test_a_volume_that_is_a_link_is_refused(tmp_path: Path) -> None:
    first = make_pack(tmp_path, form="volumes", volume=400)
    second = first.with_name(first.name.replace(".001", ".002"))
    second.rename(tmp_path / "elsewhere")
    second.symlink_to(tmp_path / "elsewhere")
    with refused("not-a-file"):
        read_pack(first)


def test_a_pack_in_a_pack_is_a_file_like_any_other(tmp_path: Path) -> None:
    inner = make_pack(tmp_path, form="deflated")
    content = inner.read_bytes()
    inner.unlink()
    outer = make_pack(tmp_path, [Entry("nested", {"inner.zip": content})], form="deflated")
    assert contents(read_whole(outer).pack) == {"inner.zip": content}


def test_a_zip_that_came_back_with_another_size_is_noticed(tmp_path: Path) -> None:
    path = make_pack(tmp_path, form="zip")
    pack = read_pack(path)
    path.write_bytes(path.read_bytes() + b"more")
    with refused("changed-while-read"):
        pack.open(pack.publications[0].files[0])
