# SPDX-License-Identifier: GPL-3.0-or-later
"""Reasons in plain words."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import appliance
from appliance.reasons import REASONS, sentence

TRANSLATIONS = Path(str(appliance.__file__)).parent / "translations"


def _words(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "appliance.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize("language", ["tg", "ru"])
@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_is_translated_with_the_same_details(code: str, language: str) -> None:
    message = _words(language).get(REASONS[code])
    assert message is not None
    assert message.string
    assert not message.fuzzy
    assert not list(message.check())


def test_a_missing_detail_does_not_spoil_the_sentence() -> None:
    assert "…" in sentence("missing-part", {}, "en")
    assert "film.zimab" in sentence("missing-part", {"path": "film.zimab"}, "en")


def test_sizes_in_details_are_said_in_words() -> None:
    assert "1.5 GB needed" in sentence("no-space", {"needed": 1_500_000_000, "free": 3}, "en")


def test_a_percent_sign_in_a_detail_is_only_a_percent_sign() -> None:
    assert "100%(x)s" in sentence("missing-part", {"path": "100%(x)s"}, "en")


def test_an_unknown_code_still_gives_a_sentence() -> None:
    assert sentence("never-heard-of", {}, "en") == REASONS["internal-error"]
