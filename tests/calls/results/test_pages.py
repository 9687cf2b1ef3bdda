"""The pages of results as people of each role open them."""

import io

import openpyxl
import pytest

from app.calls.results import jobs, queries
from app.calls.results.models import ResultVote
from app.domain.call_states import AppealStatus, ResultStatus
from app.domain.call_vocabulary import ResultStage
from app.extensions import db
from tests.calls.results.conflicts import conflict
from tests.calls.results.test_appeals import file, uphold


def address(result):
    return f"/results/{result.public_id}"


def test_from_the_desk_to_the_approval(story, browser):
    told = story()
    desk = browser(told.coordinator)
    page = desk.get(f"/calls/{told.call.public_id}/desk")
    assert "Propose the preliminary result" in page.text
    answer = desk.post(f"/calls/{told.call.public_id}/results/preliminary")
    assert answer.status_code == 302
    result = queries.standing(told.call, ResultStage.PRELIMINARY)
    assert answer.location == address(result)
    for person in told.members:
        reader = browser(person)
        page = reader.get(address(result))
        assert "Cast the vote" in page.text
        assert "Alfa" in page.text
        sent = {"ballot": "in_favour", "opinion": ""}
        assert reader.post(f"{address(result)}/votes", sent).status_code == 302
    chair = browser(told.chair)
    assert "Approve" in chair.get(address(result)).text
    assert chair.post(f"{address(result)}/acts/approve").status_code == 302
    assert result.status is ResultStatus.APPROVED


def test_a_vote_against_needs_words_and_what_was_typed_stays(story, browser):
    told = story()
    result = told.propose()
    sent = {"ballot": "against", "opinion": ""}
    answer = browser(told.chair).post(f"{address(result)}/votes", sent)
    assert answer.status_code == 422
    assert "Say why you vote against it" in answer.text
    assert "Alfa" in answer.text
    bad = browser(told.chair).post(f"{address(result)}/votes", {"ballot": "x", "opinion": "Mío."})
    assert bad.status_code == 422
    assert "Mío." in bad.text
    assert db.session.query(ResultVote).count() == 0


def test_what_is_missing_is_on_the_desk(story, browser):
    told = story()
    told.move(evaluation_closes=2)
    told.application("Alfa").reviews[0].status = "accepted"
    db.session.commit()
    page = browser(told.coordinator).get(f"/calls/{told.call.public_id}/desk")
    assert "still wait for a review" in page.text
    assert "Propose the preliminary result" not in page.text
    answer = browser(told.coordinator).post(f"/calls/{told.call.public_id}/results/preliminary")
    assert answer.status_code == 409


def test_everybody_reads_a_published_result_without_those_not_selected(story, browser, people):
    told = story()
    result = told.publish_preliminary()
    for reader in (None, people.startup(), people.city(), told.cities["Delta"]):
        page = browser(reader).get(address(result))
        assert page.status_code == 200
        for word in ("Alfa", "Beta", "Gama", "Waiting list", "100", "1 further application"):
            assert word in page.text
        assert "Delta" not in page.text.split("<main")[1]
        call_page = browser(reader).get(f"/calls/{told.call.public_id}")
        assert "Alfa" in call_page.text
        assert "Delta" not in call_page.text.split("<main")[1].split('id="questions"')[0]


def test_a_tie_says_who_and_what_decided(story, browser):
    told = story({"Alfa": (5, 5, 5), "Beta": (4, 4, 4), "Gama": (4, 4, 4)}, seats=2)
    result = told.publish_preliminary()
    page = browser().get(address(result))
    assert "Equal total: Gama. Decided by: The earlier submission." in page.text


def test_each_city_reads_its_own_place_and_nobody_elses(story, browser, people):
    told = story()
    delta = told.application("Delta")
    delta.reviews[0].feedback = "Falta un plan con metas."
    db.session.commit()
    page_of_delta = f"/results/places/{delta.public_id}"
    assert browser(told.cities["Delta"]).get(page_of_delta).status_code == 404
    told.publish_preliminary()
    page = browser(told.cities["Delta"]).get(page_of_delta)
    assert "Number 4 of 4" in page.text
    assert "Falta un plan con metas." in page.text
    assert "File an appeal" in page.text
    for name in told.members:
        assert name.name not in page.text.split("<main")[1]
    for reader in (told.cities["Alfa"], people.startup(), people.city()):
        assert browser(reader).get(page_of_delta).status_code == 404


def test_appealing_and_deciding_in_the_browser(story, browser):
    told = story()
    told.publish_preliminary()
    gama = told.application("Gama")
    form = f"/results/places/{gama.public_id}/appeal"
    city = browser(told.cities["Gama"])
    assert city.post(form, {"grounds": "Sin criterio."}).status_code == 422
    sent = {"criteria": [told.call.criteria[1].id], "grounds": "Hay un anexo."}
    answer = city.post(form, sent)
    assert answer.status_code == 302
    page = city.get(answer.location)
    assert "Hay un anexo." in page.text
    assert "Uphold" not in page.text
    assert browser(told.cities["Alfa"]).get(answer.location).status_code == 404
    chair = browser(told.chair)
    assert "Uphold" in chair.get(answer.location).text
    reason = {"reason": "Se acepta."}
    assert chair.post(f"{answer.location}/acts/uphold", reason).status_code == 302
    assert queries.appeal_of(gama).status is AppealStatus.UPHELD
    assert "Se acepta." in city.get(answer.location).text


def test_the_public_reads_what_changed_after_an_appeal(story, browser):
    told = story()
    preliminary = told.publish_preliminary()
    uphold(told, "Gama", (5, 4, 4))
    told.end_appeals()
    final = told.approved(ResultStage.FINAL)
    told.move(final=-0.01)
    page = browser().get(address(final))
    assert "Changed after its appeal was upheld" in page.text
    assert "Gama" in page.text
    earlier = browser().get(address(preliminary))
    assert "Changed after its appeal" not in earlier.text


def test_minutes_and_matrix_are_for_who_may(story, browser, run_jobs, people):
    told = story()
    result = told.approved()
    run_jobs()
    outsider = people.person()
    build_member = conflict(told.application("Delta"), told.members[2])
    expected = {
        told.chair: (200, 200),
        told.members[1]: (200, 404),
        told.members[2]: (404, 404),
        told.coordinator: (200, 200),
        told.cities["Alfa"]: (404, 404),
        outsider: (404, 404),
    }
    for person, statuses in expected.items():
        reader = browser(person)
        found = [
            reader.get(f"{address(result)}/{part}").status_code for part in ("minutes", "matrix")
        ]
        assert tuple(found) == statuses, person.name
    told.move(evaluation_closes=-1, preliminary=-0.01)
    for person in (told.cities["Alfa"], outsider, told.members[2]):
        for part in ("minutes", "matrix"):
            assert browser(person).get(f"{address(result)}/{part}").status_code == 404
    assert build_member is not None


def test_the_minutes_are_a_pdf_whose_hash_everybody_reads(story, browser, run_jobs):
    told = story()
    result = told.publish_preliminary()
    run_jobs()
    db.session.refresh(result)
    answer = browser(told.chair).get(f"{address(result)}/minutes")
    assert answer.data.startswith(b"%PDF-")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert result.minutes.sha256 in browser().get(address(result)).text


def test_the_matrix_has_every_score(story, browser):
    told = story()
    result = told.propose()
    answer = browser(told.chair).get(f"{address(result)}/matrix")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    places, reviews, _ = book.worksheets
    rows = list(places.iter_rows(values_only=True))
    assert rows[1][:4] == (1, told.application("Alfa").number, "Alfa", 5)
    assert rows[1][6] == 100
    assert reviews.max_row == 1 + 12


def test_letters_in_the_browser(story, browser, people):
    told = story()
    result = told.approved()
    letters = f"{address(result)}/letters/"
    for reader, status in (
        (told.chair, 403),
        (told.cities["Alfa"], 404),
        (people.coordinator(), 404),
    ):
        assert browser(reader).get(letters).status_code == status
    desk = browser(told.coordinator)
    assert "Mark 4 letters as reviewed" in desk.get(letters).text
    letter = queries.letters(result)[0]
    one = f"{letters}{letter.id}"
    assert "points" in desk.get(one).text or "puntos" in desk.get(one).text
    sent = {"subject": "Asunto", "body": "", "version": letter.version}
    assert desk.post(one, sent).status_code == 422
    sent["body"] = "Texto final."
    assert desk.post(one, sent).status_code == 302
    stale = desk.post(one, sent)
    assert stale.status_code == 422
    assert "Somebody saved other changes" in stale.text
    assert desk.post(f"{letters}reviewed").status_code == 302
    assert all(one.reviewed_at for one in queries.letters(result))
    assert desk.get(f"{letters}999999").status_code == 404


@pytest.mark.parametrize("stage", ["final", "other"])
def test_no_result_out_of_order(story, browser, stage):
    told = story()
    answer = browser(told.coordinator).post(f"/calls/{told.call.public_id}/results/{stage}")
    assert answer.status_code == {"final": 409, "other": 404}[stage]


def test_my_work_asks_for_votes_approval_letters_and_decisions(story, browser):
    told = story()
    result = told.propose()

    def work(person):
        return browser(person).get("/work").text

    assert "Vote on the result" in work(told.members[1])
    assert "Vote on the result" not in work(told.coordinator)
    told.vote(result)
    assert "Vote on the result" not in work(told.members[1])
    assert "Approve the result" in work(told.chair)
    assert "Approve the result" not in work(told.members[1])
    told.approve(result)
    assert "Review the letters" in work(told.coordinator)
    told.move(evaluation_closes=-1, preliminary=-0.01)
    jobs.look_at_the_clock()
    file(told, "Gama")
    assert "Decide the appeal" in work(told.chair)
    assert "Decide the appeal" not in work(told.coordinator)
