# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of the static files of the running app."""

from functools import cache
from pathlib import Path

from flask import current_app


def asset(name: str) -> str:
    """The address of a static file, with its age so that browsers may keep it for long."""
    return f"/static/{name}?v={_age(current_app.static_folder or '', name)}"


@cache
def _age(folder: str, name: str) -> str:
    return f"{(Path(folder) / name).stat().st_mtime_ns // 1_000_000_000:x}"
