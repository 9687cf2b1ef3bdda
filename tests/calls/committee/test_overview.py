"""What who presides and who runs the call see: progress, differences, reminders, desk, my work."""

import re
from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.calls.committee.jobs import look_at_the_clock
from app.calls.committee.progress import comparison, progress
from app.calls.sections import CALL_DESK, CALL_PAGE
from app.domain.call_states import CallStatus, ReviewStatus
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from tests.calls import build
from tests.organizations.mail import mails

S = ReviewStatus


def url(call, page):
    return f"/committee/calls/{call.public_id}/{page}"


@pytest.fixture
def under_way(evaluation):
    """Two applications: the first has both reviews, the second one of two; Ana presides."""
    made = evaluation()
    first, second = made.applications
    build.review(first, made.members[1], S.SUBMITTED, (5, 3, 3))
    build.review(first, made.members[2], S.SUBMITTED, (1, 3, 3))
    build.review(second, made.members[1], S.SUBMITTED, (4, 4, 4))
    made.late = build.review(second, made.members[2], S.ASSIGNED)
    return made


def test_progress_counts_reviews_and_quorum_without_scores(under_way, browser):
    made = under_way
    figures = progress(made.call, made.chair.actor)
    assert (figures.sent, figures.entrusted, figures.with_quorum) == (3, 4, 1)
    assert [(p.member.name, p.sent, p.entrusted) for p in figures.people] == [
        ("Ana", 0, 0),
        ("Beto", 2, 2),
        ("Carla", 1, 2),
    ]
    page = browser(made.coordinator).get(url(made.call, "progress")).text
    assert "3 of 4 reviews are in; 1 of 2 applications have their quorum" in page


def test_differences_show_only_what_the_reader_may_read(under_way, browser):
    made = under_way
    chair = comparison(made.call, made.chair.actor)
    assert [one.application for one in chair.differences] == made.applications
    assert chair.hidden == 0
    spreads = [max(one.spreads.values()) for one in chair.differences]
    assert spreads == [80, 0]
    office = comparison(made.call, made.coordinator.actor)
    assert [one.application for one in office.differences] == made.applications[:1]
    assert office.hidden == 1
    own = build.review(made.applications[0], made.chair, S.ACCEPTED)
    db.session.expire_all()
    bound = comparison(made.call, made.chair.actor)
    assert [one.application for one in bound.differences] == made.applications[1:]
    assert own.status is S.ACCEPTED
    page = browser(made.chair).get(url(made.call, "differences")).text
    assert "too few to tell" not in page
    assert "1 application is not here yet" in page


def test_small_numbers_are_said_to_be_small(under_way, browser):
    page = browser(under_way.chair).get(url(under_way.call, "differences")).text
    assert "on 1 shared application: too few to tell" in page
    assert "points higher" in page


def test_members_and_outsiders_see_none_of_these_pages(under_way, people, browser):
    made = under_way
    viewer = people.person(made.coordinator.organization, Role.VIEWER)
    for page in ("progress", "differences"):
        for person, expected in (
            (made.members[1], 403),
            (viewer, 403),
            (people.coordinator(), 404),
            (made.applicants[0], 404),
            (people.person(), 404),
        ):
            assert browser(person).get(url(made.call, page)).status_code == expected


def test_the_button_reminds_who_has_not_sent_all_and_not_too_often(under_way, browser):
    made = under_way
    reader = browser(made.chair)
    assert reader.post(url(made.call, "reminders")).status_code == 302
    assert [len(mails(person.email)) for person in made.members] == [0, 0, 1]
    assert "1 review of" in mails(made.members[2].email)[0].text
    assert "Ciudad" not in mails(made.members[2].email)[0].text
    assert reader.post(url(made.call, "reminders")).status_code == 409
    with time_machine.travel(utcnow() + timedelta(hours=13)):
        assert reader.post(url(made.call, "reminders")).status_code == 302


def test_the_clock_reminds_seven_two_and_one_day_before_once_each(under_way, run_jobs):
    made = under_way
    ends, carla = made.call.evaluation_closes_at, made.members[2].email

    def at(**before):
        with time_machine.travel(ends - timedelta(**before)):
            for _ in range(2):
                look_at_the_clock()
                run_jobs()
        db.session.expire_all()
        return len(mails(carla))

    assert at(days=7, minutes=1) == 0
    assert at(days=6, hours=23) == 1
    assert at(days=5) == 1
    assert at(days=2) == 2
    assert at(hours=20) == 3
    assert at(minutes=-1) == 3
    days = [e.details["days"] for e in entries_for(made.call) if e.action == "remind_committee"]
    assert days == [7, 2, 1]
    made.call.evaluation_closes_at = ends = ends + timedelta(days=1)
    db.session.commit()
    assert at(hours=20) == 4


def test_no_reminder_while_the_call_is_suspended_or_all_is_sent(under_way, run_jobs):
    made = under_way
    made.call.status = CallStatus.SUSPENDED
    db.session.commit()
    with time_machine.travel(made.call.evaluation_closes_at - timedelta(hours=3)):
        look_at_the_clock()
        run_jobs()
        assert mails() == []
        made.call.status, made.late.status = CallStatus.EVALUATING, S.SUBMITTED
        db.session.commit()
        look_at_the_clock()
        run_jobs()
    assert mails() == []


def test_my_work_has_a_line_for_each_review_and_for_the_chair(under_way, browser):
    made = under_way
    page = browser(made.members[2]).get("/work").text
    assert "Accept the review, or recuse yourself" in page
    assert f"/committee/reviews/{made.late.public_id}/write" in page
    chair = browser(made.chair).get("/work").text
    assert "Bring about the consensus on the application" in chair
    assert "Ciudad 1" in chair
    assert "Ciudad 2" not in chair
    assert "Ciudad 1" not in browser(made.members[1]).get("/work").text


def test_the_desk_and_the_page_of_the_call_say_how_it_stands(under_way, people):
    made = under_way
    desk = [
        one
        for one in CALL_DESK.of(made.call, made.coordinator.actor)
        if "committee" in one.template
    ]
    assert [
        (one.context["chair"], one.context["sitting"], one.context["made"].sent) for one in desk
    ] == [("Ana", 3, 3)]
    member = [
        one for one in CALL_PAGE.of(made.call, made.members[2].actor) if "committee" in one.template
    ]
    assert [one.context["pending"] for one in member] == [1]
    for person in (made.coordinator, made.applicants[0], people.person()):
        found = CALL_PAGE.of(made.call, person.actor)
        assert not [one for one in found if "committee" in one.template]


def test_names_are_nowhere_on_the_pages_of_an_anonymous_call(evaluation, browser):
    made = evaluation(anonymous=True)
    first = made.applications[0]
    own = build.review(first, made.members[1], S.ACCEPTED)
    for person in (made.chair, made.members[2]):
        build.review(first, person, S.SUBMITTED, (1, 5, 3))
    pages = {
        made.members[1]: ["/committee/", f"/committee/reviews/{own.public_id}", "/work"],
        made.chair: [
            *(
                url(made.call, page)
                for page in ("conflicts", "assignment", "progress", "differences")
            ),
            f"/committee/applications/{first.public_id}/consensus",
            f"/committee/reviews/{own.public_id}",
            "/work",
        ],
    }
    pages[made.members[1]].append(f"/committee/reviews/{own.public_id}/write")
    for person, addresses in pages.items():
        for address in addresses:
            answer = browser(person).get(address)
            assert answer.status_code == 200, address
            text = answer.text
            for hidden in ("Ciudad 1", "Buenos Aires", "Intendenta de prueba", "referente@"):
                assert hidden not in text, (address, hidden)
            if "work" not in address:
                assert first.number in text, address
    assert "Ciudad 1" in browser(made.coordinator).get(url(made.call, "progress")).text


def test_who_sits_in_two_committees_hears_which_table_is_which(evaluation, browser):
    first = evaluation(title="Convocatoria del norte")
    second = evaluation(members=("Dora", "Elio"), title="Convocatoria del sur")
    both = first.members[1]
    build.member(second.call, both)
    for made in (first, second):
        build.review(made.applications[0], both)
    page = browser(both).get("/committee/").text
    names = re.findall(r'role="region" aria-label="([^"]*)"', page)
    assert len(names) == len(set(names)) == 2
