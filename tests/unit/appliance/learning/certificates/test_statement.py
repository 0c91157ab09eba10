# SPDX-License-Identifier: GPL-3.0-or-later
"""The signed statement: read back, cut off, changed, made up, and checked by openssl."""

import base64
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from appliance.learning.certificate_code import draw_code
from appliance.learning.certificate_seal import (
    CutSealError,
    ForgedSealError,
    NoSealError,
    Purpose,
    Sealed,
    read_seal,
    seal,
)
from appliance.learning.certificate_statement import Statement, read_statement, sign_statement

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
SAID = Statement(
    draw_code(), "Ҷамшед Ғуломқодирзода", "Мактаби №5", "Роҳи об", 12.5, 92, "2026-09-01", True
)


@pytest.fixture
def sealed() -> Sealed:
    return sign_statement(SAID, KEY)


def test_it_is_read_back_as_people_paste_it(sealed: Sealed) -> None:
    text = sealed.text
    broken = "\r\n".join(text[at : at + 40] for at in range(0, len(text), 40))
    for pasted in (
        text,
        text.lower(),
        f"HTTP://CHASHMA.LAN/C/{text}",
        f"  {broken}\n",
        f"{text} , ташаккур",
        f"{text}THANKS",
    ):
        assert read_statement(pasted) == (SAID, sealed)


def test_every_cut_shows(sealed: Sealed) -> None:
    for length in range(len(sealed.text)):
        with pytest.raises((CutSealError, NoSealError)):
            read_statement(sealed.text[:length])
    with pytest.raises(NoSealError):
        read_statement("Салом")


def test_every_changed_letter_shows(sealed: Sealed) -> None:
    text = sealed.text
    # The last letter has bits that belong to no byte.
    for place in range(len(Purpose.STATEMENT), len(text) - 1):
        other = "B" if text[place] == "A" else "A"
        with pytest.raises((ForgedSealError, CutSealError, NoSealError)):
            read_statement(text[:place] + other + text[place + 1 :])


def test_another_key_does_not_make_it_real(sealed: Sealed) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(ForgedSealError):
        read_statement(msgspec.structs.replace(sealed, key=other).text)


def test_what_was_signed_for_something_else_does_not_count(sealed: Sealed) -> None:
    moved = msgspec.structs.replace(sealed, purpose=Purpose.SCHOOL)
    with pytest.raises(ForgedSealError):
        read_seal(moved.text, Purpose.SCHOOL)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "A2A2A2A2A2A2"},
        {"date": "2026-9-1"},
        {"date": "2026-02-31"},
        {"date": "вчера"},
        {"hours": -1.0},
        {"percent": 101},
        {"name": "two\nlines"},
        {"name": "x" * 71},
        {"title": "turned \u202e round"},
    ],
    ids=lambda change: "-".join(change),
)
def test_what_no_box_signs_is_refused_although_the_signature_is_right(
    change: dict[str, object],
) -> None:
    payload = msgspec.json.encode(msgspec.structs.replace(SAID, **change))
    with pytest.raises(ForgedSealError):
        read_statement(seal(Purpose.STATEMENT, payload, KEY).text)


@pytest.mark.parametrize(
    "payload",
    [b"", b"{}", b"[1]", b"\xff", b"[" * 9000, b'"x"'],
    ids=["empty", "object", "short", "not-utf8", "deep", "text"],
)
def test_signed_rubbish_is_refused(payload: bytes) -> None:
    with pytest.raises(ForgedSealError):
        read_statement(seal(Purpose.STATEMENT, payload, KEY).text)


@given(st.text(), st.text(), st.text())
def test_texts_of_people_are_cut_to_a_line(name: str, school: str, title: str) -> None:
    said = msgspec.structs.replace(
        SAID,
        name=name.encode("utf-8", "replace").decode(),
        school=school.encode("utf-8", "replace").decode(),
        title=title.encode("utf-8", "replace").decode() * 20,
    )
    read, _ = read_statement(sign_statement(said, KEY).text)
    assert read.title.isprintable()
    assert len(read.title) <= 200


@given(st.text(alphabet="CHASHMA.ehk234 \n", max_size=300))
def test_whatever_is_pasted_has_an_answer(text: str) -> None:
    with pytest.raises((NoSealError, CutSealError, ForgedSealError)):
        read_statement(text)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_openssl_finds_the_signature_right(sealed: Sealed, tmp_path: Path) -> None:
    """From the text alone, by the layout that the documentation tells, with none of our code."""
    letters = sealed.text.removeprefix("CHASHMA.")
    raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    key, signature, payload = raw[1:33], raw[33:97], raw[99:]
    # RFC 8410: the 12 bytes before an Ed25519 public key in DER.
    (tmp_path / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + key)
    (tmp_path / "signature").write_bytes(signature)
    (tmp_path / "signed").write_bytes(b"CHASHMA.\n" + payload)
    (tmp_path / "changed").write_bytes(b"CHASHMA.\n" + payload.replace(b"92", b"99"))

    def verify(file: str) -> subprocess.CompletedProcess[str]:
        words = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der"]
        words += ["-rawin", "-in", file, "-sigfile", "signature"]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)

    good, bad = verify("signed"), verify("changed")
    assert (good.returncode, good.stdout.strip()) == (0, "Signature Verified Successfully")
    assert bad.returncode != 0
    assert key == KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
