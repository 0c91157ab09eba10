# SPDX-License-Identifier: GPL-3.0-or-later
"""What is published of an image, opened by others' tools."""

import hashlib
import json
import lzma
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from image_build import release as published
from image_build.release import release
from image_build.sbom import VENDORED
from tests.unit.image_build.imager_schema import SCHEMA

_PROJECT = Path(__file__).parents[3]
_EPOCH = 1_790_000_000  # 2026-09-21
_MIB = 1 << 20
_STATUS = """Package: bash
Status: install ok installed
Maintainer: Matthias Klose <doko@debian.org>
Architecture: arm64
Version: 5.2.37-2
Description: GNU Bourne Again SHell

Package: libc6
Status: install ok installed
Maintainer: GNU Libc Maintainers <debian-glibc@lists.debian.org>
Architecture: arm64
Source: glibc
Version: 2.41-12
Description: GNU C Library
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    status = tmp_path / "root" / "var" / "lib" / "dpkg" / "status"
    status.parent.mkdir(parents=True)
    status.write_text(_STATUS)
    return tmp_path / "root"


@pytest.fixture
def raw_image(tmp_path: Path) -> Path:
    """Four partitions of a MiB or two, most of it holes."""
    image = tmp_path / "chashma.img"
    with image.open("wb") as stream:
        stream.truncate(16 * _MIB)
    subprocess.run(
        ["/usr/sbin/sfdisk", "--quiet", image],
        input="label: dos\nlabel-id: 0x43484153\nstart=4MiB, size=2MiB, type=c\n"
        "start=6MiB, size=4MiB\nstart=10MiB, size=4MiB\nstart=14MiB, size=2MiB\n",
        text=True,
        check=True,
    )
    with image.open("r+b") as stream:
        stream.seek(7 * _MIB)
        stream.write(b"root" * 4096)
    return image


@pytest.fixture
def files(raw_image: Path, root: Path, tmp_path: Path) -> dict[str, Path]:
    made = release(raw_image, root, tmp_path / "dist", "0.1.0", "arm64", _EPOCH)
    return {file.name.removeprefix("chashma-0.1.0-arm64"): file for file in made}


def test_all_that_is_published(files: dict[str, Path], tmp_path: Path) -> None:
    assert set(files) == {".img.xz", ".bmap", ".spdx.json", "imager.json", ".sha256"}
    assert sorted((tmp_path / "dist").iterdir()) == sorted(files.values()), "and nothing beside"


def test_the_image_comes_out_as_it_went_in(files: dict[str, Path], raw_image: Path) -> None:
    subprocess.run(["xz", "--test", files[".img.xz"]], check=True)
    assert lzma.decompress(files[".img.xz"].read_bytes()) == raw_image.read_bytes()


def test_sums_are_those_of_the_files(files: dict[str, Path], tmp_path: Path) -> None:
    subprocess.run(
        ["sha256sum", "--check", "--strict", files[".sha256"]],
        cwd=tmp_path / "dist",
        check=True,
        capture_output=True,
    )
    assert len(files[".sha256"].read_text().splitlines()) == len(files) - 1


def test_what_is_copied_by_the_map_is_the_image(
    files: dict[str, Path], raw_image: Path, tmp_path: Path
) -> None:
    subprocess.run(
        ["bmaptool", "--quiet", "copy", files[".img.xz"], tmp_path / "card"],
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "card").read_bytes() == raw_image.read_bytes()


def test_a_used_card_is_written_over_where_zeros_count(files: dict[str, Path]) -> None:
    """The boot state, the whole of FAT and data, what the root's slot holds; nothing of slot B."""
    top = ET.parse(files[".bmap"]).getroot()
    block = int(top.findtext("BlockSize", "0"))
    written: set[int] = set()
    for line in top.iterfind("BlockMap/Range"):
        first, _, last = (line.text or "").strip().partition("-")
        written.update(range(int(first) * block, (int(last or first) + 1) * block, block))
    for start, end in ((0, 6 * _MIB), (7 * _MIB, 7 * _MIB + 16384), (14 * _MIB, 16 * _MIB)):
        assert written >= set(range(start, end, block))
    assert not written & set(range(8 * _MIB, 14 * _MIB, block))


def test_imager_gets_what_its_format_asks_for(files: dict[str, Path], raw_image: Path) -> None:
    listed = json.loads(files["imager.json"].read_text())
    jsonschema.validate(listed, SCHEMA, format_checker=jsonschema.FormatChecker())
    (entry,) = listed["os_list"]
    compressed = files[".img.xz"].read_bytes()
    assert entry["extract_size"] == raw_image.stat().st_size
    assert entry["extract_sha256"] == hashlib.sha256(raw_image.read_bytes()).hexdigest()
    assert entry["image_download_size"] == len(compressed)
    assert entry["image_download_sha256"] == hashlib.sha256(compressed).hexdigest()
    assert entry["url"] == files[".img.xz"].as_uri()
    assert entry["release_date"] == "2026-09-21"
    known = {tag for device in listed["imager"]["devices"] for tag in device["tags"]}
    assert set(entry["devices"]) == known


def test_imager_gets_the_address_where_it_will_lie(
    raw_image: Path, root: Path, tmp_path: Path
) -> None:
    made = release(raw_image, root, tmp_path, "0.1.0", "arm64", _EPOCH, "https://example.org/c/")
    (listed,) = (json.loads(one.read_text()) for one in made if one.name == "imager.json")
    assert listed["os_list"][0]["url"] == "https://example.org/c/chashma-0.1.0-arm64.img.xz"


def test_a_pc_is_not_in_imagers_list(raw_image: Path, root: Path, tmp_path: Path) -> None:
    made = release(raw_image, root, tmp_path / "dist", "0.1.0", "amd64", _EPOCH)
    assert "imager.json" not in {file.name for file in made}


def test_every_part_is_listed_debians_and_ours(files: dict[str, Path]) -> None:
    document = parse_file(str(files[".spdx.json"]))
    assert validate_full_spdx_document(document) == []
    parts = {(package.name, package.version) for package in document.packages}
    assert parts >= {
        ("bash", "5.2.37-2"),
        ("libc6", "2.41-12"),
        ("glibc", "2.41-12"),
        ("chashma", "0.1.0"),
        ("epubjs", "0.3.93"),
    }
    ours = next(package for package in document.packages if package.name == "chashma")
    assert str(ours.license_declared) == "GPL-3.0-or-later"


def test_every_vendored_script_is_a_part() -> None:
    scripts = {file.relative_to(_PROJECT) for file in _PROJECT.glob("webapp/**/vendor/**/*.js")}
    brought_by = {
        "webapp/portal/static/vendor/htmx.min.js": "htmx.org",
        "webapp/read/vendor/epub.min.js": "epubjs",
        "webapp/read/vendor/scorm12.min.js": "scorm-again",
        "webapp/read/vendor/h5p/main.bundle.js": "h5p-standalone",
        "webapp/read/vendor/h5p/frame.bundle.js": "h5p-standalone",
    }
    assert {brought_by[str(script)] for script in scripts} == {part.name for part in VENDORED}


def test_the_same_image_gives_the_same_bytes(
    files: dict[str, Path], raw_image: Path, root: Path
) -> None:
    before = {name: file.read_bytes() for name, file in files.items()}
    out = files[".img.xz"].parent
    again = release(raw_image, root, out, "0.1.0", "arm64", _EPOCH)
    assert {file.name: file.read_bytes() for file in again} == {
        files[name].name: content for name, content in before.items()
    }


def test_a_build_that_is_cut_off_leaves_what_was_there(
    files: dict[str, Path], raw_image: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = files[".img.xz"].parent
    before = {file: file.read_bytes() for file in out.iterdir()}
    (out / ".unfinished-of-a-power-cut").mkdir()

    def no_space(_files: object, _sums: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(published, "_write_sums", no_space)
    with pytest.raises(OSError, match="No space"):
        release(raw_image, root, out, "0.1.0", "arm64", _EPOCH + 1)
    assert {file: file.read_bytes() for file in out.iterdir()} == before
