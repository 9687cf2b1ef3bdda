"""What becomes of concurrent updates on SQLite, with the driver's habits and with ours.

``python -m bench.writers`` lets several threads read a counter, think, and write it back one
higher, and prints how many updates were lost and how many failed. Three ways in one run: the
driver's defaults, the write-ahead log with an ordinary BEGIN, and ``app/extensions.py``.
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from app.extensions import begin_sqlite, prepare_sqlite

THINKING = 0.002


def defaults(engine: Engine) -> None:
    """Leave the driver as it comes."""


def ordinary_begin(engine: Engine) -> None:
    """Write-ahead log, and a BEGIN that does not say that it will write."""
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))


def ours(engine: Engine) -> None:
    """What the platform does."""
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)


WAYS: tuple[Callable[[Engine], None], ...] = (defaults, ordinary_begin, ours)


def raise_counter(engine: Engine) -> bool:
    """Read, think, write one more; tell whether the database took it."""
    try:
        with engine.begin() as connection:
            value = connection.scalar(text("SELECT value FROM counter"))
            time.sleep(THINKING)
            connection.execute(text("UPDATE counter SET value = :new"), {"new": value + 1})
    except OperationalError:
        return False
    return True


def measure(way: Callable[[Engine], None], folder: Path, threads: int, writes: int) -> None:
    """Print what became of ``writes`` updates with one way."""
    path = folder / f"{way.__name__}.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE counter (value INTEGER)")
        connection.execute("INSERT INTO counter VALUES (0)")
    engine = create_engine(f"sqlite:///{path}", pool_size=threads)
    way(engine)
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        taken = sum(pool.map(lambda _: raise_counter(engine), range(writes)))
    seconds = time.perf_counter() - started
    with engine.connect() as connection:
        value = connection.scalar(text("SELECT value FROM counter"))
    engine.dispose()
    lost, failed = (taken - value) / writes, (writes - taken) / writes
    print(f"{way.__name__:16} lost {lost:6.1%}   failed {failed:6.1%}   {taken / seconds:6.0f}/s")


def main() -> None:
    """Read the sizes and measure each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=20)
    parser.add_argument("--writes", type=int, default=600)
    sizes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            measure(way, Path(folder), sizes.threads, sizes.writes)


if __name__ == "__main__":
    main()
