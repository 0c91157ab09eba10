# SPDX-License-Identifier: GPL-3.0-or-later
"""What an image is made of: everything that decides its bytes."""

import hashlib
import subprocess
import tomllib
from enum import StrEnum
from pathlib import Path

import msgspec

PROJECT = Path(__file__).absolute().parent.parent
PROVISIONING = PROJECT / "provisioning"
SUITE = "trixie"
MIB = 1 << 20


class Arch(StrEnum):
    """Debian's names of the processors."""

    ARM64 = "arm64"
    AMD64 = "amd64"


class Recipe(msgspec.Struct, frozen=True):
    """One image.

    Attributes:
        epoch: SOURCE_DATE_EPOCH; every time stamp in the image is this one or an earlier one.
        content: a folder whose files are on the shelf from the first start, or nothing.
        card: a ``chashma.toml`` for the card, or nothing.
        url: the folder on the web where the image will lie, or nothing.
        work: the folder for everything between; may be thrown away.
        out: the folder for what is made.
    """

    arch: Arch
    version: str
    epoch: int
    work: Path
    out: Path
    content: Path | None = None
    card: Path | None = None
    url: str | None = None

    @property
    def packages(self) -> tuple[str, ...]:
        """Debian packages: what every role asks for, for all processors and for this one."""
        files = sorted(
            path
            for name in ("packages", f"packages.{self.arch}")
            for path in PROVISIONING.glob(f"roles/*/{name}")
        )
        lines = (line for path in files for line in path.read_text("utf-8").splitlines())
        return tuple(sorted({line.partition("#")[0].strip() for line in lines} - {""}))

    @property
    def name(self) -> str:
        """Of the image, as people see it."""
        return f"chashma-{self.version}-{self.arch}"

    @property
    def root(self) -> Path:
        """The unpacked root of a slot."""
        return self.work / f"root-{self.arch}"

    @property
    def base(self) -> Path:
        """The tar file of the base; kept from build to build."""
        return self.work / f"base-{self.arch}-{self.base_key()}.tar"

    def base_key(self) -> str:
        """Of the cached base: changes when what went into it changes."""
        parts = [SUITE, self.arch, *self.packages]
        for file in sorted((PROJECT / "image_build" / "debian").rglob("*")):
            if file.is_file():
                parts += [file.name, file.read_text("utf-8")]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def project_version() -> str:
    """As ``pyproject.toml`` says it."""
    return str(tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def commit_time() -> int:
    """When the last commit was made, seconds since 1970: the time that an image is of."""
    said = subprocess.run(
        ["git", "-C", PROJECT, "log", "-1", "--format=%ct"],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(said.stdout)
