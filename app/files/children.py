"""Runs a program of ours in a process of its own, with limits, where a bad file can do no harm.

The child gets no setting and no secret of this process, knows only what it reads from its input,
limits itself (``limits.py``) and is ended with all that it started when its time is over.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from flask import Flask, current_app

from app.files.limits import CPU_SECONDS
from app.files.problems import UnreadableFile

AT_ONCE = 2
_PATIENCE_SECONDS = 20
_SPARE_SECONDS = 5
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child said. ``was_stopped``: it used up its time or memory and was ended."""

    output: bytes
    was_stopped: bool
    failed: bool


def init_children(app: Flask) -> None:
    """Let each process of the platform run few children at once."""
    app.extensions["file_children"] = BoundedSemaphore(AT_ONCE)


def run(program: str, content: bytes, cpu_seconds: int = CPU_SECONDS) -> Answer:
    """Run the module ``program`` of this package on ``content`` and return what it wrote.

    Raises:
        UnreadableFile: too many children are at work already.
    """
    command = [sys.executable, "-B", "-m", f"app.files.{program}", str(cpu_seconds)]
    with _turn(), _start(command) as child:
        try:
            output, _nothing = child.communicate(content, timeout=cpu_seconds + _SPARE_SECONDS)
        except subprocess.TimeoutExpired:
            return Answer(b"", was_stopped=True, failed=True)
    return Answer(output, was_stopped=child.returncode < 0, failed=child.returncode != 0)


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    children: BoundedSemaphore = current_app.extensions["file_children"]
    if not children.acquire(timeout=_PATIENCE_SECONDS):
        raise UnreadableFile("files_busy")
    try:
        yield
    finally:
        children.release()


@contextlib.contextmanager
def _start(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a child in a session of its own; whatever is left of that session is ended after."""
    with subprocess.Popen(
        command,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as child:
        try:
            yield child
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
