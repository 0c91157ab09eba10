# SPDX-License-Identifier: GPL-3.0-or-later
"""Why content was refused, or what is odd about it, in plain words for the person who brought it.

One sentence for each code says what is wrong, and one what to do next.
"""

from collections.abc import Mapping

from appliance.language import N_, size_in_words, translations
from appliance.lesson_reasons import LESSON_REASONS

_BYTES = frozenset(("size", "needed", "free", "most"))
"""Details that are sizes: a whole number under these names is shown as KB, MB or GB."""

REASONS: Mapping[str, str] = {
    **LESSON_REASONS,
    "empty": N_("The file is empty. Copy it again from where it came from."),
    "cut-short": N_("The file is cut short: its end is missing. Copy or download it again."),
    "checksum-wrong": N_(
        "The file was damaged on its way: its checksum is wrong. Copy or download it again."
    ),
    "damaged": N_("The file is damaged and cannot be read. Get another copy of it."),
    "not-what-name-says": N_(
        "The file is not what its name says: what is inside is not %(expected)s. Give it its "
        "right name, or get another copy."
    ),
    "password-protected": N_(
        "The file is locked with a password. Save it without the password and bring it again."
    ),
    "encrypted-zip": N_("The archive is locked with a password. Pack it again without one."),
    "unusual-zip": N_(
        "The archive is packed in an uncommon way. Pack it again as an ordinary ZIP."
    ),
    "drm": N_(
        "The book is locked by its seller (DRM) and opens only in the seller's own program. Look "
        "for a free copy."
    ),
    "unsupported-kind": N_(
        "This kind of file cannot stand on the shelf. ZIM, PDF, EPUB, video, audio, pictures, "
        "zipped web pages, quizzes and apps for Android can."
    ),
    "crashes-reader": N_(
        "The file makes the program that reads it fail, so it was not taken. Get another copy, "
        "from a source that you trust."
    ),
    "too-slow": N_(
        "The file keeps the program that reads it busy without end, so it was not taken. Get "
        "another copy, or a smaller edition."
    ),
    "too-much-memory": N_(
        "The file needs more memory than this box has. Look for a smaller edition."
    ),
    "check-interrupted": N_("The check of the file was interrupted. Bring it again."),
    "unsafe-names": N_(
        "The file holds names that could do harm (%(path)s), so it was not taken. Get it from a "
        "source that you trust."
    ),
    "zip-bomb": N_(
        "What the file unpacks to is far larger than it should be (%(size)s), so it was not "
        "taken. Get it from a source that you trust."
    ),
    "too-many-files": N_(
        "There are too many files in it: %(count)s, and at most %(limit)s can be taken. Split it "
        "into parts."
    ),
    "duplicate-names": N_(
        "Two files inside have the same name: %(path)s. Pack it again with a different name for "
        "each."
    ),
    "no-start-page": N_(
        "There is no index.html in the archive, so nothing says where to begin. Add one and pack "
        "it again."
    ),
    "missing-part": N_("A part is missing: %(path)s. Put all parts together and bring them again."),
    "no-text-or-pages": N_(
        "There is nothing to read in the file: it has no pages. Get another copy of it."
    ),
    "no-sound-or-picture": N_(
        "There is neither picture nor sound in the file that could be played. Get another copy of "
        "it."
    ),
    "too-large-picture": N_(
        "The picture is too large: %(width)s × %(height)s pixels. Make it smaller and bring it "
        "again."
    ),
    "changed-while-read": N_(
        "The file changed while it was being copied. Wait until nothing writes to it and bring it "
        "again."
    ),
    "unreadable": N_(
        "The file cannot be read from the drive. Check the drive, or copy the file to another one."
    ),
    "drive-removed": N_(
        "The drive was taken out before the file was copied. Plug it in again; the copying will "
        "go on."
    ),
    "drive-not-answering": N_(
        "This stick does not answer. Take it out and plug it in again; if that does not help, take "
        "another one."
    ),
    "no-space": N_(
        "There is not enough room on the box: %(needed)s needed, %(free)s free. Remove something "
        "from the shelf and try again."
    ),
    "drive-full": N_(
        "There is not enough room on the drive: %(needed)s needed, %(free)s free. Choose less, or "
        "take a larger drive."
    ),
    "drive-unwritable": N_(
        "The drive could not be written: it was taken out, is write-protected or is damaged. There "
        "is no pack on it; try again, or take another drive."
    ),
    "pack-exists": N_(
        "There is something called %(path)s on the drive already. Remove it, or choose another "
        "name."
    ),
    "item-damaged": N_(
        "“%(title)s” is damaged on this box, so it cannot be passed on. Leave it out, and bring it "
        "again from where it came."
    ),
    "kolibri-kind": N_(
        "This belongs to a Kolibri channel and is of a kind that cannot be shown here (%(path)s). "
        "The rest of the channel can be taken."
    ),
    "kolibri-file-missing": N_(
        "A file of this part of a Kolibri channel is missing: %(path)s. Export the channel again "
        "with all its files."
    ),
    "kolibri-unreadable": N_(
        "The list of this Kolibri channel cannot be read. Export the channel again."
    ),
    "kolibri-too-large": N_(
        "This Kolibri channel has more than %(path)s parts, so only the first ones are listed. "
        "Export a part of it."
    ),
    "not-a-file": N_(
        "This is not a file that can be copied (a link or a device). Put the file itself on the "
        "drive."
    ),
    "cancelled": N_("The work was stopped before this file. Start it again to take the rest."),
    "pack-older": N_(
        "The box has a newer version of this pack, so the older one was not taken. If you want to "
        "go back, choose it on the page of the drive and confirm."
    ),
    "pack-changed": N_(
        "The pack on the drive is not the one that was looked at. Open the page of the drive, see "
        "what the pack brings now, and say yes again."
    ),
    "sticks-forbidden": N_(
        "Nothing may come from drives on this box. An administrator can change that in the panel."
    ),
    "only-signed": N_(
        "Only packs that are signed with a key known to this box may come from drives. An "
        "administrator can change that in the panel."
    ),
    "undo-gone": N_(
        "It cannot be brought back: it was deleted for good to make room. Bring it again from "
        "where it came."
    ),
    "item-gone": N_("This is no longer on the shelf. Somebody may have removed it meanwhile."),
    "internal-error": N_(
        "Something went wrong on the box itself. Try again; if it happens again, tell the person "
        "who looks after the box."
    ),
    "service-worker": N_(
        "This archive needs a feature that browsers offer only over a secure connection; parts of "
        "it may not open. Look for a newer edition."
    ),
    "no-search-index": N_(
        "This archive has no search index, so search finds only the titles in it."
    ),
    "codec-unsupported": N_(
        "Some phones and computers cannot play this film: its coding is too new or too rare. If "
        "you can, convert it to H.264 video with AAC sound."
    ),
    "no-text": N_(
        "The pages are only pictures, without text: search and reading aloud cannot use them."
    ),
    "text-cut": N_("The text is very long; search covers only its first part."),
    "captions-alone": N_(
        "These are captions, but there is no film of the same name beside them. Put the film and "
        "its captions into one folder."
    ),
    "too-deep": N_(
        "The folder lies too deep: folders inside folders, again and again. Move it further up."
    ),
    "captions-unreadable": N_(
        "Some captions cannot be read and were left out. Save them as WebVTT or SubRip in UTF-8."
    ),
    "picture-skipped": N_("Some pictures cannot be read and were left out."),
    "sheet-unreadable": N_(
        "The table %(path)s cannot be read. Save it as CSV in UTF-8 or as XLSX."
    ),
    "sheet-no-header": N_(
        "The first row of the table %(path)s must name the columns, and one of them must be “file”."
    ),
    "sheet-too-large": N_(
        "The table %(path)s is too large: at most %(limit)s rows can be read. Split it."
    ),
    "sheet-row-no-file": N_(
        "Row %(row)s of the table names no file. Write the file's name in the column “file”."
    ),
    "sheet-row-file-missing": N_(
        "Row %(row)s of the table speaks of %(path)s, but there is no such file beside it. Check "
        "the name."
    ),
    "sheet-row-twice": N_(
        "Row %(row)s of the table speaks of %(path)s, and so does an earlier row. Leave only one "
        "of them."
    ),
    "sheet-row-value": N_(
        "Row %(row)s of the table: “%(value)s” cannot stand in the column “%(column)s”. Mend it; "
        "the rest of the row was used."
    ),
    "pack-list-wrong": N_(
        "The pack is not made as packs are: its list %(path)s cannot be understood. Get the "
        "pack again from whoever made it."
    ),
    "pack-file-missing": N_(
        "The pack is not whole: %(path)s is missing. Copy the pack to the drive again."
    ),
    "pack-file-unlisted": N_(
        "There is something in the pack that its list does not know: %(path)s. Take it out of "
        "the pack, or copy the pack to the drive again."
    ),
    "pack-file-damaged": N_(
        "A file of the pack is damaged or was changed: %(path)s. Copy the pack to the drive again."
    ),
    "pack-file-too-large": N_(
        "The list %(path)s of the pack is too large: %(size)s, and at most %(most)s can be "
        "read. Make several packs of it."
    ),
    "pack-size-wrong": N_(
        "The pack is not whole: it is larger or smaller than it says. Copy the pack to the "
        "drive again."
    ),
    "pack-feed-wrong": N_(
        "The pack's catalogue has a mistake at %(path)s. Tell whoever made the pack, and ask "
        "for a new one."
    ),
    "pack-feed-disagrees": N_(
        "The pack's catalogue and its list say different things of %(path)s. Tell whoever made "
        "the pack, and ask for a new one."
    ),
    "pack-file-twice": N_(
        "The pack's catalogue names one file twice: %(path)s. Tell whoever made the pack, and "
        "ask for a new one."
    ),
    "pack-info-wrong": N_(
        "The pack does not say rightly which pack it is (chashma-pack.json). Tell whoever made "
        "it, and ask for a new one."
    ),
    "pack-needs-newer": N_(
        "The pack needs Chashma %(version)s or newer, and this is %(own)s. Install the update "
        "first."
    ),
    "signature-wrong": N_(
        "The signature of the pack is wrong: somebody changed the pack, or it was damaged. Get "
        "it again from whoever made it."
    ),
    "signature-unreadable": N_(
        "The file with the signature is damaged. Copy the pack to the drive again."
    ),
    "signature-other-pack": N_(
        "The signature belongs to another pack. Get this pack again from whoever made it."
    ),
    "signature-expired": N_(
        "The signature of the pack counted only until %(date)s. Ask whoever made it for a new "
        "pack; if the date of the box is wrong, set it right."
    ),
    "signature-unknown": N_(
        "The list of revoked keys is not signed by a key that this box trusts, so it was passed"
        " over. Ask the district for a signed one."
    ),
    "key-revoked": N_(
        "The pack was signed with a key that counts no longer (%(key)s). Ask whoever made it "
        "for a pack with a new key."
    ),
    "key-wrong": N_("This is no key as Chashma and minisign make them. Copy it again, whole."),
    "key-password-wrong": N_(
        "The password of the key is wrong, or its file is damaged. Try again."
    ),
    "revoked-keys-wrong": N_(
        "The list of revoked keys cannot be understood, so it was passed over. Ask the district"
        " for a new one."
    ),
}


def sentence(code: str, details: Mapping[str, object], language: str) -> str:
    """The plain words for a reason, in a language of the interface.

    A detail that the words need and nobody gave is shown as an ellipsis: half an answer is better
    than an error page.
    """
    message = translations(language).gettext(REASONS.get(code, REASONS["internal-error"]))
    shown = {
        name: size_in_words(value, language) if name in _BYTES and isinstance(value, int) else value
        for name, value in details.items()
    }
    return message % _Details(shown)


class _Details(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"
