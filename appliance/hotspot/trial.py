# SPDX-License-Identifier: GPL-3.0-or-later
"""Which settings hold: those that are kept, or a change that nobody has confirmed yet."""

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec

from appliance.hotspot.check import rechecked
from appliance.hotspot.kept import load_kept, save_kept
from appliance.hotspot.settings import HotspotSettings

_log = logging.getLogger(__name__)
TRIAL_S = 120.0
SETTLE_S = 1.5
"""Until a change begins, so that the answer to whoever asked for it still arrives."""


class _Trial(msgspec.Struct, frozen=True):
    settings: HotspotSettings
    ends: float


class Choice:
    """The settings that hold. Only what was confirmed is on the disk, so a restart ends a trial."""

    def __init__(self, file: Path, now: Callable[[], float]) -> None:
        self._file = file
        self._now = now
        self._trial: _Trial | None = None
        self._not_before = 0.0
        self.kept = load_kept(file)

    @property
    def settings(self) -> HotspotSettings:
        """Those that hold."""
        return self._trial.settings if self._trial else self.kept

    @property
    def settled(self) -> bool:
        """Whether the hotspot shall run by them already."""
        return self._now() >= self._not_before

    @property
    def unconfirmed_seconds(self) -> int | None:
        """Until the trial ends; nothing where there is none."""
        if not self._trial:
            return None
        return max(0, round(min(TRIAL_S, self._trial.ends - self._now())))

    def try_out(self, settings: HotspotSettings) -> None:
        """Begin a trial, in place of one that may run.

        Raises:
            WrongSettingsError: the hotspot cannot run so.
        """
        self._not_before = self._now() + SETTLE_S
        self._trial = _Trial(rechecked(settings), self._not_before + TRIAL_S)

    def confirm(self) -> None:
        """Keep what is on trial."""
        if self._trial:
            self.keep(self._trial.settings)

    def revert(self) -> None:
        """End the trial: what is kept holds again."""
        if self._trial:
            self._trial = None
            self._not_before = self._now() + SETTLE_S

    def expire(self) -> None:
        """End the trial if its time is over."""
        if self._trial and self._now() >= self._trial.ends:
            _log.warning("nobody confirmed the change of the hotspot: it goes back")
            self._trial = None

    def keep(self, settings: HotspotSettings) -> None:
        """Let these hold from now on, past the next start if the disk takes them.

        Raises:
            WrongSettingsError: the hotspot cannot run so.
        """
        self.kept = rechecked(settings)
        self._trial = None
        try:
            save_kept(self._file, self.kept)
        except OSError as exc:
            _log.error("the settings of the hotspot hold only until the next start: %s", exc)
