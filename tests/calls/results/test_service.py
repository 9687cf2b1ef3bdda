"""A result from proposal to approval: what it asks for, what it keeps, who may do what."""

from decimal import Decimal

import pytest

from app.audit import entries_for
from app.calls.committee.models import Consensus
from app.calls.results import queries, service
from app.calls.results.counting import entries_in, ranking_in, rules_in, rules_of
from app.calls.results.rules import is_outdated, reads
from app.domain.call_states import (
    ApplicationStatus,
    CallStatus,
    ResultAction,
    ResultStatus,
    ReviewStatus,
)
from app.domain.call_vocabulary import Ballot, Outcome, OutcomeReason, ResultStage
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, RuleBroken, SomeoneWasFaster
from app.domain.ranking import rank
from app.extensions import db
from app.lifecycle import Act
from app.notifications.models import Message
from tests.calls import build
from tests.calls.results.conflicts import conflict

APPROVE = Act(ResultAction.APPROVE)


def table(result):
    return [
        (one.application.organization.name, one.rank, one.total, one.outcome)
        for one in result.placements
    ]


def refusal(code, verb, *arguments):
    with pytest.raises(RuleBroken) as refused:
        verb(*arguments)
    assert refused.value.code == code
    return refused.value.details


def test_a_proposal_keeps_the_table_and_the_rules_it_was_counted_by(story):
    told = story()
    result = told.propose()
    db.session.commit()
    assert table(result) == [
        ("Alfa", 1, Decimal(100), Outcome.SELECTED),
        ("Beta", 2, Decimal(80), Outcome.SELECTED),
        ("Gama", 3, Decimal(60), Outcome.WAITLISTED),
        ("Delta", 4, Decimal(50), Outcome.NOT_SELECTED),
    ]
    assert result.placements[2].waiting_place == 1
    assert rules_in(result) == rules_of(told.call)
    assert len(told.call.lot_seed) == 64
    assert told.call.status is CallStatus.EVALUATING
    again = rank(rules_in(result), entries_in(result))
    assert [(p.key, p.total) for p in again.places] == [
        (p.key, p.total) for p in ranking_in(result, {}).places
    ]
    assert not is_outdated(result)


def test_who_votes_is_asked_by_mail_that_tells_nothing(story):
    told = story()
    told.propose()
    mails = db.session.query(Message).all()
    assert sorted(mail.recipient for mail in mails) == sorted(p.email for p in told.members)
    for word in ("Alfa", "100", "Beta"):
        assert all(word not in mail.text for mail in mails)


def test_only_the_coordination_of_the_call_proposes(story, people):
    told = story()
    for person in (told.chair, people.coordinator(), told.cities["Alfa"]):
        with pytest.raises(NotAllowed):
            service.propose(told.call, ResultStage.PRELIMINARY, person.actor)


def test_what_is_missing_is_told_before_a_proposal(story, people):
    told = story()
    correcting = build.application(told.call, people.city(), ApplicationStatus.CORRECTING)
    details = refusal("admissibility_open", told.propose)
    assert details == {"numbers": correcting.number}
    correcting.status = ApplicationStatus.NOT_ADMITTED
    db.session.add(Consensus(application=told.application("Beta")))
    db.session.commit()
    assert refusal("consensus_missing", told.propose) == {
        "numbers": told.application("Beta").number
    }


def test_before_the_evaluation_ends_every_review_must_be_in(story):
    told = story()
    told.move(evaluation_closes=1)
    review = told.application("Gama").reviews[0]
    review.status = ReviewStatus.ACCEPTED
    db.session.commit()
    assert refusal("evaluation_not_over", told.propose) == {"count": 1}
    review.status = ReviewStatus.SUBMITTED
    db.session.commit()
    assert told.propose().status is ResultStatus.PROPOSED


def test_nothing_admitted_is_nothing_to_rank(story):
    told = story({"Alfa": (1, 1, 1)})
    told.application("Alfa").status = ApplicationStatus.NOT_ADMITTED
    db.session.commit()
    refusal("nothing_to_rank", told.propose)


def test_without_quorum_it_is_provisional_and_cannot_be_approved(story):
    told = story()
    for review in told.application("Beta").reviews[:2]:
        review.status = ReviewStatus.RELEASED
    db.session.commit()
    result = told.propose()
    assert table(result)[-1] == ("Beta", None, None, Outcome.NOT_SELECTED)
    assert result.placements[-1].reason is OutcomeReason.NO_QUORUM
    told.vote(result)
    details = refusal("result_provisional", service.act, result, APPROVE, told.chair.actor)
    assert details == {"numbers": told.application("Beta").number}


def test_only_one_result_of_a_stage_stands_and_a_final_one_comes_after(story):
    told = story()
    told.propose()
    refusal("result_exists", told.propose)
    with pytest.raises(OutOfOrder):
        told.propose(ResultStage.FINAL)


def test_votes_carry_a_result_and_the_chair_approves_it(story):
    told = story()
    result = told.propose()
    refusal("result_not_carried", service.act, result, APPROVE, told.chair.actor)
    service.vote(result, Ballot.IN_FAVOUR, "", told.chair.actor)
    refusal("result_not_carried", service.act, result, APPROVE, told.chair.actor)
    refusal("opinion_missing", service.vote, result, Ballot.AGAINST, " ", told.members[1].actor)
    service.vote(result, Ballot.AGAINST, "Pesa poco el impacto.", told.members[1].actor)
    refusal("result_not_carried", service.act, result, APPROVE, told.chair.actor)
    service.vote(result, Ballot.IN_FAVOUR, "", told.members[2].actor)
    for person in (told.members[1], told.coordinator):
        with pytest.raises(NotAllowed):
            service.act(result, APPROVE, person.actor)
    told.approve(result)
    assert result.status is ResultStatus.APPROVED
    assert result.approved_by_id == told.chair.id
    assert told.call.status is CallStatus.PRELIMINARY
    assert not result.is_published
    assert [one.status for one in told.applications.values()] == [ApplicationStatus.ADMITTED] * 4
    with pytest.raises(OutOfOrder):
        service.vote(result, Ballot.AGAINST, "Tarde.", told.members[1].actor)


def test_voting_again_replaces_the_vote(story):
    told = story()
    result = told.propose()
    service.vote(result, Ballot.AGAINST, "No.", told.chair.actor)
    service.vote(result, Ballot.ABSTAINS, "", told.chair.actor)
    assert [(one.ballot, one.opinion) for one in result.votes] == [(Ballot.ABSTAINS, "")]
    assert "No." not in str([entry.details for entry in entries_for(result)])


def test_nobody_outside_the_committee_votes(story, people):
    told = story()
    result = told.propose()
    for person in (told.coordinator, told.cities["Alfa"], people.person()):
        with pytest.raises(NotAllowed):
            service.vote(result, Ballot.IN_FAVOUR, "", person.actor)


def test_who_has_a_conflict_neither_proposes_nor_votes_nor_reads(story):
    told = story()
    beto = told.members[1]
    conflict(told.application("Delta"), beto)
    conflict(told.application("Alfa"), told.coordinator)
    refusal("conflict_in_call", told.propose)
    db.session.delete(told.application("Alfa").conflicts[0])
    db.session.commit()
    result = told.propose()
    refusal("conflict_in_call", service.vote, result, Ballot.IN_FAVOUR, "", beto.actor)
    assert not reads(result, beto.actor)
    assert reads(result, told.chair.actor)
    assert reads(result, told.coordinator.actor)
    # Two remain: both must vote for more than half.
    told.vote(result, (Ballot.IN_FAVOUR,))
    refusal("result_not_carried", service.act, result, APPROVE, told.chair.actor)


def test_a_vote_of_who_finds_a_conflict_afterwards_does_not_count(story):
    told = story()
    result = told.propose()
    service.vote(result, Ballot.IN_FAVOUR, "", told.chair.actor)
    service.vote(result, Ballot.IN_FAVOUR, "", told.members[1].actor)
    conflict(told.application("Alfa"), told.members[1])
    refusal("result_not_carried", service.act, result, APPROVE, told.chair.actor)


def test_who_belongs_to_a_city_that_applies_reads_nothing(story, people):
    told = story()
    insider = people.person(told.cities["Gama"].organization)
    build.member(told.call, insider)
    result = told.propose()
    assert not reads(result, insider.actor)
    refusal("conflict_in_call", service.vote, result, Ballot.IN_FAVOUR, "", insider.actor)


def test_who_owes_a_review_reads_and_votes_only_when_it_is_sent(story, people):
    told = story()
    late = people.person(name="Dora")
    build.member(told.call, late)
    build.review(told.application("Alfa"), late, ReviewStatus.ACCEPTED)
    result = told.propose()
    assert not reads(result, late.actor)
    refusal("reviews_first", service.vote, result, Ballot.IN_FAVOUR, "", late.actor)


def test_scores_that_changed_since_the_proposal_stop_it(story):
    told = story()
    result = told.propose()
    told.vote(result)
    told.application("Delta").reviews[0].scores[0].score = Decimal(4)
    db.session.commit()
    refusal("result_outdated", service.act, result, APPROVE, told.chair.actor)
    service.act(result, Act(ResultAction.WITHDRAW, "Cambió un puntaje."), told.chair.actor)
    assert told.propose().status is ResultStatus.PROPOSED


def test_a_result_is_approved_only_while_cities_can_still_appeal(story):
    told = story()
    result = told.propose()
    told.vote(result)
    told.move(preliminary=-0.02, appeals_close=-0.01)
    refusal("no_time_to_appeal", service.act, result, APPROVE, told.chair.actor)


def test_an_approved_result_is_taken_back_with_a_reason_until_it_is_public(story):
    told = story()
    result = told.approved()
    with pytest.raises(ReasonMissing):
        service.act(result, Act(ResultAction.WITHDRAW), told.chair.actor)
    take_back = Act(ResultAction.WITHDRAW, "Error en un peso.", version=result.version)
    service.act(result, take_back, told.chair.actor)
    db.session.commit()
    assert (result.status, told.call.status) == (ResultStatus.WITHDRAWN, CallStatus.EVALUATING)
    again = told.approved()
    told.move(evaluation_closes=-1, preliminary=-0.01)
    refusal("result_published", service.act, again, take_back_now(), told.chair.actor)
    assert queries.standing(told.call, ResultStage.PRELIMINARY) is again


def take_back_now():
    return Act(ResultAction.WITHDRAW, "Tarde.")


def test_who_saw_an_older_version_is_told(story):
    told = story()
    result = told.propose()
    told.vote(result)
    with pytest.raises(SomeoneWasFaster):
        service.act(result, Act(ResultAction.APPROVE, version=99), told.chair.actor)


def test_approval_writes_a_letter_for_each_city_and_asks_for_the_minutes(story):
    told = story()
    told.application("Beta").reviews[0].feedback = "El plan necesita metas."
    result = told.approved()
    letters = queries.letters(result)
    assert [one.application.organization.name for one in letters] == list(told.cities)
    assert "100" in letters[0].body
    assert "El plan necesita metas." in letters[1].body
    assert "Ana" not in letters[1].body
    assert all(one.reviewed_at is None and one.sent_at is None for one in letters)


def test_a_chair_in_conflict_approves_by_the_votes_without_reading_the_table(story, browser):
    told = story()
    conflict(told.application("Delta"), told.chair)
    result = told.propose()
    for person in told.members[1:]:
        service.vote(result, Ballot.IN_FAVOUR, "", person.actor)
    page = browser(told.chair).get(f"/results/{result.public_id}")
    assert "2 of 2 members have voted, 2 in favour" in page.text
    assert "Alfa" not in page.text
    told.approve(result)
    assert result.status is ResultStatus.APPROVED
