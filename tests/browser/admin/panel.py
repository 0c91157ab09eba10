# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel over HTTPS and its worker, in a process of their own: ``… STATE PORT``."""

import sys
import threading
from pathlib import Path

from werkzeug.serving import run_simple

from appliance.config import Config
from appliance.jobs.worker import Worker
from webapp.admin import create_app


def main() -> None:
    """Serve until the process is ended."""
    config = Config(state=Path(sys.argv[1]), admin_port=int(sys.argv[2]))
    app = create_app(config)
    worker = Worker(config)
    threading.Thread(target=worker.run, daemon=True).start()
    run_simple("127.0.0.1", config.admin_port, app, ssl_context="adhoc", threaded=True)


if __name__ == "__main__":
    main()
