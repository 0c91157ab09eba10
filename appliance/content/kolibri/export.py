# SPDX-License-Identifier: GPL-3.0-or-later
"""A ``KOLIBRI_DATA`` folder: which files make which piece of content, and what is said of it.

Its layout is that of Kolibri's ``core/content/utils/paths.py``: the lists of channels are
``content/databases/<id>.sqlite3``, their files ``content/storage/<a>/<b>/<md5>.<extension>``.
"""

import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from appliance.content.item import Lesson, Metadata
from appliance.content.kolibri.channel import MOST_NODES, Channel, ChannelFile, Node
from appliance.own_module import run_module
from appliance.process import ProcessError

FOLDER = "KOLIBRI_DATA"

_MEMORY = 512 * 1024 * 1024
_SECONDS = 120
_LARGEST_ANSWER = 128 * 1024 * 1024
_DATABASE = re.compile(r"[0-9a-f]{32}\.sqlite3")
_MD5 = re.compile(r"[0-9a-f]{32}")
_EXTENSION = re.compile(r"[a-z0-9]{1,10}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# What the shelf can show. Exercises need Khan Academy's own program.
_SHOWN = {
    "video": ("mp4", "webm", "m4v"),
    "audio": ("mp3", "m4a", "ogg", "wav"),
    "document": ("pdf", "epub"),
    "html5": ("zip",),
    "zim": ("zim",),
}
_CAPTIONS = ("vtt", "srt")
_PICTURES = ("png", "jpg", "jpeg", "gif", "webp")
_NAME_LETTERS = 40


class Part(msgspec.Struct, frozen=True):
    """A node as files; ``Candidate`` says what the attributes mean.

    Attributes:
        names: of all files, the main one first, as people would call them.
        is_channel: it is the channel itself, after its nodes; ``file`` is its list.
    """

    id: str
    source: str
    file: Path
    captions: tuple[Path, ...] = ()
    cover: Path | None = None
    names: tuple[str, ...] = ()
    said: Metadata = Metadata()
    lesson: Lesson | None = None
    problem: str = ""
    missing: str = ""
    is_channel: bool = False


def is_export(folder: Path) -> bool:
    """Whether it is such a folder."""
    return folder.name == FOLDER and _is_folder(folder / "content" / "databases")


def parts(folder: Path) -> Iterator[Part]:
    """Every node of every channel, those that cannot be taken with their problem."""
    content = folder / "content"
    for path in sorted((content / "databases").iterdir()):
        if not path.name.endswith(".sqlite3"):
            continue
        channel = _read_apart(path) if _DATABASE.fullmatch(path.name) else None
        if channel is None:
            yield Part("", path.name, path, problem="kolibri-unreadable")
            continue
        yield from _parts_of(channel, path, content / "storage")


def _parts_of(channel: Channel, database: Path, storage: Path) -> Iterator[Part]:
    seen: set[str] = set()
    for position, node in enumerate(channel.nodes, start=1):
        part = _part(channel, node, position, storage)
        if part.source in seen:
            part = msgspec.structs.replace(part, source=f"{part.source} ({position})")
        seen.add(part.source)
        yield part
    if channel.is_cut:
        missing = str(MOST_NODES)
        yield Part("", channel.title, database, problem="kolibri-too-large", missing=missing)
    if channel.nodes:
        about = Metadata(title=channel.title)
        yield Part(channel.id, _level(channel.title), database, said=about, is_channel=True)


def _part(channel: Channel, node: Node, position: int, storage: Path) -> Part:
    source = "/".join(map(_level, (channel.title, *node.topics, node.title)))
    said, place = _metadata(channel, node), Lesson(channel.id, channel.title, node.topics, position)
    main = next((file for file in node.files if _is_main(file, node.kind)), None)
    lost = Part(node.id, source, storage / node.id, said=said, lesson=place)
    if main is None:
        missing = node.kind[:40]
        return msgspec.structs.replace(lost, problem="kolibri-kind", missing=missing)
    path = _stored(storage, main)
    if not _is_there(path, main):
        return msgspec.structs.replace(
            lost, file=path, problem="kolibri-file-missing", missing=path.name
        )
    captions = {
        f".{file.language}.{file.extension}": _stored(storage, file)
        for file in node.files
        if file.extension in _CAPTIONS and _is_there(_stored(storage, file), file)
    }
    cover = next((file for file in node.files if _is_cover(file, storage)), None)
    stem = _level(node.title)[:_NAME_LETTERS].strip()
    names = [f"{stem}.{main.extension}", *(stem + end for end in captions)]
    return Part(
        id=node.id,
        source=source,
        file=path,
        captions=tuple(captions.values()),
        cover=_stored(storage, cover) if cover else None,
        names=(*names, f"{stem}.{cover.extension}") if cover else tuple(names),
        said=said,
        lesson=place,
    )


def _metadata(channel: Channel, node: Node) -> Metadata:
    licence = " · ".join(filter(None, (node.licence, node.owner)))
    return Metadata(
        title=node.title,
        description="\n\n".join(filter(None, (node.description, licence))),
        authors=(node.author,) if node.author else (),
        languages=(node.language,) if node.language else (),
        collection=channel.title,
    )


def _is_main(file: ChannelFile, kind: str) -> bool:
    return not (file.is_side or file.is_thumbnail) and file.extension in _SHOWN.get(kind, ())


def _is_cover(file: ChannelFile, storage: Path) -> bool:
    fits = file.is_thumbnail and file.extension in _PICTURES
    return fits and _is_there(_stored(storage, file), file)


def _stored(storage: Path, file: ChannelFile) -> Path:
    return storage / file.md5[0] / file.md5[1] / f"{file.md5}.{file.extension}"


def _is_there(path: Path, file: ChannelFile) -> bool:
    """An ordinary file of the right size, and no link on the way to it."""
    folders = (path.parent, path.parent.parent, path.parents[2])
    try:
        status = path.lstat()
    except OSError:
        return False
    whole = file.size < 0 or status.st_size == file.size
    return stat.S_ISREG(status.st_mode) and whole and all(map(_is_folder, folders))


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _level(title: str) -> str:
    """A title as one level of a path."""
    return title.replace("/", "-").replace("\\", "-").strip(" .") or "-"


def _read_apart(path: Path) -> Channel | None:
    """Have a limited child read the database; nothing where it cannot, or says what cannot be."""
    if not stat.S_ISREG(path.lstat().st_mode):
        return None
    try:
        output = run_module(
            "appliance.content.kolibri.reader",
            path.absolute(),
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST_ANSWER,
        )
        channel = msgspec.json.decode(output, type=Channel)
    except (ProcessError, msgspec.MsgspecError):
        return None
    return channel if all(map(_is_credible, channel.nodes)) else None


def _is_credible(node: Node) -> bool:
    """Whether names that become paths are names: the child read what a stranger wrote."""
    return bool(_MD5.fullmatch(node.id)) and all(
        _MD5.fullmatch(file.md5)
        and _EXTENSION.fullmatch(file.extension)
        and (not file.language or _LANGUAGE.fullmatch(file.language))
        for file in node.files
    )
