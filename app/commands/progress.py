"""What a command prints while it works: one line a step, with how long it took."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
import structlog

Report = Callable[[str], None]


def report(line: str) -> None:
    """Print one line of detail under the present step."""
    click.echo(f"    {line}")


@contextmanager
def step(number: int, of: int, title: str) -> Iterator[None]:
    """Announce a step and tell how long it took."""
    click.secho(f"[{number}/{of}] {title}", bold=True)
    start = time.monotonic()
    yield
    click.echo(f"    done in {time.monotonic() - start:.1f} s")


def quiet_logs() -> None:
    """Log only what went wrong, so that the lines for people stay readable."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
