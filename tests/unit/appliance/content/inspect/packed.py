# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives made for one question each."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping

Members = Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]


def packed(members: Members) -> bytes:
    """A ZIP with these members, in this order; one name may stand there twice."""
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, content)
    return written.getvalue()
