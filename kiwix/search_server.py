# SPDX-License-Identifier: GPL-3.0-or-later
"""The search process: ``python -m kiwix.search_server --socket S --store D``.

libzim holds Python's global lock while it searches, and a bad archive can kill the process that
opens it; so searching has a process of its own, which answers one request after the other.
Whatever supervises it starts it again when it died; it then leaves out the archive that was to
blame.
"""

import argparse
import contextlib
import logging
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kiwix.archive_pool import MOST_OPEN, ArchivePool, UnsearchableError
from kiwix.search_protocol import (
    LONGEST_LINE,
    CorrectReply,
    CorrectRequest,
    ExcerptReply,
    ExcerptRequest,
    Found,
    FoundReply,
    Request,
    SearchRequest,
    SuggestRequest,
    Target,
)
from kiwix.set_aside import SetAside
from kiwix.snippet import Segments

logger = logging.getLogger("kiwix.search")

_PATIENCE = 2.0  # seconds for a client to send its line and take its answer
_WAITING = 64  # clients
_LOOK_UP = 1.0  # seconds between looks at whether it shall end
CLUSTERS = "4"  # that libzim keeps unpacked of each archive; its own 16 take 50 MB


def answer(request: Request, pool: ArchivePool) -> FoundReply | ExcerptReply | CorrectReply:
    """Do what was asked, as far as the deadline allows."""
    if isinstance(request, ExcerptRequest):
        pattern = re.compile(request.pattern)
        # In the order of paths, because neighbours are mostly packed in the same cluster.
        excerpts = {
            entry: _excerpt(request, entry, pattern, pool) for entry in sorted(request.entries)
        }
        return ExcerptReply(tuple(excerpts[entry] for entry in request.entries))
    if isinstance(request, CorrectRequest):
        return CorrectReply(_nearest(request, pool))
    found: dict[str, Found] = {}
    refused = []
    # Open archives first: where time is short, they give most for it.
    for target in sorted(request.archives, key=lambda target: target.id not in pool):
        if time.monotonic() >= request.deadline:
            break
        try:
            found[target.id] = _find(request, target, pool)
        except UnsearchableError:
            refused.append(target.id)
    ids = [target.id for target in request.archives]
    return FoundReply(
        found=tuple(found[item_id] for item_id in ids if item_id in found),
        missing=tuple(item_id for item_id in ids if item_id not in {*found, *refused}),
        refused=tuple(refused),
    )


def _find(request: SearchRequest | SuggestRequest, target: Target, pool: ArchivePool) -> Found:
    with pool.archive(target.id) as archive:
        find = archive.search if isinstance(request, SearchRequest) else archive.suggest
        estimate, entries = find(request.words, tajik=target.tajik, limit=request.limit)
        return Found(target.id, estimate, tuple(entries))


def _excerpt(
    request: ExcerptRequest, entry: tuple[str, str], pattern: re.Pattern[str], pool: ArchivePool
) -> Segments:
    item_id, path = entry
    if time.monotonic() >= request.deadline:
        return ()
    try:
        with pool.archive(item_id) as archive:
            return archive.excerpt(path, pattern)
    except UnsearchableError:
        return ()


def _nearest(request: CorrectRequest, pool: ArchivePool) -> str:
    best = (0, "")
    for target in request.archives:
        if time.monotonic() >= request.deadline:
            break
        with contextlib.suppress(UnsearchableError), pool.archive(target.id) as archive:
            found = archive.nearest(request.word, tajik=target.tajik, deadline=request.deadline)
            best = max(best, found)
    return best[1]


def serve(listener: socket.socket, pool: ArchivePool) -> None:
    """Answer for ever."""
    decoder = msgspec.json.Decoder(Request)
    # Of a signal that comes just before the kernel is asked to wait, Python would not know.
    listener.settimeout(_LOOK_UP)
    while True:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        with connection:
            connection.settimeout(_PATIENCE)
            try:
                request = decoder.decode(_line(connection))
                connection.sendall(msgspec.json.encode(answer(request, pool)) + b"\n")
            except (OSError, msgspec.MsgspecError, re.error) as exc:
                logger.warning("request dropped: %s", exc)


def _line(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as lines:
        return lines.readline(LONGEST_LINE)


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """A socket at ``path``, in place of one that a dead process left; gone at the end."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(new))
        new.chmod(0o660)
        listener.listen(_WAITING)
        new.replace(path)  # only now, so that nobody finds it and is refused
        try:
            yield listener
        finally:
            path.unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; 0 then."""
    parser = argparse.ArgumentParser(prog="kiwix.search_server", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True, help="where to listen")
    parser.add_argument("--store", type=Path, required=True, help="the folder of the content")
    parser.add_argument("--most-open", type=int, default=MOST_OPEN, help="archives open at once")
    options = parser.parse_args(arguments)
    os.environ.setdefault("ZIM_CLUSTERCACHE", CLUSTERS)  # libzim reads it when it opens an archive
    # For every archive without a stemmer libzim says so on stdout, each time it is opened.
    sys.stdout.flush()
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 1)
    logging.basicConfig(format="%(name)s: %(message)s", level=logging.INFO)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    set_aside = SetAside(options.socket.parent, options.socket.stem)
    if set_aside.blamed is not None:
        logger.error("archive %s killed the search and is set aside", set_aside.blamed.id)
    pool = ArchivePool(options.store, set_aside, options.most_open)
    with contextlib.closing(set_aside), listening(options.socket) as listener:
        serve(listener, pool)
    return 0


def _stop(number: int, frame: object) -> None:
    """End quietly from wherever the process is."""
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
