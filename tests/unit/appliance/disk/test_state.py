# SPDX-License-Identifier: GPL-3.0-or-later
"""What the boot found of the data partition is understood, whatever stands in the files."""

from pathlib import Path

import pytest

from appliance.disk.boots import Boots, read_boots
from appliance.disk.repair import repair_data
from appliance.disk.state import DataReason, DataReport, DataState, read_data
from tests.meta.project import ROOT

ROLE = ROOT / "provisioning/roles/data/files"
PROGRAM = ROLE / "usr/local/libexec/chashma/data-partition"


def tell(folder: Path, **words: str) -> Path:
    for name, word in words.items():
        (folder / name).write_text(f"{word}\n")
    return folder


def test_a_laptop_has_no_data_partition(tmp_path: Path) -> None:
    assert read_data(tmp_path) is None
    assert read_boots(tmp_path) is None


def test_what_was_found(tmp_path: Path) -> None:
    tell(tmp_path, state="good", detail="", check="mended", repair="2026-05-01T08:00:00Z")
    assert read_data(tmp_path) == DataReport(DataState.GOOD, None, True, "2026-05-01T08:00:00Z")
    tell(tmp_path, state="read-only", detail="not-mended", check="damaged")
    report = read_data(tmp_path)
    assert report is not None
    assert (report.state, report.reason) == (DataState.READ_ONLY, DataReason.NOT_MENDED)
    assert not report.mended


@pytest.mark.parametrize("word", ["nonsense", "\x00\xff", "x" * 100_000])
def test_a_word_that_nobody_knows_is_not_good(tmp_path: Path, word: str) -> None:
    tell(tmp_path, state=word, detail=word)
    report = read_data(tmp_path)
    assert report is not None
    assert (report.state, report.reason) == (DataState.ABSENT, DataReason.UNKNOWN)


def test_every_reason_that_the_program_gives_is_known() -> None:
    program = PROGRAM.read_text("utf-8")
    known = {reason.value for reason in DataReason} - {"unknown"}
    assert {reason for reason in known if reason in program} == known


def test_only_what_a_check_could_mend_is_offered_for_repair() -> None:
    assert DataReason.NOT_MENDED.can_be_repaired
    assert not DataReason.CARD_TOO_SMALL.can_be_repaired
    assert not DataReason.WRITE_PROTECTED.can_be_repaired


@pytest.mark.parametrize(
    ("line", "boots"),
    [
        ("1 0 1 -", Boots(1, 0, "")),
        ("14 3 1 ooxooxooox", Boots(14, 3, "ooxooxooox")),
        ("", None),
        ("14 3 1", None),
        ("-1 3 1 ox", None),
        ("1 1 1 rm", None),
        ("9999999999 1 1 x", None),
        ("٣ 1 1 x", None),
    ],
)
def test_the_count_of_boots(tmp_path: Path, line: str, boots: Boots | None) -> None:
    assert read_boots(tell(tmp_path, boots=line)) == boots
    if boots:
        assert boots.recently_cut == boots.recent.count("x")


def test_repair_is_left_to_systemd() -> None:
    asked: list[tuple[str, ...]] = []
    repair_data(lambda *words: asked.append(words))
    [words] = asked
    assert words[-2] == "isolate"
    assert (ROLE / "etc/systemd/system" / words[-1]).exists()
