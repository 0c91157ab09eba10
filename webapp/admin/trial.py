# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of the network that waits for somebody to keep it.

The agent keeps the truth and goes back by itself. Here stands only that it was asked, so that other
pages need not ask it each time, and so that it can be told afterwards that nobody kept the change.
"""

from contextlib import suppress
from pathlib import Path

import msgspec

from appliance.agent.client import ask
from appliance.agent.protocol import AgentError, AgentRefusedError, ReadHotspot, Refusal
from appliance.config import Config
from appliance.hotspot.settings import HotspotSettings
from appliance.hotspot.state import HotspotState
from appliance.school.moment import Clock, Moment

SECONDS = 120
"""So long the agent waits (``ChangeHotspot``); then it goes back."""

_SLACK_SECONDS = 60
"""For the radio, which takes its time to go down and come up."""

_PATIENCE_SECONDS = 3.0
"""No page waits longer than this to be told whether a change is waiting."""


class Trial(msgspec.Struct, frozen=True):
    """A change that was asked for.

    Attributes:
        settings: of the new network.
        before: as it was until then.
        asked: when.
        refusal: why the agent did not even try, if so.
    """

    settings: HotspotSettings
    before: HotspotSettings
    asked: Moment
    refusal: Refusal | None = None


class Trials:
    """The one change that may be waiting, known to all processes of the panel."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._clock = config, clock

    @property
    def _file(self) -> Path:
        return self._config.run / "network-trial.json"

    def begin(self, settings: HotspotSettings, before: HotspotSettings) -> None:
        """A change is about to be asked for."""
        self._write(Trial(settings, before, self._clock()))

    def fail(self, error: AgentError) -> None:
        """The agent did not take the change on."""
        trial = self.last()
        if trial is not None:
            refusal = Refusal("internal-error", str(error))
            if isinstance(error, AgentRefusedError):
                refusal = error.refusal
            self._write(msgspec.structs.replace(trial, refusal=refusal))

    def end(self) -> None:
        """It is kept or taken back, or was told about."""
        self._file.unlink(missing_ok=True)

    def last(self) -> Trial | None:
        """The change asked for last since the boot, if nobody has kept it or taken it back."""
        with suppress(OSError, msgspec.MsgspecError):
            trial = msgspec.json.decode(self._file.read_bytes(), type=Trial)
            if trial.asked.boot == self._clock().boot:
                return trial
        return None

    def waiting(self) -> HotspotState | None:
        """The network on trial, while there is one: with ``unconfirmed_seconds``."""
        trial = self.last()
        if trial is None or trial.refusal is not None or self._age(trial) > self._longest:
            return None
        with suppress(AgentError):
            state = ask(self._config, ReadHotspot(), timeout_s=_PATIENCE_SECONDS)
            return state if state.unconfirmed_seconds is not None else None
        return None

    def is_over(self, trial: Trial) -> bool:
        """Nobody has kept the change in time."""
        return self._age(trial) > SECONDS

    @property
    def _longest(self) -> float:
        return SECONDS + _SLACK_SECONDS

    def _age(self, trial: Trial) -> float:
        return self._clock().second - trial.asked.second

    def _write(self, trial: Trial) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(msgspec.json.encode(trial))
        fresh.replace(self._file)
