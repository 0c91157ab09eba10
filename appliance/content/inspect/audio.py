# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound: what its tags say, and the picture that they hold."""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import mutagen
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, HeaderNotFoundError
from mutagen.mp4 import MP4
from mutagen.ogg import OggFileType
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from appliance.content.inspect import plain
from appliance.content.inspect.captions import add_captions
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.mp4 import is_cut_short
from appliance.content.inspect.passages import PassageWriter
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError
from appliance.language import language_of_filename

# The type that the server announces comes from the name, so the name has to be right.
_TYPES = {
    ".mp3": MP3,
    ".m4a": MP4,
    ".ogg": OggFileType,
    ".oga": OggFileType,
    ".opus": OggOpus,
    ".flac": FLAC,
    ".wav": WAVE,
}

_ID3_NAMES = {
    "title": "TIT2",
    "artist": "TPE1",
    "album": "TALB",
    "date": "TDRC",
    "language": "TLAN",
}
_MAGICS = {
    b"fLaC": (".flac",),
    b"OggS": (".ogg", ".oga", ".opus"),
    b"RIFF": (".wav",),
    b"ftyp": (".m4a",),
    b"ID3": (".mp3", ".flac"),
}


def inspect_audio(staged: Staged) -> Inspection:
    """Check a sound file and read its tags.

    Raises:
        RefusalError: not-what-name-says, cut-short, damaged or no-sound-or-picture.
    """
    suffix = staged.main.suffix.lower()
    expected = _TYPES[suffix]
    _check_beginning(staged.main, suffix)
    try:
        full = mutagen.File(staged.main)
        # Only these two have tags under plain names beside those of their format.
        easy = mutagen.File(staged.main, easy=True) if isinstance(full, MP3 | MP4) else full
    except HeaderNotFoundError as exc:
        raise RefusalError("not-what-name-says", expected="MP3") from exc
    except mutagen.MutagenError as exc:
        cut = expected is MP4 and is_cut_short(staged.main)
        raise RefusalError("cut-short" if cut else "damaged") from exc
    if not isinstance(full, expected):
        raise RefusalError("not-what-name-says", expected=suffix[1:].upper())
    if isinstance(full, MP4) and is_cut_short(staged.main):
        raise RefusalError("cut-short")
    seconds = float(getattr(full.info, "length", 0) or 0)
    if seconds <= 0:
        raise RefusalError("no-sound-or-picture")
    with PassageWriter(staged.folder) as passages:
        captions, unreadable = add_captions(staged, passages)
    metadata = _metadata(staged, _plain_names(easy.tags))
    return Inspection(
        metadata=metadata,
        details=Details(seconds=round(seconds, 1), captions=captions),
        cover=make_cover(staged, Kind.AUDIO, metadata.title, _pictures(full)),
        warnings=("captions-unreadable",) if unreadable else (),
    )


def _check_beginning(path: Path, suffix: str) -> None:
    """Compare the first bytes with the name; an MP3 may begin with nearly anything."""
    with path.open("rb") as file:
        start = file.read(12)
    told = next((suffixes for magic, suffixes in _MAGICS.items() if magic in start[:8]), None)
    if suffix not in (told or (".mp3",)):
        raise RefusalError("not-what-name-says", expected=suffix[1:].upper())


def _plain_names(tags: mutagen.Tags | None) -> Mapping[str, Sequence[str]]:
    """Tags by their plain names; mutagen does not know these for the tags of WAV files."""
    if not isinstance(tags, ID3):
        return tags or {}
    return {
        name: [str(text) for frame in tags.getall(code) for text in frame.text]
        for name, code in _ID3_NAMES.items()
    }


def _metadata(staged: Staged, tags: Mapping[str, Sequence[str]]) -> Metadata:
    def first(*names: str) -> str:
        return next((str(tags[n][0]) for n in names if tags.get(n)), "")

    languages = plain.languages(map(str, tags.get("language", [])))
    return Metadata(
        title=plain.plain(first("title"), plain.TITLE_LIMIT) or staged.title,
        description=plain.plain(first("description", "comment"), plain.DESCRIPTION_LIMIT),
        authors=plain.authors(map(str, tags.get("artist", []))),
        languages=languages or plain.languages([language_of_filename(staged.source)]),
        date=plain.date(first("date")),
        collection=plain.plain(first("album"), plain.TITLE_LIMIT),
    )


def _pictures(file: mutagen.FileType) -> Iterator[bytes]:
    """The pictures that the tags hold, each way of holding them."""
    if isinstance(file, FLAC):
        yield from (picture.data for picture in file.pictures)
    tags = file.tags
    if isinstance(tags, ID3):
        yield from (frame.data for frame in tags.getall("APIC"))
    elif isinstance(file, MP4) and tags:
        yield from map(bytes, tags.get("covr", []))
    elif isinstance(file, OggFileType) and tags:
        for block in tags.get("metadata_block_picture", []):
            try:
                yield Picture(base64.b64decode(block)).data
            except (binascii.Error, mutagen.MutagenError, ValueError):
                continue
