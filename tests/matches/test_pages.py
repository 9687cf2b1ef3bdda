"""The pages of matches: who sees what, and what they can do there."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actors import ANONYMOUS
from app.domain.permissions import Permission, can
from app.domain.states import ChallengeStatus, MatchAction, MatchStatus
from app.domain.vocabulary import Language, Role
from app.extensions import db, utcnow
from app.matches import desk, queries
from app.matches.models import Match
from tests.challenges.build import challenge
from tests.matches.build import match, solution, submission
from tests.matches.test_decisions import Table
from tests.people import People

M = MatchStatus


@pytest.fixture
def table(people):
    return Table(people)


def _url(thing, *parts):
    return "/".join(["/matches", thing.public_id, *parts])


def test_a_suggestion_shows_the_coordination_why(table, browser):
    offer, thing = table.offers[0], table.matches[0]
    offer.description = "Cámaras <script>alert(1)</script> que ven la BASURA."
    offer.lang = Language.PORTUGUESE
    submission(table.challenge, offer)
    page = browser(table.coordinator).get(_url(thing)).text
    assert "<mark>BASURA</mark>" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "Written in Portuguese" in page
    assert '<strong>50</strong> <span class="soft">points out of 100' in page
    assert "sensores" in page
    assert "It is offered in Argentina." in page
    assert "Yes, on" in page
    assert "Reads both texts and approves or dismisses the suggestion." in page
    assert _url(thing, "acts/approve") in page
    assert _url(thing, "acts/dismiss") in page
    assert "Not mature enough for this challenge" in page
    assert "/accept" not in page
    assert 'accesskey="n"' in page


def test_before_it_is_proposed_nobody_else_knows(people, table, browser):
    waiting, dismissed = table.matches[1], table.matches[2]
    for row, status in ((waiting, M.APPROVED), (dismissed, M.DISMISSED)):
        row.status = status
    db.session.commit()
    people_outside = (table.city, *table.startups, people.city(), people.startup(), people.person())
    for person in people_outside:
        for thing in table.matches:
            assert browser(person).get(_url(thing)).status_code == 404
            assert browser(person).post(_url(thing, "accept")).status_code == 404
            assert browser(person).post(_url(thing, "acts/approve")).status_code == 404
        listed = browser(person).get("/matches/")
        assert listed.status_code == 200
        assert "microbasurales" not in listed.text
        assert browser(person).get("/matches/desk").status_code == 403
        assert browser(person).get(f"/matches/desk/{table.challenge.public_id}").status_code == 404
    for address in ("/matches/", "/matches/desk", _url(waiting)):
        assert browser().get(address).status_code == 302


def test_a_proposal_is_for_its_two_sides(people, table, browser):
    table.approve(0, 1)
    thing = table.matches[0]
    for person, word in (
        (table.city, "Decline as city"),
        (table.startups[0], "Decline as startup"),
    ):
        page = browser(person).get(_url(thing)).text
        assert "Accept the match" in page
        assert word in page
        assert _url(thing, "acts/dismiss") not in page
        assert table.offers[0].title in browser(person).get("/matches/").text
    for person in (table.startups[1], people.city(), people.startup()):
        assert browser(person).get(_url(thing)).status_code == 404
        assert table.offers[0].title not in browser(person).get("/matches/").text
    reader = people.person(table.city.organization, Role.VIEWER)
    assert "Accept the match" not in browser(reader).get(_url(thing)).text
    assert browser(reader).post(_url(thing, "accept")).status_code == 403
    assert browser(table.coordinator).post(_url(thing, "accept")).status_code == 403


def test_the_sides_do_not_read_what_the_coordination_said_among_itself(table, browser):
    table.act(0, MatchAction.DISMISS, reason="Palabra secreta", code="conflict_of_interest")
    table.act(0, MatchAction.RECONSIDER, reason="Otra palabra secreta")
    table.approve(0)
    for person in (table.city, table.startups[0]):
        page = browser(person).get(_url(table.matches[0])).text
        assert "secreta" not in page
        assert "Conflict of interest" not in page
        assert table.coordinator.name not in page
        assert "Proposed to both sides" in page
    told = browser(table.coordinator).get(_url(table.matches[0])).text
    assert "Palabra secreta" in told
    assert table.coordinator.name in told


def test_both_sides_accept_on_their_pages(table, browser):
    table.approve(0)
    thing = table.matches[0]
    assert browser(table.city).post(_url(thing, "accept")).status_code == 302
    page = browser(table.city).get(_url(thing)).text
    assert "Accept the match" not in page
    assert table.startups[0].organization.name in page
    again = browser(table.city).post(_url(thing, "accept"))
    assert again.status_code == 409
    assert "Your side has accepted this match already." in again.text
    assert browser(table.startups[0]).post(_url(thing, "accept")).status_code == 302
    db.session.refresh(thing)
    assert thing.status is M.CONFIRMED
    assert "Opens the pilot" in browser(table.city).get(_url(thing)).text
    assert browser(table.city).post(_url(thing, "accept")).status_code == 409


def test_a_decline_asks_for_its_reason_in_the_list(table, browser):
    table.approve(0)
    thing = table.matches[0]
    address = _url(thing, "acts/decline_as_city")
    assert browser(table.city).post(address, {"reason": "no"}).status_code == 409
    answer = browser(table.city).post(address, {"reason_code": "legal", "reason": "Falta norma"})
    assert answer.status_code == 302
    page = browser(table.startups[0]).get(_url(thing)).text
    assert "Legal obstacle: Falta norma" in page


def test_an_overdue_proposal_offers_no_answer(table, browser):
    table.approve(0)
    thing = table.matches[0]
    thing.respond_by = utcnow() - timedelta(seconds=1)
    db.session.commit()
    page = browser(table.city).get(_url(thing)).text
    assert "Accept the match" not in page
    assert "Decline as city" not in page
    assert "It can no longer be answered" in page
    late = browser(table.city).post(_url(thing, "accept"))
    assert late.status_code == 409
    assert "The time to answer this match has passed." in late.text


def test_acts_that_do_not_exist_and_strange_versions(table, browser):
    tab = browser(table.coordinator)
    thing = table.matches[0]
    assert tab.post(_url(thing, "acts/explode")).status_code == 404
    assert tab.post(_url(thing, "acts/confirm")).status_code == 409
    assert tab.post(_url(thing, "acts/approve"), {"version": "9" * 5000}).status_code == 302
    assert tab.get("/matches/aaaaaaaaaaaa").status_code == 404
    assert tab.get("/matches/desk/aaaaaaaaaaaa").status_code == 404


def test_a_public_good_tells_that_the_city_decides_alone(table, browser):
    good = match(table.challenge, solution(None, title="Código de todos"))
    page = browser(table.coordinator).get(_url(good)).text
    assert "with the answer of the city the match is confirmed" in page
    assert "Did the startup apply?" not in page


def test_the_desk_counts_by_challenge(people, table, browser):
    table.approve(0, 1)
    empty = challenge(people.city(), title="Sin candidatos")
    old = challenge(people.city(), title="Espera hace mucho")
    match(old, table.offers[0], suggested_at=utcnow() - timedelta(days=40))
    draft = challenge(people.city(), ChallengeStatus.DRAFT, title="Un borrador")
    page = browser(table.coordinator).get("/matches/desk").text
    titles = re.findall(r'card__title"[^>]*><a[^>]*>([^<]+)', page)
    assert titles == [old.title, table.challenge.title, empty.title]
    assert draft.title not in page
    assert "40 days ago" in page
    assert "1 alternate" in page
    assert desk.desk_counts() == {"to_decide": 1, "proposed": 1, "approved": 0, "without": 1}
    narrowed = browser(table.coordinator).get("/matches/desk?stage=without").text
    assert empty.title in narrowed
    assert old.title not in narrowed
    for sort in ("waiting", "closing"):
        assert browser(table.coordinator).get(f"/matches/desk?sort={sort}").status_code == 200


def test_the_candidates_of_a_challenge_stand_best_first(table, browser):
    submission(table.challenge, table.offers[2])
    table.offers[1].countries = ["BR"]
    table.offers[1].title = "La segunda"
    db.session.commit()
    page = browser(table.coordinator).get(f"/matches/desk/{table.challenge.public_id}").text
    order = [page.index(_url(table.matches[number])) for number in (1, 2, 0)]
    assert page.count("Does not fit: Country") == 1
    assert order[1:] == sorted(order[1:])
    assert "Decide one by one" in page
    assert page.count(">Yes<") == 1


def test_an_empty_desk_says_so(people, browser):
    page = browser(people.coordinator()).get("/matches/desk")
    assert "Nothing on the desk" in page.text
    thing = challenge(people.city())
    page = browser(people.coordinator()).get(f"/matches/desk/{thing.public_id}")
    assert "No candidates yet" in page.text


def test_next_goes_through_the_challenge_and_then_to_the_oldest(people, table):
    other = challenge(people.city())
    young = match(other, table.offers[0])
    oldest = challenge(people.city())
    first = match(oldest, table.offers[0], suggested_at=utcnow() - timedelta(days=3))
    one, two, three = table.matches
    assert desk.next_undecided(two) is three
    assert desk.next_undecided(three) is one
    assert desk.next_undecided(one) is two
    for row in (two, three):
        row.status = M.DISMISSED
    db.session.commit()
    assert desk.next_undecided(one) is first
    first.status = young.status = M.DISMISSED
    db.session.commit()
    assert desk.next_undecided(one) is None


def test_the_challenge_shows_its_candidates_or_its_proposal(people, table, browser):
    address = f"/challenges/{table.challenge.public_id}"
    inside = f"/matches/desk/{table.challenge.public_id}"
    page = browser(table.coordinator).get(address).text
    assert inside in page
    assert "3 suggestions to decide" in page
    assert "Proposed solution" not in browser(table.city).get(address).text
    table.approve(0)
    page = browser(table.city).get(address).text
    assert "Proposed solution" in page
    assert _url(table.matches[0]) in page
    for person in (table.startups[0], people.city(), None):
        other = browser(person).get(address).text if person else browser().get(address).text
        assert inside not in other
        assert _url(table.matches[0]) not in other
    draft = challenge(table.city, ChallengeStatus.IN_REVIEW)
    assert "Candidates" not in browser(table.coordinator).get(f"/challenges/{draft.public_id}").text


def test_lists_narrow_by_state_and_search_the_challenge(table, browser):
    table.approve(0)
    tab = browser(table.coordinator)
    assert tab.get("/matches/").text.count('card__title"') == 3
    assert tab.get("/matches/?status=proposed").text.count('card__title"') == 1
    assert tab.get("/matches/?q=microbasurales&sort=score").text.count('card__title"') == 3
    assert "No match fits these filters" in tab.get("/matches/?q=zzz").text
    assert tab.get("/matches/?status=nonsense&page=99&sort=new").status_code == 200


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(states=st.lists(st.sampled_from(M), min_size=4, max_size=4))
def test_the_list_and_the_table_of_permissions_agree(app, states):
    made = People()
    cities, startups = [made.city(), made.city()], [made.startup(), made.startup()]
    rows = []
    for number, status in enumerate(states):
        thing = challenge(cities[number % 2])
        rows.append(match(thing, solution(startups[number // 2]), status))
    rows.append(match(challenge(cities[0]), solution(None), states[0]))
    everybody = [*cities, *startups, made.coordinator(Role.VIEWER), made.person()]
    for actor in (*(person.actor for person in everybody), ANONYMOUS):
        keys = [row.id for row in rows]
        seen = queries.matches().where(queries.visible_to(actor), Match.id.in_(keys))
        listed = set(db.session.scalars(seen.with_only_columns(Match.id)))
        assert listed == {r.id for r in rows if can(actor, Permission.MATCH_VIEW, r.subject)}
