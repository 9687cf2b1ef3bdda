"""Any order of decisions, answers and days: what must hold after each of them."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.audit import entries_for
from app.domain.errors import DomainError
from app.domain.states import ChallengeStatus, MatchAction, MatchStatus
from app.domain.vocabulary import Side
from app.extensions import as_of, db, utcnow
from app.lifecycle import Act
from app.matches import queries, service
from app.matches.models import LIVE
from tests.matches.build import match, solution
from tests.matches.test_decisions import Table
from tests.people import People

A, M = MatchAction, MatchStatus
NUMBERS = st.integers(0, 3)


class Consents(RuleBasedStateMachine):
    """A challenge with three startups' candidates and a public good, and people who act."""

    def __init__(self) -> None:
        super().__init__()
        self.now = utcnow()
        self.accepted: dict[int, set[str]] = {}

    @initialize(scores=st.tuples(*[st.sampled_from((0.25, 0.5, 0.75))] * 4))
    def begin(self, scores):
        self.table = Table(People())
        self.matches = [*self.table.matches, match(self.table.challenge, solution(None))]
        for row, score in zip(self.matches, scores, strict=True):
            row.score = score
        db.session.commit()
        self.proposals = []

    def _try(self, function, *arguments):
        approved = self._approved()
        had_live = self._live()
        try:
            with as_of(self.now):
                function(*arguments)
            db.session.commit()
        except DomainError:
            db.session.rollback()
        self._note(approved, had_live)

    def _approved(self):
        return [row for row in self.matches if row.status is M.APPROVED]

    def _live(self):
        return next((row for row in self.matches if row.status in LIVE), None)

    def _note(self, approved, had_live):
        """Check that whoever got the turn had the best score of those that waited."""
        live = self._live()
        if live is None or live is had_live or live.status is not M.PROPOSED:
            return
        waiting = {*approved, live} - {had_live}
        assert live is min(waiting, key=lambda row: (-row.score, row.id))
        assert live.consented == frozenset()
        assert live.respond_by == self.now + timedelta(days=10)
        self.accepted[live.id] = set()

    def _pick(self, number, *states):
        """Return a match in one of ``states`` if there is one: most steps should do something."""
        fitting = [row for row in self.matches if row.status in states] or self.matches
        return fitting[number % len(fitting)]

    def _act(self, row, action, who, code=None):
        self._try(service.act, row, Act(action, "why", code), who.actor)

    @rule(number=NUMBERS)
    def approve(self, number):
        self._act(self._pick(number, M.SUGGESTED), A.APPROVE, self.table.coordinator)

    @rule(number=NUMBERS)
    def dismiss(self, number):
        self._act(self.matches[number], A.DISMISS, self.table.coordinator, "capacity")

    @rule(number=NUMBERS)
    def reconsider(self, number):
        row = self._pick(number, M.DISMISSED, M.DECLINED, M.EXPIRED)
        self._act(row, A.RECONSIDER, self.table.coordinator)

    @rule(number=NUMBERS, side=st.sampled_from(Side))
    def accept(self, number, side):
        row = self._pick(number, M.PROPOSED)
        status, before = row.status, row.consented
        person = self._person(row, side)
        self._try(service.accept, row, None, person.actor)
        if status is M.PROPOSED and row.consented != before:
            self.accepted[row.id].add(side.value)

    @rule(number=NUMBERS, side=st.sampled_from(Side))
    def decline(self, number, side):
        action = A.DECLINE_AS_CITY if side is Side.CITY else A.DECLINE_AS_STARTUP
        row = self._pick(number, M.PROPOSED)
        self._act(row, action, self._person(row, side), "timing")

    def _person(self, row, side):
        startup = self.table.startups[self.matches.index(row) % 3]
        return self.table.city if side is Side.CITY else startup

    @rule(days=st.integers(1, 6))
    def wait(self, days):
        self.now += timedelta(days=days)

    @rule()
    def look_at_the_clock(self):
        with as_of(self.now):
            ended = queries.ended_proposals()
            waiting = queries.waiting_for_an_offer()
        for row in self.matches:
            if row.id in ended:
                self._try(service.expire, row)
        if waiting:
            self._try(service.offer_next, self.table.challenge)

    @precondition(lambda self: any(row.status is M.CONFIRMED for row in self.matches))
    @rule()
    def release(self):
        self._try(service.release, self._live(), "No se hizo")

    @invariant()
    def at_most_one_holds_the_challenge(self):
        live = [row for row in self.matches if row.status in LIVE]
        assert len(live) <= 1
        matched = self.table.challenge.status is ChallengeStatus.MATCHED
        assert matched == any(row.status is M.CONFIRMED for row in live)

    @invariant()
    def confirmed_only_with_every_answer_to_the_present_proposal(self):
        for row in self.matches:
            if row.status is M.CONFIRMED:
                needed = {"city"} if row.startup_id is None else {"city", "startup"}
                assert self.accepted[row.id] == needed
                assert {consent.side.value for consent in row.consents} == needed

    @invariant()
    def nobody_waits_while_the_challenge_is_free(self):
        if self.table.challenge.status is ChallengeStatus.PUBLISHED and self._live() is None:
            assert self._approved() == []

    @invariant()
    def the_trail_tells_the_present_state(self):
        for row in self.matches:
            moves = [entry for entry in entries_for(row) if entry.to_status]
            assert str(row.status) == (moves[-1].to_status if moves else "suggested")

    def teardown(self):
        db.session.rollback()


@pytest.mark.usefixtures("app")
def test_any_order_of_decisions_keeps_the_rules():
    run_state_machine_as_test(
        Consents,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
