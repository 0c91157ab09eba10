# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms about classes and their people."""

from wtforms import FileField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from appliance.language import N_
from appliance.learning.classes import NewClass
from appliance.learning.person import SchoolClass
from appliance.learning.person_name import MOST_LETTERS
from webapp.admin.forms.account import MISSING, TOO_LONG
from webapp.admin.forms.rule import no_control_characters, trimmed

CLASS_TAKEN = N_("Another class has this name. Take another one.")
PERSON_TAKEN = N_("Another in the class has this name. Add something to it.")
UNFIT = N_("There has to be a letter or a figure in it.")

_NAME = [InputRequired(MISSING), Length(max=MOST_LETTERS, message=TOO_LONG), no_control_characters]
_GRADES = range(12)
NAMES, PICTURES = "names", "pictures"
OPEN, CLOSED = "open", "closed"


class ClassForm(Form):
    """What a class is called and how people come into it."""

    name = StringField(N_("Name of the class"), _NAME, filters=[trimmed])
    grade = SelectField(
        N_("Grade"), choices=[("", ""), *((str(one), str(one)) for one in _GRADES)], default=""
    )
    how = RadioField(
        N_("How do people show who they are?"),
        choices=[
            (NAMES, N_("They write their name")),
            (PICTURES, N_("They tap three pictures: for those who do not write yet")),
        ],
        default=NAMES,
    )
    who = RadioField(
        N_("Who may join?"),
        choices=[
            (OPEN, N_("Whoever has the code")),
            (CLOSED, N_("Only those whose names you have written down")),
        ],
        default=OPEN,
    )

    def new_class(self) -> NewClass:
        """What was filled in."""
        return NewClass(
            name=self.name.data,
            grade=int(self.grade.data) if self.grade.data else None,
            pictures=self.how.data == PICTURES,
            open=self.who.data == OPEN,
        )


def values_of(known: SchoolClass) -> dict[str, str]:
    """A class as the form's fields hold it."""
    return {
        "name": known.name,
        "grade": "" if known.grade is None else str(known.grade),
        "how": PICTURES if known.pictures else NAMES,
        "who": OPEN if known.open else CLOSED,
    }


class PeopleForm(Form):
    """People for a class: typed or pasted, or in a file."""

    names = TextAreaField(
        N_("Names, each on a line"), [Length(max=60_000, message=TOO_LONG)], default=""
    )
    file = FileField(N_("Or a spreadsheet (.xlsx or .csv)"))


class PersonForm(Form):
    """What somebody is called."""

    name = StringField(N_("Name, as the class calls them"), _NAME, filters=[trimmed])
