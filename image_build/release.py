# SPDX-License-Identifier: GPL-3.0-or-later
"""What is published of an image: compressed, with a map, sums, a parts list, Imager's list."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from image_build.block_map import make_block_map
from image_build.imager import Published, write_imager_list
from image_build.sbom import write_sbom

# Of 120 MB of a root, level 1 makes 33 MB in 16 s of one processor, level 6 makes 28 MB in 76 s
# (docs/image.md): minutes matter to who tries something, megabytes to who downloads.
_XZ_LEVEL, _XZ_LEVEL_OF_A_DOWNLOAD = "-1", "-6"
# Blocks of one size, and always more than one thread: then the bytes do not depend on the machine.
_XZ_BLOCK = "24MiB"
_UNFINISHED = ".unfinished-"
_PIECE = 1 << 20


def release(
    raw_image: Path,
    root: Path,
    out: Path,
    version: str,
    arch: str,
    epoch: int,
    url: str | None = None,
) -> list[Path]:
    """Make all that is published of one image, and give the files in ``out``.

    Everything is made aside and takes its place only when whole; the sums come last. A build that
    was cut off leaves at most a hidden folder, which the next one removes.

    Args:
        root: the unpacked root of the image, whose packages are listed.
        version: as in ``pyproject.toml``.
        arch: "arm64" or "amd64".
        epoch: seconds since 1970, of everything that carries a date.
        url: the folder on the web where the files will lie, and then they are made as small as can
            be; without one, Imager's list names the files on this machine.

    Raises:
        OSError: no space, or ``out`` cannot be written.
        subprocess.CalledProcessError: a tool failed; it said why.
    """
    name = f"chashma-{version}-{arch}"
    out.mkdir(parents=True, exist_ok=True)
    _remove_unfinished(out)
    aside = Path(tempfile.mkdtemp(dir=out, prefix=_UNFINISHED))
    try:
        image = aside / f"{name}.img.xz"
        _compress(raw_image, image, _XZ_LEVEL_OF_A_DOWNLOAD if url else _XZ_LEVEL)
        make_block_map(raw_image, aside / f"{name}.bmap")
        write_sbom(root, aside / f"{name}.spdx.json", version, arch, epoch)
        if arch == "arm64":
            published = Published(
                image_url=f"{url.rstrip('/') if url else out.absolute().as_uri()}/{image.name}",
                version=version,
                epoch=epoch,
                extract_size=raw_image.stat().st_size,
                extract_sha256=_sha256(raw_image),
                download_size=image.stat().st_size,
                download_sha256=_sha256(image),
            )
            write_imager_list(published, aside / "imager.json")
        _write_sums(sorted(aside.iterdir()), aside / f"{name}.sha256")
        return _take_places(sorted(aside.iterdir(), key=_sums_last), out)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _compress(raw_image: Path, compressed: Path, level: str) -> None:
    threads = max(2, os.cpu_count() or 2)
    with compressed.open("wb") as out:
        subprocess.run(
            [
                *("xz", "--stdout", "--compress", "--quiet", level, "--check=sha256"),
                *(f"--threads={threads}", f"--block-size={_XZ_BLOCK}", "--", raw_image),
            ],
            stdout=out,
            check=True,
            env={"PATH": os.environ["PATH"]},  # XZ_OPT and XZ_DEFAULTS would change the bytes
        )


def _write_sums(files: Iterable[Path], sums: Path) -> None:
    """As ``sha256sum --check`` reads it."""
    sums.write_text("".join(f"{_sha256(file)}  {file.name}\n" for file in files), "utf-8")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        digest = hashlib.sha256()
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _sums_last(file: Path) -> tuple[bool, str]:
    return file.suffix == ".sha256", file.name


def _take_places(files: Iterable[Path], out: Path) -> list[Path]:
    files = list(files)
    for file in files:
        _flush(file)
    placed = [file.replace(out / file.name) for file in files]
    _flush(out)
    return placed


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_unfinished(out: Path) -> None:
    for folder in out.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(folder)
