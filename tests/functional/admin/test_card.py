# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panel shows of the card: lines that do not count, keys that are trusted."""

from collections.abc import Callable

import msgspec
import pytest

from appliance.card.problems import PROBLEMS
from appliance.card.settings import CardProblem, CardReport, CardSettings
from appliance.config import Config
from appliance.content.policy import read_policy
from appliance.school.opening import Records
from tests.functional.admin.conftest import Browser

KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


def lay(config: Config, *problems: CardProblem, keys: tuple[str, ...] = ()) -> None:
    report = CardReport(True, True, "d", CardSettings(trusted_keys=keys), problems)
    config.card_json.write_bytes(msgspec.json.encode(report))
    Records(config).take_card()


def test_lines_that_do_not_count_are_told_on_every_page(
    config: Config, administrator: Browser, open_browser: Callable[[], Browser]
) -> None:
    lay(config, CardProblem("password-short", "hotspot_password", 4), CardProblem("wrong-name"))
    for path in ("/", "/shelf", "/people"):
        assert "2 lines of chashma.toml" in administrator.get(path).text, path
    page = administrator.get("/box").text
    assert "chashma.toml, line 4, hotspot_password: The Wi-Fi password is too short" in page
    teacher = open_browser()
    teacher.sign_in("teacher")
    assert "chashma.toml" not in teacher.get("/").text


@pytest.mark.parametrize("code", [*PROBLEMS, "of-a-newer-version"])
def test_every_problem_is_a_sentence_and_its_value_is_text(
    config: Config, administrator: Browser, code: str
) -> None:
    lay(config, CardProblem(code, "<b>key</b>", 3, "<script>%(x)s"))
    page = administrator.get("/box").text
    assert "&lt;b&gt;key&lt;/b&gt;" in page
    assert "&lt;script&gt;%(x)s" in page
    assert "<script>%" not in page


def test_trusted_keys_are_shown_by_their_number(config: Config, administrator: Browser) -> None:
    assert "There are none yet" in administrator.get("/sticks").text
    lay(config, keys=(KEY,))
    assert "E762 0F18 42B4 E81F" in administrator.get("/sticks").text
    assert KEY in administrator.get("/sticks/key/1").text
    assert [key.key for key in read_policy(config.stick_policy).keys] == [KEY]
