"""What the committee says of an application now, who may read it, and what the minutes need."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app import audit
from app.calls.committee import queries
from app.calls.committee.models import Conflict, Consensus, ConsensusScore
from app.domain.actors import ANONYMOUS, SYSTEM
from app.domain.call_states import ConsensusStatus, ReviewAction, ReviewStatus
from app.domain.call_vocabulary import RecusalReason
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from tests.calls import build

S = ReviewStatus


def _keys(call):
    return [str(one.id) for one in call.criteria]


def conflict(application, person, reason=RecusalReason.PERSONAL_TIE):
    db.session.add(Conflict(application=application, user=person, reason=reason))
    db.session.commit()


def consensus(application, scores, status=ConsensusStatus.AGREED):
    rows = [
        ConsensusScore(criterion_id=criterion.id, score=Decimal(score))
        for criterion, score in zip(application.call.criteria, scores, strict=True)
    ]
    db.session.add(Consensus(application=application, status=status, scores=rows))
    db.session.commit()


def test_the_mean_of_what_was_sent_stands_and_drafts_do_not_count(evaluation):
    made = evaluation()
    first = made.applications[0]
    build.review(first, made.members[0], S.SUBMITTED, (4, 3, 5))
    build.review(first, made.members[1], S.SUBMITTED, (5, 3, 4))
    build.review(first, made.members[2], S.ACCEPTED, (0, 0, 0))
    standing = queries.standing_scores(first)
    half = Fraction(1, 2)
    assert standing.scores == dict(zip(_keys(made.call), (4 + half, 3, 4 + half), strict=True))
    assert (standing.reviews, standing.agreed) == (2, False)
    assert queries.standings(made.call)[first.id] == standing


def test_a_reopened_or_released_review_does_not_count(evaluation):
    made = evaluation()
    first = made.applications[0]
    build.review(first, made.members[0], S.SUBMITTED, (4, 4, 4))
    build.review(first, made.members[1], S.REOPENED, (0, 0, 0))
    build.review(first, made.members[2], S.RELEASED, (0, 0, 0))
    assert queries.standing_scores(first).reviews == 1
    assert set(queries.standing_scores(first).scores.values()) == {Fraction(4)}


def test_an_agreed_consensus_stands_instead_of_the_mean_and_an_open_one_does_not(evaluation):
    made = evaluation()
    first, second = made.applications
    for application in (first, second):
        build.review(application, made.members[0], S.SUBMITTED, (5, 5, 5))
        build.review(application, made.members[1], S.SUBMITTED, (1, 5, 5))
    consensus(first, ("2.5", 5, 5))
    consensus(second, ("2.5", 5, 5), ConsensusStatus.OPEN)
    key = _keys(made.call)[0]
    assert queries.standing_scores(first).scores[key] == Fraction(5, 2)
    assert queries.standing_scores(first).agreed
    assert queries.standing_scores(first).reviews == 2
    assert queries.standing_scores(second).scores[key] == 3


def test_nothing_sent_has_no_scores(evaluation):
    made = evaluation()
    assert queries.standing_scores(made.applications[0]) == queries.Standing({}, 0)


def test_a_spread_as_wide_as_the_rule_asks_for_a_consensus(evaluation):
    made = evaluation(consensus_spread=40)
    first, second = made.applications
    build.review(first, made.members[0], S.SUBMITTED, (4, 3, 5))
    build.review(first, made.members[1], S.SUBMITTED, (2, 3, 4))
    build.review(second, made.members[0], S.SUBMITTED, (4, 3, 5))
    build.review(second, made.members[1], S.SUBMITTED, (3, 3, 4))
    assert queries.wide_spreads(first) == {made.call.criteria[0].id: 40}
    assert queries.unsettled(made.call) == [first]
    consensus(first, (3, 3, 4))
    assert queries.unsettled(made.call) == []
    consensus(second, (3, 3, 4), ConsensusStatus.OPEN)
    assert queries.unsettled(made.call) == [second]


def test_without_such_a_rule_nothing_asks_for_a_consensus(evaluation):
    made = evaluation(consensus_spread=None)
    build.review(made.applications[0], made.members[0], S.SUBMITTED, (0, 0, 0))
    build.review(made.applications[0], made.members[1], S.SUBMITTED, (5, 5, 5))
    assert queries.unsettled(made.call) == []


@pytest.mark.parametrize("status", [S.ASSIGNED, S.ACCEPTED, S.REOPENED])
@pytest.mark.parametrize("who", [0, 1])
def test_nobody_reads_others_scores_before_their_own_are_in(evaluation, status, who):
    """The chair (0) who reviews is bound as any member (1)."""
    made = evaluation()
    first, person = made.applications[0], made.members[who]
    build.review(first, made.members[2], S.SUBMITTED, (1, 2, 3))
    own = build.review(first, person, status)
    assert not queries.may_read_scores(person.actor, first)
    own.status = S.SUBMITTED
    db.session.commit()
    assert queries.may_read_scores(person.actor, first)


def test_the_coordination_reads_scores_once_every_review_is_in(evaluation, people):
    made = evaluation()
    first = made.applications[0]
    viewer = people.person(made.coordinator.organization, Role.VIEWER)
    other = people.coordinator()
    assert not queries.may_read_scores(made.coordinator.actor, first)
    build.review(first, made.members[1], S.SUBMITTED, (1, 2, 3))
    late = build.review(first, made.members[2], S.ASSIGNED)
    assert not queries.may_read_scores(made.coordinator.actor, first)
    late.status = S.RECUSED
    db.session.commit()
    assert queries.may_read_scores(made.coordinator.actor, first)
    assert queries.may_read_scores(viewer.actor, first)
    assert not queries.may_read_scores(other.actor, first)


def test_the_chair_who_does_not_review_reads_and_others_do_not(evaluation, people):
    made = evaluation()
    first = made.applications[0]
    build.review(first, made.members[1], S.SUBMITTED, (1, 2, 3))
    readers = {person.name for person in made.members if _reads(person, first)}
    assert readers == {"Ana", "Beto"}
    assert not _reads(made.applicants[0], first)
    assert not _reads(people.startup(), first)
    assert not queries.may_read_scores(ANONYMOUS, first)
    assert queries.may_read_scores(SYSTEM, first)


def _reads(person, application):
    return queries.may_read_scores(person.actor, application)


def test_a_conflict_shuts_everybody_out_whatever_they_are(evaluation):
    made = evaluation()
    first = made.applications[0]
    for person in made.members[:2]:
        build.review(first, person, S.SUBMITTED, (1, 2, 3))
    everybody = [*made.members[:2], made.coordinator]
    assert all(_reads(person, first) for person in everybody)
    for person in everybody:
        conflict(first, person)
    assert not any(_reads(person, first) for person in everybody)
    assert queries.visible(queries.admitted(made.call), made.coordinator.actor) == [
        made.applications[1]
    ]


def test_who_left_the_committee_reads_nothing_any_more(evaluation):
    made = evaluation()
    first = made.applications[0]
    build.review(first, made.members[1], S.SUBMITTED, (1, 2, 3))
    assert _reads(made.members[1], first)
    made.call.members[1].left_at = utcnow()
    db.session.commit()
    assert not _reads(made.members[1], first)
    assert made.members[1].id not in first.subject.reviewer_ids


def test_the_minutes_know_who_is_missing(evaluation, people):
    made = evaluation()
    build.member(made.call, people.person(name="Dora"), accepted_at=None, user=None)
    build.member(made.call, people.person(name="Elsa"), left_at=utcnow())
    for application in made.applications:
        build.review(application, made.members[1], S.ACCEPTED)
        build.review(application, made.members[2], S.SUBMITTED, (1, 2, 3))
    kinds = queries.AbsenceKind
    assert [(one.member.name, one.kind, one.missing) for one in queries.absences(made.call)] == [
        ("Beto", kinds.REVIEWS_MISSING, 2),
        ("Dora", kinds.NEVER_JOINED, 0),
        ("Elsa", kinds.LEFT, 0),
    ]


def test_the_minutes_know_who_recused_themselves_and_why(evaluation):
    made = evaluation()
    first, second = made.applications
    conflict(first, made.members[1])
    busy = build.review(second, made.members[2], S.RECUSED)
    audit.record(busy, ReviewAction.RECUSE, made.members[2].actor, reason_code="no_capacity")
    build.review(second, made.members[1], S.RELEASED)
    db.session.commit()
    found = [(r.name, r.application.id, r.reason, r.conflict) for r in queries.recusals(made.call)]
    assert found == [
        ("Beto", first.id, RecusalReason.PERSONAL_TIE, True),
        ("Carla", second.id, RecusalReason.NO_CAPACITY, False),
    ]
