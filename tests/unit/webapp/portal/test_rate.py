# SPDX-License-Identifier: GPL-3.0-or-later
"""So many may ask, at whatever time the machine was started."""

import pytest

from webapp.portal.rate import Rate

# Adding the hour and taking it away again gives more than an hour.
_UNEVEN = 5300.2


@pytest.mark.parametrize("now", [0.0, _UNEVEN, 8191.7])
def test_the_first_may_and_the_second_waits(now: float) -> None:
    clock = [now]
    rate = Rate(1, 3600, lambda: clock[0])
    assert rate.allows("a")
    assert rate.allows("b")
    clock[0] += 3599
    assert not rate.allows("a")
    clock[0] += 2
    assert rate.allows("a")


def test_a_bucket_fills_evenly() -> None:
    clock = [0.0]
    rate = Rate(3, 30, lambda: clock[0])
    assert [rate.allows("a") for _ in range(4)] == [True, True, True, False]
    clock[0] += 10
    assert [rate.allows("a") for _ in range(2)] == [True, False]
