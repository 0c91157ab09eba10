# SPDX-License-Identifier: GPL-3.0-or-later
"""Inspections where the system knows no limits but time."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from appliance.content.inspect import timed
from appliance.content.inspect.isolation import run_isolated
from appliance.content.inspect.messages import Job, Limits
from appliance.content.inspect.pdf_without_poppler import inspect_pdf_without_poppler
from appliance.content.inspect.staged import Staged
from appliance.content.item import Kind
from appliance.errors import RefusalError
from tests.unit.appliance.content.making import make_sound


def _job(folder: Path, kind: Kind, name: str, seconds: float = 120.0) -> Job:
    limits = Limits(seconds, memory=400_000_000, file_size=2_000_000_000)
    return Job(kind, str(folder), (name,), (), name, limits)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A staged folder with a song and with something that is none."""
    (tmp_path / "files").mkdir()
    make_sound(tmp_path / "files" / "суруд.wav")
    (tmp_path / "files" / "bad.wav").write_bytes(b"no song")
    return tmp_path


def test_it_says_what_the_limited_child_says(folder: Path) -> None:
    job = _job(folder, Kind.AUDIO, "суруд.wav")
    assert timed.run_timed(job, lambda _: None) == run_isolated(job, lambda _: None)


def test_one_child_does_one_job_after_the_other(folder: Path) -> None:
    timed.run_timed(_job(folder, Kind.AUDIO, "суруд.wav"), lambda _: None)
    process = timed._child._process
    with pytest.raises(RefusalError, match="not-what-name-says|damaged"):
        timed.run_timed(_job(folder, Kind.AUDIO, "bad.wav"), lambda _: None)
    timed.run_timed(_job(folder, Kind.AUDIO, "суруд.wav"), lambda _: None)
    assert timed._child._process is process


def test_what_takes_too_long_is_refused_and_the_next_is_not(folder: Path) -> None:
    timed._child.close()  # a new interpreter takes longer than the time that is given
    with pytest.raises(RefusalError, match="too-slow"):
        timed.run_timed(_job(folder, Kind.AUDIO, "суруд.wav", seconds=0.001), lambda _: None)
    assert timed.run_timed(_job(folder, Kind.AUDIO, "суруд.wav"), lambda _: None).details.seconds


def document(password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(400, 300)
    writer.add_metadata({"/Title": "Ҷабр", "/Author": "А. Умаров; Б. Раҳимов"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _staged(folder: Path, content: bytes) -> Staged:
    (folder / "files" / "a.pdf").write_bytes(content)
    return Staged(folder, ("a.pdf",), (), "a.pdf", lambda _: None)


def test_a_document_without_poppler(folder: Path) -> None:
    found = inspect_pdf_without_poppler(_staged(folder, document()))
    assert found.metadata.title == "Ҷабр"
    assert found.metadata.authors == ("А. Умаров", "Б. Раҳимов")
    assert found.details.pages == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "not-what-name-says"),
        (document()[:200], "cut-short"),
        (document("secret"), "password-protected"),
        (b"%PDF-1.4\n" + b"junk\n" * 50 + b"%%EOF\n", "damaged"),
    ],
    ids=["text", "half", "locked", "junk"],
)
def test_a_bad_document_without_poppler(content: bytes, code: str, folder: Path) -> None:
    with pytest.raises(RefusalError, match=code):
        inspect_pdf_without_poppler(_staged(folder, content))
