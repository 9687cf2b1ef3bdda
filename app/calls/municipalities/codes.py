"""The official codes of municipalities: what they look like and in which place they lie.

Argentina: six digits of INDEC, the first two the province. Brazil: seven digits of IBGE, the first
two the state, the last a check digit. Chile: five digits (CUT), the first two the region. Uruguay:
two digits of the department, and two or three more of the municipality.
"""

import re
from collections.abc import Mapping

from app.domain.vocabulary import Country

_SHAPES: Mapping[Country, re.Pattern[str]] = {
    Country.ARGENTINA: re.compile(r"[0-9]{6}"),
    Country.BRAZIL: re.compile(r"[0-9]{7}"),
    Country.CHILE: re.compile(r"[0-9]{5}"),
    Country.URUGUAY: re.compile(r"[0-9]{2}([0-9]{2,3})?"),
}
# Sheets drop the zeros at the beginning of what they take for a number.
_PADDED = {Country.ARGENTINA: 6, Country.CHILE: 5}
_PLACES: Mapping[Country, str] = {
    Country.ARGENTINA: """02 C|06 B|10 K|14 X|18 W|22 H|26 U|30 E|34 P|38 Y|42 L|46 F|50 M|54 N
58 Q|62 R|66 A|70 J|74 D|78 Z|82 S|86 G|90 T|94 V""",
    Country.BRAZIL: """11 RO|12 AC|13 AM|14 RR|15 PA|16 AP|17 TO|21 MA|22 PI|23 CE|24 RN|25 PB|26 PE
27 AL|28 SE|29 BA|31 MG|32 ES|33 RJ|35 SP|41 PR|42 SC|43 RS|50 MS|51 MT|52 GO|53 DF""",
    Country.CHILE: """01 TA|02 AN|03 AT|04 CO|05 VS|06 LI|07 ML|08 BI|09 AR|10 LL|11 AI|12 MA|13 RM
14 LR|15 AP|16 NB""",
    Country.URUGUAY: """01 MO|02 AR|03 CA|04 CL|05 CO|06 DU|07 FS|08 FD|09 LA|10 MA|11 PA|12 RN
13 RV|14 RO|15 SA|16 SJ|17 SO|18 TA|19 TT""",
}
# IBGE gave these nine out before it had check digits, and kept them.
_WITHOUT_CHECK = frozenset(
    {
        *("2201919", "2201988", "2202251", "2611533", "3117836"),
        *("3152131", "4305871", "5203939", "5203962"),
    }
)


def clean(country: Country, code: str) -> str:
    """Return ``code`` as the register writes it: digits only, with the zeros a sheet dropped."""
    digits = re.sub(r"[\s.\-]", "", code)
    return digits.zfill(_PADDED[country]) if digits and country in _PADDED else digits


def is_possible(country: Country, code: str) -> bool:
    """Tell whether ``code`` could be that of a municipality of ``country``."""
    if not _SHAPES[country].fullmatch(code) or not region_of(country, code):
        return False
    return country is not Country.BRAZIL or code in _WITHOUT_CHECK or _checks(code)


def region_of(country: Country, code: str) -> str:
    """Return the ISO 3166-2 code of the place in which a municipality lies, empty when unknown."""
    entries = dict(entry.split(" ") for entry in _PLACES[country].replace("\n", "|").split("|"))
    place = entries.get(code[:2])
    return f"{country.value}-{place}" if place else ""


def _checks(code: str) -> bool:
    products = (int(digit) * (1 + place % 2) for place, digit in enumerate(code[:6]))
    total = sum(product // 10 + product % 10 for product in products)
    return (10 - total % 10) % 10 == int(code[6])
