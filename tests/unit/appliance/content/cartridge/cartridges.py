# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes Common Cartridges, sound ones and others."""

import html
import zipfile
from collections.abc import Mapping
from pathlib import Path

from sample.drawing.gallery import encoded, icon

PICTURE = encoded(icon("drop"), "PNG")
QUIZ = """<?xml version="1.0" encoding="UTF-8"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="a1" title="Вода"><section ident="s1">
<item ident="q1" title="Q1"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry>
</qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">%s</mattext></material>
<response_lid ident="r1" rcardinality="Single"><render_choice>
<response_label ident="a"><material><mattext>0 °C</mattext></material></response_label>
<response_label ident="b"><material><mattext>100 °C</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/>
</outcomes><respcondition continue="No"><conditionvar><varequal respident="r1">b</varequal>
</conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>
</item></section></assessment></questestinterop>
""" % html.escape('<p>При скольких градусах?</p><img src="$IMS-CC-FILEBASE$/media/drop.png">')  # noqa: UP031 - braces and percent signs of the format itself
PAGE = """<html><head><title>page</title><link rel="stylesheet" href="../css/look.css"></head>
<body><h1>Вода</h1><p>Вода в природе.</p><img src="$IMS-CC-FILEBASE$/media/drop.png">
<a href="https://example.org/">site</a><a href="../other/second.html">next</a></body></html>"""
LINK = """<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1">
<title>Site</title><url href="https://example.org/water" target="_blank"/></webLink>"""
TOPIC = "<topic><title>Talk</title><text texttype='text/plain'>What do you think?</text></topic>"

OUTLINE = """
<item identifier="root">
 <item identifier="u1"><title>Вода: введение / начало</title>
  <item identifier="i1" identifierref="page"><title>Что такое вода?</title></item>
  <item identifier="deep"><title>Ещё</title>
   <item identifier="i2" identifierref="quiz"><title>Тест</title></item></item>
  <item identifier="i3" identifierref="link"><title>Сайт</title></item>
  <item identifier="i4" identifierref="talk"><title>Обсуждение</title></item></item>
 <item identifier="u2"><title>Файлы</title>
  <item identifier="i5" identifierref="picture"><title>Капля</title></item>
  <item identifier="i6" identifierref="paper"><title>Документ</title></item>
  <item identifier="i7" identifierref="lost"><title>Потеряно</title></item>
  <item identifier="i8" identifierref="nowhere"><title>Нигде</title></item></item>
 <item identifier="u3"><title>Только разговоры</title>
  <item identifier="i9" identifierref="tool"><title>Zoom</title></item></item>
</item>"""
RESOURCES = """
<resource identifier="page" type="webcontent" href="pages/one.html">
 <file href="pages/one.html"/><dependency identifierref="style"/></resource>
<resource identifier="style" type="webcontent" href="css/look.css"><file href="css/look.css"/>
 <dependency identifierref="page"/></resource>
<resource identifier="second" type="webcontent" href="other/second.html">
 <file href="other/second.html"/></resource>
<resource identifier="quiz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment">
 <file href="quiz/a.xml"/></resource>
<resource identifier="bank" type="imsqti_xmlv1p2/imscc_xmlv1p1/question-bank">
 <file href="quiz/bank.xml"/></resource>
<resource identifier="link" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
<resource identifier="talk" type="imsdt_xmlv1p1"><file href="talk.xml"/></resource>
<resource identifier="tool" type="imsbasiclti_xmlv1p0"><file href="tool.xml"/></resource>
<resource identifier="picture" type="webcontent" href="media/drop.png">
 <file href="media/drop.png"/></resource>
<resource identifier="paper" type="webcontent" href="paper.docx">
 <file href="paper.docx"/></resource>
<resource identifier="lost" type="webcontent" href="gone.html"><file href="gone.html"/></resource>
"""
FILES: Mapping[str, str | bytes] = {
    "pages/one.html": PAGE,
    "css/look.css": "h1 { background: url('../media/back.png') }",
    "other/second.html": "<h1>Second</h1>",
    "media/drop.png": PICTURE,
    "media/back.png": PICTURE,
    "quiz/a.xml": QUIZ,
    "quiz/bank.xml": QUIZ,
    "link.xml": LINK,
    "talk.xml": TOPIC,
    "tool.xml": "<cartridge_basiclti_link/>",
    "paper.docx": b"PK",
}


def manifest(outline: str = OUTLINE, resources: str = RESOURCES, head: str = "") -> str:
    """The text of ``imsmanifest.xml``."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<manifest identifier="m1" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
 xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion>
<lom:lom><lom:general><lom:title><lom:string language="ru">Курс о воде</lom:string></lom:title>
<lom:language>ru</lom:language></lom:general></lom:lom></metadata>
<organizations><organization identifier="o1" structure="rooted-hierarchy">{outline}</organization>
</organizations><resources>{resources}</resources></manifest>"""


def write_cartridge(
    path: Path,
    text: str | None = None,
    files: Mapping[str, str | bytes] = FILES,
) -> Path:
    """Write a cartridge; ``text`` is its manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bag:
        bag.writestr("imsmanifest.xml", manifest() if text is None else text)
        for name, content in files.items():
            bag.writestr(name, content)
    return path
