"""The whole suite: on SQLite, on PostgreSQL where a server answers, and in a browser.

What cannot run here is said plainly before the first test; the last lines are pytest's own. With
``--quick`` only SQLite, and nothing is said of what is covered. With ``--server`` it only tells by
its status whether a PostgreSQL server answers. How long each part took is kept for ``make house``.
"""

import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LOCAL_SERVERS = (
    "postgresql://127.0.0.1/puente_test",
    "postgresql:///puente_test",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COVERED = ("app.domain", "app.lifecycle")
PARALLEL = ("-n", "2", "-m", "not browser")
TIMES = Path(__file__).resolve().parent.parent / ".cache" / "suite.json"


def main() -> int:
    """Run what can run here; the status is that of the worst part."""
    if sys.argv[1:] == ["--quick"]:
        return run("SQLite", [*PARALLEL], None)
    server = find_server()
    if sys.argv[1:] == ["--server"]:
        return 0 if server else 1
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if server is None:
        print("No PostgreSQL server answers: the suite runs on SQLite only.")
        print("  (set PUENTE_TEST_DATABASE=postgresql://user@host/name to name one)")
    if browser is None:
        print("No Chromium here: the journey in a browser does not run.")
    covered = [f"--cov={name}" for name in COVERED]
    parts = [("SQLite", [*PARALLEL, *covered, "--cov-branch", "--cov-fail-under=100"], None)]
    if server is not None:
        parts.append(("PostgreSQL", [*PARALLEL], server))
    if browser is not None:
        parts.append(("a browser", ["-m", "browser"], None))
    return max(run(name, options, database) for name, options, database in parts)


def run(name: str, options: list[str], database: str | None) -> int:
    """Run one part and return its exit status (no tests of a kind is not a failure)."""
    print(f"\n=== The suite on {name} ===", flush=True)
    environment = {k: v for k, v in os.environ.items() if k != "PUENTE_TEST_DATABASE"}
    if database is not None:
        environment["PUENTE_TEST_DATABASE"] = database
    command = [sys.executable, "-m", "pytest", "-q", *options]
    began, spent = time.monotonic(), _processor_time()
    status = subprocess.run(command, env=environment, check=False).returncode
    _note(name, time.monotonic() - began, _processor_time() - spent, status)
    return status


def _processor_time() -> float:
    """Return the seconds of processor time of all that was run and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _note(name: str, wall: float, processor: float, status: int) -> None:
    """Keep how long a part took; the last run counts, whatever its end."""
    took = {
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "passed": status == 0,
    }
    TIMES.parent.mkdir(exist_ok=True)
    TIMES.write_text(json.dumps({**read_times(), name: took}, indent=1), encoding="utf-8")


def read_times() -> dict[str, dict[str, Any]]:
    """Return by part how long the last run of the suite took here; empty where it never ran."""
    try:
        found = json.loads(TIMES.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def find_server() -> str | None:
    """Return the address of a PostgreSQL server that lets us in, if any."""
    asked = os.environ.get("PUENTE_TEST_DATABASE")
    for address in [asked] if asked else LOCAL_SERVERS:
        if answers(address):
            return address
    if asked:
        sys.exit(f"PUENTE_TEST_DATABASE does not answer: {asked}")
    return None


def answers(address: str) -> bool:
    """Tell whether a connection to the server of ``address`` succeeds."""
    if importlib.util.find_spec("psycopg") is None:
        return False
    probe = (
        "import sys, psycopg; from sqlalchemy.engine import make_url;"
        "url = make_url(sys.argv[1]).set(drivername='postgresql', database='postgres');"
        "psycopg.connect(url.render_as_string(hide_password=False), connect_timeout=3).close()"
    )
    done = subprocess.run([sys.executable, "-c", probe, address], capture_output=True, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
