# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of data, made ready before there are threads.

msgspec 0.19 looks at the fields of a struct when it is first decoded, runs Python code while it
does, and meanwhile another thread finds the description half made and the process dies of it. What
is looked at before stays looked at, also in processes that are forked later.
"""

from collections.abc import Iterator

import msgspec


def prepare_structs() -> int:
    """Have msgspec look at every struct that is loaded now; how many there are.

    What cannot be decoded, since a field is of a class of ours, is never decoded and left alone.
    """
    ready = 0
    for struct in _below(msgspec.Struct):
        try:
            msgspec.json.Decoder(struct)
        except (TypeError, NameError):
            continue
        ready += 1
    return ready


def _below(base: type) -> Iterator[type]:
    for struct in base.__subclasses__():
        yield struct
        yield from _below(struct)
