"""Verbs of files: keep one, and read its content again."""

import hashlib
import re
import unicodedata

from sqlalchemy import select

from app.extensions import db
from app.files.models import StoredFile

_LONGEST_NAME = 120
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')
_HIDDEN_KINDS = {"Cc", "Cf", "Cs", "Co", "Cn"}


def store(
    name: str, content: bytes, media_type: str, actor_id: int | None, pages: int | None = None
) -> StoredFile:
    """Keep ``content`` under a cleaned ``name`` and return the row.

    Args:
        name: what whoever handed it in calls it; only shown, never used as a path.
        content: the bytes; they are never changed afterwards.
        media_type: what it was found to be, not what somebody says it is.
        actor_id: who handed it in, if a person did.
        pages: the pages of a PDF.
    """
    file = StoredFile(
        name=clean_name(name),
        content=content,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        pages=pages,
        created_by_id=actor_id,
    )
    db.session.add(file)
    db.session.flush()
    return file


def content_of(file: StoredFile) -> bytes:
    """Return the content of a file, which rows do not carry along."""
    content = db.session.scalar(select(StoredFile.content).where(StoredFile.id == file.id))
    return content or b""


def clean_name(name: str) -> str:
    """Return ``name`` as it can be shown and saved anywhere: no folders, nothing invisible."""
    shown = unicodedata.normalize("NFC", name.rpartition("/")[2].rpartition("\\")[2])
    shown = "".join(one for one in shown if unicodedata.category(one) not in _HIDDEN_KINDS)
    stem, dot, ending = _NOT_IN_NAMES.sub(" ", shown).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return f"{stem.strip()[:_LONGEST_NAME] or 'document'}{dot}{ending[:10]}"
