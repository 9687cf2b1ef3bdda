"""A review: accepted or declined, written as a draft, sent complete, reopened; never half."""

from datetime import timedelta

import pytest
import time_machine

from app.audit import entries_for
from app.calls.applications.models import ApplicationVersion
from app.calls.committee import queries, service
from app.calls.committee.models import Review
from app.calls.models import Call
from app.domain.call_states import CallStatus, ConsensusStatus, ReviewStatus
from app.extensions import db, utcnow
from tests.calls import build
from tests.calls.committee.test_standing import consensus
from tests.organizations.at_once import at_once
from tests.organizations.mail import mails

S = ReviewStatus


def url(review, *parts):
    return "/".join(["/committee/reviews", review.public_id, *parts])


def filled(review, scores, **more):
    """The form of a review with these scores, as a browser sends it."""
    criteria = review.application.call.criteria
    given = {
        f"score_{one.id}": "" if score is None else str(score)
        for one, score in zip(criteria, scores, strict=True)
    }
    return {**given, "version": str(review.version), **more}


def kept(review):
    return [
        next((int(one.score) for one in review.scores if one.criterion_id == criterion.id), None)
        for criterion in review.application.call.criteria
    ]


@pytest.fixture
def written(evaluation):
    """A review of Beto, ready to be written."""
    made = evaluation()
    return made, build.review(made.applications[0], made.members[1], S.ACCEPTED)


def test_it_is_accepted_then_written_as_a_draft_then_sent(evaluation, browser):
    made = evaluation()
    review = build.review(made.applications[0], made.members[1])
    reader = browser(made.members[1])
    assert "Recuse myself" in reader.get(url(review)).text
    assert reader.get(url(review, "write")).location == url(review)
    accepted = reader.post(url(review, "acts", "accept"), {"version": "1"})
    assert accepted.location == url(review, "write")
    key = made.call.criteria[0].id
    draft = filled(review, (4, None, None), **{f"note_{key}": "Bien escrito", "send": "0"})
    assert reader.post(url(review, "write"), draft).status_code == 302
    assert (kept(review), review.status) == ([4, None, None], S.ACCEPTED)
    page = reader.get(url(review, "write")).text
    assert "Bien escrito" in page
    assert "4 · Mucho" in page
    sent = filled(review, (4, 3, 5), comment="Para el comité", feedback="Para la ciudad", send="1")
    assert reader.post(url(review, "write"), sent).location == url(review)
    assert (kept(review), review.status) == ([4, 3, 5], S.SUBMITTED)
    assert (review.comment, review.feedback) == ("Para el comité", "Para la ciudad")
    assert review.submitted_at is not None
    assert review.seen_version == 1
    shown = reader.get(url(review)).text
    assert "Para el comité" in shown
    assert [entry.action for entry in entries_for(review)] == ["accept", "edit", "edit", "submit"]


def test_sending_needs_every_score_and_loses_nothing(written, browser):
    _made, review = written
    sent = filled(review, (4, None, 5), comment="Muy largo trabajo", send="1")
    answer = browser(review.user).post(url(review, "write"), sent)
    assert answer.status_code == 422
    assert "Still missing: Capacidad" in answer.text
    assert "Muy largo trabajo" in answer.text
    assert (kept(review), review.status) == ([None] * 3, S.ACCEPTED)


@pytest.mark.parametrize("wrong", ["6", "-1", "x", "1e3"])
def test_a_score_off_the_scale_is_refused(written, browser, wrong):
    _made, review = written
    answer = browser(review.user).post(url(review, "write"), filled(review, (wrong, 1, 1)))
    assert answer.status_code == 422
    assert kept(review) == [None] * 3


def test_a_score_can_be_taken_back_while_it_is_a_draft(written, browser):
    _made, review = written
    reader = browser(review.user)
    reader.post(url(review, "write"), filled(review, (4, 2, None)))
    reader.post(url(review, "write"), filled(review, (None, 2, None)))
    assert kept(review) == [None, 2, None]


def test_two_windows_lose_nothing_of_either(written, browser):
    _made, review = written
    reader = browser(review.user)
    stale = filled(review, (1, 1, 1), comment="De la otra ventana")
    reader.post(url(review, "write"), filled(review, (5, 5, 5)))
    answer = reader.post(url(review, "write"), stale)
    assert answer.status_code == 422
    assert "De la otra ventana" in answer.text
    assert kept(review) == [5, 5, 5]


def test_a_button_pressed_twice_sends_once(written, browser):
    _made, review = written
    reader = browser(review.user)
    sent = filled(review, (5, 4, 3), send="1")
    assert reader.post(url(review, "write"), sent).status_code == 302
    assert reader.post(url(review, "write"), sent).location == url(review)
    other = reader.post(url(review, "write"), {**sent, "comment": "Algo más"})
    assert other.status_code == 422
    assert "Algo más" in other.text
    assert [entry.action for entry in entries_for(review)].count("submit") == 1


def test_two_sendings_at_once_count_once(app, written):
    made, review = written
    key, actor = review.id, review.user.actor
    opinion = service.Opinion({one.id: one.scale for one in made.call.criteria})

    def send():
        found = db.session.get_one(Review, key)
        service.save_scores(found, opinion, actor, 1)
        service.submit(found, actor)

    results = at_once(app, send, send)
    assert results.count("done") == 1
    assert set(results) <= {"done", "someone_was_faster", "review_not_writable"}
    review = db.session.get_one(Review, key)
    assert (review.status, len(review.scores)) == (S.SUBMITTED, 3)


def test_after_the_end_nothing_is_saved_and_what_was_typed_comes_back(written, browser):
    made, review = written
    late = made.call.evaluation_closes_at + timedelta(seconds=1)
    said = filled(review, (5, 5, 5), comment="Tarde")
    with time_machine.travel(late, tick=False):
        reader = browser(review.user)
        answer = reader.post(url(review, "write"), said)
        assert reader.get(url(review, "write")).location == url(review)
    assert answer.status_code == 422
    assert "The time for reviews is over" in answer.text
    assert "Tarde" in answer.text
    assert kept(review) == [None] * 3
    with time_machine.travel(late - timedelta(seconds=2), tick=False):
        assert browser(review.user).post(url(review, "write"), said).status_code == 302


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (CallStatus.PRELIMINARY, "A result was approved"),
        (CallStatus.SUSPENDED, "The call is “Suspended”"),
    ],
)
def test_nothing_is_saved_where_the_evaluation_is_not_on(written, browser, status, sentence):
    made, review = written
    made.call.status = status
    db.session.commit()
    answer = browser(review.user).post(url(review, "write"), filled(review, (5, 5, 5)))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept(review) == [None] * 3


def test_a_result_approved_while_a_reviewer_saves_is_counted_with_it_or_refuses_it(app, written):
    """Case 115: whichever comes first wins, and the scores that count are those that are kept."""
    made, review = written
    review_key, call_key, first_key = review.id, made.call.id, made.applications[0].id
    actor = review.user.actor
    opinion = service.Opinion({one.id: one.scale for one in made.call.criteria})
    counted = []

    def send():
        found = db.session.get_one(Review, review_key)
        service.save_scores(found, opinion, actor, 1)
        service.submit(found, actor)

    def approve():
        call = db.session.get_one(Call, call_key)
        db.session.refresh(call, with_for_update={"of": Call})
        application = db.session.get_one(type(made.applications[0]), first_key)
        counted.append(queries.standing_scores(application))
        call.status = CallStatus.PRELIMINARY

    results = at_once(app, send, approve)
    standing = queries.standing_scores(db.session.get_one(Review, review_key).application)
    assert results[1] == "done"
    assert results[0] in ("done", "scores_settled")
    assert counted == [standing]
    assert standing.reviews == (1 if results[0] == "done" else 0)


def test_one_recuses_themself_with_a_reason_and_the_work_goes_to_another(written, browser):
    made, review = written
    reader = browser(review.user)
    act = url(review, "acts", "recuse")
    assert reader.post(act, {"reason_code": ""}).status_code == 409
    assert reader.post(act, {"reason_code": "boredom"}).status_code == 409
    assert review.status is S.ACCEPTED
    gone = reader.post(act, {"reason_code": "no_capacity", "reason": "De viaje"})
    assert gone.location == "/committee/"
    assert review.status is S.RECUSED
    assert made.applications[0].barred_ids == set()
    assert "De viaje" in browser(made.chair).get(url(review)).text


def test_recusing_for_a_tie_is_a_conflict(written, browser):
    made, review = written
    reader = browser(review.user)
    reader.post(url(review, "acts", "recuse"), {"reason_code": "worked_together"})
    assert review.status is S.RECUSED
    assert made.applications[0].barred_ids == {review.user_id}
    assert reader.get(url(review)).status_code == 404


def test_what_was_sent_is_not_taken_back_for_lack_of_time(written, browser):
    made, review = written
    review.status = S.SUBMITTED
    db.session.commit()
    act = url(review, "acts", "recuse")
    assert browser(review.user).post(act, {"reason_code": "no_capacity"}).status_code == 409
    assert browser(made.chair).post(url(review, "acts", "release")).status_code == 409
    assert review.status is S.SUBMITTED
    assert browser(review.user).post(act, {"reason_code": "personal_tie"}).status_code == 302
    assert review.status is S.RECUSED


def test_the_chair_reopens_with_a_reason_and_it_does_not_count_until_sent_again(
    evaluation, browser
):
    made = evaluation()
    review = build.review(made.applications[0], made.members[1], S.SUBMITTED, (1, 1, 1))
    act = url(review, "acts", "reopen")
    assert browser(made.members[2]).post(act, {"reason": "x"}).status_code == 404
    assert browser(made.coordinator).post(act, {"reason": "x"}).status_code == 403
    assert browser(made.chair).post(act).status_code == 409
    assert browser(made.chair).post(act, {"reason": "Falta un anexo"}).status_code == 302
    assert (review.status, kept(review)) == (S.REOPENED, [1, 1, 1])
    assert queries.standing_scores(made.applications[0]).reviews == 0
    assert "Falta un anexo" in mails(review.user.email)[-1].text
    assert "Falta un anexo" in browser(review.user).get(url(review)).text
    sent = filled(review, (2, 2, 2), send="1")
    assert browser(review.user).post(url(review, "write"), sent).status_code == 302
    assert queries.standing_scores(made.applications[0]).reviews == 1


def test_nothing_is_reopened_beneath_a_consensus_or_after_the_end(evaluation, browser):
    made = evaluation()
    review = build.review(made.applications[0], made.members[1], S.SUBMITTED, (1, 1, 1))
    consensus(made.applications[0], (1, 1, 1), ConsensusStatus.AGREED)
    act, reason = url(review, "acts", "reopen"), {"reason": "x"}
    assert "Reopen the consensus first" in browser(made.chair).post(act, reason).text
    with time_machine.travel(made.call.evaluation_closes_at + timedelta(days=1)):
        other = build.review(made.applications[1], made.members[1], S.SUBMITTED, (1, 1, 1))
        answer = browser(made.chair).post(url(other, "acts", "reopen"), reason)
    assert answer.status_code == 409
    assert (review.status, other.status) == (S.SUBMITTED, S.SUBMITTED)


def test_what_the_city_corrected_since_is_said(written, browser):
    made, review = written
    reader = browser(review.user)
    reader.post(url(review, "write"), filled(review, (1, 1, 1)))
    words = "has corrected its application since"
    assert words not in reader.get(url(review, "write")).text
    newer = ApplicationVersion(number=2, content={}, digest="2" * 64, submitted_at=utcnow())
    made.applications[0].versions.append(newer)
    db.session.commit()
    assert words in reader.get(url(review, "write")).text
    assert words in reader.get(url(review)).text
    reader.post(url(review, "write"), filled(review, (1, 1, 1)))
    assert words not in reader.get(url(review, "write")).text


def test_one_goes_from_review_to_review(evaluation, browser):
    made = evaluation(cities=3)
    reviews = [build.review(one, made.members[1], S.ACCEPTED) for one in made.applications]
    build.review(made.applications[0], made.members[2], S.ACCEPTED)
    page = browser(made.members[1]).get(url(reviews[1], "write")).text
    assert "Review 2 of 3" in page
    assert url(reviews[0], "write") in page
    assert url(reviews[2], "write") in page


def test_all_that_is_new_is_accepted_at_once(evaluation, browser):
    made = evaluation()
    mine = [build.review(one, made.members[1]) for one in made.applications]
    neighbours = build.review(made.applications[0], made.members[2])
    address = f"/committee/reviews/of-call/{made.call.public_id}/accept-all"
    assert browser(made.members[1]).post(address).status_code == 302
    assert {one.status for one in mine} == {S.ACCEPTED}
    assert neighbours.status is S.ASSIGNED


@pytest.mark.parametrize("status", list(S))
def test_nobody_else_reads_or_writes_a_review(evaluation, people, browser, status):
    """The neighbour on the same application, the city, another network, a visitor."""
    made = evaluation()
    first = made.applications[0]
    review = build.review(first, made.members[1], status, (0, 5, 3), comment="secreto-comité")
    build.review(first, made.members[2], S.ACCEPTED)
    outsiders = [
        made.members[2],
        made.applicants[0],
        made.applicants[1],
        people.coordinator(),
        people.startup(),
    ]
    for person in outsiders:
        reader = browser(person)
        assert reader.get(url(review)).status_code == 404
        assert reader.get(url(review, "write")).status_code == 404
        assert reader.post(url(review, "write"), filled(review, (1, 1, 1))).status_code == 404
        assert reader.post(url(review, "acts", "accept")).status_code == 404
    for person in (made.chair, made.coordinator):
        assert browser(person).get(url(review)).status_code == 200
        assert browser(person).post(url(review, "write"), {}).status_code == 403
    assert browser().get(url(review)).status_code == 302
    assert kept(review) == [0, 5, 3]


def test_drafts_and_early_scores_are_nobodys_but_their_authors(evaluation, browser):
    made = evaluation()
    first = made.applications[0]
    draft = build.review(first, made.members[1], S.ACCEPTED, (0, 5, 3), comment="secreto-borrador")
    sent = build.review(first, made.members[2], S.SUBMITTED, (0, 5, 3), comment="secreto-enviado")
    for person in (made.chair, made.coordinator):
        assert "secreto-borrador" not in browser(person).get(url(draft)).text
    assert "secreto-borrador" in browser(made.members[1]).get(url(draft)).text
    assert "secreto-enviado" in browser(made.chair).get(url(sent)).text
    assert "secreto-enviado" not in browser(made.coordinator).get(url(sent)).text
    own = build.review(first, made.chair, S.ACCEPTED)
    assert "secreto-enviado" not in browser(made.chair).get(url(sent)).text
    own.status = draft.status = S.SUBMITTED
    db.session.commit()
    assert "secreto-enviado" in browser(made.chair).get(url(sent)).text
    assert "secreto-enviado" in browser(made.coordinator).get(url(sent)).text
