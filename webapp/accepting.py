# SPDX-License-Identifier: GPL-3.0-or-later
"""How gunicorn's threads come by their requests: each takes the next from the socket by itself.

gunicorn's own worker has a thread that takes all of them, waits until each can be read and hands it
on, and looks at all that wait whenever one is done. nginx has read a whole request before it asks,
so there is nothing to wait for; and who came first is served first, by whichever process is free.
"""

import socket
import struct
import threading
import time

from gunicorn.workers.gthread import TConn, ThreadWorker

_LOOK_SECONDS = 1
"""An idle thread looks this often whether it shall end."""


class AcceptingWorker(ThreadWorker):
    """A process with as many threads as ``--threads`` says; each request has a connection."""

    alive: bool

    def run(self) -> None:
        """Serve until told to stop, and then what was taken."""
        threads = [
            threading.Thread(target=self._serve, args=(listener.sock,), daemon=True)
            for listener in self.sockets
            for _ in range(self.cfg.threads)
        ]
        for thread in threads:
            thread.start()
        while self.alive and self.is_parent_alive():
            self.notify()
            time.sleep(_LOOK_SECONDS)
        self.alive = False
        latest = time.monotonic() + self.cfg.graceful_timeout
        for thread in threads:
            thread.join(max(latest - time.monotonic(), 0))

    def _serve(self, listener: socket.socket) -> None:
        # Python would keep a time limit by poll(2), from which the kernel wakes all who wait; from
        # accept(2) it wakes one.
        listener.setblocking(True)
        limit = struct.pack("@ll", _LOOK_SECONDS, 0)  # struct timeval of socket(7)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        try:
            while self.alive:
                try:
                    connection, client = listener.accept()
                except BlockingIOError:
                    continue
                self._answer(TConn(self.cfg, connection, client, listener.getsockname()))
        finally:
            # A process that has lost a thread gives way to a whole one.
            self.alive = False

    def _answer(self, connection: TConn) -> None:
        try:
            connection.init()
            self.handle(connection)
        finally:
            connection.close()
