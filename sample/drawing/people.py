# SPDX-License-Identifier: GPL-3.0-or-later
"""Children; each fills 40 by 100 units."""

from sample.drawing import colour as c
from sample.drawing.brush import Brush


def boy(b: Brush, coat: str = c.BLUE) -> None:
    """A boy in an embroidered cap; 40 by 100 units."""
    for x in (14, 26):
        b.line([(x, 76), (x, 94)], c.INK, 7)
    b.shape([(10, 42), (30, 42), (35, 80), (5, 80)], coat)
    b.line([(10, 47), (3, 66)], coat, 7)
    b.line([(30, 47), (37, 66)], coat, 7)
    _face(b)
    b.box(6, 6, 28, 11, c.BLACK, 3)
    for x in (11, 17, 23, 29):
        b.circle(x, 12, 1.6, c.WHITE)


def girl(b: Brush, dress: str = c.RED) -> None:
    """A girl with plaits; 40 by 100 units."""
    for x in (15, 25):
        b.line([(x, 82), (x, 94)], c.CREAM, 6)
    for x in (6, 34):
        b.curve([(x, 20), (x - 1 if x == 6 else x + 1, 36), (x, 54)], c.BLACK, 4.5)  # noqa: PLR2004 the left plait
    b.shape([(12, 42), (28, 42), (39, 86), (1, 86)], dress)
    b.line([(11, 47), (4, 64)], dress, 6.5)
    b.line([(29, 47), (36, 64)], dress, 6.5)
    for x, y in ((14, 60), (24, 68), (16, 76), (28, 80)):
        b.circle(x, y, 2.2, c.YELLOW)
    b.slice(20, 22, 16.5, (180, 360), c.BLACK)
    _face(b)
    b.slice(20, 20, 15.5, (185, 355), c.BLACK)


def _face(b: Brush) -> None:
    b.circle(20, 25, 14.5, "#f2c9a1")
    for x in (15, 25):
        b.circle(x, 26, 1.7, c.BLACK)
    b.curve([(15.5, 32), (20, 34.5), (24.5, 32)], "#b5523b", 1.4)
