# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys as people paste them."""

import base64

import pytest

from appliance.content.pack.public_key import in_groups, read_public_key
from appliance.errors import RefusalError

KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        f"  {KEY}\r\n",
        f"untrusted comment: minisign public key E7620F1842B4E81F\n{KEY}\n",
        f"untrusted comment: калиди ноҳия\r\n\r\n{KEY}\r\n{KEY}",
    ],
)
def test_the_letters_or_the_file(text: str) -> None:
    assert read_public_key(text).text == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RWQ",
        KEY[:-1],
        KEY + "A",
        f"{KEY}=",
        KEY.replace("RW", "AA"),
        KEY[:20] + "\N{CYRILLIC SMALL LETTER A}" + KEY[21:],
        KEY[:20] + " " + KEY[21:],
        f"{KEY}\nRWQ{KEY[3:-1]}4",
        "untrusted comment: minisign encrypted secret key\nRWRTY0Iy" + "A" * 204,
        "x" * 1_000_000,
        base64.b64encode(b"ED" + bytes(40)).decode(),
    ],
)
def test_anything_else_is_no_key(text: str) -> None:
    with pytest.raises(RefusalError, match="key-wrong"):
        read_public_key(text)


def test_the_number_is_what_minisign_calls_it() -> None:
    """As in the comment that minisign writes above this very key."""
    assert in_groups(read_public_key(KEY).fingerprint) == "E762 0F18 42B4 E81F"
