# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about a person: sign in, make an account, change a password."""

from wtforms import Form, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from appliance.language import N_
from appliance.school.password import WeakPasswordError, check_strength
from appliance.school.staff import Role
from webapp.admin import wording
from webapp.admin.forms.rule import no_control_characters, trimmed

MISSING = N_("Please fill this in.")
TOO_LONG = N_("This is too long.")
NOT_THE_SAME = N_("The two passwords are not the same.")
NAME_TAKEN = N_("Somebody else has this name. Take another one.")
WRONG_PASSWORD = N_("This is not your password now.")

_NAME = [InputRequired(MISSING), Length(max=60, message=TOO_LONG), no_control_characters]


class SignInForm(Form):
    """Name and password."""

    name = StringField(N_("Name"), [InputRequired(MISSING), Length(max=200)], filters=[trimmed])
    password = PasswordField(N_("Password"), [InputRequired(MISSING), Length(max=1000)])


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(N_("New password"), [InputRequired(MISSING)])
    again = PasswordField(N_("The same password once more"), [InputRequired(MISSING)])

    def accept(self, *names: str) -> bool:
        """Validate, also against what pupils would try first.

        Args:
            names: of the school and of the person.
        """
        return bool(self.validate()) and good_pair(self.password, self.again, names)


class OwnPasswordForm(PasswordForm):
    """A new password, and the old one as a proof of who asks."""

    old = PasswordField(N_("Your password now"), [InputRequired(MISSING)])


class FirstAccountForm(PasswordForm):
    """The account of whoever sets the box up."""

    display_name = StringField(N_("Your name, as people call you"), _NAME, filters=[trimmed])
    name = StringField(N_("Name to sign in with"), _NAME, filters=[trimmed])
    password = PasswordField(N_("Password"), [InputRequired(MISSING)])


class MemberForm(Form):
    """Who somebody is and what they may do."""

    display_name = StringField(N_("Name, as people call them"), _NAME, filters=[trimmed])
    name = StringField(N_("Name to sign in with"), _NAME, filters=[trimmed])
    role = RadioField(
        N_("What may this person do?"),
        [InputRequired(MISSING)],
        choices=[(role.value, wording.ROLES[role]) for role in Role],
        default=Role.TEACHER.value,
    )


def good_pair(field: PasswordField, again: PasswordField, names: tuple[str, ...]) -> bool:
    """Whether both passwords are the same and good enough; if not, the fields say all of it."""
    same = bool(field.data == again.data)
    if not same:
        again.errors = [NOT_THE_SAME]
    try:
        check_strength(field.data, names=names)
    except WeakPasswordError as exc:
        field.errors = [wording.WEAKNESSES[exc.weakness]]
        return False
    return same
