# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures: each decoded once, so that none of them surprises a browser."""

from pathlib import Path

from appliance.content.inspect.cover import PICTURE_ERRORS, make_cover, open_picture
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError

_FORMATS = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".gif": "GIF",
}
_ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND", "GIF": b";"}
_END_WITHIN = 65536


def inspect_album(staged: Staged) -> Inspection:
    """Check every picture. One that cannot be used is taken out, unless it is the only one.

    Raises:
        RefusalError: what is wrong with the first picture, if there is no good one.
    """
    good: list[Path] = []
    first_refusal: RefusalError | None = None
    size = (0, 0)
    for number, name in enumerate(staged.files):
        path = staged.path(name)
        try:
            size_here = _check(path)
        except RefusalError as exc:
            first_refusal = first_refusal or exc
            path.unlink()
            continue
        size = size if good else size_here
        good.append(path)
        staged.progress(number / len(staged.files))
    if first_refusal and not good:
        raise first_refusal
    return Inspection(
        metadata=Metadata(title=staged.title),
        details=Details(pages=len(good), width=size[0], height=size[1]),
        cover=make_cover(staged, Kind.ALBUM, staged.title, good[:1]),
        warnings=("picture-skipped",) if first_refusal else (),
    )


def _check(path: Path) -> tuple[int, int]:
    """Decode a picture; its width and height."""
    if path.stat().st_size == 0:
        raise RefusalError("empty")
    with open_picture(path) as picture:
        expected = _FORMATS[path.suffix.lower()]
        if picture.format != expected:
            raise RefusalError("not-what-name-says", expected=expected)
        try:
            picture.load()
        except PICTURE_ERRORS as exc:
            raise RefusalError("cut-short" if _is_cut_short(path, expected) else "damaged") from exc
        size: tuple[int, int] = picture.size
        return size


def _is_cut_short(path: Path, kind: str) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_WITHIN))
        return _ENDS.get(kind, b"") not in file.read()
