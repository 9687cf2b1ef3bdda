"""A membership: offered and signed, or declined and passed on; suspended, restored, ended."""

from datetime import date, timedelta

import pytest

from app.audit import entries_for
from app.calls.enrolments import jobs, queries, service
from app.calls.enrolments.service import Signature
from app.calls.results import jobs as results
from app.commitments.queries import of_city
from app.domain.call_states import ApplicationStatus, EnrolmentAction, EnrolmentStatus
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, RuleBroken, SomeoneWasFaster
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.files.uploads import Upload
from app.lifecycle import Act
from app.notifications.models import Message
from tests.calls.enrolments.build import member
from tests.calls.results.story import make_story

E = EnrolmentStatus
DOCUMENT = Upload("Adhesión firmada.pdf", b"%PDF-1.7 signed", 1)
SIGNATURE = Signature("Intendenta Alfa", "Intendenta", date(2026, 1, 2))


@pytest.fixture
def seats(people, run_jobs):
    """The story of a call whose final result is public: Alfa and Beta are offered a seat."""

    def make(**changes):
        told = make_story(people, **changes)
        told.publish_final()
        results.look_at_the_clock()
        run_jobs()
        db.session.expire_all()
        told.offer = {one.organization.name: one for one in queries.of_call(told.call.id)}
        return told

    return make


def standing(told):
    db.session.expire_all()
    return {one.organization.name: one.status for one in queries.of_call(told.call.id)}


def test_signed_and_confirmed_the_city_is_a_member_and_its_commitments_count(seats):
    told = seats()
    offer, city = told.offer["Alfa"], told.cities["Alfa"].organization
    year = utcnow().year
    assert of_city(city, year) is None
    service.sign(offer, SIGNATURE, DOCUMENT, told.cities["Alfa"].actor, offer.version)
    db.session.commit()
    assert (offer.status, offer.signer, offer.file.pages) == (E.SIGNED, "Intendenta Alfa", 1)
    assert city.member_since is None
    service.act(offer, Act(EnrolmentAction.CONFIRM), told.coordinator.actor)
    db.session.commit()
    assert (offer.status, offer.since == city.member_since) == (E.ACTIVE, True)
    assert city.cohort == "2026"
    assert of_city(city, year).city is city


def test_only_who_answers_for_the_city_signs(seats, people):
    told = seats()
    offer = told.offer["Alfa"]
    editor = people.person(told.cities["Alfa"].organization, Role.EDITOR)
    for person in (editor, told.cities["Beta"], told.coordinator):
        with pytest.raises(NotAllowed):
            service.sign(offer, SIGNATURE, DOCUMENT, person.actor, None)
    late = Signature("X", "Y", date(2099, 1, 1))
    owner = told.cities["Alfa"].actor
    with pytest.raises(RuleBroken, match="signed_in_the_future"):
        service.sign(offer, late, DOCUMENT, owner, None)
    with pytest.raises(SomeoneWasFaster):
        service.sign(offer, SIGNATURE, DOCUMENT, owner, 99)
    with pytest.raises(RuleBroken, match="sign_with_document"):
        service.act(offer, Act(EnrolmentAction.SIGN), owner)


def test_the_coordination_returns_what_is_not_in_order(seats, people):
    told = seats()
    offer = told.offer["Alfa"]
    owner = told.cities["Alfa"].actor
    service.sign(offer, SIGNATURE, DOCUMENT, owner, None)
    back = Act(EnrolmentAction.RETURN, "Falta la firma.")
    with pytest.raises(NotAllowed):
        service.act(offer, back, people.coordinator().actor)
    with pytest.raises(ReasonMissing):
        service.act(offer, Act(EnrolmentAction.RETURN), told.coordinator.actor)
    service.act(offer, back, told.coordinator.actor)
    assert offer.status is E.OFFERED
    service.sign(offer, SIGNATURE, DOCUMENT, owner, None)
    with pytest.raises(OutOfOrder):
        service.sign(offer, SIGNATURE, DOCUMENT, owner, None)


def test_a_declined_seat_goes_to_the_next_on_the_waiting_list(seats):
    told = seats()
    decline = Act(EnrolmentAction.DECLINE, "Sin presupuesto.")
    service.act(told.offer["Beta"], decline, told.cities["Beta"].actor)
    db.session.commit()
    assert standing(told) == {"Alfa": E.OFFERED, "Beta": E.DECLINED, "Gama": E.OFFERED}
    gama = told.application("Gama")
    assert gama.status is ApplicationStatus.SELECTED
    assert [entry.action for entry in entries_for(gama)][-1] == "promote"
    mails = [mail.subject for mail in db.session.query(Message) if "Gama" in mail.subject]
    assert len(mails) == 2
    # Nobody waits any more.
    service.act(told.offer["Alfa"], decline, told.cities["Alfa"].actor)
    db.session.commit()
    assert list(standing(told)) == ["Alfa", "Beta", "Gama"]


def test_the_next_in_line_keeps_the_quotas(people, run_jobs):
    """With at most one city of a province, the seat of one passes over its neighbour."""
    cap = {"name": "Por provincia", "kind": "cap", "field": "region", "value": "", "seats": 1}
    places = {
        "Alfa": {"region": "AR-B"},
        "Beta": {"region": "AR-X"},
        "Gama": {"region": "AR-B"},
        "Delta": {"region": "AR-S"},
    }
    told = make_story(people, quotas=[cap], places=places, waiting=2)
    told.publish_final()
    results.look_at_the_clock()
    run_jobs()
    offer = next(one for one in queries.of_call(told.call.id) if one.organization.name == "Beta")
    decline = Act(EnrolmentAction.DECLINE, "No.")
    service.act(offer, decline, told.cities["Beta"].actor)
    db.session.commit()
    assert list(standing(told)) == ["Alfa", "Beta", "Delta"]


def test_an_offer_that_nobody_signs_lapses_once(seats, run_jobs):
    told = seats()
    jobs.look_at_the_clock()
    run_jobs()
    assert set(standing(told).values()) == {E.OFFERED}
    lapse = Act(EnrolmentAction.LAPSE, "Antes.")
    with pytest.raises(RuleBroken, match="adhesion_not_over"):
        service.act(told.offer["Alfa"], lapse, told.coordinator.actor)
    service.sign(told.offer["Alfa"], SIGNATURE, DOCUMENT, told.cities["Alfa"].actor, None)
    told.offer["Beta"].created_at = utcnow() - timedelta(days=30)
    told.move(adhesion_closes=-0.01)
    jobs.look_at_the_clock()
    jobs.look_at_the_clock()
    run_jobs()
    jobs.lapse(told.offer["Beta"].id)
    db.session.commit()
    assert standing(told) == {"Alfa": E.SIGNED, "Beta": E.LAPSED, "Gama": E.OFFERED}
    promoted = next(one for one in queries.of_call(told.call.id) if one.organization.name == "Gama")
    # Offered after the adhesions closed, it still has ten days.
    assert promoted.sign_by > utcnow() + timedelta(days=9)
    with pytest.raises(OutOfOrder):
        service.sign(told.offer["Beta"], SIGNATURE, DOCUMENT, told.cities["Beta"].actor, None)


def test_after_its_time_nobody_signs(seats):
    told = seats()
    offer = told.offer["Alfa"]
    offer.created_at = utcnow() - timedelta(days=30)
    told.move(adhesion_closes=-0.01)
    with pytest.raises(RuleBroken, match="adhesion_over"):
        service.sign(offer, SIGNATURE, DOCUMENT, told.cities["Alfa"].actor, None)


def test_a_member_gets_no_second_offer(people, run_jobs):
    told = make_story(people)
    member(told.cities["Alfa"])
    told.publish_final()
    results.look_at_the_clock()
    run_jobs()
    assert list(standing(told)) == ["Beta"]


def test_suspended_restored_and_ended_with_reasons(people):
    city, coordinator = people.city(), people.coordinator()
    actor, year = coordinator.actor, utcnow().year
    enrolment = service.found(
        city.organization,
        "2024",
        actor,
        since=date(2024, 11, 27),
        reason="Firmó el acuerdo de 2024.",
        founder=True,
    )
    db.session.commit()
    organization = city.organization
    assert (enrolment.status, organization.founder) == (E.ACTIVE, True)
    assert (organization.member_since, organization.cohort) == (date(2024, 11, 27), "2024")
    assert of_city(organization, year) is not None
    assert of_city(organization, 2023) is None
    with pytest.raises(ReasonMissing):
        service.act(enrolment, Act(EnrolmentAction.SUSPEND), actor)
    service.act(enrolment, Act(EnrolmentAction.SUSPEND, "Sin informes."), actor)
    assert of_city(organization, year) is None
    service.act(enrolment, Act(EnrolmentAction.RESTORE, "Regularizó."), actor)
    assert of_city(organization, year) is not None
    service.act(enrolment, Act(EnrolmentAction.END, "Se retira."), actor)
    db.session.commit()
    assert (of_city(organization, year), organization.member_since) == (None, None)
    assert [entry.reason for entry in entries_for(enrolment)] == [
        "Firmó el acuerdo de 2024.",
        "Sin informes.",
        "Regularizó.",
        "Se retira.",
    ]


def test_founding_is_the_coordinations_and_once_a_city(people):
    city, coordinator = people.city(), people.coordinator()
    known = {"since": date(2024, 11, 27), "reason": "Acuerdo."}
    for person in (city, people.startup()):
        with pytest.raises(NotAllowed):
            service.found(city.organization, "2024", person.actor, **known)
    with pytest.raises(RuleBroken, match="not_a_city"):
        service.found(people.startup().organization, "2024", coordinator.actor, **known)
    founded = service.found(city.organization, "2024", coordinator.actor, **known)
    with pytest.raises(RuleBroken, match="enrolled_already"):
        service.found(city.organization, "2024", coordinator.actor, **known)
    with pytest.raises(NotAllowed):
        service.act(founded, Act(EnrolmentAction.SUSPEND, "Ajena."), people.coordinator().actor)
