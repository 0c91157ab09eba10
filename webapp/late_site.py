# SPDX-License-Identifier: GPL-3.0-or-later
"""A site that is made when somebody asks for it for the first time."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING

from appliance.struct_types import prepare_structs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class LateSite:
    """Calls ``make`` at the first request; where it raises, the next request tries again."""

    def __init__(self, make: "Callable[[], WSGIApplication]") -> None:
        self._make = make
        self._site: WSGIApplication | None = None
        self._lock = Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Hand the request on."""
        with self._lock:
            if self._site is None:
                self._site = self._make()
                # Before a second thread can decode what came with it.
                prepare_structs()
            site = self._site
        return site(environ, start_response)
