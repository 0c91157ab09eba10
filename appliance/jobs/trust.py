# SPDX-License-Identifier: GPL-3.0-or-later
"""What may come from sticks: decided by the worker, whatever the panel or a stick may ask."""

import datetime

from appliance.clock.clock import read_clock
from appliance.clock.state import Confidence
from appliance.config import Config
from appliance.content.look import may_install
from appliance.content.pack.verify import Standing, VerifiedPack
from appliance.content.policy import FromSticks, PolicyError, StickPolicy
from appliance.content.revoked import current_policy
from appliance.errors import RefusalError


def policy_now(config: Config) -> StickPolicy:
    """The policy as it stands; if it cannot be read, nothing may come."""
    try:
        return current_policy(config.stick_policy, config.revoked_keys)
    except PolicyError:
        return StickPolicy(from_sticks=FromSticks.NOTHING)


def today(config: Config) -> datetime.date | None:
    """The date; nothing where the clock only goes on from when the box was last on."""
    if read_clock(config).confidence is Confidence.KEPT:
        return None
    return datetime.datetime.now(datetime.UTC).date()


def allow_loose(policy: StickPolicy) -> None:
    """Whether loose files of a drive may come, now that somebody asks for them.

    Raises:
        RefusalError: sticks-forbidden or only-signed.
    """
    if policy.from_sticks is FromSticks.NOTHING:
        raise RefusalError("sticks-forbidden")
    if policy.from_sticks is FromSticks.SIGNED:
        raise RefusalError("only-signed")


def allow_pack(policy: StickPolicy, verified: VerifiedPack, *, by_itself: bool) -> None:
    """Whether a pack may come.

    Args:
        policy: as it stands.
        verified: the pack.
        by_itself: nobody asked for it.

    Raises:
        RefusalError: sticks-forbidden or only-signed.
    """
    if policy.from_sticks is FromSticks.NOTHING:
        raise RefusalError("sticks-forbidden")
    trusted = verified.standing is Standing.TRUSTED
    if not may_install(policy, trusted=trusted) or (by_itself and not trusted):
        raise RefusalError("only-signed")
