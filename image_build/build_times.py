# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a build took, said while it runs and kept for whoever compares builds."""

import time
from pathlib import Path

import click
import msgspec

from image_build.recipe import Arch, Recipe


class BuildRecord(msgspec.Struct, frozen=True):
    """A build that came to its end.

    Attributes:
        cold: whether it made its base, or found one.
        seconds: by step, in their order.
    """

    cold: bool
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        """Seconds of the whole build."""
        return sum(self.seconds.values())


class BuildTimes:
    """The clock of a build that runs."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._cold = not recipe.base.exists()
        self._seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def step(self, name: str) -> None:
        """A step has ended."""
        now = time.monotonic()
        self._seconds[name], self._last = now - self._last, now
        click.echo(f"image: {name} took {self._seconds[name]:.0f} s")

    def keep(self) -> None:
        """Write down what this build took; the record of the other temperature stays."""
        record = BuildRecord(self._cold, self._seconds)
        kept_record(self._recipe.work, self._recipe.arch, cold=self._cold).write_bytes(
            msgspec.json.encode(record)
        )


def read_record(work: Path, arch: Arch, *, cold: bool) -> BuildRecord | None:
    """What the last such build in a folder took, if there was one."""
    try:
        return msgspec.json.decode(
            kept_record(work, arch, cold=cold).read_bytes(), type=BuildRecord
        )
    except (OSError, msgspec.DecodeError):
        return None


def kept_record(work: Path, arch: Arch, *, cold: bool) -> Path:
    """The file of a record."""
    return work / f"times-{arch}-{'cold' if cold else 'warm'}.json"
