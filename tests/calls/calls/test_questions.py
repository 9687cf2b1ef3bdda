"""Questions about a call: moderated, answered in public, never with who asked."""

from datetime import timedelta

import pytest

from app.calls.questions import service
from app.calls.questions.models import CallQuestion
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallPhase
from app.domain.errors import RuleBroken
from app.domain.vocabulary import Role
from app.extensions import as_of, db, utcnow
from app.notifications.models import Message
from tests.calls import build

QUESTION = "¿Puede firmar la carta la secretaria de gobierno de Villa Inventada?"
ANSWER = "No: la firma la máxima autoridad."


@pytest.fixture
def thing(coordinator):
    return build.call(coordinator)


@pytest.fixture
def address(thing):
    return f"/calls/{thing.public_id}/questions"


@pytest.fixture
def asked(thing, city):
    made = service.ask(thing, QUESTION, city.actor)
    db.session.commit()
    return made


def mails():
    return [(one.recipient, one.text) for one in db.session.query(Message).order_by(Message.id)]


def test_a_question_reaches_the_coordination_alone_until_it_is_answered(
    people, coordinator, city, browser, thing, address
):
    answer = browser(city).post(address, {"question": QUESTION})
    assert answer.headers["Location"] == address
    assert QUESTION in browser(city).get(address).text
    for reader in (None, people.city(), people.person(city.organization), people.coordinator()):
        for page in (address, f"/calls/{thing.public_id}"):
            assert QUESTION not in browser(reader).get(page).text
    page = browser(coordinator).get(address).text
    assert QUESTION in page
    assert city.organization.name not in page
    assert (
        "1 question waits for an answer"
        in browser(coordinator).get(f"/calls/{thing.public_id}/desk").text
    )
    assert "Answer the questions about the call" in browser(coordinator).get("/work").text
    (recipient, text), *others = mails()
    assert (recipient, others) == (coordinator.email, [])
    assert QUESTION in text
    assert city.name not in text


def test_an_answer_is_public_without_the_asker_who_gets_it_by_mail(
    coordinator, city, browser, thing, address, asked
):
    reworded = "¿Puede firmar la carta una secretaria?"
    reader = browser(coordinator)
    page = reader.get(f"{address}/{asked.id}").text
    assert QUESTION in page
    fields = {"question": reworded, "answer": ANSWER, "version": str(asked.version)}
    assert reader.post(f"{address}/{asked.id}", fields).status_code == 302
    for page in (address, f"/calls/{thing.public_id}"):
        text = browser().get(page).text
        assert reworded in text
        assert ANSWER in text
        for hidden in ("Villa Inventada", city.name, city.email, city.organization.name):
            assert hidden not in text
    recipient, text = mails()[-1]
    assert recipient == city.email
    assert ANSWER in text
    assert "waits for an answer" not in reader.get(f"/calls/{thing.public_id}/desk").text


def test_what_concerns_one_case_is_answered_to_the_asker_alone(
    people, coordinator, city, browser, address, asked
):
    fields = {"question": QUESTION, "answer": ANSWER, "private": "y"}
    assert browser(coordinator).post(f"{address}/{asked.id}", fields).status_code == 302
    assert mails()[-1][0] == city.email
    for reader in (None, people.city(), people.coordinator()):
        assert ANSWER not in browser(reader).get(address).text
    assert "Answered to one person only" in browser(coordinator).get(address).text


def test_only_who_runs_the_call_answers(people, city, browser, thing, address, asked):
    viewer = people.person(thing.organization, Role.VIEWER)
    fields = {"question": QUESTION, "answer": ANSWER}
    for reader in (city, people.coordinator(), viewer):
        for method in ("get", "post"):
            answer = getattr(browser(reader), method)(f"{address}/{asked.id}", data=fields)
            assert answer.status_code in (403, 400)
    assert browser().post(f"{address}/{asked.id}", fields).status_code == 401
    db.session.refresh(asked)
    assert asked.answered_at is None


def test_a_question_of_another_call_is_not_reached_through_this_one(coordinator, browser, asked):
    other = build.call(coordinator)
    address = f"/calls/{other.public_id}/questions/{asked.id}"
    assert browser(coordinator).get(address).status_code == 404


def test_a_visitor_signs_in_to_ask_and_loses_nothing(browser, address):
    assert "Sign in to ask" in browser().get(address).text
    ours = {"Origin": "http://localhost"}
    answer = browser().post(address, {"question": QUESTION}, headers=ours)
    assert answer.status_code == 401
    assert "Villa Inventada" in answer.text
    assert db.session.query(CallQuestion).count() == 0


def test_questions_end_to_the_second_and_the_text_stays(city, browser, thing, address):
    with as_of(thing.questions_close_at - timedelta(microseconds=1)):
        service.ask(thing, QUESTION, city.actor)
    with as_of(thing.questions_close_at), pytest.raises(RuleBroken, match="questions_closed"):
        service.ask(thing, QUESTION, city.actor)
    thing.questions_close_at = utcnow() - timedelta(seconds=1)
    db.session.commit()
    answer = browser(city).post(address, {"question": QUESTION})
    assert answer.status_code == 422
    assert "The time for questions about this call is over." in answer.text


@pytest.mark.parametrize("status", [CallStatus.SUSPENDED, CallStatus.CANCELLED])
def test_nobody_asks_about_a_call_that_stands_still(coordinator, city, status):
    stopped = build.call(coordinator, status)
    with pytest.raises(RuleBroken, match="questions_closed"):
        service.ask(stopped, QUESTION, city.actor)


def test_questions_can_be_asked_before_the_opening_and_only_so_many(coordinator, city):
    upcoming = build.call(coordinator, phase=CallPhase.UPCOMING)
    for number in range(service.MOST_QUESTIONS):
        service.ask(upcoming, f"¿{number}?", city.actor)
    with pytest.raises(RuleBroken, match="too_many_questions"):
        service.ask(upcoming, "¿Y otra?", city.actor)


def test_an_empty_or_too_long_question_is_refused_and_shown_again(city, browser, address):
    for text in ("  ", "x" * 1501):
        answer = browser(city).post(address, {"question": text})
        assert answer.status_code == 422
        assert text.strip() in answer.text
    assert db.session.query(CallQuestion).count() == 0


def test_who_answers_second_is_told_and_keeps_the_text(coordinator, browser, address, asked):
    fields = {"question": QUESTION, "answer": ANSWER, "version": str(asked.version)}
    reader = browser(coordinator)
    assert reader.post(f"{address}/{asked.id}", fields).status_code == 302
    answer = reader.post(f"{address}/{asked.id}", {**fields, "answer": "Sí"})
    assert answer.status_code == 422
    assert "Somebody saved other changes" in answer.text
    db.session.refresh(asked)
    assert asked.answer == ANSWER


def test_markup_in_questions_and_answers_is_text(coordinator, city, browser, thing, address):
    asked = service.ask(thing, "<b>¿Sí?</b>", city.actor)
    service.answer(asked, asked.question, "<script>1</script>", coordinator.actor, None)
    for page in (address, f"/calls/{thing.public_id}"):
        text = browser().get(page).text
        assert "&lt;b&gt;¿Sí?" in text
        assert "<script>1" not in text
