"""The life of a solution through its pages."""

import pytest

from app.audit import entries_for
from app.domain.states import OrganizationStatus, SolutionStatus
from app.domain.vocabulary import Role
from app.extensions import db
from app.jobs.models import Job
from app.notifications.models import Message
from app.solutions.models import Solution
from tests.solutions.build import solution, typed

S = SolutionStatus


def _url(thing, *parts):
    return "/".join(["/solutions", thing.public_id, *parts])


def _reindexed():
    return db.session.query(Job).filter_by(kind="matches.reindex").count()


def _mails_to(person):
    rows = db.session.query(Message.subject).filter_by(recipient=person.email)
    return [row.subject for row in rows.order_by(Message.id)]


def test_a_startup_drafts_and_submits_and_a_coordinator_publishes(people, browser):
    startup, coordinator = people.startup(), people.coordinator()
    made = browser(startup).post(
        "/solutions/new", {"lang": "es", "title": "Rutas", "sector": "waste"}
    )
    assert made.status_code == 302
    thing = db.session.query(Solution).one()
    assert (thing.status, thing.organization_id) == (S.DRAFT, startup.organization.id)
    refused = browser(startup).post(_url(thing, "acts/submit"))
    assert refused.status_code == 409
    assert "The line of use cases" in refused.text
    assert "AI card: its limits" in refused.text
    saved = browser(startup).post(_url(thing, "edit"), typed(version=str(thing.version)))
    assert saved.status_code == 302
    assert browser(startup).post(_url(thing, "acts/submit")).status_code == 302
    assert _mails_to(coordinator) == [
        f"To review: Rutas que aprenden ({startup.organization.name})"
    ]
    assert _reindexed() == 0
    assert browser(coordinator).post(_url(thing, "acts/publish")).status_code == 302
    db.session.refresh(thing)
    assert thing.status is S.PUBLISHED
    assert thing.published_at is not None
    assert [entry.action for entry in entries_for(thing)] == ["create", "edit", "submit", "publish"]
    assert _mails_to(startup) == ["Published: Rutas que aprenden"]
    assert _reindexed() == 1
    assert browser().get(_url(thing)).status_code == 200


def test_the_coordination_asks_for_changes_and_says_why(people, browser):
    startup, coordinator = people.startup(), people.coordinator()
    thing = solution(startup, S.IN_REVIEW)
    silent = browser(coordinator).post(_url(thing, "acts/request_changes"))
    assert silent.status_code == 409
    asked = browser(coordinator).post(
        _url(thing, "acts/request_changes"), {"reason": "Which cities use it?"}
    )
    assert asked.status_code == 302
    db.session.refresh(thing)
    assert thing.status is S.CHANGES_REQUESTED
    message = db.session.query(Message).filter_by(recipient=startup.email).one()
    assert "Which cities use it?" in message.text


def test_editing_a_published_solution_keeps_it_published_and_compares_it_again(people, browser):
    startup = people.startup()
    thing = solution(startup)
    answer = browser(startup).post(
        _url(thing, "edit"), typed(title="Otro nombre", version=str(thing.version))
    )
    assert answer.status_code == 302
    db.session.refresh(thing)
    assert (thing.status, thing.title) == (S.PUBLISHED, "Otro nombre")
    entry = entries_for(thing)[-1]
    assert entry.action == "edit"
    assert set(entry.details["fields"]) == {"title", "languages", "countries"}
    assert _reindexed() == 1


def test_a_published_solution_cannot_be_emptied_and_nothing_typed_is_lost(people, browser):
    startup = people.startup()
    thing = solution(startup)
    answer = browser(startup).post(
        _url(thing, "edit"), typed(use_cases="", title="Lo que escribí", version=str(thing.version))
    )
    assert answer.status_code == 422
    assert "The line of use cases" in answer.text
    assert "Lo que escribí" in answer.text
    db.session.refresh(thing)
    assert thing.title == "Rutas que aprenden"
    assert entries_for(thing) == []
    assert _reindexed() == 0


def test_an_edit_that_was_overtaken_keeps_what_was_typed(people, browser):
    startup = people.startup()
    thing = solution(startup, S.DRAFT)
    stale = str(thing.version)
    thing.title = "Otra persona lo cambió"
    db.session.commit()
    answer = browser(startup).post(_url(thing, "edit"), typed(title="Lo mío", version=stale))
    assert answer.status_code == 422
    assert "Lo mío" in answer.text
    db.session.refresh(thing)
    assert thing.title == "Otra persona lo cambió"


def test_suspending_hides_it_and_correcting_it_tells_the_coordination(people, browser):
    startup, coordinator = people.startup(), people.coordinator()
    thing = solution(startup)
    assert (
        browser(coordinator)
        .post(_url(thing, "acts/suspend"), {"reason": "The reference is not true"})
        .status_code
        == 302
    )
    assert browser().get(_url(thing)).status_code == 404
    assert "Rutas que aprenden" not in browser().get("/solutions/").text
    assert browser(startup).post(_url(thing, "acts/restore")).status_code == 403
    edited = browser(startup).post(_url(thing, "edit"), typed(references="Rafaela"))
    assert edited.status_code == 302
    assert _mails_to(coordinator) == ["Corrected: Rutas que aprenden"]
    assert browser(coordinator).post(_url(thing, "acts/restore")).status_code == 302
    assert browser().get(_url(thing)).status_code == 200
    assert _mails_to(startup) == [
        "Suspended: Rutas que aprenden",
        "Published again: Rutas que aprenden",
    ]


def test_a_startup_withdraws_and_takes_up_again(people, browser):
    startup = people.startup()
    thing = solution(startup)
    assert browser(startup).post(_url(thing, "acts/withdraw")).status_code == 302
    assert _reindexed() == 1
    assert browser().get(_url(thing)).status_code == 404
    assert browser(startup).get(_url(thing, "edit")).status_code == 409
    assert browser(startup).post(_url(thing, "acts/revise")).status_code == 302
    db.session.refresh(thing)
    assert thing.status is S.DRAFT


def test_a_public_good_is_the_coordinations_and_needs_a_steward(people, browser):
    coordinator = people.coordinator()
    made = browser(coordinator).post("/solutions/new", typed(title="Consulta"))
    assert made.status_code == 302
    thing = db.session.query(Solution).one()
    assert thing.is_public_good
    refused = browser(coordinator).post(_url(thing, "acts/submit"))
    assert refused.status_code == 409
    for part in ("The licence of the code", "Where the code is", "Who looks after it"):
        assert part in refused.text
    more = {
        "licence": "MIT",
        "repository_url": "https://code.example/consulta",
        "steward": "Fundación Abierta",
    }
    assert browser(coordinator).post(_url(thing, "edit"), typed(**more)).status_code == 302
    assert browser(coordinator).post(_url(thing, "acts/submit")).status_code == 302
    assert browser(coordinator).post(_url(thing, "acts/publish")).status_code == 302
    assert "Fundación Abierta" in browser().get(_url(thing)).text


def test_a_startup_has_no_say_over_a_public_good(people, browser):
    startup = people.startup()
    thing = solution(None, title="Consulta Abierta")
    assert browser(startup).get(_url(thing, "edit")).status_code == 403
    assert browser(startup).post(_url(thing, "acts/withdraw")).status_code == 403
    db.session.refresh(thing)
    assert thing.status is S.PUBLISHED


@pytest.mark.parametrize("status", [S.DRAFT, S.IN_REVIEW, S.SUSPENDED, S.WITHDRAWN])
def test_what_another_startup_keeps_back_does_not_exist(people, browser, status):
    thing = solution(people.startup(), status, title="Un invento secreto")
    neighbour = people.startup()
    for answer in (
        browser(neighbour).get(_url(thing)),
        browser(neighbour).get(_url(thing, "edit")),
        browser(neighbour).post(_url(thing, "acts/withdraw")),
        browser(people.city()).get(_url(thing)),
        browser().get(_url(thing)),
    ):
        assert answer.status_code in (302, 404)
        assert "secreto" not in answer.text
    listed = browser(neighbour).get("/solutions/?q=secreto").text
    assert "Un invento" not in listed
    assert "0 results" in listed


@pytest.mark.parametrize("act", ["publish", "request_changes", "suspend"])
def test_a_startup_cannot_do_what_is_the_coordinations(people, browser, act):
    startup = people.startup()
    status = S.PUBLISHED if act == "suspend" else S.IN_REVIEW
    thing = solution(startup, status)
    answer = browser(startup).post(_url(thing, "acts", act), {"reason": "why"})
    assert answer.status_code == 403
    db.session.refresh(thing)
    assert thing.status is status
    assert entries_for(thing) == []


def test_who_only_reads_or_is_not_verified_cannot_submit(people, browser):
    startup = people.startup()
    thing = solution(startup, S.DRAFT)
    reader = people.person(startup.organization, Role.VIEWER)
    assert browser(reader).get(_url(thing)).status_code == 200
    assert browser(reader).get(_url(thing, "edit")).status_code == 403
    assert browser(reader).post(_url(thing, "acts/submit")).status_code == 403
    newcomer = people.startup(status=OrganizationStatus.PENDING)
    waiting = solution(newcomer, S.DRAFT)
    assert browser(newcomer).get(_url(waiting, "edit")).status_code == 200
    assert browser(newcomer).post(_url(waiting, "acts/submit")).status_code == 403
    assert browser(people.city()).get("/solutions/new").status_code == 403


def test_two_coordinators_decide_and_the_second_is_told(people, browser):
    thing = solution(people.startup(), S.IN_REVIEW)
    first, second = browser(people.coordinator()), browser(people.coordinator())
    seen = str(thing.version)
    assert first.post(_url(thing, "acts/publish"), {"version": seen}).status_code == 302
    late = second.post(_url(thing, "acts/request_changes"), {"version": seen, "reason": "more"})
    assert late.status_code == 409
    db.session.refresh(thing)
    assert thing.status is S.PUBLISHED
    assert len(entries_for(thing)) == 1
