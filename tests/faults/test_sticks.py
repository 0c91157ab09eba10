# SPDX-License-Identifier: GPL-3.0-or-later
"""Pulled out, killed, full: whatever happens to a stick, the shelf is whole."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

SEED = int(os.environ.get("CHASHMA_SEED", str(random.randrange(10**6))))
RUNS = int(os.environ.get("CHASHMA_STORM", "1000"))
ROOT = Path(__file__).parent.parent.parent


def storm(folder: Path, runs: int) -> None:
    argv = [sys.executable, "-m", "tests.faults.stick_storm", str(folder), str(runs), str(SEED)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"\n{done.stdout}{done.stderr}")
    assert done.returncode == 0
    assert f"{runs} faults, seed {SEED}" in done.stdout


def test_a_few_faults(tmp_path: Path) -> None:
    storm(tmp_path, 40)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_thousand_faults(tmp_path: Path) -> None:
    storm(tmp_path, RUNS)
