# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper: a PDF page by page, with embedded DejaVu, an outline and its language stated."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sample.drawing import colour
from sample.drawing.font import font_path
from sample.drawing.gallery import encoded
from sample.text import LICENCE, Head

WIDTH, HEIGHT = A4
MARGIN = 50.0
PLAIN, BOLD = "DejaVu", "DejaVu-Bold"


class Paper:
    """A4 sheets; y is counted from the top, in points."""

    def __init__(self, file: Path, head: Head) -> None:
        for name, bold in ((PLAIN, False), (BOLD, True)):
            pdfmetrics.registerFont(TTFont(name, str(font_path(bold=bold))))
        self._canvas = Canvas(
            str(file), pagesize=A4, invariant=1, lang=head.language, pageCompression=1
        )
        self._canvas.setTitle(head.title)
        self._canvas.setAuthor(head.author)
        self._canvas.setSubject(head.description)
        self._canvas.setKeywords(LICENCE)
        self._canvas.setCreator("Chashma")
        self._pages = 1

    def chapter(self, title: str) -> None:
        """An entry of the outline that leads to this page."""
        key = f"page-{self._pages}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key)

    def turn(self, note: str = "") -> None:
        """Finish the page; the note and its number stand at its foot."""
        if note:
            self.text(WIDTH / 2, HEIGHT - 28, f"{note} · {self._pages}", 9, fill="#6d7780")
        self._canvas.showPage()
        self._pages += 1

    def close(self) -> None:
        """Write the file; the last page must be finished."""
        self._canvas.save()

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        fill: str = colour.INK,
    ) -> None:
        """One line, centred on x."""
        self._set(bold, size, fill)
        self._canvas.drawCentredString(x, HEIGHT - y, words)

    def text_from(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        fill: str = colour.INK,
    ) -> None:
        """One line that starts at x."""
        self._set(bold, size, fill)
        self._canvas.drawString(x, HEIGHT - y, words)

    def paragraph(
        self, x: float, y: float, words: str, size: float, *, width: float, bold: bool = False
    ) -> float:
        """Lines that start at x and are no wider than ``width``; gives the y below them."""
        font = BOLD if bold else PLAIN
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if line and pdfmetrics.stringWidth(longer, font, size) > width:
                self.text_from(x, y, line, size, bold=bold)
                line, y = word, y + size * 1.45
            else:
                line = longer
        self.text_from(x, y, line, size, bold=bold)
        return y + size * 1.45

    def box(
        self, x: float, y: float, wide: float, high: float, fill: str, *, edge: str = ""
    ) -> None:
        """A rectangle with round corners."""
        self._canvas.setFillColor(fill)
        self._canvas.setStrokeColor(edge or fill)
        self._canvas.setLineWidth(1)
        self._canvas.roundRect(x, HEIGHT - y - high, wide, high, 8, stroke=1, fill=1)

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        fill: str = colour.GREY,
        *,
        width: float = 0.8,
    ) -> None:
        """A line, as to write on."""
        self._canvas.setStrokeColor(fill)
        self._canvas.setLineWidth(width)
        self._canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def dot(self, x: float, y: float) -> None:
        """The mark before an item of a list."""
        self._canvas.setFillColor(colour.ORANGE)
        self._canvas.circle(x, HEIGHT - y, 3, stroke=0, fill=1)

    def picture(self, image: Image.Image, x: float, y: float, wide: float) -> float:
        """A picture with its upper left corner at (x, y); gives the y below it."""
        high = wide * image.height / image.width
        reader = ImageReader(BytesIO(encoded(image, "PNG")))
        self._canvas.drawImage(reader, x, HEIGHT - y - high, wide, high)
        return y + high

    def cover(self, image: Image.Image, title: str) -> None:
        """A picture that fills the page, cut where it is too wide; the title as invisible text."""
        words = self._canvas.beginText(MARGIN, HEIGHT / 2)
        words.setFont(PLAIN, 20)
        words.setTextRenderMode(3)  # neither filled nor stroked: for search and screen readers
        words.textLine(title)
        self._canvas.drawText(words)
        reader = ImageReader(BytesIO(encoded(image, "JPEG", quality=85)))
        wide = max(WIDTH, HEIGHT * image.width / image.height)
        high = wide * image.height / image.width
        self._canvas.drawImage(reader, (WIDTH - wide) / 2, (HEIGHT - high) / 2, wide, high)

    def _set(self, bold: bool, size: float, fill: str) -> None:
        self._canvas.setFillColor(fill)
        self._canvas.setFont(BOLD if bold else PLAIN, size)
