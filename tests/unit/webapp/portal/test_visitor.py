# SPDX-License-Identifier: GPL-3.0-or-later
"""What cookies say, and what they may not."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.portal.visitor import visitor


@given(st.dictionaries(st.sampled_from(["language", "text", "theme", "content"]), st.text()))
def test_nonsense_leaves_the_defaults(cookies: dict[str, str]) -> None:
    met = visitor(cookies, "ru")
    assert met.language in ("tg", "ru", "en")
    assert met.text in ("normal", "large", "largest")
    assert met.theme in ("light", "dark", "contrast")
    assert all(code.isalpha() and code.isascii() for code in met.content)


def test_the_school_chooses_the_first_language() -> None:
    assert visitor({}, "ru").language == "ru"
    assert visitor({"language": "en"}, "ru").language == "en"
