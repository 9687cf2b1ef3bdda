"""Assigning by plan and by hand: what is kept, left out, told, and never done twice."""

import re

import pytest

from app.calls.committee import service
from app.calls.committee.models import Conflict, Review
from app.calls.models import Call
from app.domain.call_states import CallStatus, ReviewStatus
from app.domain.call_vocabulary import RecusalReason
from app.domain.vocabulary import Role
from app.extensions import db
from app.organizations.models import Membership
from tests.calls import build
from tests.organizations.at_once import at_once
from tests.organizations.mail import mails

S = ReviewStatus


def url(call, *parts):
    return "/".join(["/committee/calls", call.public_id, "assignment", *parts])


def digest_on(page):
    return re.search(r'name="digest" value="(\w+)"', page.text)[1]


def apply(reader, call, **changes):
    page = reader.get(url(call))
    return reader.post(url(call), {"digest": digest_on(page), **changes})


def pairs():
    rows = db.session.query(Review).order_by(Review.application_id, Review.user_id)
    return [(row.application_id, row.user.name, row.status) for row in rows]


def test_the_plan_is_shown_then_applied_and_each_person_gets_one_mail(evaluation, browser):
    made = evaluation(cities=3)
    reader = browser(made.chair)
    page = reader.get(url(made.call))
    assert "6 reviews will be entrusted" in page.text
    assert pairs() == []
    assert apply(reader, made.call).location.endswith("/progress")
    found = pairs()
    assert {status for *_, status in found} == {S.ASSIGNED}
    assert [sum(1 for _, who, _ in found if who == n) for n in ("Ana", "Beto", "Carla")] == [2] * 3
    assert [len(mails(person.email)) for person in made.members] == [1, 1, 1]
    assert "2 applications of" in mails(made.members[1].email)[0].text
    assert "Ciudad" not in mails(made.members[1].email)[0].text


def test_applying_again_fills_the_gaps_only(evaluation, browser):
    made = evaluation(members=("Ana", "Beto", "Carla", "Dora"), cities=2)
    reader = browser(made.coordinator)
    apply(reader, made.call)
    before = pairs()
    review = db.session.query(Review).order_by(Review.id).first()
    review.status = S.SUBMITTED
    gone = db.session.query(Review).order_by(Review.id.desc()).first()
    gone.status = S.RECUSED
    db.session.commit()
    apply(reader, made.call)
    after = pairs()
    assert len(after) == len(before) + 1
    assert {(a, who) for a, who, _ in before} <= {(a, who) for a, who, _ in after}
    added = {(a, who) for a, who, _ in after} - {(a, who) for a, who, _ in before}
    assert {a for a, _ in added} == {gone.application_id}
    assert gone.user.name not in {who for _, who in added}


def test_conflicts_and_members_of_the_city_are_left_out_and_shown_why(evaluation, browser):
    made = evaluation(members=("Ana", "Beto"), cities=2)
    first, second = made.applications
    db.session.add(
        Conflict(application=first, user=made.members[0], reason=RecusalReason.PERSONAL_TIE)
    )
    own = made.applicants[1].organization
    made.members[1].membership = Membership(organization=own, role=Role.VIEWER)
    db.session.commit()
    page = browser(made.coordinator).get(url(made.call)).text
    assert "1 review missing" in page
    assert "conflict of interest: 1." in page
    assert "belongs to the city: 1." in page
    apply(browser(made.coordinator), made.call)
    assert pairs() == [(first.id, "Beto", S.ASSIGNED), (second.id, "Ana", S.ASSIGNED)]


def test_a_weaker_tie_is_avoided_where_possible_and_shown_where_not(evaluation, browser):
    made = evaluation(members=("Ana", "Beto"), cities=2, reviews_each=1, quorum=1)
    made.call.members[0].affiliation = "Universidad de Ciudad 1"
    db.session.commit()
    page = browser(made.coordinator).get(url(made.call)).text
    assert "Named that city" not in page
    apply(browser(made.coordinator), made.call)
    assert [(a, who) for a, who, _ in pairs()] == [
        (made.applications[0].id, "Beto"),
        (made.applications[1].id, "Ana"),
    ]
    made.call.reviews_each = 2
    db.session.commit()
    assert "Named that city" in browser(made.coordinator).get(url(made.call)).text


def test_who_is_left_out_gets_nothing_new(evaluation, browser):
    made = evaluation(cities=2, reviews_each=1, quorum=1)
    key = str(made.call.members[0].id)
    reader = browser(made.coordinator)
    page = reader.get(url(made.call) + f"?without={key}&without=abc")
    assert f'name="without" value="{key}"' in page.text
    answer = reader.post(url(made.call), {"digest": digest_on(page), "without": key})
    assert answer.status_code == 302
    assert {who for _, who, _ in pairs()} == {"Beto", "Carla"}


def test_a_plan_that_is_out_of_date_is_not_applied(evaluation, browser):
    made = evaluation()
    reader = browser(made.coordinator)
    page = reader.get(url(made.call))
    db.session.add(
        Conflict(application=made.applications[0], user=made.members[0], reason=RecusalReason.OTHER)
    )
    db.session.commit()
    answer = reader.post(url(made.call), {"digest": digest_on(page)})
    assert answer.status_code == 409
    assert pairs() == []


def test_a_plan_applied_twice_at_once_is_applied_once(app, evaluation):
    made = evaluation()
    key, actor = made.call.id, made.coordinator.actor
    plan = service.preview_assignment(made.call)

    def run():
        service.assign(db.session.get_one(Call, key), plan, actor)

    results = at_once(app, run, run)
    assert sorted(results) == ["done", "someone_was_faster"]
    assert db.session.query(Review).count() == 4


@pytest.mark.parametrize("status", [CallStatus.PUBLISHED, CallStatus.PRELIMINARY])
def test_nothing_is_assigned_outside_the_evaluation(evaluation, browser, status):
    made = evaluation()
    reader = browser(made.coordinator)
    digest = digest_on(reader.get(url(made.call)))
    made.call.status = status
    db.session.commit()
    assert reader.post(url(made.call), {"digest": digest}).status_code == 409
    assert "Apply the plan" not in reader.get(url(made.call)).text
    assert pairs() == []


def test_one_is_entrusted_by_hand_and_not_twice(evaluation, browser):
    made = evaluation()
    reader = browser(made.chair)
    asked = {
        "application": made.applications[0].public_id,
        "member": str(made.call.members[1].id),
    }
    assert reader.post(url(made.call, "add"), asked).status_code == 302
    assert pairs() == [(made.applications[0].id, "Beto", S.ASSIGNED)]
    assert len(mails(made.members[1].email)) == 1
    assert reader.post(url(made.call, "add"), asked).status_code == 409
    review = db.session.query(Review).one()
    acts = f"/committee/reviews/{review.public_id}/acts"
    assert reader.post(f"{acts}/release").status_code == 302
    assert reader.post(url(made.call, "add"), asked).status_code == 302
    assert review.status is S.ASSIGNED


def test_who_may_read_the_scores_already_is_not_asked_any_more(evaluation, browser):
    made = evaluation()
    first = made.applications[0]
    build.review(first, made.members[1], S.SUBMITTED, (1, 2, 3))
    asked = {"application": first.public_id, "member": str(made.call.members[0].id)}
    answer = browser(made.coordinator).post(url(made.call, "add"), asked)
    assert answer.status_code == 409
    assert "may read what others said" in answer.text
    plan = service.preview_assignment(made.call)
    assert [member.name for _, member in plan.pairs if _ is first] == ["Carla"]


def test_the_chair_cannot_release_their_own_review_to_read_the_others(evaluation, browser):
    made = evaluation()
    own = build.review(made.applications[0], made.chair, S.ACCEPTED)
    reader = browser(made.chair)
    acts = f"/committee/reviews/{own.public_id}/acts/release"
    assert "release" not in reader.get(f"/committee/reviews/{own.public_id}").text
    assert reader.post(acts).status_code == 409
    assert own.status is S.ACCEPTED


def test_members_outsiders_and_readers_do_not_assign(evaluation, people, browser):
    made = evaluation()
    viewer = people.person(made.coordinator.organization, Role.VIEWER)
    for person, expected in (
        (made.members[1], 403),
        (viewer, 403),
        (people.coordinator(), 404),
        (made.applicants[0], 404),
    ):
        reader = browser(person)
        assert reader.get(url(made.call)).status_code == expected
        assert reader.post(url(made.call), {"digest": "x"}).status_code == expected
    assert pairs() == []


def test_an_application_of_another_call_cannot_be_entrusted(evaluation, browser):
    made, other = evaluation(), evaluation()
    asked = {
        "application": other.applications[0].public_id,
        "member": str(made.call.members[1].id),
    }
    assert browser(made.coordinator).post(url(made.call, "add"), asked).status_code == 404
    assert pairs() == []
