# SPDX-License-Identifier: GPL-3.0-or-later
"""Times that a build leaves behind: none but the one that it was told."""

import os
import subprocess
import time
from pathlib import Path

from image_build.times import clamp, freeze

_EPOCH = 1_790_000_000
_OLDER = 1_700_000_000
_IDENTITY = "6a3c5d0e-4f0b-4b54-9d1e-0d9b6c1b7a11"
_MKFS = "/usr/sbin/mke2fs"


def _fill(root: Path) -> Path:
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "new").write_text("written by the build")
    (root / "etc" / "old").write_text("from a package")
    (root / "etc" / "link").symlink_to("nowhere")
    os.utime(root / "etc" / "old", (_OLDER, _OLDER))
    return root


def test_what_is_newer_becomes_as_old_as_the_build(tmp_path: Path) -> None:
    root = _fill(tmp_path / "root")
    clamp(root, _EPOCH)
    times = {path.name: path.lstat().st_mtime for path in (root, *root.rglob("*"))}
    assert times == {"root": _EPOCH, "etc": _EPOCH, "new": _EPOCH, "link": _EPOCH, "old": _OLDER}


def test_a_file_system_made_twice_has_the_same_bytes(tmp_path: Path) -> None:
    images = [_make(tmp_path / "one")]
    now = int(time.time())
    while int(time.time()) == now:  # of another second
        time.sleep(0.05)
    images.append(_make(tmp_path / "other"))
    assert images[0].read_bytes() == images[1].read_bytes()
    subprocess.run(["/usr/sbin/e2fsck", "-f", "-n", images[0]], check=True, capture_output=True)
    said = subprocess.run(
        ["/usr/sbin/debugfs", "-R", "cat /etc/new", images[0]], check=True, capture_output=True
    )
    assert said.stdout == b"written by the build"


def _make(folder: Path) -> Path:
    """An ext4 of a folder that is filled now, with the time of its last change."""
    root = _fill(folder / "root")
    clamp(root, _EPOCH)
    image = folder / "image.ext4"
    with image.open("wb") as out:
        out.truncate(8 << 20)
    subprocess.run(
        [
            *(_MKFS, "-q", "-F", "-t", "ext4", "-U", _IDENTITY, "-O", "^has_journal"),
            *("-E", f"hash_seed={_IDENTITY}", "-d", root, image),
        ],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": str(_EPOCH), "E2FSPROGS_FAKE_TIME": str(_EPOCH)},
    )
    freeze(image, _EPOCH)
    return image
