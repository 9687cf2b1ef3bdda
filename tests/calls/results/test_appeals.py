"""Appeals: who files and decides them, what an upheld one changes, and what stays as it was."""

from decimal import Decimal

import pytest

from app.calls.committee import service as committee
from app.calls.committee.queries import consensus_of
from app.calls.results import queries
from app.calls.results.appeals import service as appeals
from app.calls.results.appeals.service import may_appeal
from app.calls.results.changes import moves
from app.domain.call_states import AppealAction, AppealStatus, ConsensusStatus, ReviewStatus
from app.domain.call_vocabulary import Outcome, ResultStage
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, RuleBroken
from app.extensions import db
from app.lifecycle import Act
from app.notifications.models import Message
from tests.calls.results.conflicts import conflict

UPHOLD = Act(AppealAction.UPHOLD, "Se pasó por alto el anexo 2.")
REJECT = Act(AppealAction.REJECT, "El anexo no cambia el puntaje.")


def file(told, city, grounds="El anexo 2 muestra el plan."):
    criteria = [told.call.criteria[0].id]
    return appeals.file_appeal(told.application(city), criteria, grounds, told.cities[city].actor)


def uphold(told, city, scores):
    appeal = file(told, city)
    appeals.act(appeal, UPHOLD, told.chair.actor)
    agreed = {
        criterion.id: Decimal(score)
        for criterion, score in zip(told.call.criteria, scores, strict=True)
    }
    consensus = consensus_of(told.application(city))
    committee.agree(consensus, agreed, "Se revisó el anexo.", "", told.chair.actor)
    db.session.commit()
    return appeal


def test_a_city_appeals_once_while_the_window_is_open(story):
    told = story()
    result = told.approved()
    city = told.cities["Gama"].actor
    with pytest.raises(RuleBroken, match="appeals_closed"):
        file(told, "Gama")
    told.move(evaluation_closes=-1, preliminary=-0.01)
    assert result.is_published
    assert may_appeal(told.application("Gama"), city)
    with pytest.raises(RuleBroken, match="criteria_unknown"):
        appeals.file_appeal(told.application("Gama"), [], "Sin criterio.", city)
    with pytest.raises(RuleBroken, match="criteria_unknown"):
        appeals.file_appeal(told.application("Gama"), [10**6], "Otro.", city)
    appeal = file(told, "Gama")
    assert appeal.status is AppealStatus.FILED
    assert not may_appeal(told.application("Gama"), city)
    with pytest.raises(RuleBroken, match="appealed_already"):
        file(told, "Gama")
    told.end_appeals()
    with pytest.raises(RuleBroken, match="appeals_closed"):
        file(told, "Delta")
    mails = [mail.recipient for mail in db.session.query(Message) if "Gama" not in mail.text]
    assert told.chair.email in mails


def test_only_the_city_itself_appeals_and_only_who_presides_decides(story, people):
    told = story()
    told.publish_preliminary()
    viewer = told.cities["Gama"].organization
    for person in (told.cities["Alfa"], told.coordinator, told.chair, people.city()):
        with pytest.raises(NotAllowed):
            appeals.file_appeal(told.application("Gama"), [1], "Ajena.", person.actor)
    appeal = file(told, "Gama")
    for person in (told.members[1], told.coordinator, told.cities["Gama"]):
        with pytest.raises(NotAllowed):
            appeals.act(appeal, UPHOLD, person.actor)
    with pytest.raises(ReasonMissing):
        appeals.act(appeal, Act(AppealAction.REJECT), told.chair.actor)
    assert viewer is not None


def test_a_chair_in_conflict_does_not_decide(story):
    told = story()
    told.publish_preliminary()
    appeal = file(told, "Gama")
    conflict(told.application("Gama"), told.chair)
    with pytest.raises(NotAllowed):
        appeals.act(appeal, REJECT, told.chair.actor)


def test_a_rejected_appeal_is_answered_and_changes_nothing(story):
    told = story()
    told.publish_preliminary()
    appeal = file(told, "Gama")
    appeals.act(appeal, REJECT, told.chair.actor)
    db.session.commit()
    assert (appeal.status, appeal.answer) == (AppealStatus.REJECTED, REJECT.reason)
    assert consensus_of(told.application("Gama")) is None
    answer = db.session.query(Message).order_by(Message.id.desc()).first()
    assert (answer.recipient, REJECT.reason in answer.text) == (told.cities["Gama"].email, True)
    told.end_appeals()
    final = told.approved(ResultStage.FINAL)
    assert moves(final) == []


def test_a_city_takes_its_appeal_back(story):
    told = story()
    told.publish_preliminary()
    appeal = file(told, "Gama")
    appeals.act(appeal, Act(AppealAction.WITHDRAW), told.cities["Gama"].actor)
    assert appeal.status is AppealStatus.WITHDRAWN
    with pytest.raises(OutOfOrder):
        appeals.act(appeal, REJECT, told.chair.actor)


def test_an_upheld_appeal_changes_its_application_alone_and_a_place(story):
    told = story()
    preliminary = told.publish_preliminary()
    before = [(one.application_id, one.rank, one.total) for one in preliminary.placements]
    uphold(told, "Gama", (5, 4, 4))
    told.end_appeals()
    final = told.approved(ResultStage.FINAL)
    assert [
        (one.application.organization.name, one.total, one.outcome) for one in final.placements
    ] == [
        ("Alfa", Decimal(100), Outcome.SELECTED),
        ("Gama", Decimal(90), Outcome.SELECTED),
        ("Beta", Decimal(80), Outcome.WAITLISTED),
        ("Delta", Decimal(50), Outcome.NOT_SELECTED),
    ]
    told_moves = [
        (one.after.application.organization.name, one.steps, one.appeal is not None, one.is_named)
        for one in moves(final)
    ]
    assert told_moves == [("Gama", 1, True, True), ("Beta", -1, False, True)]
    db.session.expire_all()
    assert before == [(one.application_id, one.rank, one.total) for one in preliminary.placements]


def test_the_final_result_waits_for_every_appeal_and_its_consensus(story):
    told = story()
    told.publish_preliminary()
    appeal = file(told, "Gama")
    file(told, "Delta")
    told.end_appeals()
    with pytest.raises(RuleBroken, match="appeals_undecided") as refused:
        told.propose(ResultStage.FINAL)
    assert told.application("Delta").number in refused.value.details["numbers"]
    appeals.act(appeal, UPHOLD, told.chair.actor)
    appeals.act(queries.appeal_of(told.application("Delta")), REJECT, told.chair.actor)
    with pytest.raises(RuleBroken, match="consensus_missing"):
        told.propose(ResultStage.FINAL)
    assert consensus_of(told.application("Gama")).status is ConsensusStatus.OPEN


def test_the_final_result_comes_after_the_window(story):
    told = story()
    told.publish_preliminary()
    with pytest.raises(RuleBroken, match="appeals_still_open"):
        told.propose(ResultStage.FINAL)


def test_scores_that_changed_without_an_appeal_stop_the_final_result(story):
    told = story()
    told.publish_preliminary()
    told.end_appeals()
    review = told.application("Beta").reviews[0]
    review.scores[0].score = Decimal(1)
    db.session.commit()
    with pytest.raises(RuleBroken, match="scores_changed_without_appeal") as refused:
        told.propose(ResultStage.FINAL)
    assert refused.value.details == {"numbers": told.application("Beta").number}


def test_no_review_is_written_after_the_approval(story):
    told = story()
    told.approved()
    review = told.application("Beta").reviews[0]
    review.status = ReviewStatus.REOPENED
    db.session.commit()
    with pytest.raises(RuleBroken, match="scores_settled"):
        committee.submit(review, told.chair.actor, None)
