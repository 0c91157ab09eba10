# SPDX-License-Identifier: GPL-3.0-or-later
"""Film: what libmediainfo tells of it, a frame of it as a cover, and its captions."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import mutagen
from mutagen.mp4 import MP4
from pymediainfo import MediaInfo, Track

from appliance.content.inspect import plain
from appliance.content.inspect.captions import UNKNOWN, add_captions
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.mp4 import is_cut_short, is_mp4
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError
from appliance.language import language_of_filename
from appliance.process import ProcessError, run_limited

_MP4 = frozenset({".mp4", ".m4v"})
_WEBM_MAGIC = b"\x1aE\xdf\xa3"
# What phones of 2016 and later play; libmediainfo's names.
_PLAYED_VIDEO = frozenset({"AVC", "VP8", "VP9"})
_PLAYED_AUDIO = frozenset({"AAC", "MPEG Audio", "Opus", "Vorbis"})
_PLAYED_BITS = 8
_FFMPEG = ("ffmpeg", "-v", "error", "-nostdin", "-threads", "1")
_ONE_SMALL_FRAME = (
    *("-frames:v", "1", "-vf", "scale=400:-2"),
    *("-c:v", "mjpeg", "-f", "image2pipe", "-"),
)
_FRAME_S = 60.0
_FRAME_AT = 0.2
_QUARTER_TURNS = frozenset({90, 270})


def inspect_video(staged: Staged) -> Inspection:
    """Check a film, make its cover and take its captions.

    Raises:
        RefusalError: not-what-name-says, cut-short, damaged or no-sound-or-picture.
    """
    _check_container(staged.main)
    tracks = MediaInfo.parse(staged.main).tracks
    general = next(track for track in tracks if track.track_type == "General")
    pictures = [track for track in tracks if track.track_type == "Video"]
    sounds = [track for track in tracks if track.track_type == "Audio"]
    if general.istruncated == "Yes":
        raise RefusalError("cut-short")
    seconds = _number(general.duration) / 1000
    if not pictures or seconds <= 0:
        raise RefusalError("no-sound-or-picture")
    with PassageWriter(staged.folder) as passages:
        captions, unreadable = add_captions(staged, passages)
    metadata = _metadata(staged, general, sounds, captions)
    warnings = [] if _is_played(pictures[0], sounds) else ["codec-unsupported"]
    if unreadable:
        warnings.append("captions-unreadable")
    width, height = _size(pictures[0])
    return Inspection(
        metadata=metadata,
        details=Details(seconds=round(seconds, 1), width=width, height=height, captions=captions),
        cover=make_cover(staged, Kind.VIDEO, metadata.title, _covers(staged.main, seconds)),
        warnings=tuple(warnings),
    )


def _check_container(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _MP4:
        if not is_mp4(path):
            raise RefusalError("not-what-name-says", expected="MP4")
        if is_cut_short(path):
            raise RefusalError("cut-short")
        return
    with path.open("rb") as file:
        if file.read(len(_WEBM_MAGIC)) != _WEBM_MAGIC:
            raise RefusalError("not-what-name-says", expected="WebM")


def _metadata(
    staged: Staged, general: Track, sounds: list[Track], captions: tuple[str, ...]
) -> Metadata:
    spoken = plain.languages(str(track.language or "") for track in sounds)
    named = plain.languages([language_of_filename(staged.source)])
    shown = tuple(code for code in captions if code != UNKNOWN)
    people = (general.performer, general.director, general.composer)
    return Metadata(
        title=plain.plain(str(general.title or ""), plain.TITLE_LIMIT) or staged.title,
        description=plain.plain(
            str(general.description or general.comment or ""), plain.DESCRIPTION_LIMIT
        ),
        authors=plain.authors(str(name) for name in people if name),
        # Captions tell the language of a film only if it has them in one.
        languages=spoken or named or (shown if len(shown) == 1 else ()),
        date=plain.date(str(general.recorded_date or general.released_date or "")),
    )


def _is_played(picture: Track, sounds: list[Track]) -> bool:
    return (
        picture.format in _PLAYED_VIDEO
        and _number(picture.bit_depth) <= _PLAYED_BITS
        and picture.chroma_subsampling in (None, "4:2:0")
        and all(track.format in _PLAYED_AUDIO for track in sounds)
    )


def _size(picture: Track) -> tuple[int, int]:
    """Pixels as they are shown: phones write their films lying on the side."""
    width, height = int(_number(picture.width)), int(_number(picture.height))
    turned = int(_number(picture.rotation)) % 360 in _QUARTER_TURNS
    return (height, width) if turned else (width, height)


def _number(value: object) -> float:
    try:
        return float(str(value or 0))
    except ValueError:
        return 0.0


def _covers(path: Path, seconds: float) -> Iterator[bytes]:
    """The picture that the file holds for this, else a frame if ffmpeg is there to cut one."""
    is_box = path.suffix.lower() in _MP4
    if is_box:
        # If the tags alone are damaged, the film is still whole.
        with suppress(mutagen.MutagenError):
            yield from map(bytes, (MP4(path).tags or {}).get("covr", []))
    # Only the one container that the file was found to be, and nothing that it may refer to.
    source = ["-protocol_whitelist", "file", "-f", "mov" if is_box else "matroska"]
    position = ["-ss", f"{seconds * _FRAME_AT:.2f}", "-i", str(path)]
    try:
        frame = run_limited(
            [*_FFMPEG, *source, *position, *_ONE_SMALL_FRAME],
            timeout_s=_FRAME_S,
            memory_bytes=400_000_000,
            output_limit=5_000_000,
        )
        yield frame.stdout
    except ProcessError:
        return  # a film without a frame gets a drawn cover
