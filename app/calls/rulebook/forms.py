"""The rules of a call as a form."""

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, SelectField
from wtforms.validators import Optional

from app.calls.models import Call
from app.calls.rulebook.choosing import groups_of, ties_of
from app.calls.rulebook.filling import by_row, values_of
from app.calls.rulebook.rows import CriterionForm, DocumentForm, QuotaForm, RequirementForm
from app.calls.schedule.fields import check_clock, check_sequence, date_field, moments, show_dates
from app.domain.call_vocabulary import CallDate
from app.domain.vocabulary import Country, Language
from app.web.fields import Rows
from app.web.form_sections import Section
from app.web.formats import ZONES
from app.web.forms import Form, choice, integer, number, options, paragraph, text

MOST_ROWS = {"requirements": 12, "documents": 8, "criteria": 10, "quotas": 12, "tie_breaks": 8}
MOST_SEATS, MOST_REVIEWS, FIRST_YEAR, LAST_YEAR = 500, 9, 2020, 2099
_WHOLE = 100
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SETTLED = ("country", "lang", "year", *(which.value for which in CallDate))
EXPLANATION = ("reason", "decided_by")
SECTIONS = (
    Section(
        _l("The call"),
        ("title", "country", "year", "lang", "summary", "benefits", "contact_email"),
        ("title", "country", "year", "lang", "summary", "contact_email"),
    ),
    Section(
        _l("Dates"),
        tuple(which.value for which in CallDate),
        about=_l("In the hours of the country, to the second. They act by themselves."),
    ),
    Section(_l("Requirements"), ("requirements",), about=_l("What a city must meet.")),
    Section(_l("Documents"), ("documents",), about=_l("What a city hands in, as PDF.")),
    Section(
        _l("Criteria"),
        ("criteria",),
        about=_l("They freeze, with their weights, at the second in which applications close."),
    ),
    Section(
        _l("How the result is counted"),
        (
            "seats",
            "waiting_seats",
            "cut_off",
            "tie_breaks",
            "reviews_each",
            "quorum",
            "consensus_spread",
            "anonymous",
        ),
        ("seats", "tie_breaks", "reviews_each", "quorum"),
    ),
    Section(
        _l("Quotas"), ("quotas",), (), about=_l("Seats kept for a group, or the most it takes.")
    ),
    Section(_l("Terms and rules"), ("rules",)),
    Section(
        _l("Why it changes"),
        EXPLANATION,
        about=_l("The call is published: each change stands on its page with this explanation."),
    ),
)


def _rows(kind: Any, name: str, heading: Any, more: Any) -> Rows:
    return Rows(
        FormField(kind),
        heading,
        min_entries=1,
        max_entries=MOST_ROWS[name],
        render_kw={"add_label": more},
    )


class CallForm(Form):
    """All that a call says. Only what a draft cannot do without is required."""

    title = text(_l("Title"), 160, required=True)
    country = choice(_l("Country"), Country)
    year = integer(_l("Year of the cohort"), FIRST_YEAR, LAST_YEAR, required=True)
    lang = choice(_l("Language you write in"), Language)
    summary = paragraph(_l("Summary"), 600, hint=_l("What a city reads first."))
    benefits = paragraph(_l("What members get"), 6000)
    contact_email = text(_l("Contact address"), 255, hint=_l("Everybody reads it."))
    opens_at = date_field(CallDate.OPENS)
    questions_close_at = date_field(CallDate.QUESTIONS_CLOSE)
    closes_at = date_field(CallDate.CLOSES)
    evaluation_closes_at = date_field(CallDate.EVALUATION_CLOSES)
    preliminary_at = date_field(CallDate.PRELIMINARY)
    appeals_close_at = date_field(CallDate.APPEALS_CLOSE)
    final_at = date_field(CallDate.FINAL)
    adhesion_closes_at = date_field(CallDate.ADHESION_CLOSES)
    requirements = _rows(
        RequirementForm, "requirements", _l("Requirements"), _l("Add a requirement")
    )
    documents = _rows(DocumentForm, "documents", _l("Documents"), _l("Add a document"))
    criteria = _rows(CriterionForm, "criteria", _l("Criteria"), _l("Add a criterion"))
    seats = integer(_l("Seats"), 1, MOST_SEATS, required=True)
    waiting_seats = integer(_l("Places on the waiting list"), 0, MOST_SEATS, required=True)
    cut_off = number(_l("Cut-off score, of 100"), smallest=0)
    tie_breaks = Rows(
        SelectField(_l("Asked in this place"), [Optional()], choices=[]),
        _l("When totals are equal"),
        min_entries=1,
        max_entries=MOST_ROWS["tie_breaks"],
        description=_l("Asked in turn until one decides. The lot decides last, always."),
        render_kw={"add_label": _l("Add a tie-break")},
    )
    reviews_each = integer(_l("Reviews of each application"), 1, MOST_REVIEWS, required=True)
    quorum = integer(
        _l("Quorum"), 1, MOST_REVIEWS, required=True, hint=_l("Reviews that must be in to rank it.")
    )
    consensus_spread = integer(
        _l("Difference that asks for a consensus, in percent of the scale"), 1, 100
    )
    anonymous = BooleanField(_l("The committee reviews without names of cities and people"))
    quotas = _rows(QuotaForm, "quotas", _l("Quotas"), _l("Add a quota"))
    rules = paragraph(_l("Terms and rules"), 60_000)
    reason = paragraph(_l("Why"), 2000, required=True)
    decided_by = text(
        _l("Decided by"), 200, required=True, hint=_l("Person, body or resolution, in public.")
    )

    known_country = Country.ARGENTINA

    @property
    def zone(self) -> str:
        """The zone whose hours the dates are read in."""
        return ZONES[self.known_country]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check dates and numbers against each other too."""
        valid = super().validate(extra_validators)
        agreed = [check_clock(self, self.zone), check_sequence(self), *self._figures()]
        return bool(valid) and all(agreed)

    def _figures(self) -> Iterator[bool]:
        quorum, each = self.quorum, self.reviews_each
        if quorum.data and each.data and quorum.data > each.data:
            quorum.errors = [_l("It cannot be more than the reviews of each application.")]
            yield False
        if self.cut_off.data is not None and self.cut_off.data > _WHOLE:
            self.cut_off.errors = [_l("Totals run from 0 to 100.")]
            yield False
        if self.contact_email.data and not _ADDRESS.fullmatch(self.contact_email.data):
            self.contact_email.errors = [_l("Write an address such as name@city.example.")]
            yield False

    def said(self) -> dict[str, Any]:
        """Return the clean values as ``filling.fill`` takes them."""
        said = {name: value for name, value in self.values().items() if name not in EXPLANATION}
        for name in ("requirements", "documents", "criteria", "quotas"):
            said[name] = [row.form.said() for row in self[name] if not row.form.is_empty]
        said["tie_breaks"] = self._ties()
        said["cut_off"] = self.cut_off.data or 0
        said |= {which.value: moment for which, moment in moments(self, self.zone).items()}
        if "country" in self:
            said["timezone"] = self.zone
        return said

    def _ties(self) -> list[str]:
        """Return the tie-breaks; criteria by their place among the rows that are kept."""
        kept = [place for place, row in enumerate(self.criteria, 1) if not row.form.is_empty]
        places = {f"row:{place}": f"row:{n}" for n, place in enumerate(kept, 1)}
        chosen = [entry.data for entry in self.tie_breaks if entry.data]
        return [places.get(name, name) for name in chosen if name in places or ":" not in name]

    def offer(self) -> None:
        """Offer what the choices of rows depend on: the criteria, and the groups of the country."""
        if "country" in self and self.country.data:
            self.known_country = self.country.data
        ties = options(ties_of([row.form.name.data for row in self.criteria]))
        for entry in self.tie_breaks:
            entry.choices = ties
        groups = options(groups_of(self.known_country))
        for row in self.quotas:
            row.form.group.choices = groups


def form_for(call: Call) -> CallForm:
    """Return the form filled with a saved call; a published one lacks what is settled."""
    form = CallForm(obj=Shown(call))
    form.known_country = call.country
    for name in SETTLED if call.published_at else EXPLANATION:
        del form[name]
    if not form.is_submitted():
        show_dates(form, call)
    form.offer()
    return form


class Shown:
    """A call as its form reads it: tie-breaks by row, labels by line, groups in one word."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self.tie_breaks = by_row(call)
        self.criteria = [
            {**values_of(one), "labels": "\n".join(one.labels)} for one in call.criteria
        ]
        self.quotas = [
            {**values_of(one), "group": f"{one.field}:{one.value}"} for one in call.quotas
        ]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._call, name)
