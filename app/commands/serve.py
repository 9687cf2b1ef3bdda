"""Run the web process and the worker process side by side: ``python -m app.commands.serve``.

Standard library only, so that what watches over the two stays small. Ctrl-C and SIGTERM stop both;
a worker that dies is started again; when the web process dies, everything stops with an error.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

WEB_WORKERS = 2
WEB_THREADS = 4
_PATIENCE_TO_START = 60.0
_PATIENCE_TO_STOP = 15.0
_LONGEST_PAUSE = 30.0
_TICK = 0.2


def web_command(host: str, port: int) -> list[str]:
    """Return how the web process is started."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", bind),
        *("--worker-class", "gthread", "--workers", str(WEB_WORKERS)),
        *("--threads", str(WEB_THREADS), "--graceful-timeout", "10", "--log-level", "warning"),
    ]


def worker_command() -> list[str]:
    """Return how the worker process is started."""
    return [sys.executable, "-m", "app.worker"]


def port_is_free(host: str, port: int) -> bool:
    """Tell whether ``host:port`` can be listened on."""
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


class Supervisor:
    """Keeps the two processes together until a signal comes or the web process dies."""

    def __init__(self, web: Sequence[str], worker: Sequence[str]) -> None:
        self.commands = {"web": list(web), "worker": list(worker)}
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self._pause = 1.0
        self._started = 0.0
        self._restart_at: float | None = None

    def start(self) -> None:
        """Listen to signals and start both processes."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self._launch("web")
        self._launch("worker")

    def watch(self) -> int:
        """Return the exit status once everything has stopped."""
        status = 0
        while not self.stopping:
            time.sleep(_TICK)
            ended = self.running["web"].poll()
            if ended is not None and not self.stopping:
                _say(f"The web process ended unexpectedly (status {ended}); stopping.")
                status = 1
                break
            self._revive_worker()
        self._stop()
        return status

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def _launch(self, name: str) -> None:
        # A session of its own: Ctrl-C reaches this process only, which then stops both in order.
        self.running[name] = subprocess.Popen(self.commands[name], start_new_session=True)
        self._started = time.monotonic()

    def _revive_worker(self) -> None:
        ended = self.running["worker"].poll()
        if ended is None:
            return
        if self._restart_at is None:
            if time.monotonic() - self._started > 2 * _LONGEST_PAUSE:
                self._pause = 1.0
            _say(f"The worker ended (status {ended}); starting it again in {self._pause:.0f} s.")
            self._restart_at = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        elif time.monotonic() >= self._restart_at:
            self._restart_at = None
            self._launch("worker")

    def _stop(self) -> None:
        _say("Stopping…")
        for process in self.running.values():
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE_TO_STOP
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()
        _say("Stopped.")


def wait_until_it_answers(host: str, port: int, supervisor: Supervisor) -> bool:
    """Wait for the first page; false when the process ended or was stopped meanwhile."""
    deadline = time.monotonic() + _PATIENCE_TO_START
    while time.monotonic() < deadline and not supervisor.stopping:
        if supervisor.running["web"].poll() is not None:
            return False
        connection = http.client.HTTPConnection(_reachable(host), port, timeout=10)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(_TICK)
        else:
            return True
        finally:
            connection.close()
    return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _signal(process: "subprocess.Popen[bytes]", number: int) -> None:
    # The whole group: what a killed process started itself must not outlive it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    """Serve on ``HOST`` and ``PORT``, then print the lines of ``PUENTE_WELCOME``."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if not port_is_free(host, port):
        _say(f"Port {port} on {host} is taken. Choose another one, for example PORT={port + 1}.")
        return 1
    supervisor = Supervisor(web_command(host, port), worker_command())
    supervisor.start()
    if wait_until_it_answers(host, port, supervisor):
        _say(os.environ.get("PUENTE_WELCOME", f"Serving on http://{_reachable(host)}:{port}"))
    return supervisor.watch()


if __name__ == "__main__":
    sys.exit(main())
