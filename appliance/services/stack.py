# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs everything on a laptop until Ctrl-C: ``python -m appliance.services.stack``.

On the box systemd has this place; the services and their configuration are the same.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from appliance.config import Config, load_config, record_config
from appliance.errors import ApplianceError
from appliance.services import lease, preflight
from appliance.services.certificate import ensure_certificate
from appliance.services.launch import die_with, lease_file
from appliance.services.readiness import NotAnsweringError, wait_until_ready
from appliance.services.render import render, supervisor_file
from appliance.services.service import services
from kiwix.library import write_library

_START_SECONDS = 90
_STOP_SECONDS = 30


def main() -> None:
    """Start, say where it can be read, and stop everything at the end."""
    # SIGTERM and a closed terminal end it as Ctrl-C does, also where a shell has turned that off.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        _run(load_config())
    except KeyboardInterrupt:
        click.echo("Stopped.")
    except ApplianceError as exc:
        click.echo(f"chashma: {exc}", err=True)
        sys.exit(1)


def _run(config: Config) -> None:
    config.run.mkdir(parents=True, exist_ok=True)
    try:
        lease.take(config.run / "stack.lease", inherit=False)
    except lease.LeaseError as exc:
        raise preflight.NotReadyError(
            f"It is running already, with the state {config.state}."
        ) from exc
    for service in services(config):
        lease.evict(lease_file(config, service.name))
    preflight.check(config)
    prepare(config)
    with _supervisor(config) as supervisor:
        try:
            wait_until_ready(
                config, seconds=_START_SECONDS, still_running=lambda: supervisor.poll() is None
            )
        except NotAnsweringError as exc:
            raise preflight.NotReadyError(
                f"{exc} does not answer. Its log: {config.log / str(exc)}.log"
            ) from exc
        _say_addresses(config)
        supervisor.wait()
    raise preflight.NotReadyError(f"The supervisor ended. Its log: {config.log}/supervisord.log")


def prepare(config: Config) -> None:
    """Make what the services need before their first start: certificate, lists, configuration."""
    record_config(config)
    ensure_certificate(config)
    if not config.library_xml.exists():
        write_library(config.library_xml, [])
    render(config)


@contextmanager
def _supervisor(config: Config) -> Iterator[subprocess.Popen[bytes]]:
    """A running supervisord, which is stopped, and with it all services, at the end."""
    parent = os.getpid()
    with (config.log / "supervisord.out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "supervisor.supervisord", "-c", supervisor_file(config)],
            cwd=config.state,
            env={**os.environ, **config.environment, "PATH": _path_with_this_python()},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            # Ctrl-C is for this process alone; it then stops the others in order.
            start_new_session=True,
            preexec_fn=lambda: die_with(parent),
        )
    try:
        yield process
    finally:
        click.echo("Stopping …")
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for service in services(config):
            lease.evict(lease_file(config, service.name))


def _path_with_this_python() -> str:
    return f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}"


def _say_addresses(config: Config) -> None:
    click.echo(
        f"\n  Chashma is ready.\n\n"
        f"  Library   {config.portal_url}\n"
        f"  Admin     {config.admin_url}   (its certificate is its own: accept it once)\n"
        f"  Content   {config.read_url}   (used by the library's pages)\n\n"
        f"  A folder put into {config.drives} counts as a plugged-in drive.\n"
        f"  Logs are in {config.log}. Ctrl-C stops everything.\n"
    )


if __name__ == "__main__":
    main()
