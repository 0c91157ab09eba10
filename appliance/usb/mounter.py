# SPDX-License-Identifier: GPL-3.0-or-later
"""Who mounts."""

from pathlib import Path
from typing import Protocol

from appliance.usb.mount_calls import Options


class Mounter(Protocol):
    """What is needed of ``appliance.usb.mount_calls``."""

    def mount(self, device: Path, place: Path, kind: str, options: Options) -> None: ...  # noqa: D102 - told there
    def remount(self, place: Path, options: Options, *, writable: bool) -> None: ...  # noqa: D102 - told there
    def unmount(self, place: Path, *, at_once: bool = False) -> None: ...  # noqa: D102 - told there
    def write_out(self, place: Path) -> None: ...  # noqa: D102 - told there
    def read_fresh(self, device: Path) -> None: ...  # noqa: D102 - told there
