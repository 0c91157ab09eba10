# SPDX-License-Identifier: GPL-3.0-or-later
"""Which Chashma this is; the same number stands in pyproject.toml, which the box does not have."""

VERSION = "0.1.0"


def version_numbers(version: str) -> tuple[int, ...]:
    """``0.10.0`` as numbers, which can be compared."""
    return tuple(map(int, version.split(".")))
