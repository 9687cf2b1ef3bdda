"""How files leave the platform: as attachments that no browser opens as a page of ours."""

import unicodedata
from urllib.parse import quote

from flask import Flask, Response

from app.files.models import StoredFile
from app.files.service import clean_name, content_of

_NOTHING = "default-src 'none'; sandbox"


def download(file: StoredFile, name: str | None = None) -> Response:
    """Answer with a stored file; ``name`` replaces the one it came with."""
    return attachment(content_of(file), file.media_type, name or file.name)


def attachment(content: bytes, media_type: str, name: str) -> Response:
    """Answer with a file to save."""
    answer = Response(content, mimetype=media_type)
    shown = clean_name(name)
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
    # RFC 6266: browsers read the second name, old programs the first.
    names = {"filename": plain, "filename*": f"UTF-8''{quote(shown, safe='')}"}
    answer.headers.set("Content-Disposition", "attachment", **names)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def init_answers(app: Flask) -> None:
    """Let no attachment run or load anything; registered before the headers of pages are."""
    app.after_request(_lock_up)


def _lock_up(answer: Response) -> Response:
    if answer.headers.get("Content-Disposition", "").startswith("attachment"):
        answer.headers["Content-Security-Policy"] = _NOTHING
    return answer
