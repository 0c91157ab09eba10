# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong, by name."""


class ApplianceError(Exception):
    """The root of all errors that this package raises on purpose."""


class ConfigError(ApplianceError):
    """The configuration file or a variable cannot be used."""


class StoreError(ApplianceError):
    """The store cannot do what it was asked; nothing was changed."""


class UnknownItemError(ApplianceError):
    """No item has this id.

    Attributes:
        heir: the id of what took its place when it was looked for; empty where nothing did.
    """

    def __init__(self, item_id: str, heir: str = "") -> None:
        super().__init__(item_id)
        self.heir = heir


class RefusalError(ApplianceError):
    """Content was refused, for a reason that can be told to the person who brought it.

    Attributes:
        code: a key of ``appliance.reasons.REASONS``.
        details: what the sentence of that code needs, by name.
    """

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
