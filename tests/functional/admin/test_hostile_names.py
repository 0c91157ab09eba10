# SPDX-License-Identifier: GPL-3.0-or-later
"""Names on a stick may be anything; no page breaks over them."""

import os
from pathlib import Path

import pytest

from appliance.config import Config
from appliance.content.drive_view import DriveView, write_drive_view
from appliance.content.policy import FromSticks
from appliance.jobs.job import Ingest
from tests.functional.admin.conftest import Browser
from webapp.admin.office import Office
from webapp.admin.stick import key

NAMES = (
    b"\xff\xfe.pdf",
    b"a\nb.pdf",
    b"\xe2\x80\xae fdp.exe.pdf",
    b"<img src=x onerror=alert(1)>.pdf",
    b"'; DROP TABLE item; --.pdf",
    b"%(title)s %s.pdf",
    b"{{ 7*7 }}.pdf",
    b"&amp;.pdf",
    b" .pdf",
    b"x" * 250 + b".pdf",
)


def write(folder: Path, names: tuple[bytes, ...]) -> None:
    folder.mkdir(parents=True)
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(b"%PDF-1.4 " + name)


def test_every_name_can_be_shown_and_chosen(
    administrator: Browser, office: Office, config: Config
) -> None:
    write(config.drives / "stick", NAMES)
    page = administrator.get("/add/drive/stick")
    assert page.status_code == 200
    assert "<img" not in page.text
    assert "{{ 7*7 }}" in page.text
    assert page.text.count('name="chosen"') == len(NAMES)
    answer = administrator.post("/add/drive/stick", {"everything": "1"}, page="/add")
    assert administrator.get(answer.location).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_every_drive_can_be_opened(administrator: Browser, config: Config, name: bytes) -> None:
    write(config.drives / os.fsdecode(name), (b"a.pdf",))
    page = administrator.get("/add")
    assert page.status_code == 200
    assert "<img" not in page.text
    address = page.text.partition('<ul class="rows">')[2].partition('href="')[2].partition('"')[0]
    opened = administrator.get(address.replace("&#39;", "'").replace("&amp;", "&"))
    assert opened.status_code == 200, address
    assert "a.pdf" in opened.text


def test_ten_thousand_files_are_listed_in_part(
    administrator: Browser, office: Office, config: Config
) -> None:
    write(config.drives / "stick", tuple(f"{number:05}.pdf".encode() for number in range(10_000)))
    page = administrator.get("/add/drive/stick").text
    assert page.count('name="chosen"') == 300
    assert "Files and folders on this stick: more than 2,000" in page
    assert "<h2>New things</h2>" in page
    assert "takes the others too" in page
    chosen = {"some": "1", "chosen": key("00299.pdf")}
    administrator.post("/add/drive/stick", chosen, page="/add")
    administrator.post("/add/drive/stick", {"everything": "1"}, page="/add")
    everything, one = (job.task for job in office.jobs.recent(2))
    assert (one, everything) == (Ingest("stick", ("00299.pdf",)), Ingest("stick"))


def test_of_many_files_that_are_nothing_the_others_can_be_asked_for(
    administrator: Browser, office: Office, config: Config
) -> None:
    write(config.drives / "stick", tuple(f"{number:05}.xyz".encode() for number in range(3000)))
    config.run.mkdir(parents=True, exist_ok=True)
    write_drive_view(config.run, DriveView("stick", "2026-11-22T05:40:00Z"))
    page = administrator.get("/add/drive/stick").text
    assert "There is nothing on this stick that could go on the shelf" not in page
    assert "None of these is new and can be taken" in page
    assert 'name="everything"' in page
    by = next(member for member in office.staff.all() if member.name == "administrator")
    office.sticks.decide(by, FromSticks.NOTHING, reports=True)
    page = administrator.get("/add/drive/stick").text
    assert "There is nothing on this stick that could go on the shelf" not in page
    assert page.count("nothing is taken from sticks") == 1
    assert 'name="everything"' not in page
