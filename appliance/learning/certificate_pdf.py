# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates as a PDF, made in a process of its own with limits: its library is large."""

import threading
from collections.abc import Sequence

import msgspec

from appliance.errors import ApplianceError
from appliance.learning.certificate_sheet import CertificateSheet
from appliance.own_module import run_module
from appliance.process import ProcessError

PDF = "application/pdf"
MOST_PAGES = 40
"""A class; each takes part of a second on a small board."""

_MEMORY = 256 * 1024 * 1024
_SECONDS = 120
_LARGEST = 32 * 1024 * 1024
# A class that asks at once waits in a row: the box has little memory.
_TURN = threading.BoundedSemaphore(1)
_WAIT_SECONDS = 30


class PdfFailedError(ApplianceError):
    """The PDF could not be made."""


class PdfBusyError(ApplianceError):
    """Too many ask at once; a little later it will be made."""


def make_pdf(sheets: Sequence[CertificateSheet]) -> bytes:
    """A page for each sheet, at most ``MOST_PAGES``; the same sheets give the same bytes.

    Raises:
        PdfBusyError, PdfFailedError: as they say.
    """
    if not _TURN.acquire(timeout=_WAIT_SECONDS):
        raise PdfBusyError
    try:
        return _make(sheets)
    finally:
        _TURN.release()


def _make(sheets: Sequence[CertificateSheet]) -> bytes:
    try:
        return run_module(
            "appliance.learning.certificate_child",
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST,
            given=msgspec.json.encode(list(sheets[:MOST_PAGES])),
        )
    except ProcessError as exc:
        raise PdfFailedError(str(exc)) from exc
