# SPDX-License-Identifier: GPL-3.0-or-later
"""What the zygote loads before it forks, so that no child has to."""

import subprocess
import sys
from pathlib import Path

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.pictures import picture
from tests.unit.appliance.content.inspect.sounds import wave_file

_LOADED_BY_A_CHILD = """
import sys
from appliance.content.inspect import zygote
from appliance.content.inspect.messages import Job, Limits
from appliance.content.item import Kind
zygote.warm_up()
before, answers = set(sys.modules), []
kind, folder, name = sys.argv[1:]
zygote.work(Job(Kind(kind), folder, (name,), (), name, Limits(60, 0, 0)), answers.append)
print(type(answers[-1]).__name__, sorted(set(sys.modules) - before))
"""


def _loaded(bench: Bench, kind: Kind, name: str) -> str:
    argv = [sys.executable, "-c", _LOADED_BY_A_CHILD, kind, str(bench.folder), name]
    done = subprocess.run(argv, check=True, capture_output=True, text=True, cwd=Path.cwd())
    return done.stdout.strip()


def test_a_child_loads_nothing_for_a_sound(bench: Bench) -> None:
    assert _loaded(bench, Kind.AUDIO, bench.put(wave_file(seconds=1), "a.wav")) == "Accepted []"


def test_a_child_loads_nothing_for_a_picture(bench: Bench) -> None:
    assert _loaded(bench, Kind.ALBUM, bench.put(picture(), "a.png")) == "Accepted []"
