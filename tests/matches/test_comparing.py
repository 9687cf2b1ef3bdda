"""What a trial would change about past decisions: found by the worker in small steps."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.errors import RuleBroken
from app.domain.states import SolutionStatus
from app.extensions import db, utcnow
from app.matches.matcher import comparing
from app.matches.scales import SHIPPED
from app.matches.tuning import queries, rules, service
from app.matches.tuning.models import Comparison
from app.organizations.models import Organization
from tests.challenges.build import challenge
from tests.matches.build import match
from tests.matches.desk import A, Desk, M, approve_one, waiting_jobs


@pytest.fixture
def desk(people):
    return Desk(people)


def test_the_comparison_tells_where_the_approved_stood_and_stand(desk, run_jobs):
    tuning = desk.start(uses_weight=0.1, title_weight=10.0)
    desk.compare(tuning, run_jobs)
    result = tuning.comparison.result
    assert (result["decided"], result["pairs"], result["gone"]) == (1, 1, 0)
    assert result["before"] == {"first3": 1, "first10": 1, "suggested": 0}
    assert result["after"] == {"first3": 1, "first10": 1, "suggested": 1}
    pair = {"challenge": desk.decided.id, "solution": desk.titled.id}
    assert result["moves"] == [{**pair, "before": 2, "after": 1}]
    assert result["open"] == {"challenges": 1, "in": 1, "out": 1}
    assert tuning.comparison.done == tuning.comparison.total == 2


def test_a_higher_floor_is_told_by_what_would_no_longer_be_suggested(desk, run_jobs):
    match(desk.decided, desk.used, M.EXPIRED)
    tuning = desk.start(floor=0.5)
    desk.compare(tuning, run_jobs)
    result = tuning.comparison.result
    assert (result["before"]["suggested"], result["after"]["suggested"]) == (1, 0)
    assert result["moves"] == []
    assert result["open"] == {"challenges": 1, "in": 0, "out": 1}


def test_what_is_no_longer_offered_is_left_out_of_the_comparison(desk, run_jobs):
    desk.titled.status = SolutionStatus.WITHDRAWN
    tuning = desk.start(uses_weight=0.1)
    desk.compare(tuning, run_jobs)
    result = tuning.comparison.result
    assert (result["decided"], result["pairs"], result["gone"]) == (1, 0, 1)
    assert result["moves"] == []


def test_a_comparison_that_is_asked_for_again_is_done_once_with_the_latest_values(desk, run_jobs):
    tuning = desk.start(uses_weight=0.1, title_weight=10.0)
    service.compare(tuning)
    db.session.commit()
    service.edit(tuning, {"title_weight": 1.0, "uses_weight": 4.0}, desk.coordinator.actor, None)
    service.compare(tuning)
    db.session.commit()
    assert waiting_jobs("matches.compare") == 1
    run_jobs()
    db.session.expire_all()
    assert tuning.comparison.result["moves"] == []
    assert rules.is_current(tuning.comparison, SHIPPED, tuning.scales)


def test_decisions_count_only_where_they_were_shown_to_help(desk, people, run_jobs, monkeypatch):
    other = challenge(people.city())
    like, _approved = approve_one(desk, other)
    match(other, like, M.DECLINED)
    tuning = desk.start(feedback=True)
    desk.compare(tuning, run_jobs)
    learned = tuning.comparison.result["feedback"]
    assert learned == {"pairs": 2, "without": pytest.approx(7 / 24), "with": pytest.approx(0.75)}
    with pytest.raises(RuleBroken) as broken:
        desk.act(tuning, A.ACCEPT)
    assert broken.value.code == "feedback_unproven"
    db.session.rollback()
    monkeypatch.setattr(rules, "LEAST_DECIDED", 2)
    desk.act(tuning, A.ACCEPT)
    assert queries.present_scales().feedback


def test_decisions_that_do_not_help_are_not_switched_on(desk, people, run_jobs, monkeypatch):
    monkeypatch.setattr(rules, "LEAST_DECIDED", 1)
    match(desk.decided, desk.used, M.EXPIRED)
    tuning = desk.start(feedback=True)
    desk.compare(tuning, run_jobs)
    learned = tuning.comparison.result["feedback"]
    assert learned == {"pairs": 2, "without": 0.75, "with": 0.5}
    with pytest.raises(RuleBroken) as broken:
        desk.act(tuning, A.ACCEPT)
    assert broken.value.code == "feedback_unproven"


def _while_comparing(monkeypatch, act):
    """Let ``act`` happen in a connection of its own before each step of a comparison."""
    step = comparing.Comparing.step

    def interrupted(self):
        with db.engine.begin() as connection:
            act(connection)
        return step(self)

    monkeypatch.setattr(comparing.Comparing, "step", interrupted)


def test_a_comparison_tells_how_far_it_is_while_others_write(desk, run_jobs, monkeypatch):
    table, seen = Comparison.__table__, []

    def look(connection):
        seen.append(tuple(connection.execute(select(table.c.done, table.c.total)).one()))
        connection.execute(update(Organization).values(summary=f"Escrito {len(seen)}"))

    _while_comparing(monkeypatch, look)
    tuning = desk.start(uses_weight=2.0)
    desk.compare(tuning, run_jobs)
    assert seen == [(0, 2), (1, 2)]
    assert (tuning.comparison.done, tuning.comparison.total) == (2, 2)
    assert desk.city.organization.summary == "Escrito 2"


def test_a_comparison_that_was_asked_for_anew_meanwhile_leaves_it_to_the_new_one(
    desk, run_jobs, monkeypatch
):
    later = utcnow() + timedelta(hours=1)
    _while_comparing(
        monkeypatch,
        lambda connection: connection.execute(update(Comparison).values(asked_at=later)),
    )
    tuning = desk.start(uses_weight=2.0)
    desk.compare(tuning, run_jobs)
    assert tuning.comparison.asked_at == later
    assert (tuning.comparison.finished_at, tuning.comparison.result) == (None, {})


def test_a_discarded_trial_is_not_compared(desk, run_jobs):
    tuning = desk.start(uses_weight=2.0)
    service.compare(tuning)
    desk.act(tuning, A.DISCARD)
    run_jobs()
    db.session.expire_all()
    assert tuning.comparison.finished_at is None
