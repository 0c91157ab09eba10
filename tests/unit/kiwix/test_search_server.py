# SPDX-License-Identifier: GPL-3.0-or-later
"""The search process and its client, over a real socket and real archives."""

import os
import shutil
import signal
import socket as sockets
import subprocess

import pytest

from kiwix.search_client import SearchClient
from kiwix.search_protocol import Target, Word
from tests.zim_maker import make_zim, start_search

TAJIK = {
    "a/1": ("Ҳуқуқи инсон", "<p>Ҳар кас ба таҳсил ҳуқуқ дорад &amp; баробар аст.</p>"),
    "a/2": ("Ҷамъият", "<p>Школьники дар ҷамъият. <script>ҳуқуқ()</script></p>"),
    "a/3?x#y": ("Мактабҳои Хуҷанд", "<p>Хонандагони мактабҳо</p>"),
}
RUSSIAN = {"p": ("Школьник", "<p>Школьники читают книги о праве</p>")}


@pytest.fixture
def store(tmp_path):
    make_zim(tmp_path / "store", "tajik", TAJIK)
    make_zim(tmp_path / "store", "russian", RUSSIAN, "rus")
    return tmp_path / "store"


@pytest.fixture
def socket(tmp_path):
    return tmp_path / "s.sock"


@pytest.fixture
def start(socket, store):
    """Starts the search process; ends at the end those that still run."""
    running = []

    def _start(*options):
        running.append(start_search(socket, store, *options))
        return running[-1]

    yield _start
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def client(socket):
    return SearchClient(socket)


BOTH = (Target("tajik", tajik=True), Target("russian"))


def paths(reply):
    return {found.id: [entry.path for entry in found.entries] for found in reply.found}


@pytest.mark.parametrize(
    ("words", "tajik", "russian"),
    [
        ([Word("ҳуқуқ")], ["a/1"], []),
        ([Word("хукук", ("хукук",))], ["a/1"], []),
        ([Word("huquq", ("huquq", "хукук"))], ["a/1"], []),
        ([Word("чамъият", ("чамият",))], ["a/2"], []),
        ([Word("хукук", ("хукук",)), Word("тахсил", ("тахсил",))], ["a/1"], []),
        ([Word("хукук", ("хукук",)), Word("мактаб")], [], []),
        ([Word("школьник", ("школник",), ("школьник",))], ["a/2"], ["p"]),
        ([Word("мактаб", ("мактаб",), ("мактаб",))], ["a/3?x#y"], []),
        ([Word("книга")], [], ["p"]),
    ],
)
def test_words_are_found_in_all_their_spellings(start, client, words, tajik, russian):
    start()
    reply = client.search(words, BOTH, 10)
    assert paths(reply) == {"tajik": tajik, "russian": russian}
    assert reply.missing == ()


def test_titles_are_suggested_from_their_beginning(start, client):
    start()
    reply = client.suggest([Word("хуч", ("хуч",))], BOTH, 10)
    assert [entry.title for found in reply.found for entry in found.entries] == ["Мактабҳои Хуҷанд"]


def test_excerpts_are_plain_text_with_what_matches(start, client):
    start()
    entries = [("tajik", "a/1"), ("tajik", "a/2"), ("tajik", "nothing"), ("nowhere", "a/1")]
    one, two, *rest = client.excerpts("ҳуқуқ", entries)
    assert ("ҳуқуқ", True) in one
    assert "".join(text for text, _ in one) == "Ҳар кас ба таҳсил ҳуқуқ дорад & баробар аст."
    assert "".join(text for text, _ in two) == "Школьники дар ҷамъият."
    assert rest == [(), ()]


def test_archives_that_are_not_there_are_refused_and_the_others_answer(start, client, store):
    start()
    (store / "items" / "odd" / "files").mkdir(parents=True)
    (store / "items" / "odd" / "files" / "odd.zim").write_bytes(b"no archive")
    archives = [Target("../tajik"), Target("gone"), Target("odd"), *BOTH]
    reply = client.search([Word("книга")], archives, 10)
    assert reply.refused == ("../tajik", "gone", "odd")
    assert reply.missing == ()
    assert paths(reply)["russian"] == ["p"]


def test_a_replaced_archive_is_read_anew(start, client, store, tmp_path):
    start()
    assert paths(client.search([Word("книга")], BOTH, 10))["russian"] == ["p"]
    new = make_zim(tmp_path / "new", "russian", {"q": ("Другая", "<p>Новая книга</p>")}, "rus")
    new.replace(store / "items/russian/files/russian.zim")
    assert paths(client.search([Word("книга")], BOTH, 10))["russian"] == ["q"]


def test_an_archive_cut_short_in_place_kills_nothing(start, client, store):
    process = start()
    client.search([Word("книга")], BOTH, 10)
    os.truncate(store / "items/russian/files/russian.zim", 5000)
    reply = client.search([Word("книга")], BOTH, 10)
    assert reply.refused == ("russian",)
    assert process.poll() is None


def test_more_archives_than_may_be_open(start, client, store):
    start("--most-open", "1")
    for _ in range(3):
        reply = client.search([Word("школьник", (), ("школьник",))], BOTH, 10)
        assert paths(reply) == {"tajik": ["a/2"], "russian": ["p"]}


def test_nobody_there_gives_partial_answers(client):
    assert client.search([Word("a")], BOTH, 10).missing == ("tajik", "russian")
    assert client.suggest([Word("a")], BOTH, 10).missing == ("tajik", "russian")
    assert client.excerpts("a", [("tajik", "a/1")]) == ((),)


def test_a_server_that_never_answers_is_given_up(client, socket, monkeypatch):
    monkeypatch.setattr("kiwix.search_client.SEARCH_SECONDS", 0.1)
    with sockets.socket(sockets.AF_UNIX) as listener:
        listener.bind(str(socket))
        listener.listen()
        assert client.search([Word("a")], BOTH, 10).missing == ("tajik", "russian")


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"{}\n", b'{"type":"search"}\n', b"\xff\n", b"[" * 9000]
)
def test_nonsense_is_dropped_and_the_next_request_answered(start, client, socket, line):
    start()
    with sockets.socket(sockets.AF_UNIX) as connection:
        connection.connect(str(socket))
        connection.sendall(line)
        connection.shutdown(sockets.SHUT_WR)
        assert connection.recv(100) == b""
    assert paths(client.search([Word("книга")], BOTH, 10))["russian"] == ["p"]


def test_sigterm_ends_it_cleanly(start, socket):
    process = start()
    process.terminate()
    assert process.wait(10) == 0
    assert not socket.exists()


def test_it_starts_again_after_sigkill_and_blames_nobody(start, client, socket):
    process = start()
    client.search([Word("книга")], BOTH, 10)
    process.send_signal(signal.SIGKILL)
    process.wait()
    socket.unlink()
    start()
    assert client.search([Word("книга")], BOTH, 10).missing == ()


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "crash_foo-zstd_flip64_162_SIG11",
        "crash_hostile_FreedomBox_z_146_SIG6",
        "crash_udhr_ru_all_2026-11_flip64_116_SIG6",
    ],
)
def test_an_archive_that_kills_is_searched_once(start, client, socket, store, data, name):
    folder = store / "items" / "bad" / "files"
    folder.mkdir(parents=True)
    shutil.copy(data / "zim-invalid" / f"{name}.zim", folder / "bad.zim")
    archives = (*BOTH, Target("bad"))
    deaths = 0
    process = start()
    for _ in range(4):
        reply = client.search([Word("книга")], archives, 10)
        client.excerpts(
            "a", [("bad", entry.path) for found in reply.found for entry in found.entries]
        )
        client.suggest([Word("a")], archives, 10)
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
        deaths += 1
        socket.unlink(missing_ok=True)
        process = start()
    assert deaths <= 1
    assert paths(client.search([Word("книга")], archives, 10))["russian"] == ["p"]
