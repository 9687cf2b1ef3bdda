"""Two who act at the same moment: a score is counted or refused, a result is announced once."""

import threading
from collections import Counter
from contextvars import Context
from decimal import Decimal
from functools import partial

from app.audit import entries_for
from app.calls.results import jobs, queries
from app.calls.results.letters import service as letters
from app.domain.call_states import ApplicationStatus, ResultStatus, ReviewStatus
from app.domain.call_vocabulary import ResultStage
from app.extensions import db
from app.jobs.service import run_due
from app.notifications.models import Message


def test_a_review_sent_while_the_result_is_approved_counts_or_is_refused(story, race):
    told = story()
    review = told.application("Delta").reviews[1]
    review.status = ReviewStatus.REOPENED
    db.session.commit()
    result = told.propose()
    for person in (told.chair, told.members[2]):
        told.vote_of(result, person)
    db.session.commit()
    answers = race(
        told.call,
        (told.chair, f"/results/{result.public_id}/acts/approve", {"version": result.version}),
        (
            told.members[1],
            f"/committee/reviews/{review.public_id}/acts/submit",
            {"version": review.version},
        ),
    )
    db.session.expire_all()
    assert Counter(answers)[302] == 1
    approved = result.status is ResultStatus.APPROVED
    assert (review.status is ReviewStatus.SUBMITTED) != approved


def test_two_workers_announce_once(story, app, run_jobs):
    told = story()
    result = told.approved()
    letters.review_all(result, told.coordinator.actor)
    told.move(evaluation_closes=-1, preliminary=-0.01)
    before = db.session.query(Message).count()
    _at_once(app, jobs.look_at_the_clock, partial(jobs.announce_result, result.id))
    _at_once(app, run_due, run_due)
    run_jobs()
    db.session.expire_all()
    # Two readers a city: its person and the contact that it named.
    assert db.session.query(Message).count() - before == 2 * len(told.cities)
    assert [entry.action for entry in entries_for(result)].count("announce") == 1


def test_two_workers_settle_a_final_result_once(story, app, run_jobs):
    told = story()
    result = told.publish_final()
    _at_once(app, *[partial(jobs.announce_result, result.id)] * 2)
    run_jobs()
    db.session.expire_all()
    statuses = [one.status for one in told.applications.values()]
    assert statuses.count(ApplicationStatus.SELECTED) == 2
    for one in told.applications.values():
        assert len(entries_for(one)) == 1


def test_a_result_is_proposed_once(story, race):
    told = story()
    address = f"/calls/{told.call.public_id}/results/preliminary"
    answers = race(told.call, (told.coordinator, address, {}), (told.coordinator, address, {}))
    assert answers == [302, 409]
    assert queries.standing(told.call, ResultStage.PRELIMINARY).placements[0].total == Decimal(100)


def _at_once(app, *verbs):
    """Run each in a thread with a transaction of its own, as worker processes do."""
    db.session.commit()

    def work(verb):
        with app.app_context():
            verb()
            db.session.commit()
            db.session.remove()

    threads = [threading.Thread(target=Context().run, args=(work, verb)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
