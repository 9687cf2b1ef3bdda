"""The public pages of calls and the desk: who reads what, and nothing before its time."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from app.calls import service
from app.calls.committee.models import Conflict
from app.domain.call_states import ApplicationStatus, CallAction, CallStatus
from app.domain.call_vocabulary import CallDate, CallPhase, RecusalReason
from app.domain.vocabulary import Country, Role
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from tests.calls import build

P, S = CallPhase, CallStatus
WHY = ("Receso de fin de año", "Resolución 4/2026")


def url(thing, *parts):
    return "/".join(["/calls", thing.public_id, *parts])


def words(answer):
    """Return what a page says, without what differs between two calls by its nature."""
    text = re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])
    return re.sub(r"[0-9a-z]{12}|\s+", " ", text)


def test_the_list_goes_by_the_clock_and_hides_drafts(people, coordinator, browser):
    for phase in (P.UPCOMING, P.OPEN, P.CLOSED):
        build.call(coordinator, phase=phase, title=f"Llamado {phase}")
    build.call(coordinator, S.DRAFT, title="Llamado secreto")
    build.call(coordinator, country=Country.CHILE, year=2031, title="Llamado chileno")
    page = browser().get("/calls/").text
    assert "secreto" not in page
    assert (
        page.index("Llamado open") < page.index("Llamado upcoming") < page.index("Llamado closed")
    )
    for query, found in (
        ("phase=open", {"open", "chileno"}),
        ("phase=upcoming&phase=closed", {"upcoming", "closed"}),
        ("country=CL", {"chileno"}),
        ("year=2031", {"chileno"}),
        ("year=abc", set()),
        ("q=chileno", {"chileno"}),
    ):
        shown = set(re.findall(r"Llamado (\w+)</a>", browser().get(f"/calls/?{query}").text))
        assert shown == found, query
    assert "Llamado secreto" in browser(coordinator).get("/calls/").text
    assert "Llamado secreto" not in browser(people.coordinator()).get("/calls/").text


def test_a_draft_is_nobodys_but_its_networks(people, coordinator, city, browser):
    thing = build.call(coordinator, S.DRAFT, P.UPCOMING)
    office = coordinator.organization
    for reader in (None, city, people.startup(), people.coordinator()):
        for part in ("", "questions", "dates.ics", "desk", "edit", "dates", "simulator"):
            status = browser(reader).get(url(thing, part).rstrip("/")).status_code
            assert status in ((302, 404) if reader is None else (404,)), part
    viewer = browser(people.person(office, Role.VIEWER))
    assert [viewer.get(url(thing, one)).status_code for one in ("desk", "simulator")] == [200] * 2
    assert viewer.get(url(thing, "edit")).status_code == 403
    assert browser(coordinator).get(url(thing)).status_code == 200


def test_the_desk_of_a_published_call_is_its_networks_alone(people, coordinator, city, browser):
    thing = build.call(coordinator)
    for reader, status in ((city, 403), (people.coordinator(), 403), (coordinator, 200)):
        for part in ("desk", "edit", "dates", "simulator"):
            assert browser(reader).get(url(thing, part)).status_code == status, part
        answer = browser(reader).post(url(thing, "acts", "suspend"), {"reason": "x"})
        assert answer.status_code == (302 if status == 200 else 403)


def test_the_page_says_who_when_and_how_it_is_counted(coordinator, browser):
    thing = build.call(coordinator)
    page = browser().get(url(thing)).text
    for said in (
        "Gobierno local reconocido",
        "Letter of commitment · PDF · at most 10 MB · at most 2 pages · required",
        "50 %",
        "30 %",
        "20 %",
        "Higher score: Madurez",
        "A draw by lot that anybody can repeat",
        "At least 1 · Fewer than 50,000 inhabitants",
        "At most 2 · Province, state, region or department: each group",
        "2, of which at least 2 must be in",
        "Apply until the closing.",
    ):
        assert said in page, said


def test_an_approved_result_is_not_seen_before_its_date(coordinator, browser):
    ahead = {"phase": P.CLOSED}
    waiting = build.call(coordinator, S.EVALUATING, **ahead)
    approved = build.call(coordinator, S.PRELIMINARY, **ahead)
    visitor = browser()
    assert words(visitor.get(url(waiting))) == words(visitor.get(url(approved)))
    page = visitor.get("/calls/?phase=preliminary").text
    assert approved.public_id not in page
    assert approved.public_id in visitor.get("/calls/?phase=evaluating").text
    with as_of(approved.preliminary_at):
        assert approved.phase is P.PRELIMINARY


def test_an_approved_final_result_reads_like_the_preliminary_until_its_date(coordinator, browser):
    shown = build.call(coordinator, S.PRELIMINARY, P.PRELIMINARY)
    approved = build.call(coordinator, S.FINAL, P.PRELIMINARY)
    assert words(browser().get(url(shown))) == words(browser().get(url(approved)))


def test_what_was_done_before_publication_is_not_in_the_public_history(coordinator, browser):
    thing = build.call(coordinator, S.DRAFT, P.UPCOMING)
    service.edit_rules(thing, {"title": "Otro"}, coordinator.actor, None)
    service.act(thing, Act(CallAction.PUBLISH), coordinator.actor)
    history = browser().get(url(thing)).text.partition("History</h2>")[2].partition("</ol>")[0]
    assert history.count("timeline__entry") == 1
    assert coordinator.name not in history
    desk = browser(coordinator).get(url(thing, "desk")).text
    assert desk.partition("History</h2>")[2].count("timeline__entry") == 2


def test_a_stop_is_told_with_its_reason(coordinator, browser):
    thing = build.call(coordinator)
    answer = browser(coordinator).post(
        url(thing, "acts", "suspend"), {"reason": "Se revisa un requisito"}
    )
    assert answer.headers["Location"] == url(thing, "desk")
    page = browser().get(url(thing)).text
    assert "Has suspended the call" in page
    assert "Se revisa un requisito" in page
    assert "Suspended" in browser().get("/calls/").text


def test_the_reader_elsewhere_reads_both_hours(people, coordinator, browser):
    closes = datetime(utcnow().year + 1, 7, 1, 2, 59, 59, tzinfo=UTC)
    dates = {one.value: None for one in CallDate} | {
        "opens_at": utcnow() - timedelta(days=1),
        "closes_at": closes,
    }
    thing = build.call(coordinator, **dates)
    chilean = people.city(country=Country.CHILE, timezone="America/Santiago")
    assert f"30 Jun {closes.year}, 23:59:59 (Argentina Time)" in browser().get(url(thing)).text
    page = browser(chilean).get(url(thing)).text
    assert f"30 Jun {closes.year}, 23:59:59 (Argentina Time)" in page
    assert f"For you: 30 Jun {closes.year}, 22:59:59 (Chile Time)" in page
    assert "For you" not in browser(people.city()).get(url(thing)).text


def test_the_calendar_keeps_its_entries_and_counts_their_changes(coordinator, browser):
    thing = build.call(coordinator)

    def events():
        forged = {"Host": "evil.example"}
        answer = browser().get(url(thing, "dates.ics"), headers=forged)
        assert answer.mimetype == "text/calendar"
        calendar = Calendar.from_ical(answer.data)
        assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == [thing.timezone]
        return {str(one["UID"]): one for one in calendar.walk("VEVENT")}

    before = events()
    closing = f"{thing.public_id}-closes_at@puente"
    assert len(before) == len(CallDate)
    assert str(before[closing]["URL"]) == f"http://localhost{url(thing)}"
    assert before[closing]["DTSTART"].dt == thing.closes_at
    assert before[closing]["DTSTART"].params["TZID"] == "America/Argentina/Buenos_Aires"
    moved = thing.closes_at + timedelta(days=1)
    service.change_date(thing, CallDate.CLOSES, moved, *WHY, coordinator.actor)
    after = events()
    assert set(after) == set(before)
    assert after[closing]["DTSTART"].dt == moved
    assert WHY[0] in str(after[closing]["DESCRIPTION"])
    assert [int(one[closing]["SEQUENCE"]) for one in (before, after)] == [0, 1]
    others = set(after) - {closing}
    assert {int(after[one]["SEQUENCE"]) for one in others} == {0}


def test_the_desk_offers_what_the_clock_allows(coordinator, browser):
    def offered(thing):
        page = browser(coordinator).get(url(thing, "desk")).text
        return set(re.findall(rf'action="{url(thing, "acts")}/(\w+)"', page))

    assert offered(build.call(coordinator)) == {"suspend", "cancel"}
    closed = build.call(coordinator, phase=P.CLOSED)
    assert offered(closed) == {"evaluate", "suspend", "cancel", "declare_void"}
    assert offered(build.call(coordinator, S.DRAFT)) == {"publish", "cancel"}
    assert offered(build.call(coordinator, S.FINAL, P.FINAL)) == set()


def test_a_call_is_published_from_its_desk_or_told_what_is_missing(coordinator, browser):
    thing = build.call(coordinator, S.DRAFT, P.UPCOMING, rules="", contact_email="")
    reader = browser(coordinator)
    assert (
        "these parts are filled: The terms and rules; A contact"
        in reader.get(url(thing, "desk")).text
    )
    answer = reader.post(url(thing, "acts", "publish"), {"version": str(thing.version)})
    assert answer.status_code == 409
    assert "Still missing: The terms and rules; A contact address." in answer.text
    service.edit_rules(
        thing, {"rules": "Bases", "contact_email": "a@b.example"}, coordinator.actor, None
    )
    db.session.commit()
    old = reader.post(url(thing, "acts", "publish"), {"version": "1"})
    assert old.status_code == 409
    now = {"version": str(thing.version)}
    assert reader.post(url(thing, "acts", "publish"), now).status_code == 302
    assert browser().get(url(thing)).status_code == 200


def test_the_desk_counts_applications_without_those_in_conflict(people, coordinator, browser):
    thing = build.call(coordinator)
    sent = [build.application(thing, people.city()) for _ in range(2)]
    build.application(thing, people.city(), ApplicationStatus.DRAFT)
    reason = RecusalReason.SAME_ORGANIZATION
    db.session.add(Conflict(application=sent[0], user=coordinator, reason=reason))
    side = browser(coordinator).get(url(thing, "desk")).text.partition("<aside")[2]
    found = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", side.partition("</aside>")[0])
    assert found == [("Draft", "1"), ("Submitted", "1")]


def test_home_and_menu_lead_to_an_open_call(coordinator, browser):
    page = browser().get("/").text
    assert 'href="/calls/"' in page
    assert "Cities can apply to join" not in page
    build.call(coordinator, phase=P.UPCOMING, title="La próxima")
    build.call(coordinator, title="La abierta")
    page = browser().get("/").text
    assert "Cities can apply to join" in page
    assert "La abierta" in page
    assert "La próxima" not in page


@pytest.mark.parametrize(
    ("status", "phase", "what"),
    [
        (S.DRAFT, P.UPCOMING, "Finish and publish the call"),
        (S.PUBLISHED, P.OPEN, "Name who presides the committee"),
        (S.PUBLISHED, P.CLOSED, "Begin the evaluation"),
        (S.SUSPENDED, P.OPEN, "Resume the suspended call, or cancel it"),
        (S.EVALUATING, P.PRELIMINARY, "The date of the preliminary result has passed"),
    ],
)
def test_my_work_tells_the_coordination_what_a_call_needs(
    people, coordinator, browser, status, phase, what
):
    build.call(coordinator, status, phase, title="La convocatoria")
    page = browser(coordinator).get("/work").text
    assert what in page
    assert "La convocatoria" in page
    viewer = people.person(coordinator.organization, Role.VIEWER)
    for other in (people.coordinator(), people.city(), viewer):
        assert "La convocatoria" not in browser(other).get("/work").text
