# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a long work is, on standard error: a line that changes, or now and then a new one."""

import time

import click

from appliance.cli.output import language
from appliance.content.progress import Report
from appliance.language import size_in_words

_PLAIN_EVERY_S = 10.0
_WIDTH = 78
_MINUTE = 60


class ProgressLine:
    """Shows reports as they come; on no terminal, one every ten seconds."""

    def __init__(self, doing: str) -> None:
        """``doing`` says what is going on, in a word or two."""
        self._doing = doing
        self._terminal = click.get_text_stream("stderr").isatty()
        self._shown = time.monotonic()
        self._is_open = False

    def __call__(self, report: Report) -> None:
        """Show how far it is."""
        if not report.total_files:
            return
        if self._terminal:
            click.echo(f"\r{self._line(report)[:_WIDTH]:<{_WIDTH}}", err=True, nl=False)
            self._is_open = True
        elif time.monotonic() - self._shown >= _PLAIN_EVERY_S:
            self._shown = time.monotonic()
            click.echo(self._line(report), err=True)

    def close(self) -> None:
        """Leave the line, so that the next words begin on one of their own."""
        if self._is_open:
            click.echo(err=True)
        self._is_open = False

    def _line(self, report: Report) -> str:
        done, total = (size_in_words(size, language()) for size in _bytes(report))
        parts = [f"{self._doing}: {done} / {total}", f"{report.done_files}/{report.total_files}"]
        if speed := int(report.bytes_per_second):
            parts.append(f"{size_in_words(speed, language())}/s")
        if left := report.seconds_left:
            minutes, seconds = divmod(int(left), _MINUTE)
            parts.append(f"{minutes}:{seconds:02} left")
        return "  ".join((*parts, report.current))


def _bytes(report: Report) -> tuple[int, int]:
    return report.done_bytes, report.total_bytes
