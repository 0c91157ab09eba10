# SPDX-License-Identifier: GPL-3.0-or-later
"""What people are told when the agent cannot be asked, or says no."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from appliance.agent.protocol import AgentAbsentError, AgentError, AgentRefusedError
from appliance.agent.refusals import sentence
from appliance.language import N_
from webapp.admin.answer import tell
from webapp.admin.interface import gettext

_ABSENT = N_("This is no box of its own: networks, clock and power belong to the computer itself.")
_SILENT = N_(
    "The part of the box that does this does not answer. Wait a minute and try again; if it stays "
    "so, restart the box."
)


def reason(error: AgentError) -> str:
    """Why something was not done, in the reader's language."""
    if isinstance(error, AgentRefusedError):
        return sentence(error.refusal, g.language)
    return gettext(_ABSENT if isinstance(error, AgentAbsentError) else _SILENT)


@contextmanager
def told() -> Iterator[None]:
    """What the agent refuses inside the block is said at the top of the next page."""
    try:
        yield
    except AgentError as exc:
        tell(reason(exc), "error")
