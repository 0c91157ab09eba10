# SPDX-License-Identifier: GPL-3.0-or-later
"""How often somebody may try to sign in.

Each account and each address may fail a few times; after that every failure doubles the wait.
"""

import hashlib

from appliance.database import Database
from appliance.school.failures import Failures, Limit
from appliance.school.known_browser import KnownBrowsers
from appliance.school.moment import Clock, now
from appliance.school.name_fold import fold_name

# A pupil can keep an account waiting on purpose; never for longer than five minutes.
ACCOUNT = Limit(free=5, longest=300.0)
# One address may be a whole school behind an access point.
ADDRESS = Limit(free=15, longest=900.0)


class SignInLimits:
    """The count of failures in ``school.db``."""

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._failures = Failures(database, clock)
        self._browsers = KnownBrowsers(database)

    def count_try(self, name: str, address: str, browser: str = "") -> bool:
        """Count a try as failed before its password is looked at.

        Args:
            name: as it was typed.
            address: of the network.
            browser: the secret of ``KnownBrowsers``, if the browser has one.

        Returns:
            Whether this try, if it fails, is one that makes the next ones wait.

        Raises:
            TooManyTriesError: the name or the address has to wait; the try was not counted.
        """
        return self._failures.count(
            {self._account_key(name, browser): ACCOUNT, _address_key(address): ADDRESS}
        )

    def forget(self, name: str, address: str, browser: str = "") -> None:
        """The try was a success: take it back, and begin the account's count anew."""
        self._failures.forgive(anew=self._account_key(name, browser), once=_address_key(address))

    def _account_key(self, name: str, browser: str) -> str:
        """Hashed: people type their password into the wrong field."""
        folded = fold_name(name)
        known = browser != "" and self._browsers.is_known(browser, folded)
        kind, secret = ("browser", f"{browser} {folded}") if known else ("account", folded)
        return f"{kind}:{hashlib.sha256(secret.encode()).hexdigest()}"


def _address_key(address: str) -> str:
    return f"address:{address}"
