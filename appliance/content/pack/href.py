# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a link of the feed leads: to a file of the payload, or nowhere."""

import re
from urllib.parse import unquote_to_bytes

from appliance.content.file_name import shown_name
from appliance.content.pack.bag_path import PAYLOAD, decoded_path
from appliance.errors import RefusalError

_ELSEWHERE = re.compile(r"[^/]*:|/|.*[?#]", re.DOTALL)


def payload_path(href: str) -> str:
    """The path in the bag that a relative reference (RFC 3986, section 4.2) below ``data/`` means.

    Raises:
        RefusalError: unsafe-names, also where it has a scheme, a query or ``..``.
    """
    if _ELSEWHERE.match(href):
        raise RefusalError("unsafe-names", path=shown_name(href))
    return decoded_path(PAYLOAD.encode() + unquote_to_bytes(href.encode("utf-8", "surrogatepass")))
