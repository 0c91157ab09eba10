# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives in parts: ``.zimaa``, ``.zimab`` … as libzim reads them."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import PurePath
from string import ascii_lowercase

_PART = re.compile(r"\.zim[a-z]{2}", re.IGNORECASE)


def is_part(suffix: str) -> bool:
    """Whether a file with this suffix is a part of an archive."""
    return bool(_PART.fullmatch(suffix))


def in_parts(stem: str, names: Sequence[str]) -> tuple[list[str], str]:
    """The parts in order, and the name of the first that is missing; a gap means that."""
    ordered = sorted(names, key=str.lower)
    missing = next(
        (
            f"{stem}{suffix}"
            for name, suffix in zip(ordered, _suffixes(), strict=False)
            if PurePath(name).suffix.lower() != suffix
        ),
        "",
    )
    return ordered, missing


def _suffixes() -> Iterator[str]:
    return (f".zim{first}{second}" for first, second in product(ascii_lowercase, repeat=2))
