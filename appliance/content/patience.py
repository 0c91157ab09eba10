# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a stick something without waiting for it for ever.

A stick that hangs holds whoever reads from it, past every signal, until the kernel gives it up or
it is pulled. So whoever serves others too asks in a thread of its own, and goes on without answer.
"""

import os
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from appliance.errors import ApplianceError

Told = TypeVar("Told")


class NotAnsweringError(ApplianceError):
    """The stick has not answered in time; or not yet what it was asked before."""


class Question(Generic[Told]):
    """One thing that is asked.

    Attributes:
        thread: waits for the answer; has ended once there is one.
    """

    def __init__(self, ask: Callable[[], Told], name: str) -> None:
        """Begin to ask."""
        self._ask = ask
        self._told: list[Told] = []
        self._error: Exception | None = None
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def answer(self) -> Told:
        """What was told, once ``thread`` has ended.

        Raises:
            Exception: as the asking did.
        """
        if self._error:
            raise self._error
        return self._told[0]

    def _run(self) -> None:
        try:
            self._told.append(self._ask())
        except Exception as exc:  # it is raised where the answer is wanted
            self._error = exc


class Patience:
    """Whom somebody waits for: of one that is silent, nothing else is asked."""

    def __init__(self) -> None:
        """Nobody is silent."""
        self._lock = threading.Lock()
        self._silent: dict[Path, threading.Thread] = {}

    def ask(self, place: Path, ask: Callable[[], Told], seconds: float) -> Told:
        """Ask, and wait for so long.

        Args:
            place: of the stick.
            ask: reads from it.
            seconds: to wait at most.

        Raises:
            NotAnsweringError: there is no answer yet.
        """
        with self._lock:
            silent = self._silent.get(place)
            if silent and silent.is_alive():
                raise NotAnsweringError(place.name)
            self._silent.pop(place, None)
        question = Question(ask, "stick")
        question.thread.join(seconds)
        if question.thread.is_alive():
            with self._lock:
                self._silent[place] = question.thread
            raise NotAnsweringError(place.name)
        return question.answer()


def patience() -> Patience:
    """That of this process: threads do not outlast a fork."""
    return _patience(os.getpid())


@cache
def _patience(process: int) -> Patience:
    return Patience()
