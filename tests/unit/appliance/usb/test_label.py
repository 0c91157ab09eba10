# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of sticks, fit to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.usb.label import decode_udev, printable


def _escaped(raw: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in raw)


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("Maktab", "Maktab"),
        ("Мактаби\\x20№7", "Мактаби №7"),
        ("Ғафуров", "Ғафуров"),
        (_escaped("КНИГИ".encode("cp866")), "КНИГИ"),
        (_escaped("Ҳуҷҷат".encode()), "Ҳуҷҷат"),
        ("DataTraveler\\x203.0\\x20\\x20\\x20", "DataTraveler 3.0"),
        ("a\\x0ab\\x1b[31m", "a b[31m"),
        ("a\\x2fb", "a/b"),
        ("\\x5cx41", "\\x41"),
        ("", ""),
        ("\\xZZ", "\\xZZ"),
    ],
)
def test_a_label_is_read_as_its_owner_wrote_it(told: str, seen: str) -> None:
    assert decode_udev(told) == seen


def test_nothing_turns_the_writing_around_or_hides() -> None:
    assert printable("a\u202eb\u200bc\u2028d\u0000e\ue000f\udcffg") == "abc defg"


@given(st.binary(max_size=200))
def test_whatever_a_stick_is_called_it_can_be_shown(raw: bytes) -> None:
    for told in (_escaped(raw), raw.decode("utf-8", "surrogateescape")):
        seen = decode_udev(told)
        assert len(seen) <= 64
        assert seen == seen.strip()
        seen.encode("utf-8")
        assert seen == "" or seen.isprintable()
