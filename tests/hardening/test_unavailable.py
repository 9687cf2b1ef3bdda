"""A solution taken back or suspended: what was sent with it is read, and goes no further."""

import pytest

from app.domain.states import MatchStatus, SolutionStatus, SubmissionStatus
from app.extensions import as_of, db, utcnow
from app.matches.queries import ended_proposals, next_alternate
from app.notifications.models import Message
from app.solutions import service
from tests.challenges.build import challenge
from tests.matches.build import match
from tests.solutions.build import described, solution
from tests.submissions.build import submission


@pytest.fixture
def sent(people):
    city, startup = people.city(), people.startup()
    offer = solution(startup)
    return city, startup, submission(challenge(city), offer)


def _take_back(browser, startup, offer):
    url = f"/solutions/{offer.public_id}/acts/withdraw"
    assert browser(startup).post(url, {"reason": "x"}).status_code == 302


def test_a_submission_stays_readable_and_says_so(browser, sent):
    city, startup, thing = sent
    address = f"/submissions/{thing.public_id}"
    assert "Not available now" not in browser(city).get(address).text
    _take_back(browser, startup, thing.solution)
    page = browser(city).get(address)
    assert page.status_code == 200
    assert "Not available now" in page.text
    assert "acts/shortlist" not in page.text
    assert "acts/reject" in page.text
    table = browser(city).get(f"/challenges/{thing.challenge.public_id}/submissions")
    assert "Not available now" in table.text


REFUSED = [("shortlist", 409), ("set_aside", 409), ("reject", 302)]


@pytest.mark.parametrize(("act", "status"), REFUSED)
def test_a_submission_can_only_be_refused(browser, sent, act, status):
    city, startup, thing = sent
    _take_back(browser, startup, thing.solution)
    fields = {"reason": "La solución ya no se ofrece", "version": str(thing.version)}
    answer = browser(city).post(f"/submissions/{thing.public_id}/acts/{act}", fields)
    assert answer.status_code == status
    db.session.refresh(thing)
    assert (thing.status is SubmissionStatus.SUBMITTED) == (status == 409)


@pytest.mark.parametrize("status", [SolutionStatus.WITHDRAWN, SolutionStatus.SUSPENDED])
def test_matches_of_it_go_no_further(browser, people, status):
    city, startup, coordinator = people.city(), people.startup(), people.coordinator()
    offer = solution(startup)
    suggested = match(challenge(city), offer)
    approved = match(challenge(city), offer, MatchStatus.APPROVED)
    soon = utcnow().replace(year=utcnow().year + 1)
    proposed = match(challenge(city), offer, MatchStatus.PROPOSED, respond_by=soon)
    offer.status = status
    db.session.commit()
    approve = f"/matches/{suggested.public_id}/acts/approve"
    assert browser(coordinator).post(approve).status_code == 409
    assert next_alternate(approved.challenge_id) is None
    for person in (city, startup):
        accept = f"/matches/{proposed.public_id}/accept"
        assert browser(person).post(accept).status_code == 409
    assert ended_proposals() == [proposed.id]


def test_corrections_of_a_suspended_solution_are_told_once_a_day(people):
    startup, coordinator = people.startup(), people.coordinator()
    thing = solution(startup, SolutionStatus.SUSPENDED)

    def told():
        return db.session.query(Message).filter_by(recipient=coordinator.email).count()

    for hour, expected in ((0, 1), (1, 1), (20, 1), (26, 2), (30, 2)):
        moment = thing.status_since.fromtimestamp(
            thing.status_since.timestamp() + hour * 3600, thing.status_since.tzinfo
        )
        with as_of(moment):
            service.edit(thing, described(title=f"{hour}"), startup.actor, None)
            db.session.commit()
        assert told() == expected, hour
