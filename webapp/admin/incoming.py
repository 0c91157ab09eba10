# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that a browser sends, written straight to where the worker finds them.

Flask would keep a film in memory or in /tmp until it is whole; on the box both are the same small
memory. So each file of an upload is written below ``Config.uploads`` while it arrives.
"""

import os
import secrets
import shutil
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO

from flask import Flask, Request, g, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, HTTPException, LengthRequired

from appliance.content.file_name import safe_names
from appliance.content.room import room_for_content
from appliance.durable import sync_folder
from appliance.jobs.job import IngestUpload
from appliance.language import language_of_filename
from webapp.admin.office import Office, office

ENDPOINT = "add.upload"
_SMALL_FILES = frozenset({"pupils.add"})
_MOST_PARTS = 24  # a file, its captions, the token
_SMALL_PARTS = 64 * 1024
_COPIES = 2  # the worker copies what has arrived before it is deleted here
_RECENT = 200


class NoRoomError(HTTPException):
    """The disk has no room for what is about to be sent (RFC 4918, 507)."""

    code = 507
    description = "Insufficient storage"


class IncomingRequest(Request):
    """A request whose uploaded files go to the folder of this upload."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        folder: Path | None = g.get("incoming")
        if folder is None and self.endpoint in _SMALL_FILES:
            return BytesIO()  # as large as any form may be (``guard.SMALL_FORM``)
        if folder is None:
            raise BadRequest("no files are expected here")
        stream = (folder / secrets.token_hex(8)).open("w+b")
        g.incoming_streams.append(stream)
        return stream


def install(app: Flask, desk: Office) -> None:
    """Receive files; to be installed after the gate and before a form is read."""
    app.request_class = IncomingRequest
    _sweep(desk)
    app.before_request(_prepare)
    app.teardown_request(_clear)


def room() -> int:
    """Bytes that an upload may have."""
    return room_for_content(office().config.state) // _COPIES


def keep(files: list[FileStorage]) -> str:
    """Give the received files their names; the folder's name, for the worker.

    Raises:
        BadRequest: there is no file, or an empty one.
        OSError: the disk is full or failing.
    """
    folder: Path = g.incoming
    sent = [file for file in files if file.filename]
    if not sent:
        raise BadRequest("no file")
    names = safe_names(_belonging([str(file.filename) for file in sent]))
    for file, name in zip(sent, names, strict=True):
        file.stream.flush()
        os.fsync(file.stream.fileno())
        Path(file.stream.name).rename(folder / name)
    for entry in folder.iterdir():
        if entry.name not in names:
            entry.unlink()
    sync_folder(folder)
    kept = folder.with_name(f"{folder.name.removeprefix('.')}-{names[0]}")
    folder.rename(kept)
    sync_folder(kept.parent)
    return kept.name


def _belonging(names: list[str]) -> list[str]:
    """The names, those of captions made to belong to the film, which comes first."""
    film = PurePath(names[0])
    belonging = [names[0]]
    for name in names[1:]:
        path = PurePath(name)
        language = language_of_filename(name) or g.language
        own = path.stem.casefold().startswith(film.stem.casefold())
        belonging.append(name if own else f"{film.stem}.{language}{path.suffix}")
    return belonging


def _sweep(desk: Office) -> None:
    """Delete what no job waits for: uploads that were broken off or whose job was cancelled.

    Only while nothing can be arriving: between its last byte and its job an upload is nobody's.
    """
    uploads = desk.config.uploads
    uploads.mkdir(mode=0o770, parents=True, exist_ok=True)
    waiting = {
        job.task.folder
        for job in desk.jobs.recent(_RECENT, verbs=("ingest-upload",))
        if isinstance(job.task, IngestUpload) and not job.over
    }
    for entry in list(uploads.iterdir()):
        if entry.name not in waiting:
            shutil.rmtree(entry, ignore_errors=True)


def _prepare() -> None:
    if request.endpoint != ENDPOINT or request.method != "POST":
        return
    if request.content_length is None:
        raise LengthRequired
    if request.content_length > room() + _SMALL_PARTS:
        raise NoRoomError
    # One more than will come: gunicorn's stream ends by itself (``wsgi.input_terminated``), and
    # Werkzeug takes the very last byte of such a limit for one too many.
    request.max_content_length = request.content_length + 1
    request.max_form_parts = _MOST_PARTS
    folder = office().config.uploads / f".{secrets.token_hex(8)}"
    folder.mkdir(mode=0o770)
    g.incoming, g.incoming_streams = folder, []


def _clear(_: BaseException | None) -> None:
    folder: Path | None = g.get("incoming")
    if folder is not None:
        for stream in g.incoming_streams:
            stream.close()
        shutil.rmtree(folder, ignore_errors=True)
