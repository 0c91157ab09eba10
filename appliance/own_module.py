# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules of our own, run in processes of their own: what they do may fail, grow or hang alone."""

import subprocess
import sys
from pathlib import Path

import appliance
from appliance.process import Process, run_limited

# A child imports the very program that started it, wherever that is installed.
_ROOT = Path(str(appliance.__file__)).parent.parent


def run_module(
    module: str,
    *arguments: str | Path,
    timeout_s: float,
    memory_bytes: int,
    output_limit: int,
    given: bytes = b"",
) -> bytes:
    """Run a module to its end, with limits, and return what it wrote on its standard output.

    Args:
        module: its dotted name.
        arguments: its command line; paths must be absolute.
        timeout_s, memory_bytes, output_limit, given: as ``run_limited`` has them.

    Raises:
        ProcessError: as ``run_limited`` raises it.
    """
    return run_limited(
        _argv(module, *arguments),
        timeout_s=timeout_s,
        memory_bytes=memory_bytes,
        output_limit=output_limit,
        cwd=_ROOT,
        given=given,
    ).stdout


def start_module(
    module: str, *arguments: str | Path, stdin: int = subprocess.DEVNULL, quiet: bool = False
) -> Process:
    """Start a module that lives on beside this process.

    Args:
        module: its dotted name.
        arguments: its command line; paths must be absolute.
        stdin: the descriptor that becomes its standard input, by default nothing.
        quiet: nobody reads what it writes; native libraries write a lot.
    """
    output = subprocess.DEVNULL if quiet else None
    return subprocess.Popen(
        _argv(module, *arguments),
        stdin=stdin,
        stdout=output,
        stderr=output,
        cwd=_ROOT,
        start_new_session=True,
    )


def start_answering_module(module: str) -> Process:
    """Start a module that is asked on its standard input and answers on its output."""
    return subprocess.Popen(
        _argv(module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    )


def _argv(module: str, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", module, *(str(word) for word in arguments)]
