"""The settings of the matcher: tried, compared, accepted, and what they then change."""

import re
from math import fsum

import pytest
from sqlalchemy.exc import IntegrityError

from app.audit import entries_for
from app.domain.errors import NotAllowed, OutOfOrder, ReasonMissing, RuleBroken, SomeoneWasFaster
from app.domain.vocabulary import Role, Sector
from app.extensions import db
from app.matches.models import Match
from app.matches.scales import SHIPPED
from app.matches.tuning import lines, queries, service
from app.matches.tuning.models import Tuning
from tests.challenges.build import challenge
from tests.matches.build import submission
from tests.matches.desk import LINE, A, Desk, M, S, approve_one, waiting_jobs


@pytest.fixture
def desk(people):
    return Desk(people)


def test_a_trial_counts_only_once_it_is_accepted(desk, run_jobs):
    tuning = desk.start(uses_weight=1.0, title_weight=9.0)
    assert queries.present_scales() == SHIPPED
    desk.compare(tuning, run_jobs)
    assert queries.present_scales() == SHIPPED
    desk.act(tuning, A.ACCEPT)
    assert queries.present_scales() == tuning.scales
    assert (tuning.scales.title, tuning.scales.uses) == (9.0, 1.0)
    told = [(entry.action, entry.reason) for entry in entries_for(tuning)]
    assert told == [("create", ""), ("edit", ""), ("accept", "Se ve mejor")]
    assert waiting_jobs("matches.retune") == 1


def test_the_accepted_takes_the_place_of_the_former_which_can_be_tried_again(desk, run_jobs):
    first = desk.accept(run_jobs, uses_weight=2.0)
    second = desk.accept(run_jobs, sector_bonus=0.1)
    assert (first.status, second.status) == (S.REPLACED, S.ACCEPTED)
    assert second.scales.uses == 2.0
    assert entries_for(first)[-1].actor_id is None
    again = service.start(first, desk.coordinator.actor)
    assert (again.scales, again.based_on_id) == (first.scales, first.id)
    desk.compare(again, run_jobs)
    desk.act(again, A.ACCEPT)
    assert [one.id for one in queries.former()] == [second.id, first.id]
    assert queries.present_scales() == first.scales


def test_accepting_asks_for_a_comparison_of_these_very_values(desk, run_jobs):
    tuning = desk.start(uses_weight=2.0)
    with pytest.raises(RuleBroken) as broken:
        desk.act(tuning, A.ACCEPT)
    assert broken.value.code == "compare_first"
    db.session.rollback()
    desk.compare(tuning, run_jobs)
    service.edit(tuning, {"uses_weight": 3.0}, desk.coordinator.actor, None)
    db.session.commit()
    with pytest.raises(RuleBroken) as broken:
        desk.act(tuning, A.ACCEPT)
    assert broken.value.code == "compare_first"
    db.session.rollback()
    desk.compare(tuning, run_jobs)
    with pytest.raises(ReasonMissing):
        desk.act(tuning, A.ACCEPT, reason=" ")
    db.session.rollback()
    with pytest.raises(SomeoneWasFaster):
        desk.act(tuning, A.ACCEPT, version=tuning.version - 1)
    db.session.rollback()
    assert queries.in_use() is None
    desk.act(tuning, A.ACCEPT, version=tuning.version)
    assert queries.in_use() is tuning


def test_what_changes_nothing_is_not_accepted(desk, run_jobs):
    tuning = desk.start()
    desk.compare(tuning, run_jobs)
    with pytest.raises(RuleBroken) as broken:
        desk.act(tuning, A.ACCEPT)
    assert broken.value.code == "same_as_present"


def test_one_trial_at_a_time(desk):
    tuning = desk.start()
    with pytest.raises(RuleBroken) as broken:
        service.start(None, desk.colleague.actor)
    assert broken.value.code == "trial_open"
    desk.act(tuning, A.DISCARD)
    assert service.start(None, desk.colleague.actor).is_trial


def test_what_is_no_trial_is_never_changed(desk, run_jobs):
    tuning = desk.accept(run_jobs, uses_weight=2.0)
    for change in (
        lambda: service.edit(tuning, {"floor": 0.5}, desk.coordinator.actor, None),
        lambda: lines.add(tuning, LINE, desk.coordinator.actor, None),
        lambda: service.compare(tuning),
        lambda: desk.act(tuning, A.DISCARD),
    ):
        with pytest.raises(OutOfOrder):
            change()
        db.session.rollback()
    assert tuning.scales.floor == SHIPPED.floor


def test_accepting_makes_the_suggestions_of_open_challenges_anew(desk, people, run_jobs):
    waiting = challenge(people.city())
    desk.accept(run_jobs, sector_bonus=0.1)
    rows = db.session.query(Match).filter_by(challenge_id=waiting.id).all()
    assert {row.solution_id for row in rows} == {desk.titled.id, desk.used.id}
    for row in rows:
        assert row.parameters["sector"] == 0.1
        [part] = [part for part in row.parts if part["source"] == "sector"]
        words = fsum(one["score"] for one in row.parts if one["source"] == "words")
        assert part["score"] == pytest.approx(0.1 * (1 - words))
        assert row.score == pytest.approx(words + part["score"])


def test_another_sector_gets_no_bonus(desk, people, run_jobs):
    desk.used.sector = Sector.HEALTH
    waiting = challenge(people.city())
    desk.accept(run_jobs, sector_bonus=0.1)
    row = db.session.query(Match).filter_by(challenge_id=waiting.id, solution_id=desk.used.id)
    assert {part["source"] for part in row.one().parts} == {"words"}


def test_the_page_says_why_a_trial_cannot_be_put_into_use(desk, browser, run_jobs):
    tuning = desk.start(feedback=True)
    desk.compare(tuning, run_jobs)
    page = browser(desk.coordinator).get(f"/matches/tuning/{tuning.public_id}").text
    assert "Earlier decisions can count once 50 challenges are decided" in page
    assert "acts/accept" not in page
    service.edit(tuning, {"feedback": False}, desk.coordinator.actor, None)
    desk.compare(tuning, run_jobs)
    page = browser(desk.coordinator).get(f"/matches/tuning/{tuning.public_id}").text
    assert "These settings are the same as those in use." in page
    assert "acts/accept" not in page


def _with_feedback(on=True):
    tuning = Tuning(status=S.ACCEPTED, feedback=on)
    db.session.add(tuning)
    db.session.commit()


def test_what_decisions_bring_is_a_part_of_its_own_and_its_words_are_the_coordinations(
    desk, people, run_jobs, browser
):
    waiting = challenge(people.city())
    like, approved = approve_one(desk, waiting)
    approved.use_cases += ", palabrasecreta"
    like.use_cases += ", palabrasecreta"
    _with_feedback()
    service.enqueue("matches.suggest", challenge=waiting.id)
    db.session.commit()
    run_jobs()
    row = db.session.query(Match).filter_by(challenge_id=waiting.id, solution_id=like.id).one()
    [part] = [part for part in row.parts if part["source"] == "approved"]
    assert "palabrasecreta" in part["need"]
    assert row.parameters["feedback"] is True
    assert fsum(one["score"] for one in row.parts) == pytest.approx(row.score)
    address = f"/matches/{row.public_id}"
    assert "From past decisions" in browser(desk.coordinator).get(address).text
    row.status = M.PROPOSED
    like.use_cases = like.use_cases.replace(", palabrasecreta", "")
    db.session.commit()
    seen = browser(desk.startup).get(address).text
    assert "From past decisions" in seen
    assert "palabrasecreta" not in seen
    assert "palabrasecreta" in browser(desk.coordinator).get(address).text


def test_only_coordinators_who_write_change_settings(desk, people, browser, run_jobs):
    tuning = desk.start(uses_weight=2.0)
    desk.compare(tuning, run_jobs)
    address = f"/matches/tuning/{tuning.public_id}"
    reader = people.coordinator(Role.VIEWER)
    assert browser(reader).get("/matches/tuning").status_code == 200
    assert browser(reader).get(address).status_code == 200
    changes = ("new", "shipped"), ("compare", "again", "acts/accept", "edit", "glossary/new")
    for person in (reader, desk.city, desk.startup, people.person()):
        tab = browser(person)
        for act in changes[0]:
            assert tab.post(f"/matches/tuning/{act}").status_code == 403
        for act in changes[1]:
            assert tab.post(f"{address}/{act}", {"reason": "x"}).status_code in (403, 404)
        assert tab.get(f"{address}/edit").status_code in (403, 404)
    for person in (desk.city, desk.startup):
        assert browser(person).get(address).status_code == 404
        assert browser(person).get(f"{address}/glossary.csv").status_code == 404
        assert browser(person).get("/matches/tuning").status_code == 403
    with pytest.raises(NotAllowed):
        desk.act(tuning, A.ACCEPT, who=reader)


def test_the_whole_way_on_the_pages(desk, browser, run_jobs):
    tab = browser(desk.coordinator)
    page = tab.get("/matches/tuning").text
    assert "Nothing was changed yet" in page
    address = tab.post("/matches/tuning/new").headers["Location"]
    assert tab.post("/matches/tuning/new").status_code == 409
    page = tab.get(address).text
    assert "Put into use" not in page
    assert "Not compared yet" in page
    form = tab.get(f"{address}/edit").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', form)[1]
    fields = {"title_weight": "10", "uses_weight": "0.1", "text_weight": "1"}
    fields |= {"sector_bonus": "5", "floor": "6", "version": version}
    wrong = tab.post(f"{address}/edit", {**fields, "sector_bonus": "31"})
    assert wrong.status_code == 422
    assert 'value="31"' in wrong.text
    nothing = dict.fromkeys(("title_weight", "uses_weight", "text_weight"), "0")
    wrong = tab.post(f"{address}/edit", {**fields, **nothing})
    assert "At least one of the fields must count." in wrong.text
    assert tab.post(f"{address}/edit", fields).status_code == 302
    overtaken = tab.post(f"{address}/edit", fields)
    assert overtaken.status_code == 422
    assert "Somebody saved other changes" in overtaken.text
    assert tab.post(f"{address}/compare").status_code == 302
    page = tab.get(address).text
    assert "0 of 0" in page
    assert f'hx-get="{address}/comparison"' in page
    assert 'hx-get="' in tab.get(f"{address}/comparison").text
    run_jobs()
    part = tab.get(f"{address}/comparison").text
    assert "hx-get" not in part
    assert "1 decided challenge" in part
    assert "1 moves up, 0 move down" in part
    assert desk.titled.title in part
    page = tab.get(address).text
    assert "5%" in page
    assert "Put into use" in page
    assert (
        tab.post(f"{address}/acts/accept", {"reason": "Los títulos dicen más"}).status_code == 302
    )
    page = tab.get("/matches/tuning").text
    assert "Los títulos dicen más" in page
    assert desk.coordinator.name in page
    assert "10 times" in page
    assert tab.post(f"{address}/acts/explode").status_code == 404
    assert tab.post(f"{address}/acts/replace").status_code == 403


def test_going_back_to_what_ships(desk, browser, run_jobs):
    desk.accept(run_jobs, uses_weight=2.0)
    tab = browser(desk.coordinator)
    address = tab.post("/matches/tuning/shipped").headers["Location"]
    tab.post(f"{address}/compare")
    run_jobs()
    assert tab.post(f"{address}/acts/accept", {"reason": "Era mejor"}).status_code == 302
    assert queries.present_scales() == SHIPPED
    assert "Version 1" in tab.get("/matches/tuning").text


def test_a_submission_is_looked_at_whatever_the_floor(desk, people, run_jobs):
    waiting = challenge(people.city())
    submission(waiting, desk.used)
    desk.accept(run_jobs, floor=0.5)
    rows = db.session.query(Match).filter_by(challenge_id=waiting.id).all()
    assert [row.solution_id for row in rows] == [desk.used.id]


def test_the_database_keeps_one_trial_and_one_in_use(desk):
    for status in (S.TRIAL, S.ACCEPTED):
        db.session.add(Tuning(status=status))
        db.session.commit()
        db.session.add(Tuning(status=status))
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()
