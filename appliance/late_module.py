# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules that are loaded when something of them is used, not when a process starts.

For what is large and what most processes never need; type checkers and import rules see it too::

    if TYPE_CHECKING:
        import segno
    else:
        segno = LateModule("segno")
"""

from importlib import import_module


class LateModule:
    """Stands for a module, and has whatever it has."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)
