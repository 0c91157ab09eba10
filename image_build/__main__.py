# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m image_build``: makes the image that is written to an SD card."""

import subprocess
import sys
from pathlib import Path

import click

from image_build import preflight
from image_build.base import base_tar
from image_build.build_times import BuildTimes
from image_build.content import lay_out_content
from image_build.disk import make_disk
from image_build.errors import BuildError
from image_build.provision import provision, unpack
from image_build.recipe import PROJECT, Arch, Recipe, commit_time, project_version
from image_build.release import release


@click.command()
@click.option("--arch", type=click.Choice([arch.value for arch in Arch]), default="arm64")
@click.option("--content", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--card", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--work", type=click.Path(path_type=Path), default=PROJECT / ".cache" / "image")
@click.option("--out", type=click.Path(path_type=Path), default=PROJECT / "dist")
@click.option("--url", help="Where the files will be published; Imager's list names it.")
@click.option("--epoch", type=int, envvar="SOURCE_DATE_EPOCH", help="Seconds since 1970.")
def main(
    arch: str,
    content: Path | None,
    card: Path | None,
    work: Path,
    out: Path,
    url: str | None,
    epoch: int | None,
) -> None:
    """Make the image: base, provisioning, disk, and the files that are published."""
    recipe = Recipe(
        arch=Arch(arch),
        version=project_version(),
        epoch=commit_time() if epoch is None else epoch,
        work=work.absolute(),
        out=out.absolute(),
        content=content,
        card=card,
        url=url,
    )
    try:
        _make(recipe)
    except (BuildError, OSError) as exc:
        click.echo(f"image: {exc}", err=True)
        sys.exit(1)
    except subprocess.CalledProcessError as exc:
        click.echo(f"image: {exc.cmd[0]} failed; what it printed says why.", err=True)
        sys.exit(1)


def _make(recipe: Recipe) -> None:
    preflight.check(recipe.arch, recipe.work)
    times = BuildTimes(recipe)
    base = base_tar(recipe)
    times.step("base")
    unpack(base, recipe.root)
    times.step("unpack")
    provision(recipe)
    times.step("provision")
    data = lay_out_content(recipe)
    times.step("content")
    image = make_disk(recipe, data)
    times.step("disk")
    for file in release(
        image, recipe.root, recipe.out, recipe.version, recipe.arch, recipe.epoch, recipe.url
    ):
        click.echo(f"image: {file.stat().st_size / 1e6:7.1f} MB {file}")
    times.step("release")
    times.keep()


if __name__ == "__main__":
    main()
