# SPDX-License-Identifier: GPL-3.0-or-later
"""Real file systems, mounted by the real kernel."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.usb.drive_error import DriveBusyError, DriveReadOnlyError
from appliance.usb.mount_calls import mount, remount, unmount
from tests.functional.usb.loop import Sticks, known, make_ext4, make_file_system, tool

pytestmark = pytest.mark.root


@pytest.fixture
def sticks(tmp_path: Path) -> Iterator[Sticks]:
    made = Sticks(tmp_path)
    yield made
    made.clear()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A stick with ext4 and some files, which every kernel can read."""
    return make_ext4(tmp_path / "plain", "Kitob")


@pytest.mark.parametrize("kind", known())
def test_each_kind_is_read_and_nothing_else(sticks: Sticks, tmp_path: Path, kind: str) -> None:
    make_file_system(tmp_path / "stick", kind, "MAKTAB")
    sticks.plug_in(tmp_path / "stick")
    [drive] = sticks.seen(1)
    assert (drive.file_system, drive.label, drive.problem) == (kind, "MAKTAB", "")
    place = sticks.drives / drive.id
    flags = os.statvfs(place).f_flag
    wanted = os.ST_RDONLY | os.ST_NOSUID | os.ST_NODEV | os.ST_NOEXEC
    assert flags & wanted == wanted
    with pytest.raises(OSError, match="Read-only") as refused:
        (place / "new").touch()
    assert refused.value.errno == errno.EROFS


def test_files_are_read_and_links_lead_nowhere(sticks: Sticks, plain: Path) -> None:
    sticks.plug_in(plain)
    [drive] = sticks.seen(1)
    place = sticks.drives / drive.id
    assert (place / "Китоб.txt").read_text("utf-8").startswith("Донишнома")
    with pytest.raises(OSError, match="symbolic links") as refused:
        (place / "link").read_bytes()
    assert refused.value.errno == errno.ELOOP


@pytest.mark.parametrize("kind", known())
def test_a_stick_is_written_while_it_is_open(sticks: Sticks, tmp_path: Path, kind: str) -> None:
    make_file_system(tmp_path / "stick", kind, "MAKTAB")
    name = sticks.plug_in(tmp_path / "stick")
    [drive] = sticks.seen(1)
    place = sticks.drives / drive.id
    if kind == "ext4":
        with pytest.raises(DriveReadOnlyError):
            sticks.agent.open(drive.id)
        return
    sticks.agent.open(drive.id)
    (place / "Ҳисобот.txt").write_text("тайёр", "utf-8")
    sticks.agent.close(drive.id)
    with pytest.raises(OSError, match="Read-only"):
        (place / "more").touch()
    sticks.agent.eject(drive.id)
    sticks.pull(name)
    sticks.seen(0)
    sticks.plug_in(tmp_path / "stick")
    [again] = sticks.seen(1)
    assert again.id == drive.id
    assert again.writable
    assert (place / "Ҳисобот.txt").read_text("utf-8") == "тайёр"


def test_ext4_is_never_written_not_even_its_journal(sticks: Sticks, plain: Path) -> None:
    tool("debugfs", "-w", "-R", "feature needs_recovery", plain)
    before = plain.read_bytes()
    name = sticks.plug_in(plain)
    [drive] = sticks.seen(1)
    assert drive.problem == ""
    assert list((sticks.drives / drive.id).iterdir())
    with pytest.raises(DriveReadOnlyError):
        sticks.agent.open(drive.id)
    sticks.agent.eject(drive.id)
    sticks.pull(name)
    assert plain.read_bytes() == before


def test_a_read_only_stick(sticks: Sticks, plain: Path) -> None:
    sticks.plug_in(plain, read_only=True)
    [drive] = sticks.seen(1)
    assert not drive.writable
    assert list((sticks.drives / drive.id).iterdir())


def test_two_partitions_and_a_label_in_cyrillic(sticks: Sticks, tmp_path: Path) -> None:
    first, second = make_ext4(tmp_path / "a", "Мактаб"), make_ext4(tmp_path / "b", "Ҳуҷҷат")
    whole = tmp_path / "whole"
    whole.write_bytes(bytes(1 << 20))
    sticks.plug_in(whole, first, second)
    found = sticks.seen(2)
    assert [(one.label, one.part, one.parts) for one in found] == [
        ("Мактаб", 1, 2),
        ("Ҳуҷҷат", 2, 2),
    ]
    for one in found:
        assert (sticks.drives / one.id / "Китоб.txt").exists()


@pytest.mark.parametrize(
    ("bytes_", "problem"), [(b"", "not-formatted"), (b"LUKS\xba\xbe\0\1", "encrypted")]
)
def test_what_is_no_file_system_is_told(
    sticks: Sticks, tmp_path: Path, bytes_: bytes, problem: str
) -> None:
    # A LUKS header has its format's number and a UUID; blkid asks for no more.
    uuid = b"0a1b2c3d-0000-4000-8000-000000000000"
    (tmp_path / "odd").write_bytes((bytes_.ljust(168, b"\0") + uuid).ljust(4 << 20, b"\0"))
    if not bytes_:
        (tmp_path / "odd").write_bytes(bytes(4 << 20))
    sticks.plug_in(tmp_path / "odd")
    [drive] = sticks.seen(1)
    assert drive.problem == problem
    assert [one for one in sticks.drives.iterdir() if one.is_dir()] == []


def test_a_file_system_that_the_kernel_refuses(sticks: Sticks, plain: Path) -> None:
    """The superblock says ext4; what it leads to is gone."""
    with plain.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * (40 << 20))
    sticks.plug_in(plain)
    [drive] = sticks.seen(1)
    assert drive.problem == "damaged"


def test_a_stick_with_errors_is_read_as_far_as_it_goes(sticks: Sticks, tmp_path: Path) -> None:
    """Its end is cut off below the device, so reading there is an I/O error."""
    file = make_ext4(tmp_path / "large", "Kitob", kib=20 << 10)
    sticks.plug_in(file)
    [drive] = sticks.seen(1)
    os.truncate(file, 8 << 20)
    with (sticks.drives / drive.id / "Китоб.txt").open("rb") as opened:
        assert opened.read(4096)
        with pytest.raises(OSError, match="Input/output error"):
            opened.read()
    sticks.agent.eject(drive.id)
    sticks.seen(0)


def test_a_stick_that_is_pulled_while_it_is_read(sticks: Sticks, plain: Path) -> None:
    name = sticks.plug_in(plain)
    [drive] = sticks.seen(1)
    with (sticks.drives / drive.id / "Китоб.txt").open("rb"):
        with pytest.raises(DriveBusyError):
            sticks.agent.eject(drive.id)
        sticks.pull(name)
        sticks.seen(0)
        assert not (sticks.drives / drive.id).exists()


def test_a_writer_who_is_not_done_keeps_it_open(tmp_path: Path) -> None:
    shutil.copy(make_ext4(tmp_path / "stick", "x"), tmp_path / "copy")
    loop = tool("losetup", "--find", "--show", tmp_path / "copy").strip()
    place = tmp_path / "place"
    try:
        mount(Path(loop), place, "ext4", {})
        remount(place, {}, writable=True)
        with (place / "new").open("w"), pytest.raises(OSError, match="busy") as refused:
            remount(place, {}, writable=False)
        assert refused.value.errno == errno.EBUSY
        remount(place, {}, writable=False)
    finally:
        unmount(place)
        tool("losetup", "--detach", loop)


def test_what_cannot_be_mounted_leaves_nothing(tmp_path: Path) -> None:
    for kind in ("ext4", "no-such-file-system"):
        with pytest.raises(OSError, match=r"\w"):
            mount(Path("/dev/null"), tmp_path / "place", kind, {})
    assert not (tmp_path / "place").exists()
