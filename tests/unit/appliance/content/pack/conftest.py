# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs are written quickly here: nobody cuts the power of a test."""

import os

import pytest


@pytest.fixture(autouse=True)
def _no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sync", lambda: None)
