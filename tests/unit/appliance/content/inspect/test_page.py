# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages in Markdown."""

import io

import pytest
from PIL import Image

from appliance.content.item import Audience, Kind
from appliance.content.page import Element, Page, read_page, words
from appliance.errors import RefusalError
from tests.unit.appliance.content.inspect.conftest import Bench

EVIL = """# <script>alert(1)</script>

<img src=x onerror=alert(1)> **[click](javascript:alert(1))** ![x](javascript:alert(1).png)

<iframe src="http://evil"></iframe>

[site](https://example.org/a?b=c) <https://example.org> [data](data:text/html,x)

![a](../../../etc/passwd) ![b](file:///etc/passwd.png) ![c](//host/x.png) ![d](gone.png)
"""


def _picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (1, 2, 3)).save(data, "PNG")
    return data.getvalue()


def _inspected(bench: Bench, text: str, *files: str) -> Page:
    name = bench.put(text.encode(), "02 Об.md")
    bench.inspect(Kind.PAGE, name, *files)
    return read_page((bench.folder / "page.json").read_bytes())


def test_first_lines_say_what_the_page_is(bench: Bench) -> None:
    text = (
        "---\nНом: Об: як қисса\nlanguage: tg\nсинф: [5, 6]\nФан: Биология\n"
        "audience:\n  - pupil\n  - омӯзгор\n---\n# Сарлавҳа\n\nМатн.\n"
    )
    found = bench.inspect(Kind.PAGE, bench.put(text.encode(), "a.md"))
    said = found.metadata
    assert (said.title, said.languages, said.grades) == ("Об: як қисса", ("tg",), (5, 6))
    assert said.subject == "biology"
    assert said.audiences == (Audience.PUPIL, Audience.TEACHER)
    assert found.warnings == ()
    assert [one.text for one in bench.passages()] == ["Матн."]


def test_what_means_nothing_in_the_first_lines_is_told_and_the_rest_counts(bench: Bench) -> None:
    text = "---\ntitle: Об\ngrade: 77\nбеҳуда\n---\nМатн"
    found = bench.inspect(Kind.PAGE, bench.put(text.encode(), "a.md"))
    assert found.metadata.title == "Об"
    assert found.warnings == ("page-head-odd",)


def test_markdown_becomes_a_tree(bench: Bench) -> None:
    page = _inspected(
        bench, "# Об\n\n## Қисм\n\nЯк *ду* `се`\n\n3. чор\n4. панҷ\n\n|а|б|\n|-|-|\n|1|2|\n"
    )
    assert page[0] == Element("h2", ("Қисм",))
    assert page[1] == Element("p", ("Як ", Element("em", ("ду",)), " ", Element("code", ("се",))))
    assert page[2] == Element("ol", (Element("li", ("чор",)), Element("li", ("панҷ",))), start=3)
    assert isinstance(page[3], Element)
    assert page[3].tag == "table"
    assert words(page[3:]).split() == ["а", "б", "1", "2"]


def test_pictures_and_sounds_beside_the_page_are_in_it(bench: Bench) -> None:
    names = [bench.put(_picture(), "pictures-об 1.png"), bench.put(b"sound", "a.mp3")]
    bad = bench.put(b"no picture", "bad.png")
    page = _inspected(
        bench,
        "![Об](<pictures/об 1.png>) ![Садо](a.mp3) ![бад](bad.png)",
        *names,
        bad,
    )
    (paragraph,) = page
    assert isinstance(paragraph, Element)
    shown = [node for node in paragraph.inside if isinstance(node, Element)]
    assert [(one.tag, one.file, one.text) for one in shown] == [
        ("img", "pictures-об 1.png", "Об"),
        ("audio", "a.mp3", "Садо"),
        ("em", "", ""),
    ]
    assert not (bench.folder / "files" / bad).exists()


def test_who_reads_it_out_comes_first(bench: Bench) -> None:
    names = [bench.put(b"x", f"02 Об{end}.mp3") for end in ("", ".tg", ".ru", "-x")]
    page = _inspected(bench, "![Садо](02%20Об.ru.mp3)\n\nМатн.", *names)
    assert [(one.file, one.text) for one in page[:2] if isinstance(one, Element)] == [
        ("02 Об.mp3", ""),
        ("02 Об.tg.mp3", "Тоҷикӣ"),
    ]
    assert isinstance(page[2], Element)
    assert page[2].tag == "p"
    assert "Тоҷикӣ" not in bench.passages()[0].text


def test_html_and_addresses_are_letters(bench: Bench) -> None:
    page = _inspected(bench, EVIL)
    said = words(page)
    assert "<img src=x onerror=alert(1)>" in said
    assert '<iframe src="http://evil">' in said
    assert "site (https://example.org/a?b=c)" in said
    assert b'"file"' not in (bench.folder / "page.json").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b'[{"tag":"script"}]',
        b'[{"tag":"img","file":"../item.json"}]',
        b'[{"tag":"img","file":"a/b.png"}]',
        b'[{"tag":"ol","start":-1}]',
        b"[" * 100_000,
        b"{}",
    ],
    ids=["script", "parent", "folder", "start", "deep", "object"],
)
def test_no_other_tree_can_be_read(content: bytes) -> None:
    with pytest.raises(RefusalError):
        read_page(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"---\ntitle: a\n---\n\n", "no-text-or-pages"),
        (b"a" * 1_000_001, "page-too-large"),
    ],
    ids=["empty", "head only", "large"],
)
def test_what_is_no_page_is_refused(bench: Bench, content: bytes, code: str) -> None:
    assert bench.refusal(Kind.PAGE, bench.put(content, "a.md")).code == code


def test_nesting_without_end_ends(bench: Bench) -> None:
    for number, text in enumerate(("> " * 20_000 + "a", "*a" * 20_000, "[" * 50_000, "- " * 9_000)):
        bench.inspect(Kind.PAGE, bench.put((text + "\n\nматн").encode(), f"{number}.md"))
