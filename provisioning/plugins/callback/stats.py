# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what a run did, by host, as JSON to the file that ``CHASHMA_STATS`` names."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ansible.executor.stats import AggregateStats
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: stats
type: aggregate
short_description: Write what a run did to a file
description: Counts of each host, so that a test can ask whether a second run changed anything.
author: Chashma
"""


class CallbackModule(CallbackBase):
    """Ansible's own counters, kept."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "stats"

    def v2_playbook_on_stats(self, stats: AggregateStats) -> None:
        """The end of a run."""
        if file := os.environ.get("CHASHMA_STATS"):
            summary = {host: stats.summarize(host) for host in stats.processed}
            Path(file).write_text(json.dumps(summary), encoding="utf-8")
