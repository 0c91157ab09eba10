# SPDX-License-Identifier: GPL-3.0-or-later
"""Sticks come, are mounted, and go.

``tick`` compares what is plugged in with what is mounted and mends the difference. So it does not
matter whether a message was lost, the agent was started anew, or a stick went and came again in
between. Whatever touches a stick runs in a thread of its own: one that does not answer keeps
neither the agent nor other sticks waiting, and is told of as one that does not answer.
"""

import contextlib
import errno
import logging
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from appliance.usb import mount_calls
from appliance.usb.clean import is_clean
from appliance.usb.drive_error import (
    DriveBusyError,
    DriveNotWrittenError,
    DriveReadOnlyError,
    NoSuchDriveError,
)
from appliance.usb.drive_list import NOT_ANSWERING, MountedDrive, write_drive_list
from appliance.usb.drive_memory import read_memory, write_memory
from appliance.usb.mount_options import WRITABLE, mount_options
from appliance.usb.mounter import Mounter
from appliance.usb.part import MOUNTABLE, Kernel, Part, find_parts, mounted_places
from appliance.usb.pulse import Pulse
from appliance.usb.works import Works

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 20.0
"""A stick that spins up or has to look for its own pieces may need some."""
_WRITING_SECONDS = 1800.0
"""A slow one that was given gigabytes writes them out for long."""
_PULSE_SECONDS = 10.0
_OPEN_SECONDS = 300.0
"""More that one may take to answer while it is open for writing."""


class Drives:
    """The sticks of this box."""

    def __init__(
        self,
        folder: Path,
        owner: tuple[int, int],
        kernel: Kernel | None = None,
        mounter: Mounter = mount_calls,
        patience_s: float = _PATIENCE_SECONDS,
        writing_s: float = _WRITING_SECONDS,
        pulse_s: float = _PULSE_SECONDS,
    ) -> None:
        """Take over what an earlier agent has mounted.

        Args:
            folder: in which each stick gets a folder.
            owner: user and group of what lies on file systems that know no owners; the user alone
                may write, when the stick is open.
            kernel: where devices are told of.
            mounter: mounts.
            patience_s: how long a stick may take before it counts as not answering; ``writing_s``
                likewise, while it writes out what it was given.
            pulse_s: how often each is asked whether it still answers.
        """
        self._folder, self._owner = folder, owner
        self._kernel, self._mounter = kernel or Kernel(), mounter
        self._patience_s, self._writing_s = patience_s, writing_s
        self._lock = threading.RLock()
        self._memory = read_memory(folder)
        self._present: Mapping[str, Part] = {}
        self._failed: set[str] = set()
        self._closed: set[str] = set()
        self._open: set[str] = set()
        self._told: tuple[MountedDrive, ...] | None = None
        self.changed = threading.Event()
        """Set when it is worth looking before the next second."""
        self._works = Works(self._lock, self.changed)
        self._pulse = Pulse(self._mounter.read_fresh, self.changed, patience_s, pulse_s)

    def tick(self) -> None:
        """Look, and begin what has to be done; waits for no stick.

        Raises:
            OSError: the kernel or the folder of the sticks is not as it should be.
        """
        with self._lock:
            self._present = {one.id: one for one in find_parts(self._kernel, self._folder)}
            keys = {one.key for one in self._present.values()}
            self._failed &= keys
            self._closed &= keys
            self._open &= keys
            self._memory.ejected &= keys
            mounted = self._mounted()
            for name in mounted - self._works.names():
                part = self._present.get(name)
                if part is None or self._memory.mounted.get(name) != part.key:
                    self._begin(name, lambda name=name: self._forget(name))  # type: ignore[misc] # mypy cannot infer a lambda with defaults
            for part in self._present.values():
                if self._should_mount(part) and part.id not in mounted | self._works.names():
                    self._begin(part.id, lambda part=part: self._mount(part))  # type: ignore[misc] # likewise
            self._pulse.look(
                {
                    part.key: self._kernel.devices / part.name
                    for part in self._present.values()
                    if part.id in mounted
                }
            )
            self._tell()

    def open(self, name: str) -> None:
        """Let the worker write on a stick.

        Raises:
            DriveError: it stays closed; ``NoSuchDriveError``, ``DriveReadOnlyError``,
                ``DriveNotAnsweringError``.
        """
        part = self._get(name)
        if not self._writable(part):
            raise DriveReadOnlyError(name)
        try:
            self._works.do(name, lambda: self._remount(part, writable=True), self._patience_s)
        except OSError as exc:
            log.warning("%s cannot be written: %s", part.name, exc)
            self._closed.add(part.key)
            raise DriveReadOnlyError(str(exc)) from exc

    def close(self, name: str) -> None:
        """Write everything out and let nobody write any more.

        Raises:
            DriveError: ``NoSuchDriveError``, ``DriveBusyError``, ``DriveNotWrittenError``,
                ``DriveNotAnsweringError``.
        """
        part = self._get(name)

        def work() -> None:
            self._mounter.write_out(self._folder / name)
            self._remount(part, writable=False)

        self._written(name, work)

    def eject(self, name: str) -> None:
        """Take a stick away until it is plugged in anew.

        Raises:
            DriveError: as ``close``.
        """
        part = self._get(name)

        def work() -> None:
            self._mounter.write_out(self._folder / name)
            self._mounter.unmount(self._folder / name)
            with self._lock:
                self._memory.ejected.add(part.key)
                self._memory.mounted.pop(name, None)
                write_memory(self._folder, self._memory)
            (self._folder / name).rmdir()

        self._written(name, work)

    def _should_mount(self, part: Part) -> bool:
        return not part.problem and part.key not in self._failed | self._memory.ejected

    def _written(self, name: str, work: Callable[[], None]) -> None:
        try:
            self._works.do(name, work, self._writing_s)
        except OSError as exc:
            if exc.errno == errno.EBUSY:
                raise DriveBusyError(name) from exc
            raise DriveNotWrittenError(f"{name}: {exc}") from exc

    def _get(self, name: str) -> Part:
        with self._lock:
            part = self._present.get(name)
            if part is None or name not in self._mounted():
                raise NoSuchDriveError(name[:40])
            return part

    def _begin(self, name: str, work: Callable[[], None]) -> None:
        self._works.begin(name, work, self._patience_s)

    def _mount(self, part: Part) -> None:
        device, place = self._kernel.devices / part.name, self._folder / part.id
        try:
            self._mounter.mount(
                device, place, MOUNTABLE[part.file_system], mount_options(part, self._owner)
            )
        except OSError as exc:
            log.warning("%s (%s) cannot be mounted: %s", part.name, part.file_system, exc)
            with self._lock:
                self._failed.add(part.key)
            return
        clean = is_clean(device, part.file_system)
        log.info("%s (%s) is mounted as %s", part.name, part.file_system, part.id)
        with self._lock:
            self._memory.mounted[part.id] = part.key
            if not clean:
                self._closed.add(part.key)
            write_memory(self._folder, self._memory)

    def _forget(self, name: str) -> None:
        log.info("%s has gone", name)
        place = self._folder / name
        try:
            self._mounter.unmount(place, at_once=True)
        except OSError as exc:
            log.warning("%s cannot be unmounted: %s", name, exc)
            return
        with contextlib.suppress(OSError):
            place.rmdir()
        with self._lock:
            self._memory.mounted.pop(name, None)
            write_memory(self._folder, self._memory)

    def _remount(self, part: Part, *, writable: bool) -> None:
        options = mount_options(part, self._owner)
        self._mounter.remount(self._folder / part.id, options, writable=writable)
        with self._lock:
            self._open = self._open | {part.key} if writable else self._open - {part.key}

    def _writable(self, part: Part) -> bool:
        return not part.read_only and part.file_system in WRITABLE and part.key not in self._closed

    def _mounted(self) -> set[str]:
        places = (place for _, place in mounted_places(self._kernel))
        return {place.name for place in places if place.parent == self._folder}

    def _tell(self) -> None:
        mounted = self._mounted() - self._works.names()
        drives = tuple(
            one for part in self._present.values() if (one := self._entry(part, mounted))
        )
        if drives != self._told:
            write_drive_list(self._folder, drives)
            self._told = drives

    def _entry(self, part: Part, mounted: set[str]) -> MountedDrive | None:
        problem, work = part.problem, self._works.get(part.id)
        # What has been given much to write may be long about it, and reads wait for that.
        grace_s = _OPEN_SECONDS if part.key in self._open else 0.0
        if part.key in self._failed:
            problem = "damaged"
        elif (work and work.is_late()) or self._pulse.is_silent(part.key, grace_s):
            problem = NOT_ANSWERING
        # What is being opened or closed stays in the list.
        known = self._memory.mounted.get(part.id) == part.key
        if not (problem or part.id in mounted or (work and known)):
            return None
        return MountedDrive(
            id=part.id,
            label=part.label,
            maker=part.maker,
            file_system=part.file_system,
            part=part.part,
            parts=part.parts,
            size=part.size,
            writable=not problem and self._writable(part),
            problem=problem,
        )
