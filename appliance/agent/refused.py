# SPDX-License-Identifier: GPL-3.0-or-later
"""How an action says no."""

from appliance.agent.protocol import Refusal
from appliance.errors import ApplianceError


class RefusedError(ApplianceError):
    """An action says no, and has changed nothing.

    Attributes:
        refusal: what the asker is told.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.refusal = Refusal(code, detail)
