# SPDX-License-Identifier: GPL-3.0-or-later
"""``chashma.toml``: what can count does, whatever stands beside it."""

import os
import re
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from appliance.card.problems import PROBLEMS
from appliance.card.read import read_card, read_text
from appliance.card.report import problem_text, report_text
from appliance.card.settings import CardProblem, CardSettings
from appliance.card.values import KEYS
from appliance.hotspot.check import rechecked
from appliance.hotspot.settings import HotspotSettings, Wired
from appliance.school.password import hash_password

_NEW = HotspotSettings()
_KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
_SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhbXJvGmdBnVJRVEJk9gsWMnIPaVbPqvUU2K2RRZ8ZK it@khujand"
_EXAMPLE = (
    Path(__file__).parents[4] / "provisioning/roles/card/files/usr/share/chashma/chashma.toml"
)


def read(text: str | bytes, kept: HotspotSettings = _NEW) -> tuple[CardSettings, list[CardProblem]]:
    """What the text says, and its problems as a list."""
    content = text if isinstance(text, bytes) else text.encode()
    settings, problems = read_text(content, kept)
    return settings, list(problems)


def codes(text: str | bytes) -> list[tuple[int, str]]:
    """Lines and codes of what is wrong."""
    return [(problem.line, problem.code) for problem in read(text)[1]]


def test_a_whole_file() -> None:
    kept = hash_password("bahor dar Khujand 7")
    settings, problems = read(
        f"""
        school_name = "Мактаби №1"
        hotspot_name = "Мактаб"   # о
        hotspot_password = 'bahor"2026'
        country = "tj"
        channel = 6
        wired = "serve"
        trusted_keys = [
            "{_KEY}",  # ноҳия
        ]
        administrator_password_hash = "{kept}"
        ssh_key = "{_SSH}"
        """
    )
    assert problems == []
    assert settings == CardSettings(
        school_name="Мактаби №1",
        hotspot=HotspotSettings("Мактаб", 'bahor"2026', "TJ", 6, Wired.SERVE),
        trusted_keys=(_KEY,),
        administrator_password_hash=kept,
        ssh_keys=(_SSH,),
    )


def test_a_silent_file_says_nothing() -> None:
    assert read("# nothing\n\n") == (CardSettings(), [])
    assert read("") == (CardSettings(), [])


def test_what_the_file_does_not_say_stays_as_it_was() -> None:
    kept = HotspotSettings("Old", "old password", "RU", 13, Wired.UPLINK)
    settings, problems = read('hotspot_name = "New"', kept)
    assert settings.hotspot == HotspotSettings("New", "old password", "RU", 13, Wired.UPLINK)
    assert problems == []


def test_a_new_country_may_forbid_the_channel_of_before() -> None:
    kept = HotspotSettings(country="RU", channel=13)
    settings, problems = read('country = "US"', kept)
    assert settings.hotspot == HotspotSettings(country="US", channel=0)
    assert problems == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("school_name = Мактаб", "not-understood"),
        ('school_name: "x"', "not-understood"),
        ('channel = "6"', "wrong-kind"),
        ("channel = true", "wrong-kind"),
        ("channel = 6.0", "wrong-kind"),
        ("channel = 14", "channel-wrong"),
        ("channel = 13", "channel-forbidden"),
        ("channel = " + "9" * 5000, "not-understood"),
        ("school_name = " + "[" * 3000, "not-understood"),
        ("school_name = 1970-01-01", "wrong-kind"),
        ("school_name = {a = 1}", "wrong-kind"),
        ('school_name = " "', "school-name-wrong"),
        ('school_name = "a\\nb"', "school-name-wrong"),
        ('school_name = "' + "x" * 81 + '"', "school-name-wrong"),
        ('school_name = "' + "x" * 5000 + '"', "not-understood"),
        ('school_nam = "x"', "unknown-key"),
        ("[hotspot]", "heading"),
        ("[[x]]", "heading"),
        ('hotspot_name = ""', "name-empty"),
        ('hotspot_name = "a\\u0000b"', "name-letters"),
        ('hotspot_password = "short"', "password-short"),
        ('country = "Tajikistan"', "country-wrong"),
        ('wired = "both"', "wired-wrong"),
        ('trusted_keys = ["RWQ"]', "trusted-key-wrong"),
        ("trusted_keys = [1]", "wrong-kind"),
        ('administrator_password_hash = "secret password"', "administrator-hash-wrong"),
        ('ssh_key = "ssh-ed25519 AAAA"', "ssh-key-wrong"),
        ('ssh_key = "command=\\"reboot\\" ssh-ed25519 AAAA"', "ssh-key-wrong"),
        ('ssh_key = """-----BEGIN OPENSSH PRIVATE KEY-----"""', "ssh-key-wrong"),
        ("\0\1\2", "not-understood"),
        ("= 3", "not-understood"),
    ],
)
def test_a_wrong_line_does_not_void_the_others(line: str, code: str) -> None:
    settings, problems = read(f'{line}\nhotspot_name = "Мактаб"\n')
    assert [(problem.line, problem.code) for problem in problems] == [(1, code)]
    assert settings.hotspot == HotspotSettings("Мактаб")
    assert settings.school_name is None


def test_a_list_without_an_end_takes_nothing_with_it() -> None:
    settings, problems = read(f'trusted_keys = [\n"{_KEY}",\nwired = "serve"\nchannel = 3\n')
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "not-understood"),
        (2, "not-understood"),
    ]
    assert settings.hotspot == HotspotSettings(channel=3, wired=Wired.SERVE)


def test_good_members_of_a_list_count() -> None:
    settings, problems = read(f'trusted_keys = ["x", "{_KEY}", 3]')
    assert settings.trusted_keys == (_KEY,)
    assert [problem.code for problem in problems] == ["trusted-key-wrong", "wrong-kind"]


def test_the_first_good_line_counts() -> None:
    settings, problems = read("channel = 99\nchannel = 1\nchannel = 6")
    assert settings.hotspot == HotspotSettings(channel=1)
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "channel-wrong"),
        (3, "twice"),
    ]


def test_a_hash_that_would_eat_the_memory_is_refused() -> None:
    greedy = hash_password("x").replace("m=19456", "m=999999")
    assert codes(f'administrator_password_hash = "{greedy}"') == [(1, "administrator-hash-wrong")]


@pytest.mark.parametrize(
    "content",
    [
        '\ufeffschool_name = "Мактаб"\r\nchannel = 3\r\n'.encode(),
        'school_name = "Мактаб"\rchannel = 3'.encode(),
        '\ufeffschool_name = "Мактаб"\nchannel = 3'.encode("utf-16-le"),
        '\ufeffschool_name = "Мактаб"\nchannel = 3'.encode("utf-16-be"),
    ],
)
def test_whatever_an_editor_makes_of_it(content: bytes) -> None:
    settings, problems = read(content)
    assert problems == []
    assert settings.school_name == "Мактаб"
    assert settings.hotspot == HotspotSettings(channel=3)


def test_the_code_page_of_windows_is_read_and_told() -> None:
    settings, problems = read('channel = 3\nschool_name = "Школа"\n# имя'.encode("cp1251"))
    assert settings.school_name == "Школа"
    assert [(problem.line, problem.code) for problem in problems] == [(2, "not-utf-8")]


def test_a_file_that_is_no_settings_at_all() -> None:
    assert codes(b"x" * 1_000_000) == [(0, "file-too-large")]
    garbage = codes(os.urandom(4000) + b"\n" * 100)
    assert garbage
    assert codes("a\n" * 20_000)[-1] == (50, "too-many")


def test_no_secret_leaves_the_file() -> None:
    secret = "Zk7vQ2pX"
    lines = [
        f'hotspot_password = "{secret[:7]}"',
        f'hotspot_password = "{secret}',
        f"hotspot_password: {secret}",
        f'hotspot_pasword = "{secret}"',
        f'administrator_password_hash = "{secret}"',
        f'ssh_key = ["{secret}", 3]',
        f"{secret}",
        f'hotspot_password = ["{secret}"]',
    ]
    for line in lines:
        _, problems = read(line)
        assert problems
        assert secret[:7] not in report_text(problems)


def test_the_file_in_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "chashma.toml"
    assert read_card(tmp_path, _NEW, "") == read_card(tmp_path / "nowhere", _NEW, "before")
    file.write_text("channel = 3\n")
    first = read_card(tmp_path, _NEW, "")
    assert first.present
    assert first.changed
    assert re.fullmatch("[0-9a-f]{64}", first.digest)
    assert not read_card(tmp_path, _NEW, first.digest).changed
    file.write_text("channel = 4\n")
    assert read_card(tmp_path, _NEW, first.digest).changed


def test_what_is_not_a_file_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "chashma.toml"
    makers = (file.mkdir, lambda: os.mkfifo(file), lambda: file.symlink_to("/dev/zero"))
    for make in makers:
        make()
        report = read_card(tmp_path, _NEW, "before")
        assert [problem.code for problem in report.problems] == ["file-unreadable"]
        assert (report.changed, report.digest) == (False, "before")
        file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()


def test_a_second_ending_that_windows_hides_is_told(tmp_path: Path) -> None:
    (tmp_path / "chashma.toml.txt").write_text("channel = 3\n")
    report = read_card(tmp_path, _NEW, "")
    assert not report.present
    assert [problem.code for problem in report.problems] == ["wrong-name"]


def test_the_example_says_nothing_until_a_line_is_freed() -> None:
    content = _EXAMPLE.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert read(content) == (CardSettings(), [])
    freed = content.replace(b"\n#", b"\n").replace(b"\n ", b"\n# ")
    keyed = {"administrator_password_hash", "ssh_key", "trusted_keys"}
    assert {problem.key for problem in read(freed)[1]} == keyed
    explained = re.findall(rb"^#(\w+) = ", content, re.M)
    assert {key.decode() for key in explained} == set(KEYS)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_has_its_sentence(code: str, language: str) -> None:
    assert problem_text(CardProblem(code, "channel", 3, "14"), language).count("channel = 14") == 1


def test_the_report_speaks_three_languages_on_lines_of_windows() -> None:
    text = report_text([CardProblem("channel-wrong", "channel", 3, "14")])
    assert "Сатри 3, channel = 14: " in text
    assert "Строка 3, channel = 14: " in text
    assert "Line 3, channel = 14: " in text
    assert text.count("\n") == text.count("\r\n")


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    settings, problems = read(content)
    assert {problem.code for problem in problems} <= set(PROBLEMS)
    assert settings.hotspot is None or rechecked(settings.hotspot) == settings.hotspot


_LINES = st.sampled_from(
    [f"{key} = {value}" for key in (*KEYS, "x") for value in ('"a"', "3", "[", '["a', "{}", '"""')]
    + ["]", '"a",', "'''", "[x]", "", "# x", '"""']
)


@given(st.lists(_LINES, max_size=12))
def test_no_lines_make_it_fail(lines: list[str]) -> None:
    _, problems = read("\n".join(lines))
    assert {problem.code for problem in problems} <= set(PROBLEMS)
    assert all(0 <= problem.line <= len(lines) + 1 for problem in problems)
