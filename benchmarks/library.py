# SPDX-License-Identifier: GPL-3.0-or-later
"""A library to measure: the sample library, and an archive."""

import json
import os
import subprocess
import sys
from pathlib import Path

from appliance.config import Config

_PROJECT = Path(__file__).parents[1]


def filled(config: Config, archive: Path) -> str:
    """Put the sample library and the archive on the shelf; the archive's id."""
    sample = _PROJECT / ".cache" / "sample"
    if not (sample / "catalog.csv").exists():
        subprocess.run([sys.executable, "-m", "sample", sample], cwd=_PROJECT, check=True)
    _ingest(config, sample)
    return _ingest(config, archive)


def _ingest(config: Config, path: Path) -> str:
    run = subprocess.run(
        [Path(sys.executable).with_name("chashma"), "ingest", "--json", path],
        env={**os.environ, **config.environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return str(json.loads(run.stdout.splitlines()[-1])["id"])
