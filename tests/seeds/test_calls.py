"""The calls of the demo: one that was carried through, and one in each stage before."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.calls.applications.models import Application, LateEntry
from app.calls.committee.models import Consensus, Review
from app.calls.committee.queries import unsettled
from app.calls.enrolments.models import Enrolment
from app.calls.models import Call
from app.calls.municipalities import codes, tax_ids
from app.calls.questions.models import CallQuestion
from app.calls.results import queries as results
from app.calls.results.models import Appeal, Result, ResultLetter
from app.domain.call_states import (
    AppealStatus,
    ApplicationStatus,
    CallStatus,
    ConsensusStatus,
    EnrolmentStatus,
    ReviewStatus,
)
from app.domain.call_vocabulary import Ballot, CallPhase, Outcome, OutcomeReason, ResultStage
from app.domain.vocabulary import Country
from app.extensions import db, utcnow
from app.files.service import content_of
from app.organizations.models import Organization, User
from seeds.calendar import Calendar
from seeds.calls import story


@pytest.fixture
def told(demo: Flask) -> Iterator[Flask]:
    with demo.app_context():
        yield demo
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def finished(told: Flask) -> Call:
    return db.session.scalars(select(Call).where(Call.year == 2026)).unique().one()


def _applications(call: Call) -> dict[str, Application]:
    found = db.session.scalars(select(Application).where(Application.call_id == call.id)).unique()
    return {one.organization.name: one for one in found}


def _result(call: Call, stage: ResultStage) -> Result:
    found = results.standing(call, stage)
    assert found is not None
    return found


def _outcomes(result: Result) -> dict[Outcome, list[str]]:
    found: dict[Outcome, list[str]] = {}
    for one in result.placements:
        found.setdefault(one.outcome, []).append(one.application.organization.name)
    return found


@pytest.mark.usefixtures("told")
def test_a_call_can_be_seen_in_every_stage() -> None:
    phases = Counter(call.phase for call in db.session.scalars(select(Call)).unique())
    assert phases[CallPhase.FINAL] == phases[CallPhase.OPEN] == phases[CallPhase.EVALUATING] == 1
    assert phases[CallPhase.UPCOMING] == 2
    drafts = db.session.scalars(select(Call).where(Call.status == CallStatus.DRAFT)).unique()
    assert [call.country for call in drafts] == [Country.CHILE]


def test_the_finished_call_keeps_its_facts(finished: Call) -> None:
    utc = [getattr(finished, name).astimezone(UTC) for name in ("opens_at", "closes_at")]
    assert utc == [
        datetime(2025, 12, 3, 12, 0, tzinfo=UTC),
        datetime(2026, 1, 1, 2, 59, 59, tzinfo=UTC),
    ]
    moved = {one.field: (one.before[:10], one.after[:10]) for one in finished.changes}
    assert moved["final_at"] == ("2026-01-26", "2026-03-06")
    assert all(one.reason and one.decided_by for one in finished.changes)
    assert "rules" in moved
    assert finished.seats == 12
    assert [len(finished.requirements), len(finished.documents)] == [5, 2]
    assert [one.max_pages for one in finished.documents] == [2, 5]
    assert sum(one.weight for one in finished.criteria) == 100


def test_twenty_two_cities_applied_in_every_way(finished: Call) -> None:
    cities = _applications(finished)
    assert len(cities) == 22
    assert [a.organization.name for a in cities.values() if not a.submitted_at] == []
    refused = ApplicationStatus.NOT_ADMITTED
    assert [name for name, a in cities.items() if a.status is refused] == ["Estación Epílogo"]
    corrections = {name: a.corrections for name, a in cities.items() if a.corrections}
    answered = {name: [bool(one.answered_at) for one in c] for name, c in corrections.items()}
    assert answered == {"Arroyo Paréntesis": [True], "Estación Epílogo": [False]}
    assert [one.submitted_at.day for one in cities["Las Metáforas"].versions] == [18, 29]
    late = db.session.scalars(select(LateEntry)).one()
    assert late.organization.name == "Bahía Espejismo"
    assert finished.closes_at < cities["Bahía Espejismo"].submitted_at < late.until


def test_the_committee_was_replaced_where_it_recused_itself(finished: Call) -> None:
    cities = _applications(finished)
    reviews = [one for city in cities.values() for one in city.reviews]
    states = Counter(one.status for one in reviews)
    assert states == {ReviewStatus.SUBMITTED: 63, ReviewStatus.RECUSED: 2}
    admitted = [a for a in cities.values() if a.status is not ApplicationStatus.NOT_ADMITTED]
    assert {sum(one.counts for one in a.reviews) for a in admitted} == {3}
    assert len([one for one in finished.members if one.sits]) == 5
    barred = [one.user.name for city in cities.values() for one in city.conflicts]
    assert barred == ["Josefina Alderete"]
    agreed = db.session.scalars(select(Consensus.status)).all()
    assert agreed == [ConsensusStatus.AGREED] * 2


def test_the_ranking_shows_ties_quotas_and_those_left_out(finished: Call) -> None:
    result = _result(finished, ResultStage.PRELIMINARY)
    by_name = {one.application.organization.name: one for one in result.placements}
    numbers = {one.application.number: name for name, one in by_name.items()}
    ties = {
        (name, numbers[one.tie["with"][0]]): one.tie["decided_by"].partition(":")[0]
        for name, one in by_name.items()
        if one.tie
    }
    assert ties == {
        ("Monte Fábula", "Fortín Alegoría"): "criterion",
        ("Fortín Alegoría", "Monte Fábula"): "criterion",
        ("Arroyo Paréntesis", "Bahía Espejismo"): "earlier_submission",
        ("Bahía Espejismo", "Arroyo Paréntesis"): "earlier_submission",
    }
    assert Counter(one.reason for one in result.placements) == {
        OutcomeReason.MERIT: 11,
        OutcomeReason.RESERVED_SEAT: 1,
        OutcomeReason.QUOTA_FULL: 1,
        OutcomeReason.NO_SEAT_LEFT: 5,
        OutcomeReason.BELOW_MINIMUM: 1,
        OutcomeReason.BELOW_CUT_OFF: 2,
    }
    assert by_name["Campo Supuesto"].reason is OutcomeReason.QUOTA_FULL
    assert by_name["Cañada del Cuento"].rank > by_name["Los Borradores"].rank


def test_an_appeal_changed_a_place_and_another_did_not(finished: Call) -> None:
    appeals = {one.application.organization.name: one for one in db.session.scalars(select(Appeal))}
    assert {name: one.status for name, one in appeals.items()} == {
        "Los Borradores": AppealStatus.UPHELD,
        "Cerro Enigma": AppealStatus.REJECTED,
    }
    before = _outcomes(_result(finished, ResultStage.PRELIMINARY))
    after = _outcomes(_result(finished, ResultStage.FINAL))
    assert set(after[Outcome.SELECTED]) - set(before[Outcome.SELECTED]) == {"Los Borradores"}
    assert set(before[Outcome.SELECTED]) - set(after[Outcome.SELECTED]) == {"Pampa del Ensayo"}
    assert "Concordia" in after[Outcome.SELECTED]
    assert after[Outcome.WAITLISTED] == [
        "Campo Supuesto",
        "Pampa del Ensayo",
        "Arroyo Paréntesis",
        "Bahía Espejismo",
    ]


def test_results_were_voted_announced_and_put_into_minutes(finished: Call) -> None:
    for stage in ResultStage:
        result = _result(finished, stage)
        assert result.is_published
        assert result.announced_at == result.publishes_at
        assert result.minutes is not None
        assert hashlib.sha256(content_of(result.minutes)).hexdigest() == result.minutes.sha256
    ballots = Counter(one.ballot for one in _result(finished, ResultStage.PRELIMINARY).votes)
    assert ballots == {Ballot.IN_FAVOUR: 3, Ballot.AGAINST: 1}
    unsent = select(func.count()).where(ResultLetter.sent_at.is_(None))
    assert db.session.scalar(unsent) == 0
    assert db.session.scalar(select(func.count()).select_from(ResultLetter)) == 42


def test_a_seat_that_was_declined_went_to_the_next_whom_the_quotas_allow(finished: Call) -> None:
    cities = _applications(finished)
    enrolments = {
        one.organization.name: one
        for one in db.session.scalars(select(Enrolment))
        if one.application_id is not None
    }
    assert enrolments["Ciudad Prototipo"].status is EnrolmentStatus.DECLINED
    members = [name for name, one in enrolments.items() if one.status is EnrolmentStatus.ACTIVE]
    assert len(members) == 12
    assert "Pampa del Ensayo" in members
    assert cities["Campo Supuesto"].status is ApplicationStatus.WAITLISTED


@pytest.mark.usefixtures("told")
def test_members_are_enrolled_since_the_day_that_is_known() -> None:
    since = {one.organization.slug: one for one in db.session.scalars(select(Enrolment))}
    assert since["concordia"].since == date(2026, 3, 6)
    assert since["rosario"].since == date(2024, 11, 27)
    founders = db.session.scalars(select(Organization.slug).where(Organization.founder)).all()
    assert len(founders) == 10
    assert {since[slug].cohort for slug in founders} == {"2024"}
    assert since["recife"].organization.member_since == date(2026, 1, 26)


@pytest.mark.usefixtures("told")
def test_everybody_has_something_to_do() -> None:
    states = Counter(db.session.scalars(select(Application.status)))
    for status in (ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED):
        assert states[status] >= 1
    assert states[ApplicationStatus.CORRECTING] == 1
    asked = select(func.count()).where(CallQuestion.answered_at.is_(None))
    assert db.session.scalar(asked) == 1
    person = db.session.scalars(select(User).where(User.email == "evaluacion@puente.example")).one()
    own = Counter(
        db.session.scalars(
            select(Review.status)
            .join(Review.application)
            .join(Application.call)
            .where(Review.user_id == person.id, Call.status == CallStatus.EVALUATING)
        )
    )
    assert own == {ReviewStatus.SUBMITTED: 1, ReviewStatus.ACCEPTED: 1, ReviewStatus.ASSIGNED: 2}
    evaluating = db.session.scalars(select(Call).where(Call.status == CallStatus.EVALUATING)).one()
    assert [one.organization.name for one in unsettled(evaluating)] == ["Paso de la Leyenda"]
    draft = db.session.scalars(
        select(Application)
        .join(Application.organization)
        .join(User, User.id == Application.created_by_id)
        .where(User.email == "postulante@puente.example")
    ).one()
    assert draft.status is ApplicationStatus.DRAFT
    assert draft.call.phase is CallPhase.OPEN


def test_all_applicants_but_one_are_plainly_invented() -> None:
    for call, row in story.applicants(Calendar(utcnow())):
        country = Country(call["country"])
        assert tax_ids.clean(country, row["tax_id"]), row["slug"]
        assert codes.region_of(country, row["official_code"]) == row["subdivision"], row["slug"]
        assert row["website"].endswith(".example")
        if row["slug"] != "concordia":
            assert "(municipio de demostración)" in row["full_name"]
            assert row["summary"].startswith("Municipio inventado para la demostración")
