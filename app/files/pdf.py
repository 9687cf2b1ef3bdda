"""Looks into a PDF that somebody handed in: is it one, and how many pages has it?"""

import io
import json
import zipfile
from dataclasses import dataclass

from app.files import children
from app.files.limits import CPU_SECONDS
from app.files.problems import UnreadableFile

MEDIA_TYPE = "application/pdf"
_HEADER = b"%PDF-"


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What is known of a PDF."""

    pages: int


def inspect(content: bytes, cpu_seconds: int = CPU_SECONDS) -> PdfFacts:
    """Return what a PDF is, read in a child process with limits.

    Raises:
        UnreadableFile: it is empty, no PDF, protected, damaged, carries a program, or would take
            more time or memory than a document may.
    """
    _check_outside(content)
    answer = children.run("pdf_child", content, cpu_seconds)
    if answer.was_stopped:
        raise UnreadableFile("file_too_complex")
    if answer.failed:
        raise UnreadableFile("file_damaged")
    said = json.loads(answer.output)
    if "problem" in said:
        raise UnreadableFile(said["problem"])
    return PdfFacts(pages=int(said["pages"]))


def _check_outside(content: bytes) -> None:
    """Look at what can be told without reading it as a PDF."""
    if not content:
        raise UnreadableFile("file_empty")
    if not content.startswith(_HEADER):
        raise UnreadableFile("file_not_pdf")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise UnreadableFile("file_two_in_one")
