# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a form, or the address to go on to, is this site's own; portal and panel ask alike."""

from urllib.parse import urlsplit

from flask import abort, request

_LONGEST_PATH = 2000


def is_from_elsewhere() -> bool:
    """Whether another site made the browser ask."""
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def refuse_foreign_form() -> None:
    """Refuse a form that another page sent; content in a sandbox sends ``Origin: null``.

    Runs before the form's body is read.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    if is_from_elsewhere() or (origin is not None and urlsplit(origin).netloc != request.host):
        abort(403)


def local_path(target: str) -> str:
    """A path of this site to go on to; the first page where ``target`` is anything else.

    Browsers take a backslash for a slash, drop tabs and line ends inside an address, and read
    ``//name`` as another host.
    """
    plain = target.isprintable() and "\\" not in target and len(target) <= _LONGEST_PATH
    if plain and target.startswith("/") and not target.startswith("//"):
        return target
    return "/"
