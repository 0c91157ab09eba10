# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel over HTTPS and its worker, in a process of their own: ``… STATE PORT AGENT [box]``.

With ``box`` an agent of a made-up box answers it; without, the panel is that of a laptop.
"""

import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

from werkzeug.serving import run_simple

from appliance.config import Config
from appliance.disk import state as disk
from appliance.jobs.worker import Worker
from tests.fake_agent import FakeAgent, serving
from webapp.admin import create_app


def main() -> None:
    """Serve until the process is ended."""
    # So that what is open here is closed when the test is over.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    state = Path(sys.argv[1])
    disk.STATE_FILE = state / "data-state"
    socket = Path(sys.argv[3]) / "agent.sock"
    with ExitStack() as stack:
        config = Config(state=state, admin_port=int(sys.argv[2]), agent_socket=socket)
        if "box" in sys.argv[4:]:
            stack.enter_context(serving(FakeAgent(), socket))
        app = create_app(config)
        worker = Worker(config)
        threading.Thread(target=worker.run, daemon=True).start()
        run_simple("127.0.0.1", config.admin_port, app, ssl_context="adhoc", threaded=True)


if __name__ == "__main__":
    main()
