# SPDX-License-Identifier: GPL-3.0-or-later
"""The school subjects that a shelf can be sorted by."""

from appliance.language import N_

SUBJECTS: dict[str, str] = {
    "pre-school": N_("Pre-school"),
    "tajik": N_("Tajik language"),
    "russian": N_("Russian language"),
    "english": N_("English language"),
    "literature": N_("Literature"),
    "mathematics": N_("Mathematics"),
    "informatics": N_("Informatics"),
    "science": N_("Nature and science"),
    "physics": N_("Physics"),
    "chemistry": N_("Chemistry"),
    "biology": N_("Biology"),
    "geography": N_("Geography"),
    "history": N_("History"),
    "art": N_("Art"),
    "music": N_("Music"),
    "health": N_("Health"),
    "physical-education": N_("Physical education"),
    "pedagogy": N_("Teaching"),
    "reference": N_("Reference"),
}
"""Key (as in a spreadsheet or an item) to English msgid, in the order of a school's timetable."""
