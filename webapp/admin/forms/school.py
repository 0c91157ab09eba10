# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about the school: its name and its language."""

from wtforms import Form, RadioField, StringField
from wtforms.validators import InputRequired, Length

from appliance.language import N_, UI_LANGUAGES
from webapp.admin.forms.account import MISSING, TOO_LONG
from webapp.admin.forms.rule import no_control_characters, trimmed


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


class SettingsForm(SchoolForm, LanguageForm):
    """All of it on one page, after the wizard."""
