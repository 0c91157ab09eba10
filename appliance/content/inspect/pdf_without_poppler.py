# SPDX-License-Identifier: GPL-3.0-or-later
"""A PDF where poppler is not installed: what pypdf tells, without words and picture of it."""

import re

from pypdf import PdfReader

from appliance.content.inspect import plain
from appliance.content.inspect.cover import make_cover
from appliance.content.inspect.inspection import Inspection
from appliance.content.inspect.pdf import PYPDF_ERRORS, check_ends, chosen_title
from appliance.content.inspect.staged import Staged
from appliance.content.item import Details, Kind, Metadata
from appliance.errors import RefusalError


def inspect_pdf_without_poppler(staged: Staged) -> Inspection:
    """Check a document as far as pypdf can; a box checks all of it.

    Raises:
        RefusalError: not-what-name-says, cut-short, password-protected, damaged, no-text-or-pages.
    """
    check_ends(staged.main)
    try:
        reader = PdfReader(staged.main, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusalError("password-protected")
        pages = len(reader.pages)
        said = {name: str(value) for name, value in (reader.metadata or {}).items()}
        language = str(reader.root_object.get("/Lang") or "")
    except PYPDF_ERRORS as exc:
        raise RefusalError("damaged") from exc
    if pages < 1:
        raise RefusalError("no-text-or-pages")
    title = chosen_title(said.get("/Title", ""), staged)
    return Inspection(
        metadata=Metadata(
            title=title,
            description=plain.plain(said.get("/Subject", ""), plain.DESCRIPTION_LIMIT),
            authors=plain.authors(re.split(r"[;\n]", said.get("/Author", ""))),
            languages=plain.languages([language]),
        ),
        details=Details(pages=pages),
        cover=make_cover(staged, Kind.PDF, title, []),
    )
