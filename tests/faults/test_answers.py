# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed while pupils answer: what was acknowledged is there, and nothing is half."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

SEED = int(os.environ.get("CHASHMA_SEED", str(random.randrange(10**6))))
MANY = int(os.environ.get("CHASHMA_ANSWER_KILLS", "500"))
ROOT = Path(__file__).parent.parent.parent


def storm(kills: int) -> None:
    argv = [sys.executable, "-m", "tests.faults.answer_storm", str(kills), str(SEED)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"\n{done.stdout}{done.stderr}")
    assert done.returncode == 0
    assert f"{kills} kills, seed {SEED}: " in done.stdout


@pytest.mark.timeout(1200)
def test_killed_while_pupils_answer() -> None:
    storm(15)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_killed_while_pupils_answer_many_times() -> None:
    storm(MANY)
