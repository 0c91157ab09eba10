# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles, kinds, weaknesses and deeds are called; English messages to be translated."""

from appliance.content.item import Audience, Kind
from appliance.content.policy import FromSticks
from appliance.jobs.job import State
from appliance.language import N_
from appliance.learning.state import LearningState
from appliance.school.activity import Action
from appliance.school.pack_key import Source
from appliance.school.password import Weakness
from appliance.school.staff import Role

ROLES = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.DISTRICT: N_("District staff"),
    Role.TEACHER: N_("Teacher"),
}

ROLE_MEANINGS = {
    Role.ADMINISTRATOR: N_("May do everything, also manage people and the box."),
    Role.DISTRICT: N_("Brings and removes content and sees what was done."),
    Role.TEACHER: N_(
        "Has classes and sees how they learn. Adds content, describes it, hides it, puts it in "
        "front."
    ),
}

KINDS = {
    Kind.ZIM: N_("Encyclopedia or site (ZIM)"),
    Kind.PDF: N_("PDF"),
    Kind.EPUB: N_("Book (EPUB)"),
    Kind.VIDEO: N_("Film"),
    Kind.AUDIO: N_("Audio"),
    Kind.ALBUM: N_("Picture album"),
    Kind.HTML: N_("Web pages"),
    Kind.APP: N_("App for Android"),
    Kind.PAGE: N_("Page"),
    Kind.COURSE: N_("Course"),
    Kind.QUIZ: N_("Quiz"),
    Kind.H5P: N_("Exercise (H5P)"),
    Kind.SCORM: N_("Lessons with tasks (SCORM)"),
}

AUDIENCES = {
    Audience.PRE_PRIMARY: N_("The little ones"),
    Audience.PUPIL: N_("Pupils"),
    Audience.TEACHER: N_("Teachers"),
    Audience.PARENT: N_("Parents"),
}

WEAKNESSES = {
    Weakness.SHORT: N_("Too short: take at least 8 letters or figures."),
    Weakness.LONG: N_("Too long: 200 letters are the most."),
    Weakness.NUMBER: N_("A date or telephone number is quickly guessed. Add some words."),
    Weakness.NAME: N_("A name of the school or of a person is quickly guessed. Add other words."),
    Weakness.OBVIOUS: N_(
        "Pupils would try this one first. Two or three words that do not belong together are good."
    ),
}

ACTIONS = {
    Action.SET_UP: N_("set up the box"),
    Action.CLOCK_WRONG: N_("went on although the clock was wrong"),
    Action.SIGNED_IN: N_("signed in"),
    Action.SIGNED_OUT: N_("signed out"),
    Action.SIGN_IN_BLOCKED: N_(
        "Too many wrong passwords for “%(name)s” from %(address)s: sign-in has to wait"
    ),
    Action.PASSWORD_CHANGED: N_("changed the own password"),
    Action.MEMBER_ADDED: N_("made an account for %(person)s"),
    Action.MEMBER_CHANGED: N_("changed the account of %(person)s"),
    Action.MEMBER_PASSWORD_RESET: N_("gave %(person)s a new password"),
    Action.MEMBER_DISABLED: N_("closed the account of %(person)s"),
    Action.MEMBER_ENABLED: N_("opened the account of %(person)s again"),
    Action.MEMBER_DELETED: N_("deleted the account of %(person)s"),
    Action.ITEM_EDITED: N_("changed the description of “%(title)s”"),
    Action.ITEM_HIDDEN: N_("hid “%(title)s” from students"),
    Action.ITEM_SHOWN: N_("showed “%(title)s” to students again"),
    Action.ITEM_FEATURED: N_("put “%(title)s” in front"),
    Action.ITEM_UNFEATURED: N_("took “%(title)s” from the front"),
    Action.ITEM_REMOVED: N_("removed “%(title)s” from the shelf"),
    Action.ITEM_RESTORED: N_("put “%(title)s” back on the shelf"),
    Action.ITEM_PURGED: N_("deleted “%(title)s” for good"),
    Action.DRIVE_ADDED: N_("started adding content from the drive “%(drive)s”"),
    Action.FILE_UPLOADED: N_("added the file “%(file)s” from a browser"),
    Action.JOB_CANCELLED: N_("stopped the adding of content"),
    Action.SCHOOL_CHANGED: N_("changed the school's settings"),
    Action.CARD_TAKEN: N_("The box took over what chashma.toml on its card says"),
    Action.CARD_PASSWORD: N_("The account %(person)s has the password of the card now"),
    Action.HOTSPOT_CHANGED: N_("changed the Wi-Fi network to “%(name)s”, for a trial"),
    Action.HOTSPOT_KEPT: N_("kept the Wi-Fi network “%(name)s”"),
    Action.HOTSPOT_REVERTED: N_("went back to the Wi-Fi network “%(name)s”"),
    Action.CLOCK_SET: N_("set the clock of the box"),
    Action.POWERED_OFF: N_("switched the box off"),
    Action.RESTARTED: N_("restarted the box"),
    Action.SERVICE_RESTARTED: N_("started “%(name)s” anew"),
    Action.DATA_REPAIRED: N_("had the card checked and repaired"),
    Action.STICKS_DECIDED: N_("decided what sticks may bring"),
    Action.KEY_ADDED: N_("added the trusted key “%(key)s” (%(number)s)"),
    Action.KEY_RENAMED: N_("gave the key %(number)s the name “%(key)s”"),
    Action.KEY_REVOKED: N_("revoked the key “%(key)s” (%(number)s)"),
    Action.KEY_TRUSTED_AGAIN: N_("trusts the key “%(key)s” (%(number)s) again"),
    Action.KEY_REMOVED: N_("removed the key “%(key)s” (%(number)s)"),
    Action.KEY_LISTED: N_("A signed list revoked the key “%(key)s” (%(number)s)"),
    Action.DRIVE_EJECTED: N_("took out the stick “%(drive)s” safely"),
    Action.PACK_INSTALLED: N_("had the pack “%(pack)s” of the stick “%(drive)s” installed"),
    Action.PACK_EXPORTED: N_("had “%(title)s” copied to the stick “%(drive)s”"),
    Action.JOB_UNDONE: N_("undid the work “%(what)s” (number %(job)s)"),
    Action.CLASS_ADDED: N_("made the class “%(name)s”"),
    Action.CLASS_CHANGED: N_("changed the class “%(name)s”"),
    Action.CLASS_CODE: N_("gave the class “%(name)s” a new code"),
    Action.CLASS_GIVEN: N_("changed what is given to the class “%(name)s”"),
    Action.CLASS_REMOVED: N_("deleted the class “%(name)s”"),
    Action.CLASS_RESTORED: N_("brought the class “%(name)s” back"),
    Action.CLASS_ERASED: N_("deleted the class “%(name)s” for good"),
    Action.PUPILS_ADDED: N_("put people into the class “%(name)s”"),
    Action.PUPIL_CHANGED: N_("changed somebody of the class “%(name)s”"),
    Action.TRY_GIVEN: N_("gave somebody of the class “%(name)s” another try"),
    Action.PUPIL_ERASED: N_("deleted somebody of the class “%(name)s”"),
    Action.CLASS_EXPORTED: N_("saved the results of the class “%(name)s” as a spreadsheet"),
    Action.CERTIFICATES_GIVEN: N_("gave certificates"),
    Action.CERTIFICATE_REVOKED: N_("revoked the certificate %(code)s"),
    Action.CERTIFICATE_RESTORED: N_("let the certificate %(code)s hold again"),
    Action.CERTIFICATES_EXPORTED: N_("saved the list of certificates as a spreadsheet"),
    Action.CERTIFICATE_SCHOOL_ADDED: N_(
        "made known whose certificates have the key %(number)s: “%(name)s”"
    ),
    Action.CERTIFICATE_SCHOOL_REMOVED: N_("removed the key %(number)s of the school “%(name)s”"),
}

FROM_STICKS = {
    FromSticks.SIGNED: N_("Only packs of trusted keys"),
    FromSticks.ASK: N_("Ask about everything else"),
    FromSticks.NOTHING: N_("Nothing"),
}

FROM_STICKS_MEANINGS = {
    FromSticks.SIGNED: N_("They install by themselves. Nothing else can be taken from a stick."),
    FromSticks.ASK: N_(
        "Packs of trusted keys install by themselves. Other packs and files wait until somebody "
        "says yes here."
    ),
    FromSticks.NOTHING: N_("Sticks are looked at, but bring nothing."),
}

KEY_SOURCES = {
    Source.CARD: N_("from chashma.toml on the card"),
    Source.PANEL: N_("added here"),
    Source.LIST: N_("from a list of revoked keys"),
}

STATES = {
    State.QUEUED: N_("waits for its turn"),
    State.RUNNING: N_("at work"),
    State.DONE: N_("done"),
    State.FAILED: N_("did not work"),
    State.CANCELLED: N_("stopped"),
}

LEARNING = {
    LearningState.NOT_STARTED: N_("not started"),
    LearningState.IN_PROGRESS: N_("in progress"),
    LearningState.NEEDS_HELP: N_("needs help"),
    LearningState.COMPLETED: N_("completed"),
}
