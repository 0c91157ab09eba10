# SPDX-License-Identifier: GPL-3.0-or-later
"""Signatures and keys: ours by minisign, minisign's by ours."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.content.pack.public_key import read_public_key
from appliance.content.pack.secret_key import (
    Cost,
    new_secret_key,
    read_secret_key,
    secret_key_file,
)
from appliance.content.pack.signature import (
    check_signature,
    public_key,
    public_key_file,
    read_signature,
    sign,
)
from appliance.errors import RefusalError
from tests.pack_maker import KEY, OTHER_KEY
from tests.unit.appliance.content.pack.refusal import refused

_CHEAP = Cost(operations=1 << 15, memory=1 << 24)
_MESSAGE = b"what is signed\n"


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("minisign")
    if not found:
        pytest.skip("minisign is not installed (tools/system-packages test)")
    return found


def _minisign(program: str, *arguments: str | Path, answers: str = "") -> None:
    subprocess.run([program, *arguments], check=True, input=answers.encode(), capture_output=True)


def test_minisign_verifies_what_we_sign(program: str, tmp_path: Path) -> None:
    message = tmp_path / "message"
    message.write_bytes(_MESSAGE)
    message.with_name("message.minisig").write_bytes(sign(_MESSAGE, KEY, "whom: Зарина"))
    (tmp_path / "key.pub").write_bytes(public_key_file(public_key(KEY)))
    _minisign(program, "-V", "-p", tmp_path / "key.pub", "-m", message)
    message.write_bytes(_MESSAGE + b"more")
    with pytest.raises(subprocess.CalledProcessError):
        _minisign(program, "-V", "-p", tmp_path / "key.pub", "-m", message)


@pytest.mark.parametrize("form", [["-H"], ["-l"]], ids=["prehashed", "legacy"])
def test_we_verify_what_minisign_signs(program: str, tmp_path: Path, form: list[str]) -> None:
    message, secret, public = (tmp_path / name for name in ("message", "key", "key.pub"))
    message.write_bytes(_MESSAGE)
    _minisign(program, "-G", "-W", "-p", public, "-s", secret)
    _minisign(program, "-S", *form, "-s", secret, "-m", message, "-t", "a comment")
    signature = read_signature(message.with_name("message.minisig").read_bytes())
    key = read_public_key(public.read_text("utf-8"))
    check_signature(_MESSAGE, signature, key)
    assert (signature.prehashed, signature.trusted_comment) == (form == ["-H"], "a comment")
    assert public.read_text("utf-8").splitlines()[0].endswith(key.fingerprint.lstrip("0"))
    with refused("signature-wrong"):
        check_signature(_MESSAGE + b"more", signature, key)


def test_we_sign_with_minisigns_key_without_a_password(program: str, tmp_path: Path) -> None:
    secret, public = tmp_path / "key", tmp_path / "key.pub"
    _minisign(program, "-G", "-W", "-p", public, "-s", secret)
    key = read_secret_key(secret.read_text("utf-8"))
    assert public_key(key) == read_public_key(public.read_text("utf-8"))


def test_minisign_signs_with_our_keys(program: str, tmp_path: Path) -> None:
    """With a password too; the cost of guessing is in the file, so a test may take a low one."""
    message, public = tmp_path / "message", tmp_path / "key.pub"
    message.write_bytes(_MESSAGE)
    public.write_bytes(public_key_file(public_key(KEY)))
    for password in ("", "чашма"):
        secret = tmp_path / f"key{len(password)}"
        secret.write_bytes(secret_key_file(KEY, password, _CHEAP))
        _minisign(program, "-S", "-s", secret, "-m", message, answers=f"{password}\n")
        _minisign(program, "-V", "-p", public, "-m", message)


@pytest.mark.slow
def test_we_open_minisigns_key_with_a_password(program: str, tmp_path: Path) -> None:
    """Takes a gigabyte of memory, as minisign wants it."""
    secret, public = tmp_path / "key", tmp_path / "key.pub"
    _minisign(program, "-G", "-p", public, "-s", secret, answers="чашма\nчашма\n")
    key = read_secret_key(secret.read_text("utf-8"), "чашма")
    assert public_key(key) == read_public_key(public.read_text("utf-8"))


def test_a_locked_key_opens_with_its_password_alone() -> None:
    text = secret_key_file(KEY, "right", _CHEAP).decode()
    assert read_secret_key(text, "right") == KEY
    with refused("key-password-wrong"):
        read_secret_key(text, "wrong")


def test_each_new_key_is_another() -> None:
    one, other = new_secret_key(), new_secret_key()
    assert one.id != other.id
    assert one.seed != other.seed


def test_a_key_is_read_from_its_letters_and_from_its_file() -> None:
    key = public_key(KEY)
    assert read_public_key(f"  {key.text}\r\n") == key
    assert read_public_key(public_key_file(key).decode().replace("\n", "\r\n")) == key


@pytest.mark.parametrize("text", ["", "x", "Ed", base64.b64encode(bytes(42)).decode(), "ӣ" * 56])
def test_what_is_no_key_is_refused(text: str) -> None:
    with refused("key-wrong"):
        read_public_key(text)
    with refused("key-wrong"):
        read_secret_key(text)


def test_the_trusted_comment_cannot_be_changed() -> None:
    signed = sign(_MESSAGE, KEY, "pack one").replace(b"pack one", b"pack two")
    with refused("signature-wrong"):
        check_signature(_MESSAGE, read_signature(signed), public_key(KEY))


def test_another_keys_signature_is_wrong() -> None:
    with refused("signature-wrong"):
        check_signature(_MESSAGE, read_signature(sign(_MESSAGE, OTHER_KEY, "")), public_key(KEY))


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode()))
def test_any_bytes_are_a_signature_or_refused(content: bytes) -> None:
    with pytest.raises(RefusalError, match="signature-(unreadable|wrong)"):
        check_signature(_MESSAGE, read_signature(content), public_key(KEY))


@given(st.data())
def test_a_signature_with_a_changed_letter_never_counts(data: st.DataObject) -> None:
    whole = sign(_MESSAGE, KEY, "comment")
    place = data.draw(st.integers(whole.index(b"\n") + 1, len(whole) - 1))
    letter = data.draw(st.integers(0, 255))
    changed = whole[:place] + bytes([letter]) + whole[place + 1 :]
    try:
        signature = read_signature(changed)
        check_signature(_MESSAGE, signature, public_key(KEY))
    except RefusalError:
        return
    assert signature == read_signature(whole)


@given(st.text(max_size=300))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    for read in (read_public_key, read_secret_key):
        with pytest.raises(RefusalError, match="key-wrong"):
            read(text)
