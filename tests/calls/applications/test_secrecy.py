"""Who learns what of an application: lists and permissions agree, and names stay hidden."""

import itertools
import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st
from sqlalchemy import select

from app.calls.applications import queries
from app.calls.applications.models import Application
from app.calls.committee.models import Conflict, Review
from app.domain.actors import ANONYMOUS, SYSTEM, Actor
from app.domain.call_states import ApplicationStatus, ReviewStatus
from app.domain.call_vocabulary import RecusalReason
from app.domain.permissions import Permission, can
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db
from tests.calls import build
from tests.calls.applications.conftest import SAID

K = OrganizationKind
REASON = RecusalReason.PERSONAL_TIE


@pytest.fixture
def world(people):
    """Two calls of two networks, two cities, and a person who reviews, follows or is barred."""
    networks = [people.organization(K.COORDINATION) for _number in range(2)]
    cities = [people.organization(K.CITY) for _number in range(2)]
    calls = [build.call(network) for network in networks]
    person = people.person()
    for call in calls:
        build.member(call, person)
    return [*networks, *cities, people.organization(K.STARTUP)], calls, cities, person


def _actors(organizations, person):
    yield from (ANONYMOUS, Actor(id=person.id))
    for organization, verified in itertools.product(organizations, (True, False)):
        known = {"organization_id": organization.id, "kind": organization.kind}
        yield Actor(id=person.id, role=Role.VIEWER, verified=verified, **known)


@given(
    statuses=st.lists(st.sampled_from(ApplicationStatus), min_size=4, max_size=4),
    reviews=st.lists(st.sampled_from([None, *ReviewStatus]), min_size=4, max_size=4),
    barred=st.lists(st.booleans(), min_size=4, max_size=4),
)
@tuned(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_lists_and_permissions_agree(world, statuses, reviews, barred):
    organizations, calls, cities, person = world
    pairs = itertools.product(calls, cities)
    for (call, city), status, review, bar in zip(pairs, statuses, reviews, barred, strict=True):
        application = Application(call=call, organization=city, status=status)
        db.session.add(application)
        if review:
            db.session.add(Review(application=application, user=person, status=review))
        if bar:
            db.session.add(Conflict(application=application, user=person, reason=REASON))
    db.session.flush()
    everything = db.session.scalars(select(Application)).unique().all()
    for actor in _actors(organizations, person):
        listed = set(db.session.scalars(select(Application.id).where(queries.visible_to(actor))))
        allowed = {
            one.id for one in everything if can(actor, Permission.APPLICATION_VIEW, one.subject)
        }
        assert listed == allowed, actor
    seen = set(db.session.scalars(select(Application.id).where(queries.visible_to(SYSTEM))))
    assert len(seen) == 4
    db.session.rollback()


@pytest.fixture
def judged(sent, people):
    """An application that was sent, with a reviewer; ``anonymous`` or not."""

    def make(anonymous):
        place, application = sent(anonymous=anonymous)
        reviewer = people.person()
        build.member(place.call, reviewer)
        build.review(application, reviewer, ReviewStatus.ACCEPTED)
        return place, application, reviewer

    return make


TELL_WHO = (
    "Villa del Ejemplo",
    "30-99900158-7",
    "30999001587",
    "María José",
    "Ana Referente",
    "ana@villa.example",
    "Secretaría de Modernización",
    "Buenos Aires",
    "documento-0.pdf",
    "documento-1.pdf",
)


def _pages(application):
    known = f"/applications/{application.public_id}"
    return [known, f"{known}/versions"]


def _links(page):
    return re.findall(r'href="(/applications/[^"]+/files/[^"]+)"', page.text)


def test_names_stay_hidden_while_an_anonymous_call_is_judged(judged, browser):
    place, application, reviewer = judged(anonymous=True)
    reader = browser(reviewer)
    for address in _pages(application):
        page = reader.get(address)
        assert page.status_code == 200
        assert application.number in page.text
        for secret in TELL_WHO:
            assert secret not in page.text, (address, secret)
    assert SAID["experience"] in reader.get(_pages(application)[0]).text
    [report] = _links(reader.get(_pages(application)[0]))
    told = reader.get(report).headers["Content-Disposition"]
    assert application.number in told
    assert "documento" not in told
    for link in _links(browser(place.coordinator).get(_pages(application)[0])):
        assert reader.get(link).status_code == (200 if link == report else 404)
    for page in ("receipt", "receipt.pdf", "examination"):
        assert reader.get(f"{_pages(application)[0]}/{page}").status_code == 404 or page == (
            "examination"
        )


def test_in_other_calls_the_committee_reads_whose_it_is(judged, browser):
    _place, application, reviewer = judged(anonymous=False)
    page = browser(reviewer).get(_pages(application)[0])
    assert all(known in page.text for known in TELL_WHO[:2])
    assert len(_links(page)) == 2
    assert "Examined" not in page.text


def test_with_a_conflict_there_is_nothing_to_see(judged, browser, people):
    place, application, reviewer = judged(anonymous=False)
    colleague = people.person(place.coordinator.organization)
    queue = f"/applications/of/{place.call.public_id}"
    assert application.number in browser(colleague).get(queue).text
    [link, _other] = _links(browser(colleague).get(_pages(application)[0]))
    for person in (reviewer, colleague):
        db.session.add(Conflict(application=application, user=person, reason=REASON))
    db.session.commit()
    for person in (reviewer, colleague):
        for address in (*_pages(application), link, f"{_pages(application)[0]}/examination"):
            assert browser(person).get(address).status_code == 404
    page = browser(colleague).get(queue).text
    assert application.number not in page
    assert "Nothing was received yet" in page
    assert "Examine the application" not in browser(colleague).get("/work").text


def test_a_coordinator_who_judges_reads_numbers_in_the_queue(judged, browser, people):
    place, application, _reviewer = judged(anonymous=True)
    judge = people.person(place.coordinator.organization)
    build.member(place.call, judge)
    page = browser(judge).get(f"/applications/of/{place.call.public_id}").text
    assert f"Application {application.number}" in page
    assert "Villa del Ejemplo" not in page
    assert (
        "Villa del Ejemplo"
        in browser(place.coordinator).get(f"/applications/of/{place.call.public_id}").text
    )
