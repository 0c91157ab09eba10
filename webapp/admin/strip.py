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
_WIDEST = 12.0


def bars(marks: Sequence[Mark]) -> dict[str, str]:
    """For each state that occurs the path of an SVG that draws its bars."""
    step = min(WIDTH / max(len(marks), 1), _WIDEST)
    paths: dict[str, list[str]] = {}
    for place, mark in enumerate(marks):
        if mark.state in _BARS:
            top, height = _BARS[mark.state]
            left, width = place * step, step * (1 - _GAP)
            piece = f"M{left:.4g} {top}h{width:.3g}v{height}h-{width:.3g}z"
            paths.setdefault(mark.state.value, []).append(piece)
    return {state: "".join(pieces) for state, pieces in paths.items()}
