"""What an application said each time it was handed in, and what changed in between."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from app.calls.applications.contents import Contents, canonical, contents, present_files, write
from app.calls.applications.models import Application, ApplicationVersion
from app.domain.actors import Actor
from app.extensions import utcnow

_PIECES = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
_LONGEST_COMPARED = 6000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a comparison: ``kept``, ``added`` or ``removed``."""

    kind: str
    text: str


def take(application: Application, actor: Actor, moment: datetime, late: str = "") -> None:
    """Keep what the application says now as its next version.

    Args:
        application: what was handed in; it has its number.
        actor: who handed it in.
        moment: when it was received.
        late: the reason of the permission by which it was received after the call had closed.
    """
    number = len(application.versions) + 1
    call = application.call
    content = {
        "call": call.public_id,
        "number": application.number,
        "version": number,
        "received": moment.isoformat(timespec="seconds"),
        "organization": application.organization.name,
        "late": late,
        "titles": {
            **{f"requirement:{one.id}": one.title for one in call.requirements},
            **{f"document:{one.id}": one.title for one in call.documents},
        },
        "items": contents(application),
    }
    version = ApplicationVersion(
        number=number,
        submitted_at=moment,
        submitted_by_id=actor.id,
        content=content,
        digest=digest_of(content),
    )
    application.versions.append(version)


def digest_of(content: Contents) -> str:
    """Return the SHA-256 of a version as canonical JSON: sorted keys, no spaces, UTF-8."""
    return hashlib.sha256(canonical(content)).hexdigest()


def last(application: Application) -> ApplicationVersion | None:
    """Return the version that stands, if it was ever handed in."""
    return application.versions[-1] if application.versions else None


def received(application: Application) -> dict[str, Any]:
    """Return what was handed in last, whatever the city has written since."""
    version = last(application)
    items: dict[str, Any] = {} if version is None else version.content.get("items", {})
    return items


def is_named(application: Application, file_id: str) -> bool:
    """Tell whether some version names the file with this public identifier."""
    return any(file_id in files_of(version.content) for version in application.versions)


def files_of(content: Contents) -> set[str]:
    """Return the public identifiers of the files that a version names."""
    values = content.get("items", {}).items()
    return {one["file"] for key, one in values if key.startswith("document:") and one}


def restore(application: Application) -> None:
    """Put back what was handed in last, dropping what was written since."""
    said = received(application)
    write(application, {key: said[key] for key in said if not key.startswith("document:")})
    standing = files_of({"items": said})
    for row in application.files:
        if row.file.public_id in standing:
            row.replaced_at = None
    for row in present_files(application).values():
        if row.file.public_id not in standing:
            row.replaced_at = utcnow()


def changed_keys(before: Contents, after: Contents) -> list[str]:
    """Return the keys whose values differ, in the order of ``after``."""
    return [key for key in after if before.get(key) != after[key]]


def compare(before: str, after: str) -> list[Piece]:
    """Return how one text became the other, word by word; very long ones as wholes."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _LONGEST_COMPARED:
        return [Piece("removed", before), Piece("added", after)]
    return list(_joined(old, new))


def _joined(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal":
            yield Piece("kept", removed)
            continue
        if removed:
            yield Piece("removed", removed)
        if added:
            yield Piece("added", added)
