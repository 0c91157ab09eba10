# SPDX-License-Identifier: GPL-3.0-or-later
"""What the school has told the box about itself."""

import json

import msgspec

from appliance.content.policy import FromSticks
from appliance.database import Database
from appliance.errors import ApplianceError


class SettingError(ApplianceError):
    """There is no such setting, or the value is not of its kind."""


class Settings(msgspec.Struct, frozen=True):
    """The settings as they stand; a new box has these defaults.

    Attributes:
        language: of the interface, for whoever has not chosen another.
        set_up: the first-run wizard has been finished; it never opens again.
        steps_done: how many steps of the wizard were finished, so that it can be resumed.
        from_sticks: what sticks may bring; ``stick_reports``: a report may be written on them.
            ``appliance.school.stick_trust`` changes both, because others must hear of it.
    """

    school_name: str = ""
    language: str = "tg"
    set_up: bool = False
    steps_done: int = 0
    from_sticks: FromSticks = FromSticks.ASK
    stick_reports: bool = True


class SchoolSettings:
    """The settings in ``school.db``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Settings:
        """The settings now. A setting of a newer version of the program is passed over."""
        rows = self._database.connection.execute("SELECT name, value FROM setting")
        return msgspec.convert({name: msgspec.json.decode(value) for name, value in rows}, Settings)

    def save(self, **changes: str | bool | int) -> Settings:
        """Change the named settings, all or none, and give back the whole.

        Raises:
            SettingError: a name is not a setting's, or a value not of its kind.
        """
        unknown = changes.keys() - set(Settings.__struct_fields__)
        if unknown:
            raise SettingError(f"no such setting: {', '.join(sorted(unknown))}")
        try:
            msgspec.convert(changes, Settings)
        except msgspec.ValidationError as exc:
            raise SettingError(str(exc)) from exc
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO setting VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [(name, json.dumps(value)) for name, value in changes.items()],
            )
        return self.load()
