"""List pages: search, facets with counts, sort and pages, all of it in the address.

A feature describes its list with :class:`ListQuery`; the answer (:class:`Listing`) is what the
list macros draw. Unknown parameters are ignored and pages out of range are clamped, so that every
shared address answers.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from flask import request
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.search_text import fold
from app.web.addresses import query_arguments, this_page

PER_PAGE = 12
_LONGEST_SEARCH = 200
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet, how many rows it holds, and the address with it switched."""

    value: str
    label: Any
    count: int
    active: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of narrowing the list."""

    key: str
    label: Any
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class FacetSpec:
    """Which column a facet narrows and how its values are called.

    ``names`` gives the words of a value: a function, or a mapping where the values are no
    enumeration's (what the clock makes of a challenge, for example).
    """

    key: str
    label: Any
    column: Any
    names: Callable[[Any], Any] | Mapping[str, Any]

    def name(self, value: Any) -> Any:
        """Return the words for ``value``."""
        return self.names[value] if isinstance(self.names, Mapping) else self.names(value)

    def known(self, values: set[str]) -> list[Any]:
        """Return the values as the column's type knows them; unknown ones are dropped."""
        if isinstance(self.names, Mapping):
            return sorted(values & set(self.names))
        kind = getattr(self.column.type, "kind", None)
        if kind is None:
            return sorted(values)
        return [kind(value) for value in sorted(values) if value in set(kind)]

    def condition(self, values: Iterable[Any]) -> ColumnElement[bool]:
        """State that a row has one of ``values``."""
        return self.column.in_(list(values))

    def counts(self, rows: Select[Any]) -> Iterable[tuple[Any, int]]:
        """Return each value among ``rows`` and how many hold it."""
        # Grouped outside, since PostgreSQL takes a CASE written twice for two different ones.
        found = rows.with_only_columns(self.column.label("value")).subquery()
        counted = select(found.c.value, func.count()).group_by(found.c.value)
        return ((value, count) for value, count in db.session.execute(counted))


@dataclass(frozen=True, slots=True)
class ManyFacetSpec:
    """A facet over a closed list of which one row may hold several values.

    ``holds`` states in SQL that a row holds a value.
    """

    key: str
    label: Any
    kind: type[StrEnum]
    name: Any
    holds: Callable[[Any], ColumnElement[bool]]

    def known(self, values: set[str]) -> list[Any]:
        """Return the values that the list has; unknown ones are dropped."""
        return [member for member in self.kind if member in values]

    def condition(self, values: Iterable[Any]) -> ColumnElement[bool]:
        """State that a row holds one of ``values``."""
        return or_(*(self.holds(value) for value in values))

    def counts(self, rows: Select[Any]) -> Iterable[tuple[Any, int]]:
        """Return each value of the list that ``rows`` hold and how many hold it."""
        columns = [func.count().filter(self.holds(member)) for member in self.kind]
        found = db.session.execute(rows.with_only_columns(*columns)).one()
        return ((member, count) for member, count in zip(self.kind, found, strict=True) if count)


@dataclass(frozen=True, slots=True)
class SortSpec:
    """One order of the list."""

    key: str
    label: Any
    by: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the address without it."""

    label: Any
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows."""

    items: Sequence[Any]
    page: int
    pages: int
    total: int
    first: int
    last: int
    prev_url: str | None
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a list page draws."""

    page: Page
    facets: Sequence[Facet]
    chips: Sequence[Chip]
    sorts: Sequence[Option]
    search: str
    clear_url: str


@dataclass(frozen=True, slots=True)
class ListQuery:
    """How one list is searched, narrowed and sorted.

    ``rows`` selects the visible rows (already limited to what the actor may see); ``searched``
    is the folded text that the search box looks into (see ``app/search_text.py``).
    """

    rows: Select[Any]
    searched: ColumnElement[str] | InstrumentedAttribute[str]
    facets: Sequence[FacetSpec | ManyFacetSpec]
    sorts: Sequence[SortSpec]
    per_page: int = PER_PAGE
    fixed: Mapping[str, str] = field(default_factory=dict)

    def listing(self) -> Listing:
        """Read the address of the present request and return the list."""
        chosen = {spec.key: _values(spec.key) for spec in self.facets}
        search = " ".join(request.args.get("q", "").replace("\x00", "").split())[:_LONGEST_SEARCH]
        found = self.rows.where(*self._search(search))
        sort = self._sort(request.args.get("sort"))
        narrowed = found.where(*self._narrow(chosen))
        return Listing(
            page=self._page(narrowed.order_by(*sort.by)),
            facets=[self._facet(spec, found, chosen) for spec in self.facets],
            chips=self._chips(chosen, search),
            sorts=[
                Option(spec.key, spec.label, 0, spec is sort, address(sort=spec.key))
                for spec in self.sorts
            ],
            search=search,
            clear_url=this_page({}),
        )

    def _search(self, text: str) -> list[ColumnElement[bool]]:
        words = fold(text).split()[:_MOST_WORDS]
        return [self.searched.contains(word, autoescape=True) for word in words]

    def _narrow(self, chosen: Mapping[str, set[str]], but: str = "") -> list[ColumnElement[bool]]:
        return [
            spec.condition(known)
            for spec in self.facets
            if spec.key != but and (known := spec.known(chosen[spec.key]))
        ]

    def _sort(self, key: str | None) -> SortSpec:
        return next((spec for spec in self.sorts if spec.key == key), self.sorts[0])

    def _facet(
        self,
        spec: FacetSpec | ManyFacetSpec,
        found: Select[Any],
        chosen: Mapping[str, set[str]],
    ) -> Facet:
        rows = found.where(*self._narrow(chosen, but=spec.key)).order_by(None)
        options = [
            Option(
                str(value),
                spec.name(value),
                count,
                str(value) in chosen[spec.key],
                _switched(spec.key, str(value)),
            )
            for value, count in spec.counts(rows)
            if value is not None
        ]
        return Facet(spec.key, spec.label, sorted(options, key=lambda option: str(option.label)))

    def _page(self, rows: Select[Any]) -> Page:
        counted = select(func.count()).select_from(rows.order_by(None).subquery())
        total = db.session.scalar(counted) or 0
        pages = max(1, -(-total // self.per_page))
        page = min(max(1, _page_number()), pages)
        start = (page - 1) * self.per_page
        items = db.session.scalars(rows.limit(self.per_page).offset(start)).unique().all()
        return Page(
            items,
            page,
            pages,
            total,
            min(start + 1, total),
            start + len(items),
            address(page=str(page - 1)) if page > 1 else None,
            address(page=str(page + 1)) if page < pages else None,
        )

    def _chips(self, chosen: Mapping[str, set[str]], search: str) -> list[Chip]:
        chips = [Chip(f"“{search}”", address(q=None))] if search else []
        for spec in self.facets:
            chips.extend(
                Chip(spec.name(value), _switched(spec.key, str(value)))
                for value in spec.known(chosen[spec.key])
            )
        return chips


def _values(key: str) -> set[str]:
    # No column holds a NUL, and PostgreSQL does not even let one be asked for.
    return {value for value in request.args.getlist(key) if value and "\x00" not in value}


def address(**changes: str | None) -> str:
    """Return this page's address with some parameters set, or dropped where ``None``."""
    arguments = query_arguments()
    if "page" not in changes:
        arguments.pop("page", None)
    for key, value in changes.items():
        if value is None:
            arguments.pop(key, None)
        else:
            arguments[key] = value
    return this_page(arguments)


def _switched(key: str, value: str) -> str:
    arguments = query_arguments()
    values = list(arguments.get(key, []))
    arguments[key] = [v for v in values if v != value] if value in values else [*values, value]
    arguments.pop("page", None)
    return this_page(arguments)


def _page_number() -> int:
    value = request.args.get("page", "1")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
