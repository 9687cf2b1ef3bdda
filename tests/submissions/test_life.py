"""The life of a submission through its pages."""

from datetime import timedelta

import pytest

from app.audit import entries_for
from app.domain.states import ChallengeStatus, SolutionStatus, SubmissionAction, SubmissionStatus
from app.domain.vocabulary import Role
from app.extensions import as_of, db, utcnow
from app.jobs.models import Job
from app.notifications.models import Message
from app.submissions import service
from app.submissions.models import Submission
from tests.challenges.build import challenge
from tests.solutions.build import solution
from tests.submissions.build import TEXT, submission

S = SubmissionStatus


@pytest.fixture
def scene(people):
    """A city with an open challenge, and a startup with a published solution."""

    class Scene:
        city = people.city()
        startup = people.startup()
        challenge = challenge(city)
        solution = solution(startup)

    return Scene


def _url(thing, *parts):
    return "/".join(["/submissions", thing.public_id, *parts])


def _new(scene):
    return f"/challenges/{scene.challenge.public_id}/submissions/new"


def _subjects(person):
    rows = db.session.query(Message.subject).filter_by(recipient=person.email)
    return [row.subject for row in rows.order_by(Message.id)]


def _asked_for_suggestions():
    return db.session.query(Job).filter_by(kind="matches.suggest").count()


def _close(thing):
    thing.opens_at = utcnow() - timedelta(days=30)
    thing.closes_at = utcnow() - timedelta(seconds=1)
    db.session.commit()


def test_a_startup_drafts_edits_submits_and_both_sides_are_told(scene, browser):
    startup = browser(scene.startup)
    page = startup.get(f"/challenges/{scene.challenge.public_id}").text
    assert _new(scene) in page
    made = startup.post(_new(scene), {"solution": scene.solution.public_id, "approach": "Primero"})
    assert made.status_code == 302
    thing = db.session.query(Submission).one()
    assert (thing.status, thing.approach, thing.submitted_at) == (S.DRAFT, "Primero", None)
    assert "acts/submit" not in startup.get(_url(thing)).text
    refused = startup.post(_url(thing, "acts/submit"))
    assert refused.status_code == 409
    assert "The plan of the pilot" in refused.text
    edited = startup.post(_url(thing, "edit"), {**TEXT, "version": str(thing.version)})
    assert edited.status_code == 302
    assert _subjects(scene.city) == []
    sent = startup.post(_url(thing, "acts/submit"), {"version": str(thing.version)})
    assert sent.headers["Location"].endswith(_url(thing, "receipt"))
    receipt = startup.get(sent.headers["Location"]).text
    assert thing.public_id in receipt
    assert "Submission received" in receipt
    assert thing.status is S.SUBMITTED
    assert thing.submitted_at is not None
    title = scene.challenge.title
    assert _subjects(scene.startup) == [f"Received, number {thing.public_id}: {title}"]
    assert _subjects(scene.city) == [f"New submission: {title}"]
    assert _asked_for_suggestions() == 1
    assert [entry.action for entry in entries_for(thing)] == ["create", "edit", "submit"]


def test_a_second_try_leads_to_the_first(scene, browser):
    startup = browser(scene.startup)
    first = submission(scene.challenge, scene.solution, S.DRAFT, approach="Lo de antes")
    for answer in (
        startup.get(_new(scene)),
        startup.post(_new(scene), {"solution": scene.solution.public_id}),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(_url(first))
    other = solution(scene.startup, title="Otra cosa")
    page = startup.get(_new(scene))
    assert page.status_code == 200
    assert "Your submissions to this challenge" in page.text
    again = startup.post(_new(scene), {"solution": scene.solution.public_id, "approach": "Otro"})
    assert again.headers["Location"].endswith(_url(first))
    db.session.refresh(first)
    assert first.approach == "Lo de antes"
    assert startup.post(_new(scene), {"solution": other.public_id}).status_code == 302
    assert db.session.query(Submission).count() == 2


def test_two_colleagues_start_the_same_one_at_once(scene, monkeypatch):
    first = submission(scene.challenge, scene.solution, S.DRAFT)
    monkeypatch.setattr(service, "of_pair", _blind_once(service.of_pair))
    found, made = service.start(scene.challenge, scene.solution, TEXT, scene.startup.actor)
    assert (found.id, made) == (first.id, False)
    db.session.commit()
    assert db.session.query(Submission).count() == 1


def _blind_once(real):
    looks = iter([False])
    return lambda *pair: real(*pair) if next(looks, True) else None


def test_only_ones_own_published_solution_can_be_offered(scene, people, browser):
    solution(scene.startup, SolutionStatus.DRAFT, title="Borrador")
    wrong = (
        solution(people.startup(), title="Ajena"),
        solution(scene.startup, SolutionStatus.SUSPENDED, title="Suspendida"),
        solution(None),
    )
    startup = browser(scene.startup)
    page = startup.get(_new(scene)).text
    for thing in wrong:
        assert thing.title not in page
        answer = startup.post(_new(scene), {"solution": thing.public_id, **TEXT})
        assert answer.status_code == 422
        assert TEXT["approach"] in answer.text
    assert db.session.query(Submission).count() == 0


@pytest.mark.parametrize("whose", ["other", "public good", "unpublished"])
def test_the_service_refuses_a_solution_that_is_not_ones_own_or_not_published(scene, people, whose):
    thing = {
        "other": lambda: solution(people.startup()),
        "public good": lambda: solution(None),
        "unpublished": lambda: solution(scene.startup, SolutionStatus.SUSPENDED),
    }[whose]()
    code = "solution_not_published" if whose == "unpublished" else "solution_not_yours"
    with pytest.raises(service.RuleBroken, match=code):
        service.start(scene.challenge, thing, TEXT, scene.startup.actor)
    assert db.session.query(Submission).count() == 0


def test_a_solution_suspended_meanwhile_cannot_be_submitted(scene, browser):
    thing = submission(scene.challenge, scene.solution, S.DRAFT)
    scene.solution.status = SolutionStatus.SUSPENDED
    db.session.commit()
    answer = browser(scene.startup).post(_url(thing, "acts/submit"))
    assert answer.status_code == 409
    db.session.refresh(thing)
    assert thing.status is S.DRAFT


def test_the_clock_decides_at_the_moment_of_receipt(scene, browser):
    thing = submission(scene.challenge, scene.solution, S.DRAFT)
    startup = browser(scene.startup)
    assert "acts/submit" in startup.get(_url(thing)).text
    _close(scene.challenge)
    late = startup.post(_url(thing, "acts/submit"), {"version": str(thing.version)})
    assert late.status_code == 409
    assert "does not accept submissions now" in late.text
    assert startup.get(_new(scene)).status_code == 302
    db.session.refresh(thing)
    assert (thing.status, thing.submitted_at) == (S.DRAFT, None)
    assert entries_for(thing) == []
    assert _subjects(scene.city) == []
    assert "acts/submit" not in startup.get(_url(thing)).text


def test_one_second_before_closing_counts_and_the_closing_second_does_not(scene):
    closes = scene.challenge.closes_at
    thing = submission(scene.challenge, scene.solution, S.DRAFT)
    submit = service.Act(SubmissionAction.SUBMIT)
    with as_of(closes), pytest.raises(service.RuleBroken, match="challenge_not_open"):
        service.act(thing, submit, scene.startup.actor)
    with as_of(closes - timedelta(seconds=1)):
        service.act(thing, submit, scene.startup.actor)
    assert thing.submitted_at == closes - timedelta(seconds=1)


@pytest.mark.parametrize(
    "status", [ChallengeStatus.MATCHED, ChallengeStatus.NO_AWARD, ChallengeStatus.PILOTING]
)
def test_a_challenge_that_is_decided_takes_nothing_more(scene, browser, status):
    scene.challenge.status = status
    db.session.commit()
    answer = browser(scene.startup).post(
        _new(scene), {"solution": scene.solution.public_id, **TEXT}
    )
    assert answer.status_code == 409
    assert db.session.query(Submission).count() == 0


def test_withdrawing_before_closing_hides_it_again(scene, browser):
    startup, city = browser(scene.startup), browser(scene.city)
    thing = submission(scene.challenge, scene.solution)
    assert city.get(_url(thing)).status_code == 200
    assert startup.post(_url(thing, "acts/withdraw")).status_code == 302
    assert city.get(_url(thing)).status_code == 404
    assert (
        scene.solution.title
        not in city.get(f"/challenges/{scene.challenge.public_id}/submissions").text
    )
    assert _subjects(scene.city) == [f"Submission withdrawn: {scene.challenge.title}"]
    assert _asked_for_suggestions() == 1
    assert startup.post(_url(thing, "acts/revise")).status_code == 302
    changed = {**TEXT, "approach": "Mejor que antes"}
    assert startup.post(_url(thing, "edit"), changed).status_code == 302
    assert city.get(_url(thing)).status_code == 404
    assert startup.post(_url(thing, "acts/submit")).status_code == 302
    page = city.get(_url(thing)).text
    assert "Mejor que antes" in page
    assert "Edited" not in page


def test_dropping_a_draft_tells_nobody(scene, browser):
    thing = submission(scene.challenge, scene.solution, S.DRAFT)
    _close(scene.challenge)
    assert browser(scene.startup).post(_url(thing, "acts/withdraw")).status_code == 302
    assert _subjects(scene.city) == []
    assert _asked_for_suggestions() == 0


def test_what_was_submitted_stays_once_the_challenge_closed(scene, browser):
    thing = submission(scene.challenge, scene.solution)
    _close(scene.challenge)
    startup = browser(scene.startup)
    assert "acts/withdraw" not in startup.get(_url(thing)).text
    answer = startup.post(_url(thing, "acts/withdraw"))
    assert answer.status_code == 409
    assert "no longer accepts submissions" in answer.text
    db.session.refresh(thing)
    assert thing.status is S.SUBMITTED


def test_the_city_shortlists_sets_aside_and_rejects_with_a_reason(scene, browser):
    thing = submission(scene.challenge, scene.solution)
    _close(scene.challenge)
    city = browser(scene.city)
    assert city.post(_url(thing, "acts/shortlist")).status_code == 302
    assert city.post(_url(thing, "acts/set_aside")).status_code == 302
    assert city.post(_url(thing, "acts/reject")).status_code == 409
    assert (
        city.post(_url(thing, "acts/reject"), {"reason": "It needs data we lack"}).status_code
        == 302
    )
    db.session.refresh(thing)
    assert thing.status is S.NOT_CHOSEN
    title = scene.challenge.title
    assert _subjects(scene.startup) == [
        f"Shortlisted: {title}",
        f"Kept as alternate: {title}",
        f"Not chosen: {title}",
    ]
    told = db.session.query(Message).order_by(Message.id.desc()).first()
    assert "It needs data we lack" in told.text
    assert "It needs data we lack" in browser(scene.startup).get(_url(thing)).text
    assert city.post(_url(thing, "acts/shortlist")).status_code == 409


@pytest.mark.parametrize("act", ["shortlist", "set_aside", "reject", "choose"])
def test_a_startup_does_not_assess_and_a_city_does_not_withdraw(scene, browser, act):
    thing = submission(scene.challenge, scene.solution)
    startup = browser(scene.startup).post(_url(thing, "acts", act), {"reason": "me"})
    assert startup.status_code == 403
    assert browser(scene.city).post(_url(thing, "acts/withdraw")).status_code == 403
    assert browser(scene.city).post(_url(thing, "acts/choose")).status_code == 403
    db.session.refresh(thing)
    assert thing.status is S.SUBMITTED


def test_readers_read_and_do_nothing_else(scene, people, browser):
    thing = submission(scene.challenge, scene.solution)
    draft = submission(challenge(scene.city), scene.solution, S.DRAFT)
    reader = browser(people.person(scene.startup.organization, Role.VIEWER))
    assert reader.get(_url(thing)).status_code == 200
    assert reader.get("/submissions/").status_code == 200
    assert reader.get(_new(scene)).status_code == 403
    assert reader.get(_url(draft, "edit")).status_code == 403
    assert reader.post(_url(draft, "acts/submit")).status_code == 403
    clerk = browser(people.person(scene.city.organization, Role.VIEWER))
    assert clerk.get(_url(thing)).status_code == 200
    assert clerk.post(_url(thing, "acts/shortlist")).status_code == 403


def test_two_people_of_the_city_decide_and_the_second_is_told(scene, people, browser):
    thing = submission(scene.challenge, scene.solution)
    first = browser(scene.city)
    second = browser(people.person(scene.city.organization, Role.EDITOR))
    seen = str(thing.version)
    assert first.post(_url(thing, "acts/shortlist"), {"version": seen}).status_code == 302
    late = second.post(_url(thing, "acts/reject"), {"version": seen, "reason": "no"})
    assert late.status_code == 409
    db.session.refresh(thing)
    assert thing.status is S.SHORTLISTED


def test_consequences_of_matches_move_it_along(scene):
    thing = submission(scene.challenge, scene.solution, S.SHORTLISTED)
    service.progress(thing, SubmissionAction.CHOOSE)
    assert thing.status is S.CHOSEN
    service.progress(thing, SubmissionAction.REOPEN)
    assert thing.status is S.SHORTLISTED
    db.session.commit()
