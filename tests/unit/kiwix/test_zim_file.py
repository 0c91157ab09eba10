# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of a ZIM file."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiwix.errors import ArchiveError, ChecksumError, CutShortError, NotAnArchiveError
from kiwix.zim_file import directory, read_header, verify_checksum
from tests.unit.kiwix.archives import make_archive, with_right_checksum

PAGES = {"дарс/1.html": "<p>Салом</p>", "дарс/2.html": "<p>Ҷаҳон</p>", "a b?c#d.html": "x"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("zim") / "a.zim", PAGES, {"Title": "A"})


def _look(path: Path) -> set[str]:
    header = read_header(path)
    verify_checksum(path, header, lambda part: None)
    return {entry.path for entry in directory(path, header) if entry.namespace == "C"}


def test_every_path_is_listed(archive: Path) -> None:
    assert _look(archive) == set(PAGES)


def test_progress_goes_to_the_end(archive: Path) -> None:
    seen: list[float] = []
    verify_checksum(archive, read_header(archive), seen.append)
    assert seen[-1] == 1.0


def test_what_does_not_begin_like_one_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.zim"
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(NotAnArchiveError):
        read_header(path)


@settings(deadline=None)
@given(data=st.data())
def test_wherever_it_is_cut_it_is_cut_short(archive: Path, data: st.DataObject) -> None:
    raw = archive.read_bytes()
    cut = archive.with_name("cut.zim")
    cut.write_bytes(raw[: data.draw(st.integers(4, len(raw) - 1))])
    with pytest.raises(CutShortError):
        read_header(cut)


@settings(deadline=None)
@given(data=st.data())
def test_no_changed_byte_is_overlooked(archive: Path, data: st.DataObject) -> None:
    raw = bytearray(archive.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    changed = archive.with_name("changed.zim")
    changed.write_bytes(raw)
    with pytest.raises(ArchiveError):
        _look(changed)


def test_a_changed_text_is_a_wrong_checksum(archive: Path) -> None:
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 2] ^= 1
    changed = archive.with_name("middle.zim")
    changed.write_bytes(raw)
    with pytest.raises(ChecksumError):
        _look(changed)


@settings(deadline=None, max_examples=400)
@given(data=st.data())
def test_malice_raises_only_what_is_expected(archive: Path, data: st.DataObject) -> None:
    raw = bytearray(archive.read_bytes())
    places = st.one_of(st.integers(24, 79), st.integers(0, len(raw) - 17))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(places)] = data.draw(st.sampled_from([0, 1, 127, 128, 254, 255]))
    hostile = archive.with_name("hostile.zim")
    hostile.write_bytes(with_right_checksum(bytes(raw)))
    with suppress(ArchiveError):
        _look(hostile)
