# SPDX-License-Identifier: GPL-3.0-or-later
"""Bags in folders: true ones are read, those that lie are refused with a plain sentence."""

import hashlib
import os
import socket
import unicodedata
from pathlib import Path

import bagit
import pytest

from appliance.content.pack.pack import find_packs, read_pack
from tests.pack_maker import INFO, Entry, Lies, book, make_pack
from tests.unit.appliance.content.pack.refusal import contents, read_whole, refused

_NAME = "data/items/0001/light.pdf"
_ZERO = "0" * 64


@pytest.mark.parametrize("form", ["folder", "zip", "deflated", "volumes"])
def test_a_pack_is_read_in_each_form(tmp_path: Path, form: str) -> None:
    entries = [
        book(),
        Entry(
            "song", {"суруд.mp3": b"la" * 3000}, captions={"суруд.tg.vtt": b"WEBVTT\n"}, part=999
        ),
        Entry("album", {"1.jpg": b"1", "2.jpg": b""}, cover={"cover.png": b"c"}),
    ]
    path = make_pack(tmp_path, entries, form=form, volume=2000)
    assert find_packs(tmp_path) == [path]
    done: list[int] = []
    pack = read_whole(path, done.append).pack
    assert sum(done) == pack.size
    assert pack.info == INFO
    assert [len(one.files) for one in pack.publications] == [1, 1, 2]
    assert contents(pack)["суруд.mp3"] == b"la" * 3000
    assert [file.name for file in pack.publications[1].captions] == ["суруд.tg.vtt"]
    cover = pack.publications[2].cover
    assert cover
    assert cover.size == 1


@pytest.mark.parametrize("form", ["folder", "zip", "deflated", "volumes"])
@pytest.mark.parametrize("offset", [0, 1, 99, 100, 101, 250, 251])
def test_a_file_is_read_on_from_anywhere(tmp_path: Path, form: str, offset: int) -> None:
    whole = bytes(range(251))
    path = make_pack(tmp_path, [Entry("a", {"a.pdf": whole}, part=100)], form=form, volume=300)
    pack = read_pack(path)
    with pack.open(pack.publications[0].files[0], offset) as stream:
        assert stream.read() == whole[offset:]


def test_bagit_accepts_what_the_tests_make(tmp_path: Path) -> None:
    path = make_pack(tmp_path, [book(), Entry("b", {"суруди нав.mp3": b"la"})])
    bagit.Bag(str(path)).validate()


@pytest.mark.parametrize(
    "name",
    ["%0D", "a%0Ab", "%25", "%0d%0a"],
)
def test_encoded_letters_are_decoded(tmp_path: Path, name: str) -> None:
    """CR and LF decode, and are names that no box takes; a percent sign is harmless."""
    line = f"{_ZERO}  data/{name}\n".encode()
    with refused("pack-file-missing" if name == "%25" else "unsafe-names"):
        read_pack(make_pack(tmp_path, lies=Lies(manifest=line)))


@pytest.mark.parametrize(
    "name",
    [
        b"../outside.pdf",
        b"data/../../outside.pdf",
        b"data/./a.pdf",
        b"/etc/passwd",
        b"data//a.pdf",
        b"data/",
        b"data/a\0b.pdf",
        b"data/a\\b.pdf",
        b"C:/a.pdf",
        b"data/a.pdf:stream",
        b"data/CON",
        b"data/nul.pdf",
        b"data/items/aux.tar.gz/x",
        b"data/com1.txt",
        b"data/ends.",
        b"data/ends ",
        b"data/a\x1b[2J.pdf",
        b"data/a\xe2\x80\xa8b.pdf",
        b"data/100%.pdf",
        b"data/%2e%2e/a.pdf",
        b"data/" + "китоб.pdf".encode("cp866"),
        b"data/\xff\xfe.pdf",
        b"data/\xed\xa0\x80.pdf",
        b"data/" + b"n" * 300,
        b"data/" + "ҷ".encode() * 150,
        b"data/" + b"d/" * 40 + b"a.pdf",
        b"chashma-pack.json",
        b"manifest-sha256.txt",
    ],
)
def test_unsafe_names_are_refused(tmp_path: Path, name: bytes) -> None:
    with refused("unsafe-names"):
        read_pack(make_pack(tmp_path, lies=Lies(manifest=_ZERO.encode() + b"  " + name + b"\n")))


@pytest.mark.parametrize(
    "name",
    [
        "data/items/0001/LIGHT.pdf",
        _NAME,
        unicodedata.normalize("NFD", "data/items/0001/ҷой.pdf"),
        "data/Items",
        f"{_NAME}/below.pdf",
    ],
)
def test_names_that_are_one_to_another_system_are_refused(tmp_path: Path, name: str) -> None:
    entry = Entry("a", {"light.pdf": b"1", unicodedata.normalize("NFC", "ҷой.pdf"): b"2"})
    lies = Lies(manifest=f"{_ZERO}  {name}\n".encode())
    with refused("duplicate-names"):
        read_pack(make_pack(tmp_path, [entry], lies=lies))


@pytest.mark.parametrize(
    "line",
    [
        b"x\n",
        b"\n",
        b"\xef\xbb\xbf",
        b"abc  data/a.pdf\n",
        b"0" * 63 + b"  data/a.pdf\n",
        b"0" * 64 + b"  data/" + b"n" * 9000 + b"\n",
    ],
)
def test_lines_that_are_none_are_refused(tmp_path: Path, line: bytes) -> None:
    with refused("pack-list-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(manifest=line)))


def test_line_ends_of_other_systems_are_understood(tmp_path: Path) -> None:
    path = make_pack(tmp_path, key=None)
    for name in ("bagit.txt", "bag-info.txt"):
        _rewrite(path, name, (path / name).read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_pack(path).publications) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bagit.txt", b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"),
        ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: CP866\n"),
        ("bagit.txt", b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bagit.txt", b""),
        ("bag-info.txt", b""),
        ("bag-info.txt", b"Payload-Oxum: -1.2\n"),
        ("bag-info.txt", b"Payload-Oxum: 1.2\nPayload-Oxum: 1.2\n"),
        ("bag-info.txt", b"Payload-Oxum: " + b"9" * 5000 + b".1\n"),
        ("bag-info.txt", b"Payload-Oxum: \xff\n"),
    ],
)
def test_tag_files_that_make_no_bag_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with refused("pack-list-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(tags={name: content})))


def test_a_sum_that_lies_is_refused(tmp_path: Path) -> None:
    with refused("pack-size-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(tags={"bag-info.txt": b"Payload-Oxum: 3.2\n"})))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"id":"../x","version":1,"title":{}}',
        b'{"id":"x","version":-1,"title":{}}',
        b'{"id":"x","version":1e400,"title":{}}',
        b'{"id":"x","version":10000000000000000,"title":{}}',
        b'{"id":"x","version":1,"title":{"en":"\\u001b[2J"}}',
        b'{"id":"x","version":1,"title":{},"made":"yesterday"}',
        b'{"id":"x","version":1,"title":{},"minimum":"1.x"}',
        b'{"id":"x","version":1,"title":{},"since":2}',
        b'{"id":"x","version":1,"title":{},"retires":["urn:chashma:pack:other:a"]}',
        b'{"id":"x","version":1,"title":{"a":' + b"[" * 100_000,
    ],
)
def test_a_pack_that_says_nonsense_of_itself_is_refused(tmp_path: Path, content: bytes) -> None:
    with refused("pack-info-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(tags={"chashma-pack.json": content})))


@pytest.mark.parametrize("missing", [_NAME, "data/catalog.json"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    with refused("pack-file-missing"):
        read_pack(make_pack(tmp_path, lies=Lies(payload={missing: None})))


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"])
def test_a_missing_tag_file_is_named(tmp_path: Path, name: str) -> None:
    with refused("pack-file-missing"):
        read_pack(make_pack(tmp_path, lies=Lies(late={name: None})))


@pytest.mark.parametrize(
    "name", ["bag-info.txt", "manifest-sha256.txt", "chashma-pack.json", "data/catalog.json"]
)
def test_what_was_changed_after_the_signature_is_refused(tmp_path: Path, name: str) -> None:
    path = make_pack(tmp_path)
    content = (path / name).read_bytes()
    (path / name).write_bytes(content.replace(b"t", b"T", 1).replace(b"0", b"1", 1))
    with refused("pack-file-damaged"):
        read_pack(path)


@pytest.mark.parametrize("name", ["data/more.pdf", "data/items/0001/more.pdf", "fetch.txt"])
def test_what_no_list_knows_is_refused(tmp_path: Path, name: str) -> None:
    with refused("pack-file-unlisted"):
        read_pack(make_pack(tmp_path, lies=Lies(unlisted={name: b"x"})))


def test_what_systems_leave_behind_does_no_harm(tmp_path: Path) -> None:
    litter = {"data/.DS_Store": b"x", "data/items/Thumbs.db": b"x", "README.txt": b"x"}
    assert read_whole(make_pack(tmp_path, lies=Lies(unlisted=litter)))


def test_a_file_of_another_size_is_refused_unread(tmp_path: Path) -> None:
    with refused("pack-size-wrong"):
        read_pack(make_pack(tmp_path, lies=Lies(payload={_NAME: b"longer than it was " * 3})))


@pytest.mark.parametrize("form", ["folder", "zip", "deflated", "volumes"])
def test_a_file_of_another_content_is_found(tmp_path: Path, form: str) -> None:
    other = b"%PDF-1.4 not much of a BOOK\n"
    with refused("pack-file-damaged"):
        read_whole(make_pack(tmp_path, form=form, volume=500, lies=Lies(payload={_NAME: other})))


@pytest.mark.parametrize("kind", ["link", "link out", "folder link", "fifo", "socket"])
def test_what_is_no_file_is_refused(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"%PDF-1.4 not much of a book\n")
    path = make_pack(tmp_path)
    target = path / _NAME
    if kind == "folder link":
        folder = target.parent.rename(tmp_path / "elsewhere")
        target.parent.symlink_to(folder)
    else:
        target.unlink()
    if kind == "link":
        target.symlink_to("../../catalog.json")
    elif kind == "link out":
        target.symlink_to(secret)
    elif kind == "fifo":
        os.mkfifo(target)
    elif kind == "socket":
        monkeypatch.chdir(target.parent)  # the name of a socket must be short
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(target.name)
    with refused("not-a-file"):
        read_pack(path)


def test_a_tag_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    path = make_pack(tmp_path)
    (path / "bag-info.txt").rename(tmp_path / "bag-info.txt")
    (path / "bag-info.txt").symlink_to(tmp_path / "bag-info.txt")
    with refused("not-a-file"):
        read_pack(path)


def test_a_link_that_comes_after_the_reading_is_not_followed(tmp_path: Path) -> None:
    pack = read_pack(make_pack(tmp_path))
    file = pack.publications[0].files[0]
    target = pack.path / file.parts[0]
    folder = target.parent.rename(tmp_path / "elsewhere")
    target.parent.symlink_to(folder)
    with refused("not-a-file"):
        pack.open(file)


def test_a_drive_that_went_is_told(tmp_path: Path) -> None:
    for form in ("folder", "zip"):
        place = tmp_path / form
        place.mkdir()
        pack = read_pack(make_pack(place, form=form))
        place.rename(tmp_path / f"{form} gone")
        with refused("drive-removed"):
            pack.open(pack.publications[0].files[0])


def test_another_content_that_came_back_is_noticed(tmp_path: Path) -> None:
    pack = read_pack(make_pack(tmp_path))
    file = pack.publications[0].files[0]
    (pack.path / file.parts[0]).write_bytes(b"shorter")
    with refused("changed-while-read"), pack.open(file) as stream:
        stream.read()
    (pack.path / file.parts[0]).write_bytes(b"longer" * 100)
    with refused("changed-while-read"), pack.open(file) as stream:
        stream.read()


def test_a_file_that_grows_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    pack = read_pack(make_pack(tmp_path, [Entry("a", {"a.pdf": b"x" * 5000})]))
    file = pack.publications[0].files[0]
    with refused("changed-while-read"), pack.open(file) as stream:
        stream.read(100)
        with (pack.path / file.parts[0]).open("ab") as grown:
            grown.write(b"y" * 5000)
        while stream.read(1000):
            pass


def test_names_in_cp866_on_the_stick_are_refused(tmp_path: Path) -> None:
    path = make_pack(tmp_path)
    (Path(os.fsdecode(os.fsencode(path) + b"/data/") + os.fsdecode(b"\xaa\xad.pdf"))).touch()
    with refused("unsafe-names"):
        read_pack(path)


def test_packs_are_found_by_their_names_and_not_too_deep(tmp_path: Path) -> None:
    for place in ("", "one", "one/two"):
        (tmp_path / place).mkdir(exist_ok=True)
        make_pack(tmp_path / place)
    (tmp_path / "x.CHASHMA.ZIP").touch()
    (tmp_path / "y.chashma.zip.001").touch()
    (tmp_path / "y.chashma.zip.002").touch()
    (tmp_path / "other.zip").touch()
    (tmp_path / "link.chashma.zip").symlink_to(tmp_path / "x.CHASHMA.ZIP")
    found = [path.relative_to(tmp_path).as_posix() for path in find_packs(tmp_path)]
    assert found == ["one/test-1.chashma", "test-1.chashma", "x.CHASHMA.ZIP", "y.chashma.zip.001"]


def _rewrite(bag: Path, name: str, content: bytes) -> None:
    (bag / name).write_bytes(content)
    listed = (bag / "tagmanifest-sha256.txt").read_text("utf-8").splitlines()
    digest = hashlib.sha256(content).hexdigest()
    lines = [f"{digest}  {name}" if line.endswith(f"  {name}") else line for line in listed]
    (bag / "tagmanifest-sha256.txt").write_text("\r\n".join(lines) + "\r\n", "utf-8")
