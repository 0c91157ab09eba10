# SPDX-License-Identifier: GPL-3.0-or-later
"""A pupil's lessons as a strip of small bars, so that sixty fit on a phone."""

from collections.abc import Sequence

from appliance.learning.report import Mark
from appliance.learning.state import LearningState

WIDTH, HEIGHT = 240, 16
"""Of the drawing, in its own units."""

# How high a bar stands says the same as its colour, for those who tell colours badly.
_BARS = {
    LearningState.IN_PROGRESS: (8, 8),
    LearningState.NEEDS_HELP: (0, 16),
    LearningState.COMPLETED: (3, 13),
}
_GAP = 0.2
_SLIT = 4
_WIDEST = 12.0


def bars(marks: Sequence[Mark]) -> dict[str, str]:
    """For each state that occurs the path of an SVG that draws its bars."""
    step = min(WIDTH / max(len(marks), 1), _WIDEST)
    paths: dict[str, list[str]] = {}
    for place, mark in enumerate(marks):
        if mark.state in _BARS:
            top, height = _BARS[mark.state]
            left, width = place * step, step * (1 - _GAP)
            paths.setdefault(mark.state.value, []).extend(
                f"M{left:.4g} {above:g}h{width:.3g}v{high:g}h-{width:.3g}z"
                for above, high in _pieces(top, height, at_home=mark.at_home)
            )
    return {state: "".join(pieces) for state, pieces in paths.items()}


def _pieces(top: int, height: int, *, at_home: bool) -> list[tuple[float, float]]:
    """Top and height of what a bar is drawn of: two pieces where it was made at home."""
    if not at_home:
        return [(top, height)]
    part = (height - _SLIT) / 2
    return [(top, part), (top + part + _SLIT, part)]
