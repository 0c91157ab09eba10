# SPDX-License-Identifier: GPL-3.0-or-later
"""Reasons about courses, pages, exercises, lessons and quizzes; see ``appliance.reasons``."""

from collections.abc import Mapping

from appliance.language import N_

LESSON_REASONS: Mapping[str, str] = {
    "not-brought": N_("It was not brought together with its course. Bring the whole folder again."),
    "course-wrong": N_(
        "The list of the course's lessons is not as it should be (%(path)s). Get the course again "
        "from whoever made it."
    ),
    "course-empty": N_(
        "The course has no lessons. Put its files into its folder and bring it again."
    ),
    "course-lesson-missing": N_(
        "A lesson of the course leads to something that is not in this folder: %(path)s. Put it "
        "in, or write the id that it has on the boxes."
    ),
    "course-row-odd": N_(
        "Row %(row)s of the course's first lines was not understood: “%(value)s”. The other rows "
        "were used."
    ),
    "link-target-missing": N_(
        "This lesson leads to “%(name)s”, which is not on the shelf, or stands there more than "
        "once. As soon as it is there, the course finds it by itself."
    ),
    "cartridge-none": N_(
        "This is no Common Cartridge: it has no imsmanifest.xml. Export the course again as IMS "
        "Common Cartridge."
    ),
    "cartridge-scorm": N_(
        "This is a SCORM package, which needs no conversion: bring it as it is, as a ZIP."
    ),
    "cartridge-manifest-twice": N_(
        "The cartridge names two things alike (%(name)s), so nobody can tell which is meant. "
        "Export the course again."
    ),
    "cartridge-empty": N_(
        "The cartridge has no lesson that the box could show. Export the course again, with its "
        "pages, files and quizzes."
    ),
    "cartridge-convert": N_(
        "This is a course of another program. Make a folder of it on a computer with “chashma "
        "course convert”, and bring that folder."
    ),
    "lessons-missing": N_("Not every lesson of the course came over; the course names those."),
    "page-too-large": N_(
        "The page is too long: %(limit)s letters are the most. Make several of it."
    ),
    "page-head-odd": N_(
        "Something in the first lines of the page was not understood; the rest of it was used."
    ),
    "h5p-definition-wrong": N_(
        "The exercise is damaged: %(path)s inside cannot be read. Export it again as H5P."
    ),
    "h5p-libraries-missing": N_(
        "The exercise cannot be played without internet: what plays it is not in the file "
        "(%(libraries)s). Download it again, together with its libraries."
    ),
    "h5p-library-broken": N_(
        "A part of the exercise that plays it is broken: %(path)s. Export it again as H5P."
    ),
    "h5p-libraries-cyclic": N_(
        "Parts of the exercise need each other in a circle: %(libraries)s. Export it again as H5P."
    ),
    "scorm-no-lesson": N_(
        "The package names no lesson that could be opened (imsmanifest.xml). Export it again as "
        "SCORM 1.2."
    ),
    "scorm-version": N_(
        "The package is made for another version of SCORM (%(version)s). Export it again as SCORM "
        "1.2."
    ),
    "scorm-file-missing": N_(
        "A page that the package wants to open is not in it: %(path)s. Export it again as SCORM "
        "1.2."
    ),
    "scorm-manifest-twice": N_(
        "The package calls two different things by one name (%(name)s), so their results could not "
        "be told apart. Export it again as SCORM 1.2."
    ),
    "quiz-empty": N_(
        "There is no question in the file that could be asked. The template of the box shows how "
        "questions are written."
    ),
    "quiz-no-heading": N_(
        "This spreadsheet is no quiz: it has no column “Question”. Take the template of the box, "
        "and fill in a row for each question."
    ),
    "quiz-too-large": N_(
        "The quiz is too large: at most %(limit)s questions can be taken. Split it into parts."
    ),
    "question-kind": N_(
        "The question “%(name)s” was not taken: questions of the kind “%(kind)s” cannot be asked "
        "here."
    ),
    "question-no-answer": N_(
        "The question “%(name)s” was not taken: it does not say which answer is right, or there "
        "is nothing to choose from. Correct it and bring the file again."
    ),
    "question-unclear": N_(
        "The question “%(name)s” was not taken: it is not written as its format wants. Correct it "
        "and bring the file again."
    ),
    "questions-more": N_("More remarks of this sort: %(count)s."),
    "pictures-unused": N_(
        "Pictures beside the file that no question shows: %(count)s. Write their names in the "
        "column “Picture”, or leave them out."
    ),
    "quiz-row-no-question": N_("Row %(row)s: there is no question. Write it into its column."),
    "quiz-row-type": N_(
        "Row %(row)s: “%(value)s” is no type of question. Choose one from the list in the column, "
        "or leave it empty."
    ),
    "quiz-row-no-correct": N_(
        "Row %(row)s: nothing says which answer is right. Write it into the column “Correct”."
    ),
    "quiz-row-correct": N_(
        "Row %(row)s: “%(value)s” in the column “Correct” is none of the answers. Write the letter "
        "or the number of the right one: B or 2."
    ),
    "quiz-row-letter": N_(
        "Row %(row)s: the Cyrillic letter “%(value)s” may mean two answers. Write the number of "
        "the right one: 1 for A, 2 for B, and so on."
    ),
    "quiz-row-one-correct": N_(
        "Row %(row)s: only one answer can be right in a question of this type. Choose the type "
        "“several answers”, or name one answer."
    ),
    "quiz-row-answers": N_(
        "Row %(row)s: there is nothing to choose from. Write at least two different answers, into "
        "the columns A, B and so on."
    ),
    "quiz-row-truth": N_(
        "Row %(row)s: “%(value)s” is neither “true” nor “false”. Write one of them into the column "
        "“Correct”."
    ),
    "quiz-row-number": N_(
        "Row %(row)s: “%(value)s” is no number. Write it as 3,14 or 3,14 ± 0,01 or 3..5."
    ),
    "quiz-row-pairs": N_(
        "Row %(row)s: “%(value)s” is no pair. Write what belongs together as: Tajikistan = "
        "Dushanbe."
    ),
    "quiz-row-gaps": N_(
        "Row %(row)s: there is no gap in the question. Put the missing words in brackets: Water "
        "boils at [100] degrees."
    ),
    "quiz-row-points": N_("Row %(row)s: the points must be a number above 0, not “%(value)s”."),
    "quiz-row-picture": N_(
        "Row %(row)s: there is no picture %(path)s beside the file, or it cannot be shown. Lay it "
        "into the same folder."
    ),
    "quiz-row-setting": N_(
        "Row %(row)s of the settings: “%(value)s” cannot be understood, so it does not count."
    ),
}
