# SPDX-License-Identifier: GPL-3.0-or-later
"""Cartridges that are broken, or made to do harm."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.cli.main import main
from appliance.content.cartridge import lesson_file
from appliance.content.cartridge.convert import convert
from appliance.content.cartridge.course_folder import make_course_folder
from appliance.content.cartridge.manifest import every_line, member, read_manifest
from appliance.errors import RefusalError
from appliance.reasons import REASONS
from tests.unit.appliance.content.cartridge.cartridges import (
    FILES,
    OUTLINE,
    RESOURCES,
    manifest,
    write_cartridge,
)

ENTITIES = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
TWICE = RESOURCES + '<resource identifier="page" type="webcontent" href="x"/>'
SCORM = (
    '<resource xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="x" '
    'type="webcontent" adlcp:scormtype="sco" href="pages/one.html"/>'
)
DEEP = '<item identifier="x"><title>t</title>' * 60 + "</item>" * 60
TALK = (
    '<item identifier="r"><item identifier="a" identifierref="talk"><title>T</title></item></item>'
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "damaged"),
        ("<manifest", "damaged"),
        ("<html/>", "cartridge-none"),
        (manifest(head=ENTITIES), "damaged"),
        (manifest(resources=TWICE), "cartridge-manifest-twice"),
        (manifest(resources=SCORM), "cartridge-scorm"),
        (manifest(outline=""), "cartridge-empty"),
        (manifest(outline=TALK), "cartridge-empty"),
        (manifest(outline=DEEP), "too-deep"),
        ("<manifest>" + "<a>" * 5000 + "</a>" * 5000 + "</manifest>", "damaged"),
    ],
    ids=[
        *("empty", "cut", "other", "entities", "twice"),
        *("scorm", "no-outline", "only-talk", "deep", "deeper"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused_with_its_reason(
    tmp_path: Path, text: str, code: str
) -> None:
    with pytest.raises(RefusalError) as refused:
        convert(write_cartridge(tmp_path / "c.imscc", text), tmp_path / "out")
    assert refused.value.code == code
    assert code in REASONS
    assert [path.name for path in tmp_path.iterdir()] == ["c.imscc"]


def test_needs_in_a_circle_end(tmp_path: Path) -> None:
    """The page needs the style, which needs the page."""
    report = convert(write_cartridge(tmp_path / "c.imscc"), tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / report.came[0][0]) as bag:
        assert len(bag.namelist()) == len(set(bag.namelist()))


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.imscc"
    file.write_bytes(b"MZ" + bytes(2000))
    result = CliRunner().invoke(main, ["course", "convert", str(file)])
    assert result.exit_code == 1
    assert "Common Cartridge" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["c.imscc"]


@pytest.mark.parametrize("name", ["../evil.html", "/etc/evil", "a/../../evil", "C:/evil", "a\nb"])
def test_members_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    file = write_cartridge(tmp_path / "in" / "c.imscc", files={**FILES, name: "x"})
    with pytest.raises(RefusalError) as refused:
        convert(file, tmp_path / "in" / "out")
    assert refused.value.code == "unsafe-names"
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "c.imscc"]


def test_two_manifests_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "c.imscc"
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "w") as bag:
        bag.writestr("imsmanifest.xml", manifest())
        bag.writestr("imsmanifest.xml", manifest(outline=TALK))
    with pytest.raises(RefusalError, match="duplicate-names"):
        convert(file, tmp_path / "out")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    file = write_cartridge(tmp_path / "c.imscc", files={**FILES, "media/b.bin": bytes(60_000_000)})
    with pytest.raises(RefusalError, match="zip-bomb"):
        convert(file, tmp_path / "out")


def test_pages_that_all_show_one_file_fill_no_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson_file, "_MOST_WRITTEN", 5_000)
    items = "".join(
        f'<item identifier="i{n}" identifierref="p{n}"><title>{n}</title></item>' for n in range(9)
    )
    resources = "".join(
        f'<resource identifier="p{n}" type="webcontent" href="p{n}.html"/>' for n in range(9)
    )
    files = {f"p{n}.html": "<img src='big.png'>" for n in range(9)} | {"big.png": bytes(1000)}
    (tmp_path / "out").mkdir()
    text = manifest(f'<item identifier="r">{items}</item>', resources)
    with pytest.raises(RefusalError, match="zip-bomb"):
        make_course_folder(write_cartridge(tmp_path / "c.imscc", text, files), tmp_path / "out")


@pytest.mark.parametrize(
    ("reference", "folder", "path"),
    [
        ("../media/a.png", "pages", "media/a.png"),
        ("../../etc/passwd", "pages", ""),
        ("a%2F..%2F..%2Fb", "", ""),
        ("..\\b", "a", "b"),
        ("http://example.org/a.png", "", ""),
        ("//example.org/a.png", "", ""),
        ("javascript:alert(1)", "", ""),
        ("http://[", "", ""),
        ("#top", "", ""),
        ("%D0%B2.png?x=1#y", "", "в.png"),
    ],
)
def test_references_stay_inside(reference: str, folder: str, path: str) -> None:
    assert member(reference, folder) == path


_PIECES = st.sampled_from(
    [
        *('<item identifier="a" identifierref="page">', "</item>", "<title>x</title>", "<item>"),
        *('<resource identifier="p" type="webcontent" href="../x">', "</resource>", "<resource/>"),
        *('<file href="%00"/>', '<dependency identifierref="p"/>', "&#1;", "<!-- -->", "Ҷ"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_PIECES, max_size=12), st.lists(_PIECES, max_size=12))
def test_whatever_stands_in_it_the_end_is_a_manifest_or_a_refusal(
    outline: list[str], resources: list[str]
) -> None:
    text = manifest(OUTLINE + "".join(outline), RESOURCES + "".join(resources))
    code = ""
    try:
        assert list(every_line(read_manifest(text.encode()).lines))
    except RefusalError as exc:
        code = exc.code
    assert not code or code in REASONS
