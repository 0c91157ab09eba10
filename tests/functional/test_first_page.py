# SPDX-License-Identifier: GPL-3.0-or-later
"""What a start of the web loads before the first page: nothing that only rare pages need."""

import os
import subprocess
import sys
from pathlib import Path

_LATE = (
    *("PIL", "argon2", "cryptography", "rapidfuzz", "reportlab", "segno"),
    *("openpyxl", "webapp.admin"),
)
_ASK = """
import sys
from werkzeug.test import Client
from webapp.wsgi import application
answer = Client(application).get("/", headers={"X-Chashma-Site": "portal"})
print(answer.status_code, *(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_rare_things_are_not_loaded(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "CHASHMA_CONFIG": str(tmp_path / "none.toml"),
        "CHASHMA_STATE": str(tmp_path / "state"),
    }
    said = subprocess.run(
        [sys.executable, "-c", _ASK, *_LATE],
        capture_output=True,
        check=True,
        env=environment,
        text=True,
    )
    assert said.stdout.split() == ["200"], said.stderr
