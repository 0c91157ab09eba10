# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m sample FOLDER``: make the sample library in a new folder."""

import sys
from pathlib import Path

import click

from sample.drawing.font import FontMissingError
from sample.library import make_library


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def main(folder: Path) -> None:
    """Make the sample library in FOLDER; an older one there is replaced, nothing else is."""
    try:
        files = make_library(folder)
    except FileExistsError:
        sys.exit(f"{folder} is there already and is no sample library")
    except FontMissingError as exc:
        sys.exit(str(exc))
    for file in files:
        print(file)


if __name__ == "__main__":
    main()
