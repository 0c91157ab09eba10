# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``chashma`` command, as scripts know it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.unit.appliance.content.making import make_picture, make_sound

CHASHMA = Path(sys.executable).parent / "chashma"


class Run(msgspec.Struct, frozen=True):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    make_sound(folder / "суруд.wav")
    make_picture(folder / "расмҳо" / "1.png")
    (folder / "catalog.csv").write_text(
        "file,title,language,subject\nсуруд.wav,Суруди чашма,tg,music\n", encoding="utf-8"
    )
    return folder


def chashma(*words: str | Path, state: Path, **environ: str) -> Run:
    run = subprocess.run(
        [CHASHMA, *words],
        env={**os.environ, "CHASHMA_STATE": str(state), "LANG": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    return Run(run.returncode, run.stdout, run.stderr)


def test_from_the_folder_to_the_shelf_and_off_it_again(state: Path, folder: Path) -> None:
    first = chashma("ingest", "--json", folder, state=state)
    assert first.status == 0, first
    lines = {line["file"]: line for line in first.lines}
    song = lines["суруд.wav"]
    assert set(song) >= {"file", "status", "id", "kind", "title", "languages", "reason"}
    assert (song["status"], song["kind"], song["title"]) == ("installed", "audio", "Суруди чашма")
    assert song["languages"] == ["tg"]

    again = chashma("ingest", "--json", folder / "суруд.wav", state=state)
    assert [(line["status"], line["id"]) for line in again.lines] == [("already", song["id"])]

    listed = chashma("list", "--json", state=state).json["items"]
    assert {item["title"] for item in listed} == {"Суруди чашма", "расмҳо"}

    shown = chashma("show", song["id"], "--json", state=state).json
    assert (shown["subject"], shown["source"]) == ("music", "суруд.wav")
    assert shown["url"].endswith(f"/item/{song['id']}")

    found = chashma("search", "чашма", "--json", state=state).json["results"]
    assert [hit["id"] for hit in found] == [song["id"]]
    assert set(found[0]) >= {"id", "kind", "title", "url", "snippet", "language"}

    assert chashma("check", "--json", state=state).json["problems"] == []
    assert chashma("remove", song["id"], state=state).status == 0
    assert chashma("search", "чашма", "--json", state=state).json["results"] == []
    assert chashma("restore", song["id"], state=state).status == 0
    assert chashma("show", song["id"], state=state).status == 0


def test_a_bad_file_is_named_and_the_status_tells(state: Path, folder: Path) -> None:
    (folder / "lie.zim").write_bytes(b"no archive")
    run = chashma("ingest", "--json", folder, state=state, LC_ALL="ru_RU.UTF-8")
    assert run.status == 1
    (line,) = (line for line in run.lines if line["status"] == "rejected")
    assert (line["file"], line["id"], line["code"]) == ("lie.zim", "", "not-what-name-says")
    assert any("а" <= letter <= "я" for letter in line["reason"])


def test_check_finds_damage(state: Path, folder: Path) -> None:
    ids = {
        line["file"]: line["id"] for line in chashma("ingest", "--json", folder, state=state).lines
    }
    song = state / "store" / "items" / ids["суруд.wav"] / "files" / "суруд.wav"
    song.write_bytes(b"x" + song.read_bytes()[1:])
    run = chashma("check", "--json", state=state)
    assert run.status == 1
    assert [problem["where"] for problem in run.json["problems"]] == [ids["суруд.wav"]]


def test_status_tells_of_library_and_machine(state: Path, folder: Path) -> None:
    chashma("ingest", folder, state=state)
    status = chashma("status", "--json", state=state).json
    assert status["items"] == 2
    assert status["memory_total"] > status["memory_used"] > 0
    assert {service["name"] for service in status["services"]} >= {"nginx", "kiwix", "web"}
    for_people = chashma("status", state=state)
    assert for_people.status == 0
    assert "nginx does not answer" in for_people.out
    assert re.search(r"^room +[0-9.,]+ [KMGT]B$", for_people.out, re.MULTILINE)


@pytest.mark.parametrize(
    "words",
    [
        ["show", "a" * 16],
        ["show", "../../etc"],
        ["remove", "a" * 16],
        ["restore", "a" * 16],
        ["ingest", "/no/such/file"],
        ["ingest"],
        ["search"],
        ["search", "--kind", "stone", "x"],
        ["dance"],
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(state: Path, words: list[str]) -> None:
    run = chashma(*words, state=state)
    assert run.status != 0
    assert run.out == ""
    assert run.err
    assert "Traceback" not in run.err


def test_the_state_folder_may_be_named_before_or_after_the_verb(
    state: Path, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    chashma("ingest", folder, state=state)
    assert len(chashma("--state", state, "list", "--json", state=other).json["items"]) == 2
    assert len(chashma("list", "--json", "--state", state, state=other).json["items"]) == 2
    assert chashma("list", "--json", state=other).json["items"] == []


@pytest.mark.data
def test_search_reaches_inside_archives_and_folds_tajik(state: Path, data: Path) -> None:
    chashma("ingest", data / "zim" / "udhr_tg_all_2026-11.zim", state=state)
    for typed in ("ҳуқуқ", "хукук", "huquq"):
        hits = chashma("search", typed, "--json", "--language", "tg", state=state).json["results"]
        assert any("/read?at=a/" in hit["url"] for hit in hits), typed
        assert any("ҳуқуқ" in hit["snippet"].lower() for hit in hits), typed
