"""A complete call, applications, members of the committee and reviews, in each state."""

import hashlib
import itertools
from datetime import timedelta
from decimal import Decimal

from app.calls.applications.models import Application, RequirementAnswer
from app.calls.applications.versions import take
from app.calls.committee.models import Review, ReviewScore
from app.calls.models import Call, CommitteeMember
from app.calls.rulebook.models import Criterion, Quota, RequiredDocument, Requirement
from app.domain.actors import SYSTEM
from app.domain.call_states import ApplicationStatus, CallStatus, ReviewStatus
from app.domain.call_vocabulary import (
    CallDate,
    CallPhase,
    DocumentKind,
    QuotaField,
    QuotaKind,
    TieBreak,
)
from app.domain.vocabulary import Country, Language
from app.extensions import db, utcnow

_ROWS = {
    "requirements": Requirement,
    "documents": RequiredDocument,
    "criteria": Criterion,
    "quotas": Quota,
}
_numbers = itertools.count(1)
_ZONE = "America/Argentina/Buenos_Aires"
# Days from now at which each date lies while the call is in a phase.
_DAYS = {
    CallPhase.UPCOMING: (5, 15, 25, 40, 45, 50, 60, 75),
    CallPhase.OPEN: (-3, 10, 20, 35, 40, 45, 55, 70),
    CallPhase.CLOSED: (-30, -20, -10, 5, 10, 15, 25, 40),
    CallPhase.PRELIMINARY: (-60, -50, -40, -20, -3, 4, 14, 30),
    CallPhase.FINAL: (-90, -80, -70, -50, -40, -30, -20, 10),
}


def dates(phase=CallPhase.OPEN, **changes):
    """Return the eight dates of a call that is in ``phase`` now (as far as the clock decides)."""
    now = utcnow().replace(microsecond=0)
    days = _DAYS[phase]
    known = {one.value: now + timedelta(days=n) for one, n in zip(CallDate, days, strict=True)}
    return {**known, **changes}


def requirements():
    titles = ("Gobierno local reconocido", "Plan de transformación digital")
    return [{"title": title, "help": "Cómo se comprueba."} for title in titles]


def documents():
    letter = {"kind": DocumentKind.LETTER, "title": "Carta firmada", "max_pages": 2}
    report = {"kind": DocumentKind.REPORT, "title": "Informe", "max_pages": 5}
    return [{"required": True, "max_megabytes": 10, **one} for one in (letter, report)]


def criteria():
    """Three criteria: 50, 30 and 20 percent of the whole; the first has a minimum of 2."""
    rows = (("Madurez", 50, Decimal(2)), ("Capacidad", 30, None), ("Impacto", 20, None))
    labels = ["Nada", "Poco", "Algo", "Bastante", "Mucho", "Pleno"]
    return [
        {"name": name, "weight": Decimal(weight), "scale": 5, "minimum": least, "labels": labels}
        for name, weight, least in rows
    ]


def quotas():
    """At most two a province, and one seat kept for a small municipality."""
    region = {"name": "Por provincia", "kind": QuotaKind.CAP, "field": QuotaField.REGION}
    small = {"name": "Pequeños", "kind": QuotaKind.RESERVE, "field": QuotaField.POPULATION}
    return [{**region, "value": "", "seats": 2}, {**small, "value": "small", "seats": 1}]


def values(phase=CallPhase.OPEN, **changes):
    """Return what a complete call says, as the form gives it to the service."""
    known = {
        "country": Country.ARGENTINA,
        "timezone": _ZONE,
        "lang": Language.SPANISH,
        "year": 2026,
        "title": "Convocatoria a municipios 2026",
        "summary": "Doce lugares para gobiernos locales.",
        "rules": "Bases y condiciones de la convocatoria.",
        "benefits": "Red de pares y acompañamiento técnico.",
        "contact_email": "convocatoria@puente.example",
        "seats": 2,
        "waiting_seats": 2,
        "cut_off": Decimal(50),
        "reviews_each": 2,
        "quorum": 2,
        "consensus_spread": 40,
        "tie_breaks": ["row:1", TieBreak.EARLIER_SUBMISSION.value, TieBreak.LOT.value],
        "requirements": requirements(),
        "documents": documents(),
        "criteria": criteria(),
        "quotas": quotas(),
        **dates(phase),
    }
    return {**known, **changes}


def call(coordinator, status=CallStatus.PUBLISHED, phase=CallPhase.OPEN, **changes) -> Call:
    """Return a committed call of ``coordinator`` (a person or a network) in ``status``.

    ``phase`` sets its dates around the present moment; ``changes`` are columns, or rows as in
    :func:`requirements`, :func:`documents`, :func:`criteria` and :func:`quotas`.
    """
    said = values(phase, **changes)
    published = None if status is CallStatus.DRAFT else said["opens_at"] - timedelta(days=5)
    said = {"published_at": published, **said}
    for name, kind in _ROWS.items():
        rows = enumerate(said[name])
        said[name] = [kind(position=place, **row) for place, row in rows]
    organization = getattr(coordinator, "organization", coordinator)
    made = Call(organization_id=organization.id, status=status, **said)
    db.session.add(made)
    db.session.flush()
    made.tie_breaks = [_tie_break(made, one) for one in made.tie_breaks]
    db.session.commit()
    return made


def _tie_break(made, one):
    kind, _, place = one.partition(":")
    return f"criterion:{made.criteria[int(place) - 1].id}" if kind == "row" else one


def application(call, city, status=ApplicationStatus.SUBMITTED, **changes) -> Application:
    """Return a committed application of ``city`` (a person or an organization).

    Unless it is a draft it has its number and its first version.
    """
    organization = getattr(city, "organization", city)
    sent = status is not ApplicationStatus.DRAFT
    number = next(_numbers)
    known = {
        "number": f"{call.country}-{call.year}-{number:04d}" if sent else None,
        "submitted_at": utcnow() if sent else None,
        "legal_name": f"Municipalidad de {organization.name}",
        "region": "B",
        "region_name": "Buenos Aires",
        "population": 80_000,
        "mayor_name": "Intendenta de prueba",
        "contact_name": "Referente de prueba",
        "contact_email": "referente@ciudad.example",
        "accepts_commitments": True,
    }
    made = Application(call=call, organization=organization, status=status, **{**known, **changes})
    made.answers = [
        RequirementAnswer(requirement=one, evidence="Ordenanza 12/2020")
        for one in call.requirements
    ]
    db.session.add(made)
    if sent:
        take(made, SYSTEM, made.submitted_at)
    db.session.commit()
    return made


def member(call, person, *, chair=False, **changes) -> CommitteeMember:
    """Return ``person`` as a committed member of the committee who accepted."""
    known = {
        "email": person.email,
        "name": person.name,
        "affiliation": "Universidad de prueba",
        "token_hash": hashlib.sha256(f"member {next(_numbers)}".encode()).hexdigest(),
        "accepted_at": utcnow(),
    }
    made = CommitteeMember(call=call, chair=chair, **{"user": person, **known, **changes})
    db.session.add(made)
    db.session.commit()
    return made


def review(application, person, status=ReviewStatus.ASSIGNED, scores=(), **changes) -> Review:
    """Return a committed review; ``scores`` are those of the criteria in their order."""
    rows = [
        ReviewScore(criterion_id=criterion.id, score=Decimal(score))
        for criterion, score in zip(application.call.criteria, scores, strict=False)
    ]
    made = Review(application=application, user=person, status=status, scores=rows, **changes)
    if status is ReviewStatus.SUBMITTED:
        made.submitted_at = made.submitted_at or utcnow()
    db.session.add(made)
    db.session.commit()
    return made
