# SPDX-License-Identifier: GPL-3.0-or-later
"""A data partition that already holds content: ``make image CONTENT=folder``."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from image_build.errors import BuildError
from image_build.recipe import Recipe

_OWNER, _GROUP = "chashma-content", "chashma"
_MADE_ANEW = ("run", "log", "cache", "uploads", "drives")


def lay_out_content(recipe: Recipe) -> Path | None:
    """The state folder of a box that has taken in the recipe's content, or nothing.

    The box's own command takes the files in, so what a box would refuse is refused here.

    Raises:
        BuildError: a file was refused; the message is the command's own.
    """
    if recipe.content is None:
        return None
    state = recipe.work / f"data-{recipe.arch}"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    ran = subprocess.run(
        [
            str(Path(sys.executable).parent / "chashma"),
            *("--state", str(state), "ingest", str(recipe.content)),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    click.echo(ran.stdout, nl=False)
    if ran.returncode:
        raise BuildError(f"Not all of {recipe.content} can be taken in:\n{ran.stderr}")
    for name in _MADE_ANEW:
        shutil.rmtree(state / name, ignore_errors=True)
    _give_away(state, recipe.root)
    return state


def _give_away(state: Path, root: Path) -> None:
    """Everything belongs to those on the box who keep the store; its group may read."""
    user = _number(root / "etc/passwd", _OWNER)
    group = _number(root / "etc/group", _GROUP)
    for path in (state, *state.rglob("*")):
        os.chown(path, user, group, follow_symlinks=False)
        if path.is_dir():
            path.chmod(0o2750)
        elif not path.is_symlink():
            path.chmod(0o640)


def _number(file: Path, name: str) -> int:
    for line in file.read_text("utf-8").splitlines():
        fields = line.split(":")
        if fields[0] == name:
            return int(fields[2])
    raise BuildError(f"The root's {file.name} does not know {name}.")
