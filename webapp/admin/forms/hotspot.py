# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about the network: in the wizard its name and password, on its own page all of it."""

from wtforms import Form, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from appliance.hotspot.check import WrongSettingsError, checked
from appliance.hotspot.problems import PROBLEMS
from appliance.hotspot.settings import UNKNOWN_COUNTRY, HotspotSettings, Wired
from appliance.language import N_
from webapp.admin import box_wording
from webapp.admin.countries import countries
from webapp.admin.forms.account import MISSING
from webapp.admin.forms.rule import no_control_characters, trimmed

PREFIX = "hotspot_"
"""Of the fields' names: a browser that keeps passwords shall not take these for an account's."""

_CHANNELS = range(14)


class NetworkForm(Form):
    """What phones see in their list of networks."""

    name = StringField(
        N_("Name of the network"),
        [InputRequired(MISSING), no_control_characters],
        filters=[trimmed],
    )
    password = StringField(N_("Password of the network"), filters=[trimmed])

    def accept(self, now: HotspotSettings) -> HotspotSettings | None:
        """What was filled in, the rest as it is now; where it will not do, the fields say why."""
        if not self.validate():
            return None
        wanted = {name: getattr(now, name) for name in now.__struct_fields__} | self.chosen()
        try:
            return checked(**wanted)
        except WrongSettingsError as exc:
            for problem in exc.problems:
                if problem.field in self:
                    self[problem.field].errors = [PROBLEMS[problem.code]]
            return None

    def chosen(self) -> dict[str, object]:
        """The values of the fields, as ``checked`` takes them."""
        return dict(self.data)


class HotspotForm(NetworkForm):
    """Everything about the network."""

    country = SelectField(N_("Country"), choices=[])
    channel = SelectField(
        N_("Channel"), choices=[(str(number), str(number)) for number in _CHANNELS]
    )
    wired = RadioField(
        N_("What the network socket is for"),
        [InputRequired(MISSING)],
        choices=[(one.value, box_wording.WIRED[one]) for one in Wired],
    )

    def offer(self, now: HotspotSettings, language: str) -> None:
        """Let the countries have their names in this language; also one that has no own rules."""
        self.country.choices = [(UNKNOWN_COUNTRY, ""), *countries(language, now.country)]

    def chosen(self) -> dict[str, object]:
        """The values of the fields, as ``checked`` takes them."""
        return {**self.data, "channel": int(self.channel.data)}


def values_of(settings: HotspotSettings) -> dict[str, str]:
    """The settings as the form's fields hold them."""
    return {
        "name": settings.name,
        "password": settings.password,
        "country": settings.country,
        "channel": str(settings.channel),
        "wired": settings.wired.value,
    }
