# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma pack create`` and ``template``, as somebody at the district's office uses them."""

import shutil
import subprocess
from pathlib import Path

import bagit
import openpyxl
import pytest

from appliance.content.pack.secret_key import secret_key_file
from tests.functional.cli.test_chashma import chashma
from tests.pack_maker import KEY, trusted
from tests.unit.appliance.content.making import make_sound


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """A film, a book, an archive and a song, and the spreadsheet filled in."""
    folder = tmp_path / "Синфи 5"
    (folder / "филмҳо").mkdir(parents=True)
    shutil.copy(data / "web" / "ricecooker_low_res_sample.mp4", folder / "филмҳо" / "об.mp4")
    shutil.copy(data / "epub" / "idpf_haruko-jpeg.epub", folder)
    shutil.copy(data / "zim" / "small.nons.zim", folder)
    make_sound(folder / "суруд.wav")
    sheet = folder / "catalog.xlsx"
    assert chashma("pack", "template", "-o", sheet, state=tmp_path / "none").status == 0
    book = openpyxl.load_workbook(sheet)
    for column, value in ((1, "филмҳо/об.mp4"), (2, "Об"), (3, "Вода"), (13, "water")):
        book.worksheets[0].cell(3, column, value)
    book.save(sheet)
    return folder


def test_a_signed_pack_that_others_can_check(folder: Path, tmp_path: Path) -> None:
    key, pack = tmp_path / "key", tmp_path / "a.chashma"
    key.write_bytes(secret_key_file(KEY))
    said = ("--id", "grade-5", "--title-tg", "Синфи 5", "--publisher", "Ноҳия")
    words = ("pack", "create", folder, "-o", pack, "--key", key, *said, "--json")
    run = chashma(*words, state=tmp_path)
    assert run.status == 0, run.err
    assert (run.json["publications"], run.json["signed"], run.json["id"]) == (4, True, "grade-5")
    bagit.Bag(str(pack)).validate()
    manifest = pack / "tagmanifest-sha256.txt"
    checked = subprocess.run(
        ["minisign", "-V", "-P", trusted(), "-m", manifest], capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert b"chashma pack grade-5 version" in checked.stdout


def test_a_second_pack_brings_what_is_new(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.chashma.zip", tmp_path / "2.chashma"
    assert chashma("pack", "create", folder, "-o", first, "--id", "x", state=tmp_path).status == 0
    make_sound(folder / "нав.wav", tone=3)
    (folder / "суруд.wav").unlink()
    run = chashma("pack", "create", folder, "-o", second, "--since", first, "--retire-missing",
                  "--json", state=tmp_path)  # fmt: skip
    assert run.status == 0, run.err
    facts = run.json
    assert (facts["id"], facts["publications"], facts["unchanged"]) == ("x", 1, 3)
    assert facts["retires"] == ["urn:chashma:pack:x:%D1%81%D1%83%D1%80%D1%83%D0%B4.wav"]
    bagit.Bag(str(second)).validate()


def test_all_that_a_box_would_refuse_is_listed(folder: Path, data: Path, tmp_path: Path) -> None:
    for broken in ("zim-invalid/freedombox_invalid.zim", "pdf-odd/ricecooker_broken.pdf"):
        shutil.copy(data / broken, folder)
    (folder / "о чём.docx").write_bytes(b"?")
    run = chashma("pack", "create", folder, "-o", tmp_path / "a.chashma", state=tmp_path)
    assert run.status == 1
    for name in ("freedombox_invalid.zim", "ricecooker_broken.pdf", "о чём.docx"):
        assert f"! {name}\n" in run.out
    assert "3 would be refused" in run.err
    assert not list(tmp_path.glob("*chashma*"))


def test_a_pack_of_the_shelf(folder: Path, tmp_path: Path) -> None:
    state, pack = tmp_path / "state", tmp_path / "b.chashma"
    assert chashma("ingest", folder, state=state).status == 0
    run = chashma("pack", "create", "--from-shelf", "-o", pack, "--title", "Барои дӯстон",
                  "--json", state=state)  # fmt: skip
    assert run.status == 0, run.err
    assert run.json["publications"] == 4
    bagit.Bag(str(pack)).validate()
    shelf = chashma("list", "--json", state=state).json["items"]
    song = next(one["id"] for one in shelf if "суруд" in one["title"])
    one = tmp_path / "c.chashma.zip"
    run = chashma("pack", "create", "--from-shelf", "--item", song, "-o", one, "--json",
                  state=state)  # fmt: skip
    assert run.json["publications"] == 1
    assert chashma("pack", "create", "--from-shelf", "-o", one, state=state).status == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("-o", "a.chashma"), 2),
        ((".", "-o", "a.zip"), 1),
        ((".", "-o", "nowhere/a.chashma"), 1),
        ((".", "-o", "a.chashma", "--id", "Ноҳия"), 1),
        ((".", "-o", "a.chashma", "--minimum", "new"), 1),
        ((".", "--from-shelf", "-o", "a.chashma"), 2),
        (("--from-shelf", "-o", "a.chashma", "--retire", "x"), 2),
    ],
)
def test_what_makes_no_sense_is_told(tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    target = [
        str(tmp_path / word) if word.startswith(("a.", "nowhere")) else word for word in words
    ]
    run = chashma("pack", "create", *target, state=tmp_path / "state")
    assert run.status == status, run.err
    assert "Traceback" not in run.err
    assert run.err
