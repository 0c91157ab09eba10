# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about sticks: what they may bring, and keys whose packs install by themselves."""

from wtforms import BooleanField, Form, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from appliance.content.pack.public_key import read_public_key
from appliance.content.policy import FromSticks
from appliance.errors import RefusalError
from appliance.language import N_
from webapp.admin import wording
from webapp.admin.forms.account import MISSING, TOO_LONG
from webapp.admin.forms.rule import no_control_characters, trimmed

_NO_KEY = N_(
    "This is no public key. It has 56 letters and begins with RW; copy it whole from the file that "
    "ends in .pub."
)


class PolicyForm(Form):
    """What sticks may bring."""

    from_sticks = RadioField(
        N_("What may come from sticks?"),
        [InputRequired(MISSING)],
        choices=[(one.value, wording.FROM_STICKS[one]) for one in FromSticks],
    )
    reports = BooleanField(N_("Write a report on the stick"))


class KeyNameForm(Form):
    """Whose key it is."""

    name = StringField(
        N_("Whose key is it?"),
        [InputRequired(MISSING), Length(max=60, message=TOO_LONG), no_control_characters],
        filters=[trimmed],
    )


class KeyForm(KeyNameForm):
    """A key, as somebody got it."""

    key = TextAreaField(N_("Public key"), [InputRequired(MISSING)])

    def accept(self) -> str:
        """The key's 56 letters; empty where the fields say what is wrong."""
        if not self.validate():
            return ""
        try:
            return read_public_key(self.key.data).text
        except RefusalError:
            self.key.errors = [_NO_KEY]
            return ""
