"""The tile grid of the four countries: one square a province, state, region or department.

Our own layout: it keeps neighbours near each other and needs no borders, which are disputed.
Each entry is ``code@column,row``, the code being the end of its ISO 3166-2 one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.vocabulary import Country
from app.organizations.places import PLACES

_GRIDS = {
    Country.ARGENTINA: """
Y@1,0 A@2,0 P@3,0 N@5,0 K@1,1 T@2,1 H@3,1 W@4,1 F@1,2 G@2,2 S@3,2 E@4,2 J@1,3 X@2,3 C@4,3
M@1,4 D@2,4 B@3,4 Q@1,5 L@2,5 R@1,6 U@1,7 Z@1,8 V@1,9
""",
    Country.BRAZIL: """
RR@1,0 AP@3,0 AM@1,1 PA@2,1 MA@3,1 CE@4,1 RN@5,1 AC@0,2 RO@1,2 TO@2,2 PI@3,2 PE@4,2 PB@5,2
MT@1,3 GO@2,3 DF@3,3 BA@4,3 AL@5,3 MS@1,4 MG@2,4 ES@3,4 SE@4,4 PR@1,5 SP@2,5 RJ@3,5 SC@1,6
RS@1,7
""",
    Country.CHILE: """
AP@0,0 TA@1,0 AN@2,0 AT@3,0 CO@0,1 VS@1,1 RM@2,1 LI@3,1 ML@0,2 NB@1,2 BI@2,2 AR@3,2 LR@0,3
LL@1,3 AI@2,3 MA@3,3
""",
    Country.URUGUAY: """
AR@1,0 SA@1,1 RV@2,1 PA@1,2 TA@2,2 CL@3,2 RN@0,3 DU@2,3 TT@3,3 SO@0,4 FS@1,4 FD@2,4 LA@3,4
RO@4,4 CO@0,5 SJ@1,5 CA@2,5 MA@3,5 MO@2,6
""",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One square: its ISO 3166-2 code, the short code inside it, its name and its position."""

    iso: str
    code: str
    name: str
    col: int
    row: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A square with what it counts and where it leads."""

    code: str
    name: str
    count: int
    url: str
    col: int
    row: int


def places(country: Country) -> list[Place]:
    """Return the squares of a country."""
    return [_place(country, cell) for cell in _GRIDS[country].split()]


def _place(country: Country, cell: str) -> Place:
    code, _, position = cell.partition("@")
    col, _, row = position.partition(",")
    iso = f"{country.value}-{code}"
    return Place(iso, code, PLACES[country][iso], int(col), int(row))


def tiles(country: Country, counts: Mapping[str, int], address: str) -> list[Tile]:
    """Return the squares of a country with their counts.

    Args:
        country: whose grid.
        counts: number by ISO 3166-2 code; what is missing counts zero.
        address: where a square leads; ``{name}`` in it becomes the place's name.
    """
    return [
        Tile(
            place.code,
            place.name,
            counts.get(place.iso, 0),
            address.replace("{name}", place.name),
            place.col,
            place.row,
        )
        for place in places(country)
    ]
