"""Consensus: who opens and records it, what it needs, and what an appeal may still change."""

from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.calls.committee import queries, service
from app.calls.committee.models import Consensus
from app.domain.call_states import CallStatus, ConsensusStatus, ReviewStatus
from app.domain.errors import DomainError, RuleBroken
from app.extensions import db, utcnow
from tests.calls import build

S = ReviewStatus
REASONS = {"reasons": "El comité revisó los anexos", "dissent": "Beto mantiene su puntaje"}


def url(application, *parts):
    return "/".join(["/committee/applications", application.public_id, "consensus", *parts])


def agreed(application, scores, **more):
    consensus = queries.consensus_of(application)
    given = {
        f"score_{one.id}": str(score)
        for one, score in zip(application.call.criteria, scores, strict=True)
    }
    return {**given, **REASONS, "version": str(consensus.version), **more}


@pytest.fixture
def differing(evaluation):
    """Two members who differ on the first application; Ana presides and does not review."""
    made = evaluation()
    made.first = made.applications[0]
    build.review(made.first, made.members[1], S.SUBMITTED, (5, 3, 3), comment="Alto")
    build.review(made.first, made.members[2], S.SUBMITTED, (1, 3, 3), comment="Bajo")
    return made


def test_the_chair_opens_it_and_records_what_was_agreed(differing, browser):
    made, reader = differing, browser(differing.chair)
    page = reader.get(url(made.first)).text
    assert "Alto" in page
    assert "Bajo" in page
    assert "the rules ask the committee to agree" in page
    assert reader.post(url(made.first, "open")).status_code == 302
    assert 'value="3"' in reader.get(url(made.first)).text
    answer = reader.post(url(made.first), agreed(made.first, ("3.5", 3, 3)))
    assert answer.status_code == 302
    consensus = queries.consensus_of(made.first)
    assert (consensus.status, consensus.dissent) == (ConsensusStatus.AGREED, REASONS["dissent"])
    standing = queries.standing_scores(made.first)
    assert (float(standing.scores[str(made.call.criteria[0].id)]), standing.agreed) == (3.5, True)
    assert [e.action for e in entries_for(consensus)] == ["open_consensus", "agree"]
    assert REASONS["dissent"] in browser(made.members[1]).get(url(made.first)).text


@pytest.mark.parametrize(
    "wrong", [{"reasons": " "}, {"score": "6"}, {"score": ""}, {"score": "NaN"}, {"score": "-1"}]
)
def test_it_needs_every_score_on_the_scale_and_reasons(differing, browser, wrong):
    made, reader = differing, browser(differing.chair)
    reader.post(url(made.first, "open"))
    form = agreed(made.first, (3, 3, 3))
    if "score" in wrong:
        form[f"score_{made.call.criteria[0].id}"] = wrong["score"]
    else:
        form |= wrong
    answer = reader.post(url(made.first), form)
    assert answer.status_code == 422
    assert "Beto mantiene su puntaje" in answer.text
    assert not queries.standing_scores(made.first).agreed


def test_individual_reviews_come_first(differing, browser):
    made, reader = differing, browser(differing.chair)
    late = build.review(made.first, made.chair, S.ACCEPTED)
    assert reader.post(url(made.first, "open")).status_code == 404
    late.user = made.coordinator
    db.session.commit()
    assert reader.post(url(made.first, "open")).status_code == 409
    with time_machine.travel(made.call.evaluation_closes_at + timedelta(seconds=1)):
        assert reader.post(url(made.first, "open")).status_code == 302


def test_nothing_sent_cannot_be_agreed_on(evaluation, browser):
    made = evaluation()
    assert browser(made.chair).post(url(made.applications[0], "open")).status_code == 409


def test_it_is_reopened_with_a_reason(differing, browser):
    made, reader = differing, browser(differing.chair)
    reader.post(url(made.first, "open"))
    reader.post(url(made.first), agreed(made.first, (3, 3, 3)))
    assert reader.post(url(made.first, "reopen")).status_code == 409
    assert reader.post(url(made.first, "reopen"), {"reason": "Nuevo dato"}).status_code == 302
    assert not queries.standing_scores(made.first).agreed
    assert queries.unsettled(made.call) == [made.first]
    entry = entries_for(queries.consensus_of(made.first))[-1]
    assert (entry.action, entry.reason) == ("reopen", "Nuevo dato")


def test_two_chairs_windows_record_it_once(differing, browser):
    made, reader = differing, browser(differing.chair)
    reader.post(url(made.first, "open"))
    one, other = agreed(made.first, (3, 3, 3)), agreed(made.first, (4, 4, 4))
    assert reader.post(url(made.first), one).status_code == 302
    assert reader.post(url(made.first), other).status_code in (409, 422)
    assert set(queries.standing_scores(made.first).scores.values()) == {3}


def test_others_read_it_when_they_may_and_record_nothing(differing, people, browser):
    made = differing
    service.open_consensus(made.first, made.chair.actor)
    db.session.commit()
    form = agreed(made.first, (3, 3, 3))
    for person, reads, writes in (
        (made.members[1], 200, 403),
        (made.coordinator, 200, 403),
        (made.applicants[0], 404, 403),
        (made.applicants[1], 404, 404),
        (people.coordinator(), 404, 404),
        (people.person(), 404, 404),
    ):
        assert browser(person).get(url(made.first)).status_code == reads
        assert browser(person).post(url(made.first), form).status_code == writes
        assert browser(person).post(url(made.first, "open")).status_code == writes
    assert not queries.standing_scores(made.first).agreed


def test_a_member_who_has_not_sent_theirs_gets_nothing(differing, browser):
    made = differing
    build.review(made.applications[1], made.members[2], S.SUBMITTED, (1, 1, 1))
    build.review(made.applications[1], made.members[1], S.ACCEPTED)
    assert browser(made.members[1]).get(url(made.applications[1])).status_code == 404
    assert browser(made.members[2]).get(url(made.applications[1])).status_code == 200


def test_after_the_approval_only_an_upheld_appeal_changes_its_own_application(differing, browser):
    made, actor = differing, differing.chair.actor
    first, second = made.applications
    for person in made.members[1:]:
        build.review(second, person, S.SUBMITTED, (2, 2, 2))
    service.open_consensus(second, actor)
    made.call.status, made.call.status_since = CallStatus.PRELIMINARY, utcnow()
    db.session.commit()
    for application in (first, second):
        with pytest.raises(DomainError):
            service.open_consensus(application, actor, "sin recurso")
        db.session.rollback()
    values = {one.id: 4 for one in made.call.criteria}
    with pytest.raises(RuleBroken, match="scores_settled"):
        service.agree(queries.consensus_of(second), values, "Así", "", actor)
    db.session.rollback()
    appealed = service.open_consensus(first, actor, "Recurso aceptado", appealed=True)
    service.agree(appealed, values, "El recurso muestra el plan", "", actor)
    db.session.commit()
    assert set(queries.standing_scores(first).scores.values()) == {4}
    assert set(queries.standing_scores(second).scores.values()) == {2}
    assert browser(made.chair).post(url(first, "reopen"), {"reason": "x"}).status_code == 409


def test_one_left_open_can_be_taken_up_by_an_appeal(differing):
    made, actor = differing, differing.chair.actor
    service.open_consensus(made.first, actor)
    made.call.status, made.call.status_since = CallStatus.PRELIMINARY, utcnow()
    db.session.commit()
    consensus = service.open_consensus(made.first, actor, "Recurso", appealed=True)
    service.agree(consensus, {one.id: 1 for one in made.call.criteria}, "Así", "", actor)
    assert db.session.query(Consensus).count() == 1
    assert queries.standing_scores(made.first).agreed
