"""Tax numbers of public bodies: CUIT, CNPJ (letters too), RUT of Chile and of Uruguay."""

from collections.abc import Mapping
from types import ModuleType

from stdnum.ar import cuit
from stdnum.br import cnpj
from stdnum.cl import rut as chilean
from stdnum.exceptions import ValidationError
from stdnum.uy import rut as uruguayan

from app.domain.vocabulary import Country

NAMES: Mapping[Country, str] = {
    Country.ARGENTINA: "CUIT",
    Country.BRAZIL: "CNPJ",
    Country.CHILE: "RUT",
    Country.URUGUAY: "RUT",
}
EXAMPLES: Mapping[Country, str] = {
    Country.ARGENTINA: "30-99900158-7",
    Country.BRAZIL: "16.727.230/0001-97",
    Country.CHILE: "69.070.100-6",
    Country.URUGUAY: "21-100342-001-7",
}
_KINDS: Mapping[Country, ModuleType] = {
    Country.ARGENTINA: cuit,
    Country.BRAZIL: cnpj,
    Country.CHILE: chilean,
    Country.URUGUAY: uruguayan,
}


def clean(country: Country, text: str) -> str | None:
    """Return the number without signs between, ``None`` where its check digits say it is wrong."""
    try:
        number: str = _KINDS[country].validate(text)
    except ValidationError:
        return None
    return number


def shown(country: Country, number: str) -> str:
    """Return the number as people of the country write it."""
    if clean(country, number) is None:
        return number
    written: str = _KINDS[country].format(number)
    return written
