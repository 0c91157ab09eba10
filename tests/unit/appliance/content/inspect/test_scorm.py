# SPDX-License-Identifier: GPL-3.0-or-later
"""SCORM packages: what is launched, and what is refused in plain words."""

import pytest

from appliance.content.item import Kind
from appliance.content.scorm import Sco, read_scorm
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.packed import packed

PAGE = "<html lang=tg><title>Об</title><p>Об дар табиат гардиш мекунад.</p></html>"
ITEM = '<item identifier="i1" identifierref="r1"><title>Дарс</title></item>'
RESOURCE = '<resource identifier="r1" adlcp:scormtype="sco" href="a.html"/>'


def manifest(items: str = ITEM, resources: str = RESOURCE, more: str = "") -> str:
    return f"""<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o2">
<organization identifier="o1"><title>Дигар</title></organization>
<organization identifier="o2"><title>Гардиши об</title>{items}</organization></organizations>
<resources>{resources}</resources>{more}</manifest>"""


def scos(bench: Bench, members: dict[str, str]) -> tuple[Sco, ...]:
    found = bench.inspect(Kind.HTML, bench.put(packed(members), "a.zip"))
    assert found.kind is Kind.SCORM
    return read_scorm(bench.folder).scos


def test_a_package_is_told_by_its_manifest(bench: Bench) -> None:
    members = {"imsmanifest.xml": manifest(), "a.html": PAGE, "b.exe": "MZ", "x/c.png": "x"}
    found = bench.inspect(Kind.HTML, bench.put(packed(members), "a.zip"))
    assert found.kind is Kind.SCORM
    assert (found.metadata.title, found.metadata.languages) == ("Гардиши об", ("tg",))
    assert found.details.entry == "a.html"
    assert [(p.place, p.text) for p in bench.passages()] == [
        ("a.html", "Об дар табиат гардиш мекунад.")
    ]
    unpacked = {path.name for path in (bench.folder / "pages").rglob("*") if path.is_file()}
    assert unpacked == {"imsmanifest.xml", "a.html", "c.png"}


def test_several_lessons_keep_their_order_and_their_rules(bench: Bench) -> None:
    items = """<item identifier="unit"><title>Боб</title>
    <item identifier="i1" identifierref="r1" parameters="?part=1&amp;x=а"><title>Як</title>
    <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>ҳа</adlcp:datafromlms></item>
    <item identifier="i2" identifierref="r2"><title>Ду</title>
    <adlcp:masteryscore>no</adlcp:masteryscore></item></item>
    <item identifier="i3" identifierref="gone"><title>Се</title></item>
    <item identifier="i4" identifierref="r2" isvisible="false"><title>Чор</title></item>
    <item identifier="i5" identifierref="r3"><title>Панҷ</title></item>"""
    resources = """<resource identifier="r1" href="q%20z.html?a=b#top"/>
    <resource identifier="r2" href="sub\\B.HTML" adlcp:scormtype="sco"/>
    <resource identifier="r3" href="http://example.org/a.html"/>"""
    members = {
        "imsmanifest.xml": manifest(items, resources),
        "q z.html": PAGE,
        "sub/b.html": PAGE,
    }
    assert scos(bench, members) == (
        Sco("i1", "Як", "q%20z.html?a=b&part=1&x=%D0%B0#top", 80.0, "ҳа"),
        Sco("i2", "Ду", "sub/b.html"),
    )


def test_a_package_in_a_folder_of_its_own(bench: Bench) -> None:
    members = {"Дарс/imsmanifest.xml": manifest(), "Дарс/a.html": PAGE}
    (sco,) = scos(bench, members)
    assert sco.href == "%D0%94%D0%B0%D1%80%D1%81/a.html"


def test_dependencies_in_a_circle_harm_nothing(bench: Bench) -> None:
    resources = """<resource identifier="r1" href="a.html"><dependency identifierref="r2"/>
    </resource><resource identifier="r2"><dependency identifierref="r1"/></resource>"""
    more = '<manifest identifier="m"><organizations/></manifest>'
    members = {"imsmanifest.xml": manifest(resources=resources, more=more), "a.html": PAGE}
    assert len(scos(bench, members)) == 1


def test_another_manifest_of_that_name_is_web_pages(bench: Bench) -> None:
    """Common Cartridge and QTI have one too."""
    said = "<manifest><metadata><schema>IMS Common Cartridge</schema></metadata></manifest>"
    members = {"imsmanifest.xml": said, "index.html": PAGE}
    assert bench.inspect(Kind.HTML, bench.put(packed(members), "a.zip")).kind is None


@pytest.mark.parametrize(
    ("document", "code", "names"),
    [
        ("<manifest>", "damaged", ""),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + manifest()[21:], "damaged", ""),
        (manifest(items=""), "scorm-no-lesson", ""),
        (manifest(resources=""), "scorm-no-lesson", ""),
        (
            manifest(resources='<resource identifier="r1" href="http://a.example/a.html"/>')
            + "<!-- SCORM -->",
            "scorm-no-lesson",
            "",
        ),
        (
            manifest(resources='<resource identifier="r1" href="../a.html"/>'),
            "scorm-file-missing",
            "../a.html",
        ),
        (
            manifest(resources='<resource identifier="r1" href="b.html"/>'),
            "scorm-file-missing",
            "b.html",
        ),
        (
            manifest(resources='<resource identifier="r1" href="imsmanifest.xml.php"/>'),
            "scorm-no-lesson",
            "",
        ),
        (manifest(items=ITEM + ITEM), "scorm-manifest-twice", "i1"),
        (manifest(resources=RESOURCE + RESOURCE), "scorm-manifest-twice", "r1"),
        (manifest().replace(">1.2<", ">2004 3rd Edition<"), "scorm-version", "2004 3rd Edition"),
        (manifest().replace(">1.2<", ">CAM 1.3<"), "scorm-version", "CAM 1.3"),
    ],
)
def test_a_manifest_that_leads_nowhere_is_refused(
    document: str, code: str, names: str, bench: Bench
) -> None:
    members = {"imsmanifest.xml": document, "a.html": PAGE, "imsmanifest.xml.php": "<?php"}
    refusal = bench.refusal(Kind.HTML, bench.put(packed(members), "a.zip"))
    assert refusal.code == code
    assert names in {"", *map(str, refusal.details.values())}


def test_two_manifests_are_refused(bench: Bench) -> None:
    members = [("imsmanifest.xml", manifest()), ("imsmanifest.xml", manifest() + " ")]
    assert bench.refusal(Kind.HTML, bench.put(packed(members), "a.zip")).code == "duplicate-names"
