"""What rows of the form of a call offer to choose from."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.domain.call_vocabulary import PopulationBand, QuotaField, TieBreak
from app.domain.vocabulary import Country
from app.organizations.places import PLACES
from app.web.labels import label

Pairs = list[tuple[str, str]]


def ties_of(criteria: Sequence[str | None]) -> Pairs:
    """Return the ways of breaking ties: the criteria by their row, then the others."""
    rows = [(f"row:{place}", _row(place, name)) for place, name in enumerate(criteria, 1)]
    others = [(one.value, str(label(one))) for one in TieBreak]
    return [("", str(_("Choose…"))), *rows, *others]


def _row(place: int, name: str | None) -> str:
    if not name:
        return str(_("Criterion %(n)s (left empty)", n=place))
    return str(_("Higher score in criterion %(n)s: %(name)s", n=place, name=name))


def groups_of(country: Country) -> Pairs:
    """Return the groups that a quota can be about: ``field:value``, without a value each group."""
    region, population = str(label(QuotaField.REGION)), str(label(QuotaField.POPULATION))
    places = sorted(PLACES[country].items(), key=lambda pair: pair[1])
    return [
        ("", str(_("Choose…"))),
        ("region:", str(_("%(field)s: each group", field=region))),
        ("population:", str(_("%(field)s: each group", field=population))),
        *((f"population:{one.value}", str(label(one))) for one in PopulationBand),
        *((f"region:{code}", name) for code, name in places),
    ]
