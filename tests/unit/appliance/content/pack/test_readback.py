# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs as they are made, read as a box reads them."""

from pathlib import Path

import pytest

from appliance.content.item import Audience, Metadata
from appliance.content.pack.bag_writer import BagWriter, TooManyError
from appliance.content.pack.create import Made, PackError, PackOrder, create_pack
from appliance.content.pack.draft import Draft, DraftFile, identifier, pack_names
from appliance.content.pack.info import PackInfo
from appliance.content.pack.pack import read_pack
from appliance.content.pack.publication import Publication
from appliance.content.pack.target import open_target
from appliance.content.pack.verify import Standing, check_payload, verify_pack
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.content.progress import Progress
from tests.pack_maker import KEY, trusted
from tests.unit.appliance.content.making import make_picture, make_sound

SHEET = (
    "file;id;title_tg;title_ru;description;subject;grade;audience;language;author;collection;date\n"
    "a.wav;song;Суруд;Песня;Дар бораи об;music;1-3;teacher;tg;С. Айнӣ;Мусиқӣ;1926\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    make_sound(source / "a.wav")
    make_sound(source / "b.wav", tone=2)
    make_picture(source / "b.png")
    make_picture(source / "албом" / "1.png")
    (source / "catalog.csv").write_text(SHEET, encoding="utf-8")
    return source


def made(folder: Path, target: Path, version: int = 1, **values: object) -> Made:
    info = PackInfo("music", version, {"tg": "Мусиқӣ"}, "Ноҳия", "2026-03-01T08:00:00Z")
    order = PackOrder(folder, target, **{"info": info, **values})  # type: ignore[arg-type] # a test's shorthand
    return create_pack(order, Progress(), Progress())


def publications(pack: Path) -> dict[str, Publication]:
    return {one.identifier.rpartition(":")[2]: one for one in read_pack(pack).publications}


@pytest.mark.parametrize(
    ("name", "most_bytes"),
    [
        ("a.chashma", 1 << 32),
        ("a.chashma", 700),
        ("a.chashma.zip", 1 << 32),
        ("a.chashma.zip", 700),
    ],
)
def test_a_box_takes_what_was_made(
    folder: Path, tmp_path: Path, name: str, most_bytes: int
) -> None:
    made(folder, tmp_path / name, key=KEY, most_bytes=most_bytes)
    first = tmp_path / name
    pack = read_pack(first if first.exists() else tmp_path / f"{name}.001")
    policy = StickPolicy(keys=(TrustedKey(trusted()),))
    verified = verify_pack(pack, policy, None)
    assert verified.standing is Standing.TRUSTED
    check_payload(verified, lambda _: None)
    for one in pack.publications:
        (source,) = folder.rglob(one.files[0].name)
        with pack.open(one.files[0]) as stream:
            assert stream.read() == source.read_bytes()


def test_what_the_sheet_says_arrives(folder: Path, tmp_path: Path) -> None:
    made(folder, tmp_path / "a.chashma")
    found = publications(tmp_path / "a.chashma")
    song = found["song"]
    assert song.titles == {"tg": "Суруд", "ru": "Песня"}
    assert song.metadata == Metadata(
        title="Суруд",
        description="Дар бораи об",
        authors=("С. Айнӣ",),
        languages=("tg",),
        date="1926",
        subject="music",
        grades=(1, 2, 3),
        audiences=(Audience.TEACHER,),
        collection="Мусиқӣ",
    )
    cover = found["b.wav"].cover
    assert cover
    assert cover.name == "b.png"


def test_only_what_changed_goes_into_an_incremental_pack(folder: Path, tmp_path: Path) -> None:
    first = tmp_path / "1.chashma"
    made(folder, first)
    make_sound(folder / "b.wav", tone=9)  # same size, other content
    make_sound(folder / "new.wav", tone=7)
    result = made(folder, tmp_path / "2.chashma.zip", 2, since=(first,))
    assert (result.written, result.unchanged, result.info.since) == (2, 2, 1)
    second = tmp_path / "2.chashma.zip"
    assert set(publications(second)) == {"b.wav", "new.wav"}
    sheet = SHEET.replace("Суруд", "Суруди нав").replace("об\n", "об")
    (folder / "catalog.csv").write_text(sheet, encoding="utf-8")
    made(folder, tmp_path / "3.chashma", 3, since=(second, first))
    assert set(publications(tmp_path / "3.chashma")) == {"song"}


def test_what_is_gone_is_retired(folder: Path, tmp_path: Path) -> None:
    first = tmp_path / "1.chashma"
    made(folder, first)
    (folder / "албом" / "1.png").unlink()
    (folder / "b.png").unlink()
    result = made(
        folder, tmp_path / "2.chashma", 2, since=(first,), retire_missing=True, retire=("old.pdf",)
    )
    retired = {identifier("music", name) for name in ("албом", "old.pdf")}
    assert set(read_pack(tmp_path / "2.chashma").info.retires) == retired
    assert result.written == 1
    both = (first, tmp_path / "2.chashma")
    made(folder, tmp_path / "3.chashma", 3, since=both, retire_missing=True, retire=("x",))
    assert read_pack(tmp_path / "3.chashma").info.retires == (identifier("music", "x"),)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"version": 1}, "not newer"),
        ({"version": 2, "retire": ("b.wav",)}, "is in the folder"),
        ({"version": 2, "info": PackInfo("other", 2, {"en": "Other"})}, "belongs to the series"),
    ],
)
def test_what_makes_no_sense_is_told(
    folder: Path, tmp_path: Path, values: dict[str, object], words: str
) -> None:
    first = tmp_path / "1.chashma"
    made(folder, first)
    with pytest.raises(PackError, match=words):
        made(folder, tmp_path / "2.chashma", since=(first,), **values)  # type: ignore[arg-type] # a test's shorthand
    assert not (tmp_path / "2.chashma").exists()


@pytest.mark.parametrize(
    "name",
    [
        "100%.pdf",
        "aux.pdf",
        "CON",
        "a\u2028b.pdf",
        "a:b|c?.pdf",
        "..",
        " . ",
        "г" * 200,
        "a\tb",
        "%",
    ],
)
def test_any_name_becomes_one_that_a_box_takes(tmp_path: Path, name: str) -> None:
    content = make_sound(tmp_path / "a.wav")
    (safe,) = pack_names([name])
    with BagWriter(open_target(tmp_path / "a.chashma"), lambda _: None) as writer:
        file = DraftFile(safe, (content,))
        writer.add(Draft(identifier("x", name * 40), (file,), metadata=Metadata(title="x")))
        writer.seal(PackInfo("x", 1, {"en": "X"}, "", "2026-03-01T08:00:00Z"))
    (one,) = read_pack(tmp_path / "a.chashma").publications
    assert one.files[0].name == safe


def test_more_than_a_box_takes_is_told(tmp_path: Path) -> None:
    retires = tuple(identifier("x", f"{number:0100}") for number in range(9000))
    writer = BagWriter(open_target(tmp_path / "a.chashma"), lambda _: None)
    with writer, pytest.raises(TooManyError):
        writer.seal(PackInfo("x", 1, {"en": "X"}, made="2026-03-01T08:00:00Z", retires=retires))
    assert list(tmp_path.iterdir()) == []
