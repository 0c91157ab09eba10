# SPDX-License-Identifier: GPL-3.0-or-later
"""H5P packages: whole, or refused with the name of what they lack."""

import json

import pytest

from appliance.content.item import Kind
from tests.unit.appliance.content.inspect.conftest import Bench
from tests.unit.appliance.content.inspect.packed import packed

Members = dict[str, str | bytes]


def dependency(name: str) -> dict[str, str | int]:
    return {"machineName": name, "majorVersion": 1, "minorVersion": "0"}


def library(name: str, *needs: str, js: str = "a.js") -> Members:
    definition = {
        "machineName": name,
        "title": name,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 1,
        "runnable": 1,
        "preloadedJs": [{"path": js}],
        "preloadedDependencies": [dependency(need) for need in needs],
    }
    script = f"H5P.{name.rpartition('.')[2]} = function () {{}};"
    return {f"{name}-1.0/library.json": json.dumps(definition), f"{name}-1.0/{js}": script}


def exercise(*needs: str, **said: object) -> Members:
    definition = {
        "title": "Машқ <b>1</b>",
        "language": "und",
        "mainLibrary": "H5P.Quiz",
        "preloadedDependencies": [dependency(need) for need in ("H5P.Quiz", *needs)],
        **said,
    }
    content = {
        "question": "<p>Пойтахти Тоҷикистон кадом шаҳр аст? Ҷавоби дурустро ёбед.</p>",
        "image": {"path": "images/no text at all.png"},
        "l10n": {"check": "Check the answer"},
    }
    return {"h5p.json": json.dumps(definition), "content/content.json": json.dumps(content)}


def test_an_exercise_says_what_it_is_and_what_it_asks(bench: Bench) -> None:
    members = {
        **exercise(
            "H5P.Parts", defaultLanguage="tg", authors=[{"name": "Ш. Раҳимов", "role": "Author"}]
        ),
        **library("H5P.Quiz", "H5P.Parts"),
        **library("H5P.Parts", js="js/parts.js"),
        **library("H5PEditor.Quiz"),
        "content/images/a.png": b"x",
        "content/run.php": "<?php",
        "stray.html": "x",
    }
    found = bench.inspect(Kind.H5P, bench.put(packed(members), "a.h5p"))
    assert found.metadata.title == "Машқ 1"
    assert found.metadata.authors == ("Ш. Раҳимов",)
    assert found.metadata.languages == ("tg",)
    (passage,) = bench.passages()
    assert passage.text == "Пойтахти Тоҷикистон кадом шаҳр аст? Ҷавоби дурустро ёбед."
    pages = bench.folder / "pages"
    unpacked = {str(p.relative_to(pages)) for p in pages.rglob("*") if p.is_file()}
    assert unpacked == {
        "h5p.json",
        "content/content.json",
        "content/images/a.png",
        "H5P.Quiz-1.0/library.json",
        "H5P.Quiz-1.0/a.js",
        "H5P.Parts-1.0/library.json",
        "H5P.Parts-1.0/js/parts.js",
    }


@pytest.mark.parametrize(
    ("members", "code", "names"),
    [
        ({"a.html": "x"}, "not-what-name-says", "H5P"),
        ({"h5p.json": "{}"}, "h5p-definition-wrong", "h5p.json"),
        ({"h5p.json": '{"title": 1}'}, "h5p-definition-wrong", "h5p.json"),
        (exercise(), "h5p-libraries-missing", "H5P.Quiz-1.0"),
        (
            {**exercise("H5P.Other"), **library("H5P.Quiz", "H5P.Parts")},
            "h5p-libraries-missing",
            "H5P.Other-1.0, H5P.Parts-1.0",
        ),
        (
            {**exercise(mainLibrary="H5P.Elsewhere"), **library("H5P.Quiz")},
            "h5p-libraries-missing",
            "H5P.Elsewhere",
        ),
        (
            {**exercise(), **library("H5P.Quiz", "H5P.A"), **library("H5P.A", "H5P.Quiz")},
            "h5p-libraries-cyclic",
            "",
        ),
        (
            {**exercise(), **library("H5P.Quiz"), "H5P.Quiz-1.0/a.js": "H5P.Quizzes = 1"},
            "h5p-library-broken",
            "H5P.Quiz-1.0",
        ),
        (
            {**exercise(), **library("H5P.Quiz", js="../../secret.js")},
            "unsafe-names",
            "H5P.Quiz-1.0/../../secret.js",
        ),
        ({**exercise("../../etc"), **library("H5P.Quiz")}, "damaged", ""),
        (
            {**exercise(), **library("H5P.Quiz"), "content/content.json": "[" * 100_000},
            "h5p-definition-wrong",
            "content/content.json",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_exercise_that_could_not_be_played_is_refused(
    members: Members, code: str, names: str, bench: Bench
) -> None:
    refusal = bench.refusal(Kind.H5P, bench.put(packed(members), "a.h5p"))
    assert refusal.code == code
    assert names in {"", *map(str, refusal.details.values())}


def test_a_file_that_stands_twice_with_the_same_bytes_is_one(bench: Bench) -> None:
    members = {**exercise(), **library("H5P.Quiz")}
    doubled = [*members.items(), ("content/a.png", b"same"), ("content/a.png", b"same")]
    bench.inspect(Kind.H5P, bench.put(packed(doubled), "a.h5p"))
    assert (bench.folder / "pages/content/a.png").read_bytes() == b"same"


@pytest.mark.parametrize("other", [b"else", b"sam", b"same and more"])
def test_two_files_of_one_name_are_refused(other: bytes, bench: Bench) -> None:
    members = {**exercise(), **library("H5P.Quiz")}
    doubled = [*members.items(), ("content/a.png", b"same"), ("content/a.png", other)]
    assert bench.refusal(Kind.H5P, bench.put(packed(doubled), "a.h5p")).code == "duplicate-names"
