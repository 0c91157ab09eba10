# SPDX-License-Identifier: GPL-3.0-or-later
"""A channel of a Kolibri export, as far as it is believed.

https://kolibri.readthedocs.io and ``kolibri/core/content/models.py``; schema versions 1 to 5.
"""

import msgspec

MOST_NODES = 20_000


class ChannelFile(msgspec.Struct, frozen=True):
    """A file that a node names.

    Attributes:
        md5: of its content, which is its name in the export's storage, too.
        size: bytes; negative where the channel does not say.
        preset: what Kolibri says it is for: ``high_res_video``, ``video_subtitle`` …
        is_side: it stands beside the content: captions, thumbnails.
        is_thumbnail: a picture for the shelf.
        language: ISO 639 code, or empty.
    """

    md5: str
    extension: str
    size: int
    preset: str
    is_side: bool
    is_thumbnail: bool
    language: str


class Node(msgspec.Struct, frozen=True):
    """A piece of content of a channel.

    Attributes:
        id: 32 hexadecimal digits, the same in each version of the channel.
        kind: Kolibri's word: ``video``, ``document``, ``exercise`` …
        topics: titles of the topics around it, from the outermost in.
        files: the best main file first.
    """

    id: str
    kind: str
    title: str
    description: str
    author: str
    language: str
    licence: str
    owner: str
    topics: tuple[str, ...]
    files: tuple[ChannelFile, ...]


class Channel(msgspec.Struct, frozen=True):
    """A channel.

    Attributes:
        id: 32 hexadecimal digits.
        nodes: in the order of the course.
        is_cut: there are more nodes than ``MOST_NODES``.
    """

    id: str
    title: str
    nodes: tuple[Node, ...]
    is_cut: bool = False
