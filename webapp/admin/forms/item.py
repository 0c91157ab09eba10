# SPDX-License-Identifier: GPL-3.0-or-later
"""The form with which staff describe an item."""

from wtforms import Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from appliance.content.item import Audience, Metadata
from appliance.content.subject import SUBJECTS
from appliance.language import N_, UI_LANGUAGES, normal_language
from webapp.admin import wording
from webapp.admin.forms.account import MISSING, TOO_LONG
from webapp.admin.forms.rule import no_control_characters, trimmed

GRADES = range(12)
_DATE = r"(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?)?\Z"
_NOT_A_DATE = N_("Write the year, like 2024, or the day, like 2024-05-31.")
_UNKNOWN_LANGUAGE = N_("This language is not known. Write its name or its code, like “uz”.")


class ItemForm(Form):
    """Everything that is said about an item."""

    title = StringField(
        N_("Title"),
        [InputRequired(MISSING), Length(max=300, message=TOO_LONG), no_control_characters],
        filters=[trimmed],
    )
    description = TextAreaField(N_("Description"), [Length(max=5000, message=TOO_LONG)])
    authors = TextAreaField(N_("Authors, each on a line"), [Length(max=1000, message=TOO_LONG)])
    languages = SelectMultipleField(N_("Languages"), choices=[])
    other_language = StringField(N_("Another language"), [Length(max=40)], filters=[trimmed])
    date = StringField(
        N_("Year or date"), [Optional(), Regexp(_DATE, message=_NOT_A_DATE)], filters=[trimmed]
    )
    subject = SelectField(N_("Subject"), choices=[])
    grades = SelectMultipleField(
        N_("Grades"), choices=[(str(grade), str(grade)) for grade in GRADES]
    )
    audiences = SelectMultipleField(
        N_("For whom"), choices=[(one.value, wording.AUDIENCES[one]) for one in Audience]
    )
    collection = StringField(
        N_("Collection"),
        [Length(max=100, message=TOO_LONG), no_control_characters],
        filters=[trimmed],
    )

    def offer(self, metadata: Metadata) -> None:
        """Let the choices hold what the item has now, also where it is none of the usual."""
        codes = dict.fromkeys((*UI_LANGUAGES, *metadata.languages))
        self.languages.choices = [(code, code) for code in codes]
        keys = dict.fromkeys(("", *SUBJECTS, metadata.subject))
        self.subject.choices = [(key, key) for key in keys]

    def accept(self) -> bool:
        """Validate, also what the fields cannot know by themselves."""
        fine = bool(self.validate())
        if self.other_language.data and not normal_language(self.other_language.data):
            self.other_language.errors = [_UNKNOWN_LANGUAGE]
            return False
        return fine

    def metadata(self) -> Metadata:
        """What was filled in; only after ``accept``."""
        other = normal_language(self.other_language.data or "")
        languages = dict.fromkeys((*self.languages.data, *((other,) if other else ())))
        return Metadata(
            title=self.title.data,
            description=_text(self.description.data),
            authors=tuple(filter(None, map(_line, self.authors.data.splitlines()))),
            languages=tuple(languages),
            date=self.date.data,
            subject=self.subject.data,
            grades=tuple(sorted(map(int, self.grades.data))),
            audiences=tuple(map(Audience, self.audiences.data)),
            collection=self.collection.data,
        )


def values_of(metadata: Metadata) -> dict[str, object]:
    """The metadata as the form's fields hold it."""
    return {
        "title": metadata.title,
        "description": metadata.description,
        "authors": "\n".join(metadata.authors),
        "languages": list(metadata.languages),
        "date": metadata.date,
        "subject": metadata.subject,
        "grades": [str(grade) for grade in metadata.grades],
        "audiences": [audience.value for audience in metadata.audiences],
        "collection": metadata.collection,
    }


def _text(text: str) -> str:
    """Several lines without anything that is no text."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(_line(line) for line in lines).strip()


def _line(line: str) -> str:
    return "".join(letter for letter in trimmed(line) if letter.isprintable())
