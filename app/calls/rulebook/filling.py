"""From what a form gives to the rows of a call's rules; rows that stay keep their numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.calls.models import Call
from app.calls.rulebook.models import Criterion, Quota, RequiredDocument, Requirement
from app.extensions import db

Row = TypeVar("Row", Requirement, RequiredDocument, Criterion, Quota)
ROWS: dict[str, type[Requirement | RequiredDocument | Criterion | Quota]] = {
    "requirements": Requirement,
    "documents": RequiredDocument,
    "criteria": Criterion,
    "quotas": Quota,
}
COPIED = (
    "country",
    "timezone",
    "lang",
    "title",
    "summary",
    "rules",
    "benefits",
    "contact_email",
    "seats",
    "waiting_seats",
    "cut_off",
    "reviews_each",
    "quorum",
    "consensus_spread",
    "anonymous",
)
_BY_ROW = "row"
_BY_ID = "criterion"


def fill(call: Call, values: Mapping[str, Any]) -> None:
    """Write ``values`` into ``call``: columns, and lists of rows by the names of ``ROWS``.

    A row with the ``id`` of one that the call has replaces it. In ``tie_breaks``, ``row:<n>`` means
    the score of the n-th criterion, counted from 1.
    """
    for name, value in values.items():
        if name in ROWS:
            setattr(call, name, _rows(ROWS[name], getattr(call, name), value))
        elif name != "tie_breaks":
            setattr(call, name, value)
    if "tie_breaks" in values:
        # The criteria have their numbers only once they are in the database.
        call.tie_breaks = []
        db.session.add(call)
        db.session.flush()
        call.tie_breaks = _tie_breaks(call.criteria, values["tie_breaks"])


def _rows(kind: type[Any], present: Sequence[Any], wanted: Sequence[Mapping[str, Any]]) -> Any:
    known = {row.id: row for row in present}
    rows = []
    for position, one in enumerate(wanted):
        said = dict(one)
        row = known.pop(said.pop("id", None), None) or kind()
        for name, value in {**said, "position": position}.items():
            setattr(row, name, value)
        rows.append(row)
    return rows


def _tie_breaks(criteria: Sequence[Criterion], wanted: Sequence[str]) -> list[str]:
    """Return the order with criteria by their ids, each once; unknown ones are dropped."""
    names = [_by_id(criteria, one) for one in wanted]
    return list(dict.fromkeys(name for name in names if name))


def _by_id(criteria: Sequence[Criterion], name: str) -> str:
    kind, _, place = name.partition(":")
    if kind == _BY_ID:
        return name if int(place) in {one.id for one in criteria} else ""
    if kind != _BY_ROW:
        return name
    number = int(place)
    return f"{_BY_ID}:{criteria[number - 1].id}" if 1 <= number <= len(criteria) else ""


def by_row(call: Call) -> list[str]:
    """Return the tie-breaks of ``call`` with criteria as ``row:<n>``."""
    places = {f"{_BY_ID}:{one.id}": f"{_BY_ROW}:{n}" for n, one in enumerate(call.criteria, 1)}
    return [places.get(name, name) for name in call.tie_breaks]


def values_of(row: Any) -> dict[str, Any]:
    """Return what a row says, with its ``id``."""
    return {"id": row.id, **_said(row)}


def rules_of_call(call: Call) -> dict[str, Any]:
    """Return all that a copy of ``call`` says too, as :func:`fill` takes it."""
    columns = {name: getattr(call, name) for name in COPIED}
    rows = {name: [_said(row) for row in getattr(call, name)] for name in ROWS}
    return {**columns, **rows, "tie_breaks": by_row(call)}


def _said(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _columns(type(row))}


def _columns(kind: type[Any]) -> list[str]:
    skipped = {"id", "call_id", "position"}
    return [column.name for column in kind.__table__.columns if column.name not in skipped]
