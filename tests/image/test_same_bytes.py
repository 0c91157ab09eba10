# SPDX-License-Identifier: GPL-3.0-or-later
"""Two builds of one time and one state of Debian's packages give the same bytes.

CHASHMA_TWICE_ARCH says of which image (by default arm64), CHASHMA_TWICE_COLD=1 that the base
is made twice too.
"""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.image.conftest import work_folder
from tests.image.disk_image import partitions

pytestmark = [pytest.mark.root, pytest.mark.image, pytest.mark.slow, pytest.mark.timeout(7200)]
_PROJECT = Path(__file__).parents[2]
_BUILT = _PROJECT / ".cache" / "image"
_ARCH = os.environ.get("CHASHMA_TWICE_ARCH", "arm64")
_COLD = os.environ.get("CHASHMA_TWICE_COLD") == "1"
_PIECE = 1 << 20
_MOST_TOLD = 40


@pytest.fixture(scope="module")
def builds() -> tuple[Path, Path]:
    """Two folders of work, each with its root, its raw image and what was published of it."""
    return _build("twice-1"), _build("twice-2")


def test_the_roots_are_the_same(builds: tuple[Path, Path]) -> None:
    """Told first, because a file by its name says more than an offset in an image."""
    left, right = (_tree(folder / f"root-{_ARCH}") for folder in builds)
    differ = sorted(name for name in left | right if left.get(name) != right.get(name))
    told = "\n".join(f"{name}: {left.get(name)} {right.get(name)}" for name in differ[:_MOST_TOLD])
    assert not differ, f"{len(differ)} differ:\n{told}"


def test_the_images_are_the_same(builds: tuple[Path, Path]) -> None:
    left, right = (next(folder.glob("chashma-*.img")) for folder in builds)
    differ = _first_difference(left, right)
    places = {number: part.start for number, part in partitions(left).items()}
    assert differ is None, f"they differ from byte {differ} on; partitions begin at {places}"


def test_what_is_published_is_the_same(builds: tuple[Path, Path]) -> None:
    left, right = (
        {file.name: _sum(file) for file in (folder / "dist").iterdir() if file.is_file()}
        for folder in builds
    )
    # Imager's list names the files on this machine, and the sums name that of the list.
    local = {"imager.json", next(name for name in left if name.endswith(".sha256"))}
    assert {name: left[name] for name in left.keys() - local} == {
        name: right[name] for name in right.keys() - local
    }


def _build(name: str) -> Path:
    work = work_folder(name)
    if not _COLD:
        for base in _BUILT.glob(f"base-{_ARCH}-*.tar"):
            (work / base.name).hardlink_to(base)
    subprocess.run(
        [
            *(sys.executable, "-m", "image_build", "--arch", _ARCH, "--work", str(work)),
            *("--out", str(work / "dist")),
        ],
        check=True,
        cwd=_PROJECT,
    )
    shutil.rmtree(work / "tree")
    return work


def _tree(root: Path) -> dict[str, tuple[object, ...]]:
    """Everything that a file system keeps of each path."""
    return {str(path.relative_to(root)): _traits(path) for path in (root, *root.rglob("*"))}


def _traits(path: Path) -> tuple[object, ...]:
    kept = path.lstat()
    content = ""
    if stat.S_ISREG(kept.st_mode):
        content = _sum(path)
    elif stat.S_ISLNK(kept.st_mode):
        content = str(path.readlink())
    return (oct(kept.st_mode), kept.st_uid, kept.st_gid, kept.st_rdev, kept.st_mtime_ns, content)


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def _first_difference(left: Path, right: Path) -> int | None:
    offset = 0
    with left.open("rb") as one, right.open("rb") as other:
        while piece := one.read(_PIECE):
            beside = other.read(_PIECE)
            if piece != beside:
                pairs = enumerate(zip(piece, beside, strict=False))
                return offset + next((i for i, (a, b) in pairs if a != b), len(beside))
            offset += len(piece)
        return offset if other.read(1) else None
