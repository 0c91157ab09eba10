# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at any moment: the shelf is whole, and nothing that was acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.check import check
from appliance.content.shelf import Shelf
from tests.unit.appliance.content.making import make_picture, make_sound

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("CHASHMA_KILLS", "200"))
SEED = int(os.environ.get("CHASHMA_SEED", str(random.randrange(10**6))))
ROOT = Path(__file__).parent.parent.parent
LONGEST_LIFE_S = 0.6


@pytest.fixture
def stick(tmp_path: Path, data: Path) -> Path:
    folder = tmp_path / "stick"
    for number in range(4):
        make_sound(folder / f"{number}.wav", tone=number)
        make_picture(folder / f"album{number}" / "1.png", (number, 0, 0))
    for name in ("zim/small.withns.zim", "zim/udhr_tg_all_2026-11.zim"):
        (folder / Path(name).name).write_bytes((data / name).read_bytes())
    book = data / "epub" / "ricecooker_testdocument.epub"
    (folder / book.name).write_bytes(book.read_bytes())
    return folder


def live_and_die(state: Path, stick: Path, seed: int, life: float) -> list[str]:
    """What the process said before it was killed, ``life`` seconds after its first change."""
    argv = [sys.executable, "-m", "tests.faults.churn", str(state), str(stick), str(seed)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("?"), "it died by itself"
        time.sleep(life)
        assert process.poll() is None, "it died by itself"
        process.send_signal(signal.SIGKILL)
        return [first, *process.stdout]


def replay(lines: list[str], shelf: set[str]) -> str:
    """Bring ``shelf`` up to what was acknowledged; the source whose change was under way."""
    under_way = ""
    for line in lines:
        mark, _, source = line.rstrip("\n").partition(" ")
        if mark == "?":
            under_way = source
        elif mark == "+":
            shelf.add(source)
            under_way = ""
        elif mark == "-":
            shelf.discard(source)
            under_way = ""
    return under_way


def test_killed_at_random(tmp_path: Path, stick: Path) -> None:
    print(f"\n{KILLS} kills, seed {SEED}")
    chance = random.Random(SEED)
    config = Config(state=tmp_path / "state")
    acknowledged: set[str] = set()
    for number in range(KILLS):
        lines = live_and_die(
            config.state, stick, chance.randrange(10**9), chance.random() * LONGEST_LIFE_S
        )
        under_way = replay(lines, acknowledged)
        shelf = Shelf(config)
        shelf.repair(thorough=True)
        assert list(check(shelf)) == [], f"kill {number}, seed {SEED}"
        assert list((shelf.store.root / "staging").iterdir()) == []
        standing = {item.source for item in shelf.store.items()}
        assert standing - {under_way} == acknowledged - {under_way}, f"kill {number}, seed {SEED}"
        acknowledged = standing
        shelf.catalog.database.close()
