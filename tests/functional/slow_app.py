# SPDX-License-Identifier: GPL-3.0-or-later
"""An application that answers when a test allows it: ``GET /NAME``.

It makes the file ``NAME.begun`` in the folder that ``SLOW_FOLDER`` names, and answers when there is
``go``.
"""

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_FOLDER = Path(os.environ["SLOW_FOLDER"])


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    name = environ["PATH_INFO"].strip("/")
    if name == "end":
        raise SystemExit  # which no worker of gunicorn catches
    (_FOLDER / f"{name}.begun").touch()
    while not (_FOLDER / "go").exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Length", str(len(name)))])
    return [name.encode()]
