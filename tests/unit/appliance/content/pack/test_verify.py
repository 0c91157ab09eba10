# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose word a pack is, and lists of keys that count no longer."""

import datetime
from pathlib import Path

import pytest

from appliance.content.pack.pack import read_pack
from appliance.content.pack.revocation import (
    COMMENT,
    LIST_NAME,
    LIST_SIGNATURE_NAME,
    RevokedKeys,
    find_revoked_keys,
    read_revoked_keys,
)
from appliance.content.pack.secret_key import SecretKey
from appliance.content.pack.signature import sign
from appliance.content.pack.verify import Standing, VerifiedPack, verify_pack
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.version import VERSION
from tests.pack_maker import INFO, KEY, OTHER_KEY, Lies, make_pack, seal, trusted
from tests.unit.appliance.content.pack.refusal import POLICY, refused

_TODAY = datetime.date(2026, 9, 1)
_TRUSTED = POLICY.keys[0]
_IMPOSTOR = SecretKey(KEY.id, bytes(range(2, 34)))
"""Another key that gives itself the id of the trusted one."""


def test_a_trusted_key_stands_for_its_packs(tmp_path: Path) -> None:
    verified = verify_pack(read_pack(make_pack(tmp_path)), POLICY, _TODAY)
    assert (verified.standing, verified.key) == (Standing.TRUSTED, _TRUSTED)


def test_an_unknown_key_stands_for_nothing(tmp_path: Path) -> None:
    verified = verify_pack(read_pack(make_pack(tmp_path, key=OTHER_KEY)), POLICY, _TODAY)
    assert (verified.standing, verified.key) == (Standing.UNKNOWN, None)


def test_an_unsigned_pack_is_one(tmp_path: Path) -> None:
    verified = verify_pack(read_pack(make_pack(tmp_path, key=None)), POLICY, _TODAY)
    assert (verified.standing, verified.fingerprint) == (Standing.UNSIGNED, "")


def test_only_verify_makes_a_verified_pack(tmp_path: Path) -> None:
    pack = read_pack(make_pack(tmp_path))
    with pytest.raises(TypeError):
        VerifiedPack(object(), pack, key=_TRUSTED)


def test_a_key_that_takes_anothers_id_is_found_out(tmp_path: Path) -> None:
    with refused("signature-wrong"):
        verify_pack(read_pack(make_pack(tmp_path, key=_IMPOSTOR)), POLICY, _TODAY)


def test_two_trusted_keys_may_have_one_id(tmp_path: Path) -> None:
    keys = (TrustedKey(trusted(_IMPOSTOR)), _TRUSTED)
    verified = verify_pack(read_pack(make_pack(tmp_path)), StickPolicy(keys=keys), _TODAY)
    assert verified.key == _TRUSTED


def test_a_signature_over_another_bag_is_wrong(tmp_path: Path) -> None:
    path = make_pack(tmp_path)
    signature = (path / "tagmanifest-sha256.txt.minisig").read_bytes()
    (path / "data/items/0001/light.pdf").write_bytes(b"%PDF-1.4 not much of a BOOK\n")
    (path / "data/catalog.json").write_bytes(
        b'{"publications":[]}',
    )
    seal(path, key=None)
    (path / "tagmanifest-sha256.txt.minisig").write_bytes(signature)
    with refused("signature-wrong"):
        verify_pack(read_pack(path), POLICY, _TODAY)


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "chashma pack other version 1 made 2026-03-01T08:00:00Z",
        "chashma pack test version 2 made 2026-03-01T08:00:00Z",
        "chashma pack test version 1 made 2026-03-01T08:00:01Z",
        "chashma pack test version 1 made 2026-03-01T08:00:00Z until tomorrow",
        "chashma pack test version 1 made 2026-03-01T08:00:00Z until 2026-02-31",
        "chashma pack test version 1 made 2026-03-01T08:00:00Z\x00",
    ],
)
def test_a_comment_on_another_pack_is_refused(tmp_path: Path, comment: str) -> None:
    with refused("signature-other-pack"):
        verify_pack(read_pack(make_pack(tmp_path, lies=Lies(comment=comment))), POLICY, _TODAY)


def test_a_signature_ends_when_it_says(tmp_path: Path) -> None:
    pack = read_pack(make_pack(tmp_path, until="2026-09-01"))
    assert verify_pack(pack, POLICY, _TODAY).until == _TODAY
    assert verify_pack(pack, POLICY, None).standing is Standing.TRUSTED
    with refused("signature-expired"):
        verify_pack(pack, POLICY, _TODAY + datetime.timedelta(days=1))


@pytest.mark.parametrize("keys", [(), POLICY.keys], ids=["unknown", "trusted too"])
def test_a_revoked_key_signs_nothing(tmp_path: Path, keys: tuple[TrustedKey, ...]) -> None:
    policy = StickPolicy(keys=keys, revoked=(trusted(),))
    with refused("key-revoked"):
        verify_pack(read_pack(make_pack(tmp_path)), policy, _TODAY)


def test_a_revoked_key_takes_no_other_with_it(tmp_path: Path) -> None:
    """Whoever lost a key must not be able to have chosen its id so that another goes too."""
    policy = StickPolicy(keys=POLICY.keys, revoked=(trusted(_IMPOSTOR),))
    assert verify_pack(read_pack(make_pack(tmp_path)), policy, _TODAY).key == _TRUSTED


def test_keys_that_cannot_be_read_count_for_nothing(tmp_path: Path) -> None:
    policy = StickPolicy(keys=(TrustedKey("nonsense"), _TRUSTED), revoked=("", "ӣ"))
    assert verify_pack(read_pack(make_pack(tmp_path)), policy, _TODAY).key == _TRUSTED


@pytest.mark.parametrize("content", [b"", b"\xff", b"x" * 9000, b"a\nb\nc\nd\n"])
def test_a_signature_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    lies = Lies(late={"tagmanifest-sha256.txt.minisig": content})
    with refused("pack-file-too-large" if len(content) > 8192 else "signature-unreadable"):
        read_pack(make_pack(tmp_path, lies=lies))


def test_a_pack_for_a_newer_box_is_refused(tmp_path: Path) -> None:
    info = type(INFO)(**{**_fields(), "minimum": "99.0.0"})
    with refused("pack-needs-newer"):
        verify_pack(read_pack(make_pack(tmp_path, info=info)), POLICY, _TODAY)


def _fields() -> dict[str, object]:
    return {name: getattr(INFO, name) for name in INFO.__struct_fields__}


def test_the_version_is_that_of_the_project() -> None:
    project = (Path(__file__).parents[5] / "pyproject.toml").read_text("utf-8")
    assert f'version = "{VERSION}"' in project


def _listed(
    keys: bytes, signer: SecretKey = KEY, comment: str = f"{COMMENT} made x"
) -> RevokedKeys:
    return read_revoked_keys(keys, sign(keys, signer, comment), POLICY)


def test_a_trusted_key_revokes_others() -> None:
    other = trusted(OTHER_KEY)
    content = f"# lost in March\n{other}  # the laptop of Isfara\n\n{other}\n".encode()
    assert _listed(content) == RevokedKeys((other,), _TRUSTED)


@pytest.mark.parametrize("content", [b"nonsense\n", b"\xff\n"])
def test_a_list_that_cannot_be_understood_is_refused(content: bytes) -> None:
    with refused("revoked-keys-wrong"):
        _listed(content)


def test_another_signed_file_is_no_list() -> None:
    with refused("revoked-keys-wrong"):
        _listed(trusted(OTHER_KEY).encode(), comment="chashma pack test version 1")


def test_a_stranger_revokes_nothing() -> None:
    with refused("signature-unknown"):
        _listed(trusted().encode(), OTHER_KEY)


def test_a_revoked_key_revokes_nothing() -> None:
    content = trusted(OTHER_KEY).encode()
    policy = StickPolicy(keys=POLICY.keys, revoked=(trusted(),))
    with refused("key-revoked"):
        read_revoked_keys(content, sign(content, KEY, COMMENT), policy)


def test_a_list_is_found_on_a_stick_and_in_a_pack(tmp_path: Path) -> None:
    content = f"{trusted(OTHER_KEY)}\n".encode()
    files = {LIST_NAME: content, LIST_SIGNATURE_NAME: sign(content, KEY, COMMENT)}
    expected = RevokedKeys((trusted(OTHER_KEY),), _TRUSTED)
    assert find_revoked_keys(tmp_path, POLICY) is None
    for form in ("folder", "zip"):
        place = tmp_path / form
        place.mkdir()
        pack = read_pack(make_pack(place, form=form, lies=Lies(unlisted=files)))
        assert find_revoked_keys(pack, POLICY) == expected
    for name, bytes_ in files.items():
        (tmp_path / name).write_bytes(bytes_)
    assert find_revoked_keys(tmp_path, POLICY) == expected
    (tmp_path / LIST_SIGNATURE_NAME).unlink()
    with refused("signature-unknown"):
        find_revoked_keys(tmp_path, POLICY)
