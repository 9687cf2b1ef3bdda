"""Takes in the register of municipalities that the statistics office of a country publishes."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.calls.municipalities import codes
from app.calls.municipalities.models import Municipality
from app.calls.municipalities.queries import of_country
from app.domain.vocabulary import Country
from app.extensions import db
from app.organizations.places import place_name

# The names of the columns in the files that Georef, INDEC, IBGE and others publish.
_COLUMNS = {
    "code": ("municipio_id", "id", "codigo", "code", "cut", "codigo_ibge"),
    "name": ("municipio_nombre", "nombre", "nome", "name", "comuna"),
    "population": ("poblacion", "populacao", "population"),
}
_SMALL_WORDS = {"de", "del", "la", "las", "los", "el", "y", "e", "do", "da", "dos", "das"}


class BadRegister(ValueError):
    """The file is not a register of that country; the message says where."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an import: how many municipalities are new, and how many said otherwise."""

    added: int
    changed: int
    total: int


def take_in(lines: Iterable[str], country: Country) -> Outcome:
    """Add the municipalities of a CSV file, and correct those that were there; none is removed.

    Args:
        lines: the file; its first line names the columns.
        country: whose register it is.

    Raises:
        BadRegister: a column is missing, or a row is no municipality of that country.
    """
    known = of_country(country)
    added = changed = 0
    for code, values in _rows(lines, country):
        present = known.get(code)
        if present is None:
            known[code] = present = Municipality(country=country, code=code, **values)
            db.session.add(present)
            added += 1
        elif any(getattr(present, name) != value for name, value in values.items()):
            changed += 1
            for name, value in values.items():
                setattr(present, name, value)
    db.session.flush()
    return Outcome(added, changed, len(known))


def _rows(lines: Iterable[str], country: Country) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(lines)
    header = {name.strip().lower().lstrip("\ufeff"): name for name in reader.fieldnames or ()}
    columns = {
        what: next((header[name] for name in names if name in header), None)
        for what, names in _COLUMNS.items()
    }
    for needed in ("code", "name"):
        if columns[needed] is None:
            raise BadRegister(f"no column is called one of {', '.join(_COLUMNS[needed])}")
    for number, row in enumerate(reader, start=2):
        yield _municipality(row, columns, country, number)


def _municipality(
    row: Mapping[str, str | None],
    columns: Mapping[str, str | None],
    country: Country,
    number: int,
) -> tuple[str, dict[str, Any]]:
    said = {what: (row.get(name) or "").strip() for what, name in columns.items() if name}
    code, name = codes.clean(country, said["code"]), said["name"]
    if not codes.is_possible(country, code) or not name:
        raise BadRegister(f"line {number} is no municipality of {country.value}: {said}")
    population = said.get("population", "")
    region = codes.region_of(country, code)
    return code, {
        "name": _in_title_case(name)[:160],
        "region": region,
        "region_name": place_name(region),
        "population": int(population) if population.isdigit() else None,
    }


def _in_title_case(name: str) -> str:
    """Return a name that is all in capitals as people write it."""
    if not name.isupper():
        return name
    words = name.lower().split()
    return " ".join(
        word if place and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    )
