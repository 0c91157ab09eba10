# SPDX-License-Identifier: GPL-3.0-or-later
"""Every real file: a good one is taken for what it says, a bad one refused for the true reason."""

from pathlib import Path

import pytest

from appliance.content.item import Kind
from appliance.reasons import REASONS
from tests.unit.appliance.content.inspect.conftest import Bench

pytestmark = pytest.mark.data

SUITE = "noTitleListingV0.invalid."
OLD_SUITE = "withns.invalid."

REFUSED = {
    "zim-invalid/bad_checksum.zim": "checksum-wrong",
    "zim-invalid/crash_foo-zstd_flip64_162_SIG11.zim": "checksum-wrong",
    "zim-invalid/crash_hostile_FreedomBox_z_146_SIG6.zim": "crashes-reader",
    "zim-invalid/crash_udhr_ru_all_2026-11_flip64_116_SIG6.zim": "checksum-wrong",
    "zim-invalid/freedombox_invalid.zim": "not-what-name-says",
    "zim-invalid/hostile_en_test_2026-11.zim": "unsafe-names",
    "zim-invalid/libreoffice-help_ru_truncated_1MB.zim": "cut-short",
    f"zim-invalid/{SUITE}bad_mimetype_in_dirent.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}bad_mimetype_list.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}invalid_checksumpos.zim": "damaged",
    f"zim-invalid/{SUITE}invalid_mimelistpos.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}nonsorted_dirent_table.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}offset_in_cluster.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}outofbounds_clusterptrpos.zim": "damaged",
    f"zim-invalid/{SUITE}outofbounds_first_clusterptr.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}outofbounds_first_direntptr.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}outofbounds_last_direntptr.zim": "checksum-wrong",
    f"zim-invalid/{SUITE}outofbounds_urlptrpos.zim": "damaged",
    f"zim-invalid/{SUITE}smaller_than_header.zim": "cut-short",
    f"zim-invalid/{OLD_SUITE}bad_mimetype_in_dirent.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}bad_mimetype_list.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}invalid_checksumpos.zim": "damaged",
    f"zim-invalid/{OLD_SUITE}invalid_mimelistpos.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}nonsorted_dirent_table.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}nonsorted_title_index.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}offset_in_cluster.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_clusterptrpos.zim": "damaged",
    f"zim-invalid/{OLD_SUITE}outofbounds_first_clusterptr.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_first_direntptr.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_first_title_entry.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_last_direntptr.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_last_title_entry.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_titleptrpos.zim": "checksum-wrong",
    f"zim-invalid/{OLD_SUITE}outofbounds_urlptrpos.zim": "damaged",
    f"zim-invalid/{OLD_SUITE}smaller_than_header.zim": "cut-short",
    "epub-invalid/epubcheck_ocf-container-not-ocf-error.epub": "not-what-name-says",
    "epub-invalid/epubcheck_ocf-zip-unreadable-empty-fatal.epub": "empty",
    "epub-invalid/epubcheck_ocf-zip-unreadable-no-end-header-fatal.epub": "cut-short",
    "pdf-odd/pypdf_libreoffice-writer-password.pdf": "password-protected",
    "pdf-odd/ricecooker_broken.pdf": "not-what-name-says",
    "h5p/h5p2elpx_blanks-with-image.h5p": "h5p-libraries-missing",
    "h5p/h5p2elpx_course-presentation-with-links.h5p": "h5p-libraries-missing",
    "h5p/h5p2elpx_crossword.h5p": "h5p-libraries-missing",
    # Its script makes H5P.GreetingCard, and nothing of the name that its library has.
    "h5p/lumi_greetingcard1.h5p": "h5p-library-broken",
    "h5p-invalid/lumi_broken-h5p-json.h5p": "h5p-definition-wrong",
    "h5p-invalid/lumi_corrupt_archive.h5p": "not-what-name-says",
    "h5p-invalid/lumi_missing-preloaded-js.h5p": "h5p-library-broken",
    # Its page comes from a server on the internet.
    "scorm/h5p2elpx_sa1-scorm12.zip": "scorm-file-missing",
    "scorm/moodle_badscorm.zip": "damaged",
    "scorm/moodle_invalid.zip": "no-start-page",
}
# file: (title, languages, another fact that has to be right)
TAKEN: dict[str, tuple[str, tuple[str, ...], dict[str, object]]] = {
    # One file is in it twice, with the same bytes: nothing is lost by it.
    "epub-invalid/epubcheck_ocf-filename-duplicate-zip-entry-error.epub": (
        "Minimal EPUB 3.0",
        ("en",),
        {"pages": 1, "entry": "OPS/package.opf"},
    ),
    "zim/characters_encoding.zim": (
        "ZIM characters encoding",
        ("en",),
        {"entry": "characters éncoding.html"},
    ),
    "zim/corner_cases#&.zim": ("ZIM corner cases", ("en",), {"entry": "empty.html"}),
    "zim/gutenberg_grc_all_2022-07.zim": (
        "Project Gutenberg Library (grc)",
        ("grc",),
        {"entry": "A/Home.html"},
    ),
    "zim/libreoffice-help_ru_all_2026-11.zim": (
        "Справка LibreOffice",
        ("ru",),
        {"articles": 2561, "name": "libreoffice-help_ru_all"},
    ),
    "zim/poor.zim": ("poor", ("en",), {"entry": "main.html", "uuid": ""}),
    "zim/small.noTitleListingV0.zim": ("Test ZIM file", ("en",), {"entry": "main.html"}),
    "zim/small.nons.zim": ("Test ZIM file", ("en",), {"entry": "main.html"}),
    "zim/small.withns.zim": ("Test ZIM file", ("en",), {"entry": "A/main.html"}),
    "zim/small_4KB.zim": ("Test ZIM file", ("en",), {"entry": "A/main.html"}),
    "zim/udhr_tg_all_2026-11.zim": (
        "Эъломияи умумии ҳуқуқи башар",
        ("tg",),
        {"articles": 32, "entry": "index.html"},
    ),
    "zim/wikibooks_be_all_nopic_2017-02.noTitleListingV0.zim": (
        "Wikibooks",
        ("be",),
        {"articles": 66},
    ),
    "zim/wikibooks_be_all_nopic_2017-02.nons.zim": ("Wikibooks", ("be",), {"articles": 66}),
    "zim/wikibooks_be_all_nopic_2017-02.withns.zim": (
        "Wikibooks",
        ("be",),
        {"entry": "A/Першая_старонка.html"},
    ),
    "zim/wikibooks_example_v6.1_2021-04.zim": ("Wikibooks", ("en",), {"entry": "Wikibooks.html"}),
    "zim/wikipedia_en_ray_charles_mini_2020-03.zim": (
        "Ray Charles",
        ("en",),
        {"name": "wikipedia_en_ray_charles"},
    ),
    "epub/idpf_accessible_epub_3.epub": ("Accessible EPUB 3", ("en",), {"pages": 22}),
    "epub/idpf_childrens-literature.epub": ("Children's Literature", ("en",), {"pages": 3}),
    "epub/idpf_haruko-jpeg.epub": ("ハルコさんの彼氏", ("ja",), {"pages": 13}),
    "epub/idpf_moby-dick.epub": ("Moby-Dick", ("en",), {"entry": "OPS/package.opf"}),
    "epub/idpf_regime-anticancer-arabic.epub": (
        "Le Vrai Régime anti-cancer",
        ("ar",),
        {"pages": 3},
    ),
    "epub/ricecooker_testdocument.epub": ("Cuisinart Rice Cooker CRC-800", ("en",), {"pages": 3}),
    "pdf/debian_install.ru.pdf": (
        "Руководство по установке Debian GNU/Linux",
        ("ru",),
        {"pages": 128, "width": 595, "height": 842},
    ),
    "pdf/pypdf_GeoTopo-komprimiert.pdf": (
        "Geometrie und Topologie",  # codespell:ignore
        (),
        {"pages": 117},
    ),
    "pdf/pypdf_google-doc-document.pdf": ("PDF Example Document", ("en",), {"pages": 1}),
    "pdf/pypdf_habibi.pdf": ("habibi", (), {"pages": 1}),
    "pdf/pypdf_pdflatex-outline.pdf": ("pypdf pdflatex-outline", ("en",), {"pages": 4}),
    "web/ricecooker_low_res_sample.mp4": (
        "ricecooker low res sample",
        (),
        {"seconds": 1.0, "width": 320, "height": 240},
    ),
    "web/ricecooker_low_res_sample.webm": (
        "ricecooker low res sample",
        (),
        {"seconds": 1.0, "width": 426},
    ),
    "h5p/h5p2elpx_accordion.h5p": ("Accordion", ("en",), {"entry": "h5p.json"}),
    "h5p/h5p2elpx_true-false-question.h5p": ("True/False Question", ("en",), {}),
    "h5p/lumi_H5P.DragText.h5p": ("Drag the Words", ("en",), {}),
    # A folder of a strange name that nothing needs; a picture with script, which never runs.
    "h5p-invalid/lumi_malformed-library-directory.h5p": ("Greeting card", (), {}),
    "h5p-invalid/lumi_xss-svg.h5p": ("123", ("de", "en"), {}),
    "scorm/adl_RuntimeBasicCalls_SCORM12.zip": (
        "Golf Explained - Run-time Basic Calls",
        ("en",),
        {"entry": "shared/launchpage.html", "contents": ()},
    ),
    "scorm/moodle_RuntimeMinimumCalls_SCORM12.zip": (
        "Golf Explained - Minimum Run-time Calls",
        ("en",),
        {"entry": "Playing/Playing.html"},
    ),
    "scorm/moodle_singlesco_scorm12.zip": (
        "Golf Explained - CP Single SCO",
        ("en",),
        {"entry": "shared/launchpage.html"},
    ),
    "web/ricecooker_sample_html.zip": ("ABCD", (), {"entry": "index.html"}),
}
KINDS = {
    ".zim": Kind.ZIM,
    ".epub": Kind.EPUB,
    ".pdf": Kind.PDF,
    ".mp4": Kind.VIDEO,
    ".webm": Kind.VIDEO,
    ".h5p": Kind.H5P,
    ".zip": Kind.HTML,
}


@pytest.mark.parametrize("path", sorted(REFUSED))
def test_a_bad_file_is_refused_for_the_true_reason(path: str, data: Path, bench: Bench) -> None:
    name = bench.put(data / path)
    refusal = bench.refusal(KINDS[Path(path).suffix], name)
    assert refusal.code == REFUSED[path]
    assert refusal.code in REASONS


@pytest.mark.parametrize("path", sorted(TAKEN))
def test_a_good_file_says_what_it_is(path: str, data: Path, bench: Bench) -> None:
    title, languages, facts = TAKEN[path]
    found = bench.inspect(KINDS[Path(path).suffix], bench.put(data / path))
    assert found.metadata.title == title
    assert found.metadata.languages == languages
    assert {name: getattr(found.details, name) for name in facts} == facts
    assert found.cover in ("cover.webp", "cover.png")
    assert 300 < (bench.folder / found.cover).stat().st_size <= 25_000
    assert set(found.warnings) <= set(REASONS)


def test_no_file_of_these_folders_is_forgotten(data: Path) -> None:
    bad = {"zim-invalid", "epub-invalid", "pdf-odd", "h5p-invalid"}
    good = {"zim", "epub", "pdf", "web", "h5p", "scorm"}
    files = [path for folder in bad | good for path in (data / folder).iterdir()]
    known = set(REFUSED) | set(TAKEN)
    parts = {".zimaa", ".zimab", ".zimac"}
    assert not [
        path
        for path in files
        if path.suffix != ".txt"
        and f"{path.parent.name}/{path.name}" not in known
        and path.suffix not in parts
    ]


def test_the_words_of_a_pdf_are_found_on_their_page_under_their_heading(
    data: Path, bench: Bench
) -> None:
    found = bench.inspect(Kind.PDF, bench.put(data / "pdf/debian_install.ru.pdf"))
    assert ("Системные требования", "16") in found.details.contents
    page = next(passage for passage in bench.passages() if passage.place == "13")
    assert "программа установки Debian" in page.text
    assert page.title in {title for title, _ in found.details.contents}


def test_a_book_is_unpacked_and_its_chapters_lead_to_its_words(data: Path, bench: Bench) -> None:
    found = bench.inspect(Kind.EPUB, bench.put(data / "epub/idpf_moby-dick.epub"))
    assert ("Chapter 1. Loomings.", "OPS/chapter_001.xhtml") in found.details.contents
    first = next(p for p in bench.passages() if p.place == "OPS/chapter_001.xhtml")
    assert "Call me Ishmael." in first.text
    assert first.title == "Chapter 1. Loomings."
    assert (bench.folder / "pages" / found.details.entry).is_file()
    assert (bench.folder / "pages" / first.place).is_file()
