# SPDX-License-Identifier: GPL-3.0-or-later
"""Pack reading, with the same examples each time; ``make fuzz`` looks for more."""

import pytest
from hypothesis import given

from tests.fuzz.pack_reading import PROPERTIES


@pytest.mark.parametrize("name", PROPERTIES)
def test_whatever_a_stick_has_is_a_pack_or_refused(name: str) -> None:
    strategy, check = PROPERTIES[name]
    given(strategy)(check)()
