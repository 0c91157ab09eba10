# SPDX-License-Identifier: GPL-3.0-or-later
"""Structs are looked at before threads share them."""

from enum import StrEnum

import msgspec

from appliance.struct_types import prepare_structs


class Colour(StrEnum):
    BLUE = "blue"


class Inner(msgspec.Struct):
    colour: Colour


class Outer(msgspec.Struct):
    inner: Inner


class NotData(msgspec.Struct):
    anything: "object"
    thing: type[int]


def test_every_struct_is_ready_and_none_stands_in_the_way() -> None:
    before = prepare_structs()
    assert before >= 2

    class Later(msgspec.Struct):
        outer: Outer

    assert prepare_structs() == before + 1
    assert msgspec.json.decode(b'{"outer":{"inner":{"colour":"blue"}}}', type=Later)
