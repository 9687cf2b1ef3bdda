"""When a result becomes public: by the clock, once, with the letters that a person has read."""

from datetime import timedelta

import pytest

from app.audit import entries_for
from app.calls.enrolments import queries as enrolments
from app.calls.results import jobs, queries, service
from app.calls.results.announcing import announce
from app.calls.results.letters import service as letters
from app.domain.call_states import ApplicationStatus, CallStatus, EnrolmentStatus, ResultAction
from app.domain.call_vocabulary import CallPhase
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken, SomeoneWasFaster
from app.extensions import db, utcnow
from app.lifecycle import Act
from app.notifications.models import Message

S = ApplicationStatus


def statuses(told):
    db.session.expire_all()
    return {name: one.status for name, one in told.applications.items()}


def test_the_clock_publishes_not_the_approval(story, run_jobs):
    told = story()
    result = told.approved()
    jobs.look_at_the_clock()
    run_jobs()
    db.session.refresh(result)
    assert (result.is_published, result.announced_at) == (False, None)
    assert queries.published(told.call) == []
    assert told.call.phase is CallPhase.EVALUATING
    told.move(evaluation_closes=-1, preliminary=-0.001)
    assert result.is_published
    assert told.call.phase is CallPhase.PRELIMINARY
    jobs.look_at_the_clock()
    run_jobs()
    db.session.refresh(result)
    assert result.announced_at is not None
    assert queries.published(told.call) == [result]


def test_the_preliminary_result_settles_no_application(story, run_jobs):
    told = story()
    told.publish_preliminary()
    jobs.look_at_the_clock()
    run_jobs()
    assert set(statuses(told).values()) == {S.ADMITTED}


def test_the_final_result_settles_applications_and_offers_the_seats(story, run_jobs):
    told = story()
    result = told.publish_final()
    jobs.look_at_the_clock()
    assert run_jobs() > 0
    assert statuses(told) == {
        "Alfa": S.SELECTED,
        "Beta": S.SELECTED,
        "Gama": S.WAITLISTED,
        "Delta": S.NOT_SELECTED,
    }
    offers = enrolments.of_call(told.call.id)
    assert [one.organization.name for one in offers] == ["Alfa", "Beta"]
    assert {one.status for one in offers} == {EnrolmentStatus.OFFERED}
    assert {one.cohort for one in offers} == {"2026"}
    assert told.call.phase is CallPhase.FINAL
    done = [entry.action for entry in entries_for(result)]
    assert (done.count("announce"), done.count("keep_minutes")) == (1, 1)


def test_announcing_twice_late_or_too_early_has_one_effect(story, run_jobs):
    told = story()
    result = told.approved()
    letters.review_all(result, told.coordinator.actor)
    assert not announce(result)
    told.move(evaluation_closes=-3, preliminary=-1)
    assert announce(result)
    db.session.commit()
    sent = db.session.query(Message).count()
    assert not announce(result)
    jobs.announce_result(result.id)
    jobs.announce_result(10**6)
    jobs.look_at_the_clock()
    run_jobs()
    assert db.session.query(Message).count() == sent
    actions = [entry.action for entry in entries_for(result)]
    assert actions.count("announce") == 1


def test_approved_after_its_date_it_is_announced_at_once(story, run_jobs):
    told = story()
    result = told.propose()
    told.vote(result)
    told.move(evaluation_closes=-2, preliminary=-1)
    told.approve(result)
    run_jobs()
    db.session.refresh(result)
    assert result.announced_at is not None


def test_only_reviewed_letters_are_sent_and_the_others_when_they_are_reviewed(story, run_jobs):
    told = story()
    result = told.approved()
    alfa, beta, *others = queries.letters(result)
    letters.edit(alfa, "Resultado", "Texto nuevo de Alfa.", told.coordinator.actor, alfa.version)
    letters.review(alfa, told.coordinator.actor, alfa.version)
    db.session.commit()
    assert alfa.sent_at is None
    before = db.session.query(Message).count()
    told.move(evaluation_closes=-1, preliminary=-0.001)
    jobs.look_at_the_clock()
    run_jobs()
    new = db.session.query(Message).order_by(Message.id).offset(before).all()
    # The people of the city and the contact that its application names.
    assert {mail.recipient for mail in new} == {
        told.cities["Alfa"].email,
        told.application("Alfa").contact_email,
    }
    assert {mail.text for mail in new} == {"Texto nuevo de Alfa.\n"}
    assert [one.sent_at is None for one in queries.letters(result)] == [False, True, True, True]
    letters.review(beta, told.coordinator.actor, None)
    db.session.commit()
    late = db.session.query(Message).order_by(Message.id.desc()).first()
    assert late.recipient in (told.cities["Beta"].email, told.application("Beta").contact_email)
    assert letters.review_all(result, told.coordinator.actor) == len(others)


def test_a_letter_that_was_changed_is_reviewed_again_and_one_that_was_sent_stands(story):
    told = story()
    result = told.approved()
    letter = queries.letters(result)[0]
    actor = told.coordinator.actor
    letters.review(letter, actor, None)
    letters.edit(letter, "Otro", "Otro texto.", actor, None)
    assert letter.reviewed_at is None
    with pytest.raises(SomeoneWasFaster):
        letters.edit(letter, "Viejo", "Viejo.", actor, 1)
    told.move(evaluation_closes=-1, preliminary=-0.001)
    letters.review(letter, actor, None)
    announce(result)
    for verb in (
        lambda: letters.edit(letter, "Tarde", "Tarde.", actor, None),
        lambda: letters.review(letter, actor, None),
    ):
        with pytest.raises(RuleBroken, match="letter_sent"):
            verb()


def test_letters_are_the_coordinations_and_only_of_an_approved_result(story, people):
    told = story()
    proposed = told.propose()
    with pytest.raises(OutOfOrder):
        letters.review_all(proposed, told.coordinator.actor)
    told.vote(proposed)
    told.approve(proposed)
    for person in (told.chair, people.coordinator(), told.cities["Alfa"]):
        with pytest.raises(NotAllowed):
            letters.review_all(proposed, person.actor)


def test_a_result_that_was_taken_back_is_never_announced(story, run_jobs):
    told = story()
    result = told.approved()
    service.act(result, Act(ResultAction.WITHDRAW, "Error."), told.chair.actor)
    told.move(evaluation_closes=-1, preliminary=-0.001)
    db.session.commit()
    jobs.look_at_the_clock()
    run_jobs()
    assert not announce(result)
    assert told.call.status is CallStatus.EVALUATING
    assert queries.published(told.call) == []


def test_moving_the_date_moves_the_publication(story):
    told = story()
    result = told.approved()
    told.move(evaluation_closes=-1, preliminary=-0.001)
    assert result.is_published
    result.call.preliminary_at = utcnow() + timedelta(hours=1)
    assert not result.is_published
