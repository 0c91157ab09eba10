# SPDX-License-Identifier: GPL-3.0-or-later
"""The spreadsheet for questions, made in a process of its own: its library is large."""

from appliance.errors import ApplianceError
from appliance.own_module import run_module
from appliance.process import ProcessError

_MEMORY = 256 * 1024 * 1024
_SECONDS = 60
_LARGEST = 4 * 1024 * 1024


class TemplateFailedError(ApplianceError):
    """The spreadsheet could not be made."""


def template_book(language: str) -> bytes:
    """The bytes of the ``.xlsx``, with its help in a language of the interface.

    Raises:
        TemplateFailedError: it could not be made.
    """
    try:
        return run_module(
            "appliance.content.quiz.template_child",
            language,
            timeout_s=_SECONDS,
            memory_bytes=_MEMORY,
            output_limit=_LARGEST,
        )
    except ProcessError as exc:
        raise TemplateFailedError(str(exc)) from exc
