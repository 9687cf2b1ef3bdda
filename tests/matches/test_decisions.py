"""What people decide about matches, and what follows by itself."""

from datetime import timedelta

import pytest

from app.audit import entries_for
from app.challenges.service import progress
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, RuleBroken, SomeoneWasFaster
from app.domain.states import (
    ChallengeAction,
    ChallengeStatus,
    MatchAction,
    MatchStatus,
    OrganizationStatus,
    SolutionStatus,
    SubmissionStatus,
)
from app.domain.vocabulary import Role, Side
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from app.matches import queries, service
from app.matches.models import Match
from app.notifications.models import Message
from tests.challenges.build import challenge
from tests.matches.build import match, solution, submission

A, M = MatchAction, MatchStatus
DAYS = 10


class Table:
    """A challenge with three candidates, and the people around it."""

    def __init__(self, people) -> None:
        self.coordinator = people.coordinator()
        self.city = people.city()
        self.startups = [people.startup() for _ in range(3)]
        self.challenge = challenge(self.city)
        self.offers = [solution(startup) for startup in self.startups]
        self.matches = [
            match(self.challenge, offer, score=score)
            for offer, score in zip(self.offers, (0.5, 0.75, 0.75), strict=True)
        ]

    def act(self, number, action, who=None, reason="", code=None, version=None):
        actor = (who or self.coordinator).actor
        service.act(self.matches[number], Act(action, reason, code, version), actor)
        db.session.commit()

    def approve(self, *numbers):
        for number in numbers:
            self.act(number, A.APPROVE)

    def accept(self, number, who):
        service.accept(self.matches[number], None, who.actor)
        db.session.commit()

    @property
    def states(self):
        for row in self.matches:
            db.session.refresh(row)
        return [str(row.status) for row in self.matches]


@pytest.fixture
def table(people):
    return Table(people)


def _mails(person):
    found = db.session.query(Message).filter_by(recipient=person.email).order_by(Message.id)
    return [message.subject.split(":")[0] for message in found]


def test_the_first_approved_is_proposed_at_once_and_the_others_wait(table):
    before = utcnow()
    table.approve(0, 1)
    assert table.states == ["proposed", "approved", "suggested"]
    proposed = table.matches[0]
    wait = proposed.respond_by - proposed.proposed_at
    assert wait == timedelta(days=DAYS)
    assert before <= proposed.proposed_at <= utcnow()
    assert _mails(table.city) == ["A match to answer"]
    assert _mails(table.startups[0]) == ["A match to answer"]
    assert _mails(table.startups[1]) == []
    assert [entry.action for entry in entries_for(proposed)] == ["approve", "propose"]
    assert entries_for(proposed)[1].actor_id is None


def test_both_sides_accept_and_it_is_confirmed(table):
    sent = submission(table.challenge, table.offers[0], SubmissionStatus.SHORTLISTED)
    other = submission(table.challenge, table.offers[1])
    table.approve(0, 1)
    table.accept(0, table.startups[0])
    assert table.states[0] == "proposed"
    assert table.matches[0].consented == {Side.STARTUP}
    table.accept(0, table.city)
    assert table.states == ["confirmed", "approved", "suggested"]
    db.session.refresh(table.challenge)
    assert table.challenge.status is ChallengeStatus.MATCHED
    assert (sent.status, other.status) == (SubmissionStatus.CHOSEN, SubmissionStatus.SUBMITTED)
    assert [entry.action for entry in entries_for(table.matches[0])] == [
        "approve",
        "propose",
        "accept_as_startup",
        "accept_as_city",
        "confirm",
    ]
    for person in (table.city, table.startups[0]):
        assert _mails(person) == ["A match to answer", "One side accepted", "Confirmed"]
    assert _mails(table.coordinator) == ["Confirmed"]


def test_a_public_good_needs_the_city_only(people):
    table = Table(people)
    good = match(table.challenge, solution(None))
    table.matches.append(good)
    table.approve(3)
    for stranger in (table.startups[0], table.coordinator):
        with pytest.raises(NotAllowed):
            service.accept(good, None, stranger.actor)
    table.accept(3, table.city)
    assert table.states[3] == "confirmed"


@pytest.mark.parametrize(
    ("who", "action"), [("city", A.DECLINE_AS_CITY), ("startup", A.DECLINE_AS_STARTUP)]
)
def test_a_refusal_proposes_the_next_by_score_then_number(table, who, action):
    table.approve(0, 2, 1)
    person = table.city if who == "city" else table.startups[0]
    table.act(0, action, person, reason="Otra prioridad", code="timing")
    assert table.states == ["declined", "proposed", "approved"]
    assert _mails(table.startups[1]) == ["A match to answer"]
    assert _mails(table.coordinator) == ["Declined"]
    assert "Declined" in _mails(table.startups[0])
    assert _mails(table.city) == ["A match to answer", "Declined", "A match to answer"]
    told = db.session.query(Message).filter(Message.subject.startswith("Declined")).first()
    assert "Not the right moment" in told.text
    assert "Otra prioridad" in told.text


def test_a_refusal_needs_a_coded_reason(table):
    table.approve(0)
    for code in (None, "", "because", "off_topic"):
        with pytest.raises(ReasonMissing):
            table.act(0, A.DECLINE_AS_CITY, table.city, reason="no", code=code)
        db.session.rollback()
    with pytest.raises(ReasonMissing):
        table.act(1, A.DISMISS, code="timing")


def test_nobody_answers_for_another(people, table):
    table.approve(0)
    reader = people.person(table.city.organization, Role.VIEWER)
    pending = people.city(status=OrganizationStatus.PENDING)
    for stranger in (reader, pending, people.city(), table.startups[1], table.coordinator):
        with pytest.raises(NotAllowed):
            service.accept(table.matches[0], None, stranger.actor)
        for action in service.DECLINES:
            with pytest.raises(NotAllowed):
                table.act(0, action, stranger, code="timing")
            db.session.rollback()
    with pytest.raises(NotAllowed):
        table.act(0, A.DECLINE_AS_STARTUP, table.city, code="timing")
    db.session.rollback()
    for person in (table.city, table.startups[1]):
        with pytest.raises(NotAllowed):
            table.act(1, A.APPROVE, person)
        db.session.rollback()
    assert table.states == ["proposed", "suggested", "suggested"]


def test_an_answer_is_refused_from_the_very_second(table):
    table.approve(0, 1)
    moment = table.matches[0].respond_by
    with as_of(moment - timedelta(seconds=1)):
        table.accept(0, table.startups[0])
    with as_of(moment):
        with pytest.raises(RuleBroken, match="proposal_over"):
            table.accept(0, table.city)
        with pytest.raises(RuleBroken, match="proposal_over"):
            table.act(0, A.DECLINE_AS_CITY, table.city, code="timing")
        db.session.rollback()
        assert queries.ended_proposals() == [table.matches[0].id]
        assert queries.awaiting_answer(table.city.actor) == []
        service.expire(table.matches[0])
        service.expire(table.matches[0])
        db.session.commit()
    assert table.states == ["expired", "proposed", "suggested"]
    assert _mails(table.coordinator) == ["Expired"]


def test_nothing_expires_before_its_time(table):
    table.approve(0)
    with as_of(table.matches[0].respond_by - timedelta(seconds=1)):
        assert queries.ended_proposals() == []
        service.expire(table.matches[0])
    assert table.states[0] == "proposed"


def test_a_second_proposal_starts_without_answers(table):
    table.approve(0)
    table.accept(0, table.startups[0])
    table.act(0, A.DECLINE_AS_CITY, table.city, code="no_budget")
    table.act(0, A.RECONSIDER, reason="Hay presupuesto nuevo")
    assert table.states[0] == "suggested"
    assert (table.matches[0].proposed_at, table.matches[0].respond_by) == (None, None)
    table.approve(0)
    assert table.states[0] == "proposed"
    assert table.matches[0].consented == frozenset()
    table.accept(0, table.city)
    assert table.states[0] == "proposed"
    table.accept(0, table.startups[0])
    assert table.states[0] == "confirmed"


def test_one_side_accepts_once(table):
    table.approve(0)
    table.accept(0, table.city)
    with pytest.raises(RuleBroken, match="already_accepted"):
        table.accept(0, table.city)
    assert len(table.matches[0].consents) == 1


def test_what_is_not_proposed_cannot_be_accepted(table):
    table.approve(0, 1)
    with pytest.raises(NotAllowed):
        table.accept(2, table.startups[0])
    with pytest.raises(OutOfOrder):
        table.accept(1, table.startups[1])
    with pytest.raises(OutOfOrder):
        table.accept(2, table.city)


def test_who_looked_at_an_older_state_is_told(table):
    seen = table.matches[0].version
    table.act(0, A.APPROVE, version=seen)
    with pytest.raises(SomeoneWasFaster):
        table.act(0, A.DISMISS, code="off_topic", version=seen)
    with pytest.raises(SomeoneWasFaster):
        service.accept(table.matches[0], seen, table.city.actor)


def test_a_cancelled_challenge_takes_no_answers_and_its_proposal_ends(table):
    table.approve(0, 1)
    table.challenge.status = ChallengeStatus.CANCELLED
    db.session.commit()
    with pytest.raises(RuleBroken, match="proposal_over"):
        table.accept(0, table.city)
    with pytest.raises(RuleBroken, match="challenge_over"):
        table.act(2, A.APPROVE)
    assert queries.ended_proposals() == [table.matches[0].id]
    service.expire(table.matches[0])
    db.session.commit()
    assert table.states == ["expired", "approved", "suggested"]
    told = db.session.query(Message).filter(Message.subject.startswith("Expired")).first()
    assert "withdrawn" in told.text


def test_what_is_not_offered_now_is_passed_over(table):
    table.approve(0, 1, 2)
    table.offers[1].status = SolutionStatus.SUSPENDED
    table.startups[2].organization.status = OrganizationStatus.SUSPENDED
    db.session.commit()
    table.act(0, A.DECLINE_AS_CITY, table.city, code="timing")
    assert table.states == ["declined", "approved", "approved"]
    assert queries.waiting_for_an_offer() == []
    table.offers[1].status = SolutionStatus.PUBLISHED
    db.session.commit()
    assert queries.waiting_for_an_offer() == [table.challenge.id]
    service.offer_next(table.challenge)
    db.session.commit()
    assert table.states == ["declined", "proposed", "approved"]
    table.offers[1].status = SolutionStatus.WITHDRAWN
    db.session.commit()
    assert queries.ended_proposals() == [table.matches[1].id]
    with pytest.raises(RuleBroken, match="proposal_over"):
        table.accept(1, table.city)


def test_a_withdrawn_solution_is_not_approved(table):
    table.offers[0].status = SolutionStatus.WITHDRAWN
    db.session.commit()
    with pytest.raises(RuleBroken, match="solution_not_offered"):
        table.act(0, A.APPROVE)


def test_a_released_match_gives_the_turn_to_the_next(table):
    sent = submission(table.challenge, table.offers[0])
    table.approve(0, 1)
    table.accept(0, table.city)
    table.accept(0, table.startups[0])
    progress(table.challenge, ChallengeAction.START_PILOT)
    db.session.commit()
    service.release(table.matches[0], "Sin presupuesto")
    db.session.commit()
    assert table.states == ["released", "proposed", "suggested"]
    assert table.challenge.status is ChallengeStatus.PUBLISHED
    assert sent.status is SubmissionStatus.SHORTLISTED
    assert _mails(table.startups[0])[-1] == "Released"
    with pytest.raises(OutOfOrder):
        service.release(table.matches[0])


def test_what_waits_for_an_answer(table):
    table.approve(0, 1)
    first = table.matches[0]
    assert queries.awaiting_answer(table.city.actor) == [first]
    assert queries.awaiting_answer(table.startups[0].actor) == [first]
    assert queries.awaiting_answer(table.startups[1].actor) == []
    assert queries.awaiting_answer(table.coordinator.actor) == []
    assert queries.live_proposal(table.challenge.id) is first
    table.accept(0, table.city)
    assert queries.awaiting_answer(table.city.actor) == []
    assert queries.awaiting_answer(table.startups[0].actor) == [first]
    assert queries.count_by_status() == {"proposed": 1, "approved": 1, "suggested": 1}


def test_the_clock_ends_and_offers_through_jobs(table, run_jobs):
    from app.matches.jobs import look_at_the_clock

    table.approve(0, 1)
    run_jobs()
    with as_of(table.matches[0].respond_by):
        look_at_the_clock()
        look_at_the_clock()
        assert run_jobs() >= 1
    assert table.states == ["expired", "proposed", "suggested"]
    assert db.session.query(Match).filter_by(status=M.PROPOSED).count() == 1
