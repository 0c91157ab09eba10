# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about the school: its name, its language, its hotspot."""

from wtforms import Field, Form, RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from appliance.language import N_, UI_LANGUAGES
from webapp.admin.forms.account import MISSING, TOO_LONG
from webapp.admin.forms.rule import no_control_characters, trimmed

_SSID_BYTES = 32  # IEEE 802.11: an SSID is up to 32 octets
_PSK_SHORTEST, _PSK_LONGEST = 8, 63  # IEEE 802.11i: a passphrase is 8 to 63 printable ASCII
_SSID_TOO_LONG = N_(
    "Phones cannot show such a long name: at most 32 Latin or 16 Cyrillic letters fit."
)
_PSK_WRONG = N_(
    "Phones need 8 to 63 Latin letters, figures and signs here. Leave it empty for a network "
    "without a password."
)


class LanguageForm(Form):
    """The language of the interface."""

    language = RadioField(
        N_("Language"), [InputRequired(MISSING)], choices=[(code, code) for code in UI_LANGUAGES]
    )


class SchoolForm(Form):
    """What the school is called."""

    school_name = StringField(
        N_("Name of the school"),
        [InputRequired(MISSING), Length(max=80, message=TOO_LONG), no_control_characters],
        filters=[trimmed],
    )


class HotspotForm(Form):
    """What phones see in their list of networks."""

    hotspot_name = StringField(
        N_("Name of the network"),
        [InputRequired(MISSING), no_control_characters],
        filters=[trimmed],
    )
    hotspot_password = StringField(N_("Password of the network"), filters=[trimmed])

    def validate_hotspot_name(self, field: Field) -> None:
        """Refuse what does not fit into an SSID."""
        if len(field.data.encode()) > _SSID_BYTES:
            raise ValidationError(_SSID_TOO_LONG)

    def validate_hotspot_password(self, field: Field) -> None:
        """Refuse what WPA2 does not take; nothing at all is an open network."""
        text = field.data
        fits = _PSK_SHORTEST <= len(text) <= _PSK_LONGEST and text.isascii() and text.isprintable()
        if text and not fits:
            raise ValidationError(_PSK_WRONG)


class SettingsForm(SchoolForm, LanguageForm, HotspotForm):
    """All of it on one page, after the wizard."""
