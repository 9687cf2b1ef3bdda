"""Conflicts of interest: what they take back, and that nothing is left to see."""

import pytest

from app.audit import AuditEntry, entries_for
from app.calls.committee import queries
from app.calls.committee.hints import HINTS
from app.calls.committee.models import Conflict
from app.calls.committee.progress import comparison, progress
from app.domain.call_states import CallStatus, ReviewStatus
from app.domain.call_vocabulary import ConflictHint, RecusalReason
from app.domain.vocabulary import Role
from app.extensions import db
from app.organizations.models import Membership
from tests.calls import build

S = ReviewStatus
TIE = {"reason": "personal_tie", "note": "Es mi hermana"}


def url(call, *parts):
    return "/".join(["/committee/calls", call.public_id, "conflicts", *map(str, parts)])


def own(application, **changes):
    said = {"application": application.public_id, **TIE, **changes}
    return {f"own-{name}": value for name, value in said.items()}


def others(application, person, **changes):
    said = {"application": application.public_id, "person": str(person.id), **TIE, **changes}
    return {f"others-{name}": value for name, value in said.items()}


def test_a_member_declares_one_and_the_application_is_gone_for_them(evaluation, browser):
    made = evaluation()
    first, beto = made.applications[0], made.members[1]
    review = build.review(first, beto, S.ACCEPTED, (1, 2, 3))
    reader = browser(beto)
    pages = [f"/committee/reviews/{review.public_id}", f"/applications/{first.public_id}"]
    assert reader.get(pages[0]).status_code == 200
    assert "Ciudad 1" in reader.get("/committee/").text
    assert reader.post(url(made.call), own(first)).status_code == 302
    assert (review.status, first.barred_ids) == (S.RECUSED, {beto.id})
    assert entries_for(review)[-1].reason_code == "personal_tie"
    for page in pages:
        assert reader.get(page).status_code == 404, page
    for page in ("/committee/", url(made.call), "/work"):
        assert "Ciudad 1" not in reader.get(page).text, page
    assert reader.post(f"{pages[0]}/write", {}).status_code == 404


def test_what_was_sent_is_taken_back_too_until_a_result_is_approved(evaluation, browser):
    made = evaluation()
    first, second = made.applications
    for application in (first, second):
        build.review(application, made.members[1], S.SUBMITTED, (5, 5, 5))
        build.review(application, made.members[2], S.SUBMITTED, (1, 1, 1))
    assert browser(made.members[1]).post(url(made.call), own(first)).status_code == 302
    assert queries.standing_scores(first).reviews == 1
    made.call.status = CallStatus.PRELIMINARY
    assert browser(made.members[1]).post(url(made.call), own(second)).status_code == 302
    assert queries.standing_scores(second).reviews == 2
    assert made.members[1].id in second.barred_ids
    reviews = {one.user_id: one.status for one in second.reviews}
    assert reviews[made.members[1].id] is S.SUBMITTED


@pytest.mark.parametrize("who", ["chair", "coordinator"])
def test_who_presides_or_runs_the_call_records_that_of_others(evaluation, browser, who):
    made = evaluation()
    first, beto = made.applications[0], made.members[1]
    review = build.review(first, beto, S.ASSIGNED)
    author = made.chair if who == "chair" else made.coordinator
    answer = browser(author).post(url(made.call, "of-others"), others(first, beto))
    assert answer.status_code == 302
    assert review.status is S.RELEASED
    conflict = db.session.query(Conflict).one()
    assert (conflict.user_id, conflict.declared_by_id) == (beto.id, author.id)
    assert "Es mi hermana" in browser(author).get(url(made.call)).text
    assert "Es mi hermana" not in browser(beto).get(url(made.call)).text


def test_a_coordinator_in_conflict_sees_nothing_of_it_anywhere(evaluation, people, browser):
    made = evaluation()
    first, second = made.applications
    colleague = people.person(made.coordinator.organization, Role.EDITOR)
    for application in (first, second):
        build.review(application, made.members[1], S.SUBMITTED, (1, 2, 3))
        build.review(application, made.members[2], S.ACCEPTED)
    pages = ["conflicts", "assignment", "progress", "differences"]
    addresses = [f"/committee/calls/{made.call.public_id}/{page}" for page in pages]
    seen = {page: browser(colleague).get(page).text for page in addresses}
    assert all("Ciudad 1" in text for page, text in seen.items() if "differences" not in page)
    assert browser(colleague).post(url(made.call), own(first)).status_code == 302
    for page in addresses:
        text = browser(colleague).get(page).text
        assert first.public_id not in text, page
        assert "Ciudad 1" not in text, page
        assert first.reviews[0].public_id not in text, page
    figures = progress(made.call, colleague.actor)
    assert (figures.entrusted, figures.sent, len(figures.items)) == (2, 1, 1)
    assert [person.entrusted for person in figures.people] == [0, 1, 1]
    assert comparison(made.call, colleague.actor).hidden == 1
    other = progress(made.call, made.coordinator.actor)
    assert (other.entrusted, other.sent, len(other.items)) == (4, 2, 2)
    review = f"/committee/reviews/{first.reviews[0].public_id}"
    assert browser(colleague).get(review).status_code == 404
    assert browser(made.coordinator).get(review).status_code == 200


def test_the_chair_in_conflict_presides_all_but_that_application(evaluation, browser):
    made = evaluation()
    first, second = made.applications
    for application in (first, second):
        build.review(application, made.members[1], S.SUBMITTED, (1, 2, 3))
    reader = browser(made.chair)
    assert reader.post(url(made.call), own(first)).status_code == 302
    for application, expected in ((first, 404), (second, 200)):
        page = f"/committee/applications/{application.public_id}/consensus"
        assert reader.get(page).status_code == expected
        review = application.reviews[0]
        acts = f"/committee/reviews/{review.public_id}/acts/reopen"
        assert reader.post(acts, {"reason": "x"}).status_code in (
            {404} if expected == 404 else {302}
        )
    text = reader.get(f"/committee/calls/{made.call.public_id}/differences").text
    assert "Ciudad 1" not in text


def test_the_same_conflict_is_recorded_once_and_lack_of_time_is_none(evaluation, browser):
    made = evaluation()
    first, beto = made.applications[0], made.members[1]
    assert browser(beto).post(url(made.call), own(first, reason="no_capacity")).status_code == 422
    assert browser(beto).post(url(made.call), own(first)).status_code == 302
    again = browser(beto).post(url(made.call), own(first))
    assert again.status_code == 422
    assert "Es mi hermana" in again.text
    repeated = browser(made.coordinator).post(url(made.call, "of-others"), others(first, beto))
    assert repeated.status_code == 422
    assert "on record already" in repeated.text
    assert db.session.query(Conflict).count() == 1


def test_what_is_not_admitted_or_of_another_call_is_not_there_to_declare(evaluation, browser):
    made, other = evaluation(), evaluation()
    answer = browser(made.members[1]).post(url(made.call), own(other.applications[0]))
    assert answer.status_code == 422
    assert db.session.query(Conflict).count() == 0


def test_members_and_outsiders_do_not_record_the_conflict_of_others(evaluation, people, browser):
    made = evaluation()
    first, carla = made.applications[0], made.members[2]
    viewer = people.person(made.coordinator.organization, Role.VIEWER)
    for person, expected in (
        (made.members[1], 403),
        (viewer, 403),
        (people.coordinator(), 404),
        (made.applicants[0], 404),
        (people.person(), 404),
    ):
        answer = browser(person).post(url(made.call, "of-others"), others(first, carla))
        assert answer.status_code == expected
    outsider = browser(people.startup()).post(url(made.call), own(first))
    assert outsider.status_code == 404
    assert db.session.query(Conflict).count() == 0


def test_one_recorded_by_mistake_is_taken_back_with_a_reason_by_another(evaluation, browser):
    made = evaluation()
    first, beto = made.applications[0], made.members[1]
    browser(made.chair).post(url(made.call, "of-others"), others(first, beto))
    key = db.session.query(Conflict).one().id
    lift = url(made.call, key, "lift")
    assert browser(beto).post(lift, {"reason": "No es cierto"}).status_code == 403
    assert browser(made.chair).post(lift, {"reason": " "}).status_code == 409
    assert browser(made.chair).post(lift, {"reason": "Otra persona"}).status_code == 302
    assert first.barred_ids == set()
    acts = db.session.query(AuditEntry).filter_by(subject_type="conflict").all()
    assert [one.action for one in acts] == ["declare_conflict", "lift_conflict"]
    assert acts[1].details == {"person": beto.id, "application": first.id}


def test_nobody_takes_back_their_own(evaluation, browser):
    made = evaluation()
    browser(made.chair).post(url(made.call), own(made.applications[0]))
    key = db.session.query(Conflict).one().id
    lift = url(made.call, key, "lift")
    assert browser(made.chair).post(lift, {"reason": "Ya no"}).status_code == 404
    assert db.session.query(Conflict).count() == 1


def test_an_anonymous_call_lists_numbers_and_no_ties(evaluation, browser):
    made = evaluation(anonymous=True)
    ana = made.chair
    ana.membership = Membership(organization=made.applicants[0].organization, role=Role.EDITOR)
    db.session.commit()
    page = browser(ana).get(url(made.call)).text
    assert f"Application {made.applications[1].number}" in page
    assert "Ciudad 2" not in page
    assert "Belongs to that city" not in page
    assert "Belongs to that city" in browser(made.coordinator).get(url(made.call)).text


@pytest.fixture
def tied(evaluation, people):
    """``tied(kind)`` ties Beto to the first application in one way and returns the hints."""

    def make(**changes):
        made = evaluation()
        member, city = made.call.members[1], made.applicants[0].organization
        user = made.members[1]
        if place := changes.get("place"):
            city.subdivision = place
            home = people.organization(subdivision=place)
            user.membership = Membership(organization=home, role=Role.VIEWER)
        if changes.get("joins"):
            user.membership = Membership(organization=city, role=Role.VIEWER)
        member.affiliation = changes.get("affiliation", "")
        user.email = member.email = changes.get("email", "beto@uni.example")
        made.applications[0].contact_email = changes.get("contact", "x@ciudad.example")
        made.applications[0].website = changes.get("website", "")
        db.session.commit()
        found = HINTS.of(made.call.members, made.applications)
        assert {pair[1] for pair in found} <= {user.id}
        return {pair[0]: kinds for pair, kinds in found.items()}.get(made.applications[0].id, ())

    return make


H = ConflictHint


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ({}, ()),
        ({"joins": True}, (H.SAME_ORGANIZATION,)),
        ({"place": "AR-S"}, (H.SAME_REGION,)),
        ({"affiliation": "Municipalidad de CIUDAD 1, Santa Fe"}, (H.SAME_AFFILIATION,)),
        ({"affiliation": "Ciudad 10"}, ()),
        ({"contact": "intendencia@uni.example"}, (H.SAME_DOMAIN,)),
        ({"website": "https://www.uni.example/plan"}, (H.SAME_DOMAIN,)),
        ({"website": "http://[roto"}, ()),
        ({"contact": "otra@gmail.com", "email": "beto@gmail.com"}, ()),
    ],
)
def test_ties_are_found_where_they_are_and_nowhere_else(tied, tie, expected):
    found = tied(**tie)
    assert set(expected) <= set(found)
    assert set(found) - set(expected) <= (
        {H.SAME_DOMAIN, H.SAME_REGION} if "joins" in tie else set()
    )


def test_the_reasons_for_the_minutes_are_the_coded_ones(evaluation, browser):
    made = evaluation()
    browser(made.members[1]).post(url(made.call), own(made.applications[0]))
    found = [(one.name, one.reason, one.conflict) for one in queries.recusals(made.call)]
    assert found == [("Beto", RecusalReason.PERSONAL_TIE, True)]
