# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes Moodle backups, sound ones and others."""

import hashlib
import html
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.unit.appliance.content.cartridge.cartridges import PICTURE

PAPER = b"%PDF-1.4 no paper at all"


def file_row(number: int, context: int, component: str, area: str, item: int, name: str) -> str:
    """A row of ``files.xml``."""
    digest = hashlib.sha1(PAPER if name.endswith("pdf") else PICTURE).hexdigest()
    return (
        f'<file id="{number}"><contenthash>{digest}</contenthash><contextid>{context}</contextid>'
        f"<component>{component}</component><filearea>{area}</filearea><itemid>{item}</itemid>"
        f"<filepath>/</filepath><filename>{name}</filename></file>"
    )


def activity_row(module: int, kind: str, title: str) -> str:
    """A row of the list of activities."""
    return (
        f"<activity><moduleid>{module}</moduleid><sectionid>5</sectionid><modulename>{kind}"
        f"</modulename><title>{title}</title><directory>activities/{kind}_{module}</directory>"
        "</activity>"
    )


def activity(module: int, kind: str, inside: str) -> dict[str, str]:
    """The file of an activity; its context is its number and a hundred."""
    text = (
        f'<activity id="1" moduleid="{module}" modulename="{kind}" contextid="{module + 100}">'
        f'<{kind} id="1">{inside}</{kind}></activity>'
    )
    return {f"activities/{kind}_{module}/{kind}.xml": text}


PAGE = html.escape('<h2>Вода</h2><img src="@@PLUGINFILE@@/drop.png" alt="капля"><p>Вода.</p>')
ASKED = html.escape('<p>Что это?</p><img src="@@PLUGINFILE@@/drop.png">')
QUESTIONS = f"""<question_categories><question_category id="1"><name>Вода</name>
<question_bank_entries>
<question_bank_entry id="21"><question_version><question_versions id="1"><version>1</version>
<questions><question id="30"><name>old</name><questiontext>old</questiontext>
<qtype>essay</qtype></question></questions></question_versions>
<question_versions id="2"><version>2</version><questions><question id="31"><name>капля</name>
<questiontext>{ASKED}</questiontext><questiontextformat>1</questiontextformat>
<defaultmark>2.0000000</defaultmark><qtype>multichoice</qtype>
<plugin_qtype_multichoice_question><answers><answer id="1"><answertext>капля</answertext>
<answerformat>1</answerformat><fraction>1.0000000</fraction><feedback>Верно</feedback></answer>
<answer id="2"><answertext>река</answertext><fraction>0.0000000</fraction></answer></answers>
<multichoice id="1"><single>1</single></multichoice></plugin_qtype_multichoice_question></question>
</questions></question_versions></question_version></question_bank_entry></question_bank_entries>
<questions>
<question id="32"><name>лёд</name><questiontext>Лёд – это вода.</questiontext>
<qtype>truefalse</qtype><plugin_qtype_truefalse_question><answers>
<answer id="3"><answertext>Верно</answertext><fraction>1.0</fraction></answer>
<answer id="4"><answertext>Неверно</answertext><fraction>0.0</fraction></answer></answers>
<truefalse id="1"><trueanswer>3</trueanswer><falseanswer>4</falseanswer></truefalse>
</plugin_qtype_truefalse_question></question>
<question id="33"><name>кипит</name><questiontext>При скольких градусах кипит вода?</questiontext>
<qtype>numerical</qtype><plugin_qtype_numerical_question><answers>
<answer id="5"><answertext>100</answertext><fraction>1.0</fraction></answer></answers>
<numerical_records><numerical_record id="1"><answer>5</answer><tolerance>1</tolerance>
</numerical_record></numerical_records></plugin_qtype_numerical_question></question>
<question id="34"><name>пары</name><questiontext>Найдите пару.</questiontext><qtype>match</qtype>
<plugin_qtype_match_question><matches><match id="1"><questiontext>твёрдое</questiontext>
<answertext>лёд</answertext></match><match id="2"><questiontext>газ</questiontext>
<answertext>пар</answertext></match></matches></plugin_qtype_match_question></question>
<question id="35"><name>пропуск</name><questiontext>Вода при 0 градусах {{#1}}.</questiontext>
<qtype>multianswer</qtype><plugin_qtype_multianswer_question><multianswer id="1">
<question>35</question><sequence>36</sequence></multianswer></plugin_qtype_multianswer_question>
</question>
<question id="36"><parent>35</parent><name>x</name>
<questiontext>{{1:SHORTANSWER:=замерзает}}</questiontext><qtype>shortanswer</qtype></question>
<question id="37"><name>Сочинение</name><questiontext>Напишите.</questiontext>
<qtype>essay</qtype></question>
</questions></question_category></question_categories>"""
QUIZ = (
    "<name>Тест</name><question_instances>"
    '<question_instance id="1"><question_reference id="1"><questionbankentryid>21'
    "</questionbankentryid></question_reference></question_instance>"
    + "".join(
        f'<question_instance id="{n}"><questionid>{n}</questionid></question_instance>'
        for n in (32, 33, 34, 35, 37, 99)
    )
    + "</question_instances>"
)
ROWS = (
    (15, "quiz", "Тест"),
    (12, "page", "Страница"),
    (13, "resource", "Бумага"),
    (14, "url", "Сайт"),
    (16, "forum", "Форум"),
    (17, "folder", "Папка"),
    (18, "glossary", "Словарь"),
    (19, "page", "Потеряно"),
    (20, "book", "Книга"),
)
ACTIVITIES = {
    **activity(12, "page", f"<name>Страница</name><content>{PAGE}</content>"),
    **activity(13, "resource", "<name>Бумага</name>"),
    **activity(
        14, "url", "<name>Сайт</name><externalurl>https://example.org/?a=1&amp;b</externalurl>"
    ),
    **activity(15, "quiz", QUIZ),
    **activity(16, "forum", "<name>Форум</name>"),
    **activity(17, "folder", "<name>Папка</name>"),
    **activity(18, "glossary", "<name>Словарь</name>"),
    **activity(
        20,
        "book",
        "<name>Книга</name><chapters><chapter id='1'><title>Глава</title><content>"
        "&lt;p&gt;Текст&lt;/p&gt;</content></chapter></chapters>",
    ),
}
LISTED = "".join(
    file_row(*row)
    for row in (
        (1, 112, "mod_page", "content", 0, "drop.png"),
        (2, 113, "mod_resource", "content", 0, "paper.pdf"),
        (3, 117, "mod_folder", "content", 0, "one.png"),
        (4, 117, "mod_folder", "content", 0, "."),
        (5, 1, "question", "questiontext", 31, "drop.png"),
        (6, 117, "mod_folder", "content", 0, "../../evil.png"),
    )
)


def backup_files(rows: str = "", listed: str = LISTED) -> dict[str, str | bytes]:
    """What a backup holds."""
    rows = rows or "".join(activity_row(*row) for row in ROWS)
    section = "<section><sectionid>5</sectionid><title>1</title><directory>sections/section_5</directory></section>"  # noqa: E501 - one element
    about = (
        "<moodle_backup><information><original_course_fullname>Вода</original_course_fullname>"
        f"<contents><activities>{rows}</activities><sections>{section}</sections></contents>"
        "</information></moodle_backup>"
    )
    blobs = {hashlib.sha1(one).hexdigest(): one for one in (PICTURE, PAPER)}
    return {
        "moodle_backup.xml": about,
        "files.xml": f"<files>{listed}</files>",
        "questions.xml": QUESTIONS,
        "sections/section_5/section.xml": "<section id='5'><name>Урок о воде</name>"
        "<sequence>12,13,14,15,16,17,18,19,20</sequence></section>",
        **ACTIVITIES,
        **{f"files/{name[:2]}/{name}": content for name, content in blobs.items()},
    }


def write_backup(path: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a backup as a tar.gz."""
    with tarfile.open(path, "w:gz") as bag:
        for name, content in (backup_files() if files is None else files).items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            bag.addfile(info, io.BytesIO(data))
    return path


def write_zipped_backup(path: Path) -> Path:
    """Write a backup as a ZIP, as Moodle did until version 2.6."""
    with zipfile.ZipFile(path, "w") as bag:
        for name, content in backup_files().items():
            bag.writestr(name, content)
    return path
