# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the certificates that are told on standard input; for a child process.

Every text is drawn letter by letter as it is: none is read as markup, none names a file.
"""

import io
import sys
from pathlib import Path

import msgspec
import segno
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from appliance.learning.certificate_ornament import (
    BLUE,
    CLAY,
    GOLD,
    HEIGHT,
    WIDTH,
    ornament,
    star,
)
from appliance.learning.certificate_sheet import CertificateSheet

_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
_FONTS = {
    "serif": "DejaVuSerif.ttf",
    "serif-bold": "DejaVuSerif-Bold.ttf",
    "sans": "DejaVuSans.ttf",
    "sans-bold": "DejaVuSans-Bold.ttf",
}
_ORNAMENT = "ornament"
_INK, _GREY = "#22303c", "#5b6670"
_MIDDLE = WIDTH / 2
_WIDEST = WIDTH - 190
_QR = 112.0
_LEFT, _RIGHT = 92.0, WIDTH - 92.0
_LONGEST_LINES = 2


def main() -> None:
    """Read JSON of a list of ``CertificateSheet``, write the PDF."""
    sheets = msgspec.json.decode(sys.stdin.buffer.read(), type=list[CertificateSheet])
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, _FOLDER / file))
    made = io.BytesIO()
    # Without the moment and with the same ids the same words give the same file.
    canvas = Canvas(made, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    _ornament(canvas)
    for sheet in sheets:
        canvas.setTitle(f"{sheet.heading} {sheet.code}")
        canvas.setAuthor(sheet.school)
        canvas.setCreator("Chashma")
        _page(canvas, sheet)
        canvas.showPage()
    canvas.save()
    sys.stdout.buffer.write(made.getvalue())


def _page(canvas: Canvas, sheet: CertificateSheet) -> None:
    canvas.doForm(_ORNAMENT)
    _centred(canvas, sheet.school, HEIGHT - 98, "sans-bold", 15, BLUE)
    _spaced(canvas, sheet.heading.upper(), HEIGHT - 158)
    _divider(canvas, HEIGHT - 182)
    _centred(canvas, sheet.given_to, HEIGHT - 216, "sans", 12, _GREY)
    _centred(canvas, sheet.name, HEIGHT - 258, "serif-bold", 32, _INK)
    _centred(canvas, sheet.completing, HEIGHT - 294, "sans", 12, _GREY)
    _title(canvas, sheet.title, HEIGHT - 328)
    _facts(canvas, sheet, HEIGHT - 384)
    _foot(canvas, sheet)


def _ornament(canvas: Canvas) -> None:
    """Draw the ornament once, for all pages."""
    canvas.beginForm(_ORNAMENT, 0, 0, WIDTH, HEIGHT)
    for shape in ornament():
        path = canvas.beginPath()
        path.moveTo(*shape.points[0])
        for point in shape.points[1:]:
            path.lineTo(*point)
        path.close()
        if shape.fill:
            canvas.setFillColor(HexColor(shape.fill))
        if shape.stroke:
            canvas.setStrokeColor(HexColor(shape.stroke))
            canvas.setLineWidth(shape.width)
        canvas.drawPath(path, fill=int(bool(shape.fill)), stroke=int(bool(shape.stroke)))
    canvas.endForm()


def _centred(
    canvas: Canvas,
    text: str,
    y: float,
    font: str,
    size: float,
    colour: str,
    *,
    x: float = _MIDDLE,
    widest: float = _WIDEST,
) -> None:
    """A line in the middle, in smaller letters where it is too long."""
    width = pdfmetrics.stringWidth(text, font, size)
    fitting = size if width <= widest else size * widest / width
    canvas.setFillColor(HexColor(colour))
    canvas.setFont(font, fitting)
    canvas.drawCentredString(x, y, text)


def _spaced(canvas: Canvas, text: str, y: float) -> None:
    size, gap = 42.0, 6.0
    width = pdfmetrics.stringWidth(text, "serif-bold", size) + gap * (len(text) - 1)
    line = canvas.beginText(_MIDDLE - width / 2, y)
    line.setFont("serif-bold", size)
    line.setFillColor(HexColor(CLAY))
    line.setCharSpace(gap)
    line.textOut(text)
    line.setCharSpace(0)
    canvas.drawText(line)


def _divider(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(HexColor(GOLD))
    canvas.setLineWidth(0.9)
    for side in (-1, 1):
        canvas.line(_MIDDLE + side * 16, y, _MIDDLE + side * 150, y)
    canvas.setFillColor(HexColor(BLUE))
    path = canvas.beginPath()
    corners = star(_MIDDLE, y, 7)
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, fill=1, stroke=0)


def _title(canvas: Canvas, title: str, y: float) -> None:
    """The title on one line, or on two, in letters that fit."""
    size = 21.0
    if pdfmetrics.stringWidth(title, "serif-bold", size) <= _WIDEST:
        _centred(canvas, title, y - 6, "serif-bold", size, BLUE)
        return
    for line, text in enumerate(_halves(title)):
        _centred(canvas, text, y - line * 24, "serif-bold", 18, BLUE)


def _halves(text: str) -> tuple[str, ...]:
    """The text in two parts, cut at the space nearest to its middle; whole where it has none."""
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    if not spaces:
        return (text,)
    cut = min(spaces, key=lambda at: abs(at - len(text) / _LONGEST_LINES))
    return text[:cut], text[cut + 1 :]


def _facts(canvas: Canvas, sheet: CertificateSheet, y: float) -> None:
    step = 190.0
    first = _MIDDLE - step * (len(sheet.facts) - 1) / 2
    for at, (label, value) in enumerate(sheet.facts):
        x = first + at * step
        _centred(canvas, label, y, "sans", 10, _GREY, x=x, widest=step - 20)
        _centred(canvas, value, y - 20, "sans-bold", 14, _INK, x=x, widest=step - 14)
    if sheet.note:
        _centred(canvas, sheet.note, y - 40, "sans", 9, CLAY)


def _foot(canvas: Canvas, sheet: CertificateSheet) -> None:
    base = 78.0
    canvas.setStrokeColor(HexColor(_GREY))
    canvas.setLineWidth(0.7)
    canvas.line(_LEFT, base + 34, _LEFT + 215, base + 34)
    canvas.setFillColor(HexColor(_GREY))
    canvas.setFont("sans", 10)
    canvas.drawString(_LEFT, base + 20, sheet.head)
    _picture(canvas, sheet.picture, _RIGHT - _QR, base - 16)
    edge = _RIGHT - _QR - 14
    canvas.setFillColor(HexColor(_GREY))
    canvas.setFont("sans", 9)
    canvas.drawRightString(edge, base + 36, sheet.code_word)
    canvas.setFillColor(HexColor(_INK))
    canvas.setFont("sans-bold", 13)
    canvas.drawRightString(edge, base + 20, sheet.code)
    canvas.setFillColor(HexColor(_GREY))
    for line, text in enumerate(_halves(sheet.check)):
        canvas.setFont("sans", 7.5)
        canvas.drawRightString(edge, base + 5 - line * 10, text)


def _picture(canvas: Canvas, text: str, x: float, y: float) -> None:
    """The QR code, on white, with the quiet zone that the standard asks for."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    side = _QR / len(rows)
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.rect(x, y, _QR, _QR, fill=1, stroke=0)
    canvas.setFillColor(HexColor("#000000"))
    path = canvas.beginPath()
    for row, dots in enumerate(rows):
        top = y + _QR - (row + 1) * side
        at = 0
        while at < len(dots):
            end = at
            while end < len(dots) and dots[end]:
                end += 1
            if end > at:
                path.rect(x + at * side, top, (end - at) * side, side)
            at = max(end, at + 1)
    canvas.drawPath(path, fill=1, stroke=0)


if __name__ == "__main__":
    main()
