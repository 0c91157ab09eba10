# SPDX-License-Identifier: GPL-3.0-or-later
"""What a start of the web loads before the first page: nothing that only rare pages need."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from appliance.card.settings import CardReport, CardSettings

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
_ASK_LATE = """
import sys
from pathlib import Path
from werkzeug.test import Client
from appliance.config import load_config
from webapp.wsgi import application
load_config().card_json.write_text(sys.argv[1])
answer = Client(application).get("/", headers={"X-Chashma-Site": "portal"})
print("Мактаби №5" in answer.text)
"""


def test_rare_things_are_not_loaded(tmp_path: Path) -> None:
    assert _said(tmp_path, _ASK, *_LATE) == ["200"]


def test_a_card_that_the_agent_read_later_counts(tmp_path: Path) -> None:
    report = CardReport(True, True, "d1", CardSettings(school_name="Мактаби №5"), ())
    assert _said(tmp_path, _ASK_LATE, msgspec.json.encode(report).decode()) == ["True"]


def _said(folder: Path, script: str, *words: str) -> list[str]:
    """What a program says that does what gunicorn does, for a new box."""
    environment = {
        **os.environ,
        "CHASHMA_CONFIG": str(folder / "none.toml"),
        "CHASHMA_STATE": str(folder / "state"),
    }
    said = subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True,
        env=environment,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    return said.stdout.split()
