"""Before its date nothing of a result leaves: not by page, sort, filter, count, file, mail or log.

Each reader without the right opens every address there is, before and after the approved result is
turned upside down behind the scenes. What they get must be the same to the byte, headers too.
"""

import re
from datetime import datetime

import pytest
import time_machine

from app.calls.results import queries
from app.calls.results.models import Placement, ResultVote
from app.calls.results.rules import reads
from app.domain.call_states import ApplicationStatus, ReviewStatus
from app.domain.call_vocabulary import Ballot, Outcome
from app.extensions import db
from app.files.models import StoredFile
from app.notifications.models import Message
from tests.calls import build
from tests.calls.results.conflicts import conflict

# In a total, in a score, in words: each is looked for in everything that is not for the reader.
TOTAL, SCORE = "67.46", "3.37"
WORDS = ("Zarzamora feedback", "Zarzamora opinion", "Zarzamora comment", "Zarzamora letter")
LISTS = ("calls.index", "organizations.index", "enrolments.index", "calls.show")
QUERIES = (
    "",
    "?q=zarzamora",
    "?sort=total&order_by=score&status=selected&score__gt=1&phase=preliminary",
)
_CHANGING = re.compile(
    r'(name="[a-z-]*csrf_token"[^>]* value=")[^"]*|(<code>)[0-9a-f-]{16,}(</code>)'
)
_ASIDE = {"set-cookie", "date", "x-request-id"}
# Features that know nothing of calls; opening their pages for every reader would take long.
_APART = {"security", "challenges", "solutions", "submissions", "matches", "pilots", "static"}


@pytest.fixture
def secret(story, people, run_jobs):
    """An approved preliminary result of an hour to come, with readers who may not know it."""
    told = story({"Alfa": (4, 4, 4), "Beta": (3, 3, 3), "Gama": (2, 2, 2)}, seats=1)
    gama = told.application("Gama")
    told.biased, told.late = people.person(name="Dora"), people.person(name="Elio")
    told.biased_coordinator = people.person(told.coordinator.organization)
    for person in (told.biased, told.late):
        build.member(told.call, person)
    for person in (told.biased, told.biased_coordinator):
        conflict(gama, person)
    for review in gama.reviews:
        review.scores[0].score = SCORE
        review.comment, review.feedback = WORDS[2], WORDS[0]
    build.review(gama, told.late, ReviewStatus.ACCEPTED)
    told.result = told.propose()
    told.vote(told.result)
    told.result.votes[0].opinion = WORDS[1]
    told.approve(told.result)
    for placement in told.result.placements:
        if placement.application_id == gama.id:
            placement.total = TOTAL
    for letter in queries.letters(told.result):
        letter.body += WORDS[3]
    db.session.commit()
    run_jobs()
    told.readers = {
        "visitor": None,
        "applicant": told.cities["Gama"],
        "neighbour": told.cities["Alfa"],
        "startup": people.startup(),
        "late member": told.late,
        "biased member": told.biased,
        "biased coordinator": told.biased_coordinator,
    }
    return told


@pytest.fixture
def addresses(app, secret):
    """Every address that can be opened about the story, and lists with all that one may ask."""
    gama = secret.application("Gama")
    known = {
        "call_id": [secret.call.public_id],
        "result_id": [secret.result.public_id],
        "application_id": [gama.public_id, secret.application("Alfa").public_id],
        "review_id": [gama.reviews[0].public_id],
        "letter": ["1", "3"],
        "slug": [gama.organization.slug, secret.coordinator.organization.slug],
    }
    found = []
    for rule in app.url_map.iter_rules():
        apart = rule.endpoint.partition(".")[0] in _APART
        if "GET" in rule.methods and not apart and not rule.arguments - known.keys():
            found += _filled(rule, known)
    assert len(found) > 50
    return sorted(found)


def _filled(rule, known):
    addresses = [rule.rule]
    for name in rule.arguments:
        addresses = [
            re.sub(rf"<(?:[^<>:]+:)?{name}>", value, address)
            for address in addresses
            for value in known[name]
        ]
    queries = QUERIES if rule.endpoint in LISTS else ("",)
    return [address + query for address in addresses for query in queries]


def opened(browser, person, addresses):
    """Return what a reader gets at each address, without what differs each time anyway."""
    reader = browser(person)
    answers = {}
    for address in addresses:
        answer = reader.get(address)
        headers = {k: v for k, v in answer.headers.items() if k.lower() not in _ASIDE}
        text = answer.text if "text" in answer.mimetype else answer.data.decode("latin-1")
        answers[address] = (answer.status_code, headers, _CHANGING.sub(r"\1\2\3", text))
    return answers


def upside_down(told):
    """Turn the approved table round, with its letters, minutes and what is said of Gama."""
    ranked = sorted(told.result.placements, key=lambda one: one.rank)
    table = [(one.rank, one.total, one.outcome, one.reason, one.waiting_place) for one in ranked]
    for one, values in zip(ranked, reversed(table), strict=True):
        one.rank, one.total, one.outcome, one.reason, one.waiting_place = values
        one.tie = {"with": ["X"], "decided_by": "lot"}
    for letter in queries.letters(told.result):
        letter.subject, letter.body, letter.reviewed_at = "Otro", "Otra carta", None
    for vote in told.result.votes:
        vote.ballot, vote.opinion = Ballot.ABSTAINS, "Otra opinión"
    for review in told.application("Gama").reviews:
        if review.counts:
            review.comment, review.feedback = "Otro", "Otro"
            for score in review.scores:
                score.score = 1
    minutes = db.session.get(StoredFile, told.result.minutes_id)
    minutes.sha256, minutes.size = "f" * 64, 12
    db.session.commit()


def test_whatever_the_result_says_who_may_not_know_it_reads_the_same(secret, addresses, browser):
    with time_machine.travel(datetime.now().astimezone(), tick=False):
        before = {
            name: opened(browser, person, addresses) for name, person in secret.readers.items()
        }
        upside_down(secret)
        after = {
            name: opened(browser, person, addresses) for name, person in secret.readers.items()
        }
    for name, answers in before.items():
        for address, (_, headers, text) in answers.items():
            for word in (TOTAL, SCORE, *WORDS):
                assert word.lower() not in text.lower(), (name, address)
                assert word not in str(headers), (name, address)
        assert [one for one in answers if answers[one] != after[name][one]] == [], name


def test_the_same_addresses_tell_it_to_who_may_know_it(secret, addresses, browser):
    """Else the test above would prove nothing: there is something that could leak."""
    texts = " ".join(text for _, _, text in opened(browser, secret.chair, addresses).values())
    for word in (TOTAL, SCORE, WORDS[1]):
        assert word in texts
    letters = " ".join(
        text for _, _, text in opened(browser, secret.coordinator, addresses).values()
    )
    assert WORDS[3] in letters


def test_its_own_address_does_not_exist_for_outsiders(secret, browser):
    parts = ("", "/minutes", "/matrix", "/letters/", "/letters/1")
    for name in ("applicant", "neighbour", "startup"):
        reader = browser(secret.readers[name])
        for part in parts:
            answer = reader.get(f"/results/{secret.result.public_id}{part}")
            assert answer.status_code == 404, (name, part)
    for name in ("late member", "biased member", "biased coordinator"):
        reader = browser(secret.readers[name])
        assert reader.get(f"/results/{secret.result.public_id}").status_code == 200
        for part in parts[1:]:
            answer = reader.get(f"/results/{secret.result.public_id}{part}")
            assert answer.status_code in (403, 404), (name, part)


def test_mails_tell_nothing_before_the_letters_go_out(secret):
    told = [mail.subject + mail.text for mail in db.session.query(Message)]
    assert len(told) > 5
    for word in (TOTAL, SCORE, *WORDS, "Gama", "Alfa"):
        assert not [text for text in told if word in text]


def test_no_application_shows_a_trace(secret):
    """Neither state nor version nor date of an application moves when the result is approved."""
    for one in secret.applications.values():
        assert (one.status, one.version) == (ApplicationStatus.ADMITTED, 1)
        assert one.updated_at < secret.result.approved_at


def test_logs_tell_nothing(story, browser, capfd, run_jobs):
    told = story({"Alfa": (4, 4, 4), "Zarzamora": (3, 3, 2)}, seats=1)
    desk, chair = browser(told.coordinator), browser(told.chair)
    desk.post(f"/calls/{told.call.public_id}/results/preliminary")
    result = queries.of_call(told.call)[0]
    for person in told.members:
        sent = {"ballot": "in_favour", "opinion": WORDS[1]}
        browser(person).post(f"/results/{result.public_id}/votes", sent)
    chair.post(f"/results/{result.public_id}/acts/approve")
    run_jobs()
    db.session.refresh(result)
    assert result.approved_at is not None
    written = "".join(capfd.readouterr())
    for word in (WORDS[1], "Zarzamora", "80.00", "58", "selected"):
        assert word not in written


def test_once_public_the_reader_in_conflict_reads_what_everybody_reads(secret, browser):
    secret.move(evaluation_closes=-1, preliminary=-0.01)
    page = browser(secret.biased).get(f"/results/{secret.result.public_id}")
    assert "1 city selected" in page.text
    for word in (SCORE, WORDS[1]):
        assert word not in page.text
    assert not reads(secret.result, secret.biased.actor)
    assert db.session.query(Placement).filter_by(outcome=Outcome.SELECTED).count() == 1
    assert db.session.query(ResultVote).count() == 3
