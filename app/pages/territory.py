"""The tile grid of the four countries: one square a province, state, region or department.

Our own layout: it keeps neighbours near each other and needs no borders, which are disputed.
Each line is ``name@column,row``; keys are ISO 3166-2 codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.vocabulary import Country

_ARGENTINA = """
Y Jujuy@1,0|A Salta@2,0|P Formosa@3,0|N Misiones@5,0|K Catamarca@1,1|T Tucumán@2,1|H Chaco@3,1
W Corrientes@4,1|F La Rioja@1,2|G Santiago del Estero@2,2|S Santa Fe@3,2|E Entre Ríos@4,2
J San Juan@1,3|X Córdoba@2,3|C Ciudad de Buenos Aires@4,3|M Mendoza@1,4|D San Luis@2,4
B Buenos Aires@3,4|Q Neuquén@1,5|L La Pampa@2,5|R Río Negro@1,6|U Chubut@1,7|Z Santa Cruz@1,8
V Tierra del Fuego, Antártida e Islas del Atlántico Sur@1,9
"""
_BRAZIL = """
RR Roraima@1,0|AP Amapá@3,0|AM Amazonas@1,1|PA Pará@2,1|MA Maranhão@3,1|CE Ceará@4,1
RN Rio Grande do Norte@5,1|AC Acre@0,2|RO Rondônia@1,2|TO Tocantins@2,2|PI Piauí@3,2
PE Pernambuco@4,2|PB Paraíba@5,2|MT Mato Grosso@1,3|GO Goiás@2,3|DF Distrito Federal@3,3
BA Bahia@4,3|AL Alagoas@5,3|MS Mato Grosso do Sul@1,4|MG Minas Gerais@2,4|ES Espírito Santo@3,4
SE Sergipe@4,4|PR Paraná@1,5|SP São Paulo@2,5|RJ Rio de Janeiro@3,5|SC Santa Catarina@1,6
RS Rio Grande do Sul@1,7
"""
_CHILE = """
AP Arica y Parinacota@0,0|TA Tarapacá@1,0|AN Antofagasta@2,0|AT Atacama@3,0|CO Coquimbo@0,1
VS Valparaíso@1,1|RM Metropolitana de Santiago@2,1|LI O'Higgins@3,1|ML Maule@0,2|NB Ñuble@1,2
BI Biobío@2,2|AR La Araucanía@3,2|LR Los Ríos@0,3|LL Los Lagos@1,3|AI Aysén@2,3|MA Magallanes@3,3
"""
_URUGUAY = """
AR Artigas@1,0|SA Salto@1,1|RV Rivera@2,1|PA Paysandú@1,2|TA Tacuarembó@2,2|CL Cerro Largo@3,2
RN Río Negro@0,3|DU Durazno@2,3|TT Treinta y Tres@3,3|SO Soriano@0,4|FS Flores@1,4|FD Florida@2,4
LA Lavalleja@3,4|RO Rocha@4,4|CO Colonia@0,5|SJ San José@1,5|CA Canelones@2,5|MA Maldonado@3,5
MO Montevideo@2,6
"""
_GRIDS = {
    Country.ARGENTINA: _ARGENTINA,
    Country.BRAZIL: _BRAZIL,
    Country.CHILE: _CHILE,
    Country.URUGUAY: _URUGUAY,
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
    cells = "|".join(_GRIDS[country].strip().splitlines()).split("|")
    return [_place(country, cell) for cell in cells]


def _place(country: Country, cell: str) -> Place:
    code, _, rest = cell.partition(" ")
    name, _, position = rest.partition("@")
    col, _, row = position.partition(",")
    return Place(f"{country.value}-{code}", code, name, int(col), int(row))


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
