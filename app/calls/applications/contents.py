"""The content of an application as plain values by key: what is compared, kept, shown and checked.

A document's value is its name, size, pages, SHA-256 and the public identifier of the file.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.calls.applications.fields import Kind, columns
from app.calls.applications.models import Application, ApplicationFile, RequirementAnswer
from app.organizations.places import place_name

Contents = Mapping[str, Any]
_COLUMNS = {item.key: item for item in columns()}


def contents(application: Application) -> dict[str, Any]:
    """Return what the application says now, as JSON can hold it."""
    said = {key: _plain(getattr(application, key)) for key in _COLUMNS}
    answers = {one.requirement_id: one.evidence for one in application.answers}
    for requirement in application.call.requirements:
        said[f"requirement:{requirement.id}"] = answers.get(requirement.id, "")
    files = present_files(application)
    for document in application.call.documents:
        file = files.get(document.id)
        said[f"document:{document.id}"] = None if file is None else _of_file(file)
    return said


def present_files(application: Application) -> dict[int, ApplicationFile]:
    """Return the documents that stand now, by the id of what the call requires."""
    return {one.document_id: one for one in application.files if one.replaced_at is None}


def _of_file(row: ApplicationFile) -> dict[str, Any]:
    file = row.file
    return {
        "name": file.name,
        "size": file.size,
        "pages": file.pages,
        "sha256": file.sha256,
        "file": file.public_id,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def write(application: Application, values: Contents) -> None:
    """Put plain values into the columns and answers of an application; documents are left alone."""
    for key, value in values.items():
        kind, _, number = key.partition(":")
        if kind == "requirement":
            _answer(application, int(number), value)
        elif key in _COLUMNS:
            setattr(application, key, _typed(key, value))
    application.region_name = place_name(application.region)


def _answer(application: Application, requirement_id: int, evidence: str) -> None:
    found = next((o for o in application.answers if o.requirement_id == requirement_id), None)
    if found is None:
        found = RequirementAnswer(requirement_id=requirement_id)
        application.answers.append(found)
    found.evidence = evidence


def _typed(key: str, value: Any) -> Any:
    kind = _COLUMNS[key].kind
    if kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    if kind in (Kind.NUMBER, Kind.DATE):
        return value
    return bool(value) if kind is Kind.YES else value or ""


def fingerprint(said: Contents, keys: Iterable[str]) -> str:
    """Return a short digest of some of the content: it tells whether somebody changed just that."""
    part = {key: said.get(key) for key in sorted(keys)}
    return hashlib.sha256(canonical(part)).hexdigest()[:16]


def canonical(value: Any) -> bytes:
    """Return JSON with sorted keys and no spaces, in UTF-8: the same bytes for the same content."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
