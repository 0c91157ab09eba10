# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives from strangers."""

import io
import stat
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from appliance.content.inspect import unpack
from appliance.content.inspect.unpack import clean_name, open_package
from appliance.errors import RefusalError


def _zip(path: Path, members: Sequence[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def _refusal(path: Path) -> RefusalError:
    with pytest.raises(RefusalError) as caught, open_package(path, expected="ZIP"):
        pass
    return caught.value


def _unpacked(path: Path, folder: Path) -> dict[str, bytes]:
    with open_package(path, expected="ZIP") as package:
        package.unpack(folder, wanted=lambda name: True, progress=lambda part: None)
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_an_ordinary_archive_is_unpacked_without_litter(tmp_path: Path) -> None:
    archive = _zip(
        tmp_path / "a.zip",
        [
            ("a/", b""),
            ("a/index.html", b"hello"),
            ("a/китоб.txt", b"text"),
            ("__MACOSX/a/._index.html", b"litter"),
            ("a/.DS_Store", b"litter"),
        ],
    )
    assert _unpacked(archive, tmp_path / "out") == {
        "a/index.html": b"hello",
        "a/китоб.txt": b"text",
    }


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/etc/passwd",
        "C:/windows/x",
        "c:x",
        "..\\..\\x",
        "\\\\server\\share",
        "a//b",
        "./a",
        "a\nb",
        "a\x7fb",
        "a\u2028b",
        "x" * 201,
        "ғ" * 101,
        "/".join("abcdefghijklmnopqrstuvwxyz"),
    ],
)
def test_a_name_that_leads_elsewhere_is_unsafe(name: str, tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("index.html", b""), (name, b"x")])
    assert _refusal(archive).code == "unsafe-names"


def test_a_name_that_hides_its_end_behind_a_zero_is_unsafe(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("a.htmlXexe", b"x")])
    archive.write_bytes(archive.read_bytes().replace(b"a.htmlXexe", b"a.html\0exe"))
    assert _refusal(archive).code == "unsafe-names"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_what_is_no_file_is_unsafe(kind: int, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    assert _refusal(_zip(tmp_path / "a.zip", [(info, b"/etc/passwd")])).code == "unsafe-names"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.txt", "A.TXT"),
        ("\u0439.txt", "\u0438\u0306.txt"),
        ("a", "a/b"),
        ("a/b", "A"),
        ("straße", "STRASSE"),
    ],
)
def test_two_files_may_not_be_one_on_any_system(first: str, second: str, tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [(first, b"1"), (second, b"2")])
    assert _refusal(archive).code == "duplicate-names"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_very_same_name_twice_is_refused_if_it_holds_two_things(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("a", b"1"), ("a", b"2")])
    assert _refusal(archive).code == "duplicate-names"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_very_same_file_twice_is_one_file(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("a", b"1"), ("b", b"2"), ("a", b"1")])
    with open_package(archive, expected="ZIP") as package:
        assert list(package.members) == ["a", "b"]


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("zeros", bytes(60_000_000))])
    refusal = _refusal(archive)
    assert refusal.code == "zip-bomb"
    assert refusal.details["size"] == 60_000_000


def test_overlapping_members_are_a_bomb(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("kernel", b"x" * 1000)
        for number in range(50):
            copy = zipfile.ZipInfo(f"copy{number}")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, field, getattr(made.filelist[0], field))
            made.filelist.append(copy)
    assert _refusal(archive).code == "zip-bomb"


def test_too_many_files_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_FILES", 3)
    archive = _zip(tmp_path / "a.zip", [(str(number), b"") for number in range(4)])
    assert _refusal(archive).details == {"count": 4, "limit": 3}


def test_a_password_is_named(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("a", b"secret")])
    raw = bytearray(archive.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(raw)
    assert _refusal(archive).code == "encrypted-zip"


def test_an_uncommon_compression_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", b"text")
    assert _refusal(path).code == "unusual-zip"


def test_an_archive_without_its_end_is_cut_short(tmp_path: Path) -> None:
    archive = _zip(tmp_path / "a.zip", [("a", bytes(range(256)) * 100)])
    archive.write_bytes(archive.read_bytes()[:-60])
    assert _refusal(archive).code == "cut-short"


def test_what_is_no_archive_is_not_what_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"%PDF-1.4")
    assert _refusal(path).code == "not-what-name-says"


def test_wrong_bytes_are_found_while_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"original")
    path.write_bytes(path.read_bytes().replace(b"original", b"ORIGINAL"))
    with pytest.raises(RefusalError, match="damaged"):
        _unpacked(path, tmp_path / "out")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("книга.txt".encode("cp866"), "книга.txt"),
        ("китоб.txt".encode(), "китоб.txt"),
        ("café.txt".encode("cp437"), "café.txt"),
    ],
)
def test_names_in_old_encodings_are_understood(raw: bytes, name: str, tmp_path: Path) -> None:
    stand_in = b"x" * len(raw)
    archive = _zip(tmp_path / "a.zip", [(stand_in.decode(), b"1")])
    archive.write_bytes(archive.read_bytes().replace(stand_in, raw))
    assert list(_unpacked(archive, tmp_path / "out")) == [name]


def test_no_room_is_told_before_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 3

    monkeypatch.setattr(unpack.shutil, "disk_usage", lambda folder: Usage)
    archive = _zip(tmp_path / "a.zip", [("a", b"1234")])
    with pytest.raises(RefusalError) as caught:
        _unpacked(archive, tmp_path / "out")
    assert caught.value.details == {"needed": 4, "free": 3}
    assert not list((tmp_path / "out").iterdir())


NAMES = st.text(
    alphabet=st.one_of(st.sampled_from("./\\:ab \0\n"), st.characters(exclude_categories=("Cs",))),
    min_size=1,
    max_size=30,
)

# zipfile cannot write a name that is empty once its zero and what follows are gone.
WRITABLE = NAMES.filter(lambda name: not name.startswith("\0"))


@given(name=NAMES)
@settings(deadline=None)
def test_a_clean_name_stays_inside(name: str) -> None:
    try:
        clean = clean_name(name)
    except RefusalError:
        return
    root = Path("/srv/pages")
    target = root.joinpath(*clean.split("/"))
    assert ".." not in target.parts
    assert target.is_relative_to(root)
    assert target != root
    assert "\n" not in clean
    assert clean_name(clean) == clean


@given(members=st.lists(st.tuples(WRITABLE, st.binary(max_size=50)), max_size=6))
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_whatever_an_archive_holds_nothing_lands_outside(
    members: list[tuple[str, bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("zip")
    path = _zip(folder / "a.zip", members) if members else _zip(folder / "a.zip", [("a", b"")])
    with suppress(RefusalError):
        found = _unpacked(path, folder / "out")
        assert set(found.values()) <= {content for _, content in members} | {b""}
    assert {entry.name for entry in folder.iterdir()} <= {"a.zip", "out"}


@example(cut=0, flips=[356])
@given(cut=st.integers(0, 600), flips=st.lists(st.integers(0, 600), max_size=6))
@settings(deadline=None, max_examples=300)
def test_a_torn_archive_is_refused_or_whole(
    cut: int, flips: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a/1.html", "a/2.html", "b/китоб.txt"):
            archive.writestr(name, name.encode() * 5)
    raw = bytearray(whole.getvalue())
    for place in flips:
        raw[place % len(raw)] ^= 0x55
    path = folder / "a.zip"
    path.write_bytes(raw[: len(raw) - cut % len(raw)] or b"\0")
    contents = {name: name.encode() * 5 for name in ("a/1.html", "a/2.html", "b/китоб.txt")}
    with suppress(RefusalError):
        assert set(_unpacked(path, folder / "out").values()) <= set(contents.values())
    assert {entry.name for entry in folder.iterdir()} <= {"a.zip", "out"}
