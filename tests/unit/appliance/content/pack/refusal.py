# SPDX-License-Identifier: GPL-3.0-or-later
"""What a refusal of a pack must be: a code that was expected, and whole sentences about it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.content.pack.pack import Pack, read_pack
from appliance.content.pack.verify import VerifiedPack, check_payload, verify_pack
from appliance.content.policy import StickPolicy, TrustedKey
from appliance.errors import RefusalError
from appliance.language import UI_LANGUAGES
from appliance.reasons import REASONS, sentence
from tests.pack_maker import trusted

POLICY = StickPolicy(keys=(TrustedKey(trusted(), "Tests"),))


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block must end in this refusal, which can be told in every language."""
    with pytest.raises(RefusalError) as caught:
        yield
    assert caught.value.code == code
    check_sentence(caught.value)


def check_sentence(refusal: RefusalError) -> None:
    """Its words exist in three languages, with every detail that they speak of."""
    assert refusal.code in REASONS
    needed = set(re.findall(r"%\((\w+)\)", REASONS[refusal.code]))
    assert needed <= set(refusal.details)
    said = {sentence(refusal.code, refusal.details, one) for one in UI_LANGUAGES}
    assert len(said) == len(UI_LANGUAGES)


def read_whole(path: Path, advance: Callable[[int], None] = lambda _: None) -> VerifiedPack:
    """Read, verify and check a pack to its last byte."""
    verified = verify_pack(read_pack(path), POLICY, None)
    check_payload(verified, advance)
    return verified


def contents(pack: Pack) -> dict[str, bytes]:
    """The files of all publications by their names."""
    found = {}
    for publication in pack.publications:
        for file in publication.files:
            with pack.open(file) as stream:
                found[file.name] = stream.read()
    return found
