# SPDX-License-Identifier: GPL-3.0-or-later
"""The school subjects that a shelf can be sorted by."""

SUBJECTS: dict[str, str] = {
    "pre-school": "Pre-school",
    "tajik": "Tajik language",
    "russian": "Russian language",
    "english": "English language",
    "literature": "Literature",
    "mathematics": "Mathematics",
    "informatics": "Informatics",
    "science": "Nature and science",
    "physics": "Physics",
    "chemistry": "Chemistry",
    "biology": "Biology",
    "geography": "Geography",
    "history": "History",
    "art": "Art",
    "music": "Music",
    "health": "Health",
    "physical-education": "Physical education",
    "pedagogy": "Teaching",
    "reference": "Reference",
}
"""Key (as in a spreadsheet or an item) to English msgid, in the order of a school's timetable."""
