"""A secret word in every private text: a crawl of every page as each actor meets only their own."""

import re

import pytest

from app.calls.applications.models import Application
from app.calls.committee.models import Review, ReviewScore
from app.calls.committee.queries import may_read_scores
from app.calls.enrolments.models import Enrolment
from app.calls.models import Call, CommitteeMember
from app.calls.questions.models import CallQuestion
from app.calls.results.models import Appeal, ResultLetter, ResultVote
from app.calls.results.rules import reads
from app.calls.rulebook.models import Criterion, Quota, RequiredDocument, Requirement
from app.challenges.models import Challenge
from app.domain.permissions import Permission, can
from app.matches.fits.models import Fit
from app.matches.models import Match
from app.matches.similar.models import Resemblance
from app.organizations.models import Invitation, Organization, User
from app.pilots.indicators.models import Indicator, Reading
from app.pilots.milestones.models import Milestone
from app.pilots.models import Pilot
from app.pilots.reports.models import ProgressReport
from app.solutions.models import Solution
from app.submissions.models import Submission

WORD = re.compile(r"zq[a-z0-9]+qz")
INSIDE = {
    Application: Permission.APPLICATION_VIEW,
    Appeal: Permission.APPLICATION_VIEW,
    Enrolment: Permission.ENROLMENT_VIEW,
    Submission: Permission.SUBMISSION_VIEW,
    Match: Permission.MATCH_VIEW,
    Milestone: Permission.PILOT_FOLLOW,
    ProgressReport: Permission.PILOT_FOLLOW,
}
OPEN_TO_SEE = {
    Call: Permission.CALL_VIEW,
    Challenge: Permission.CHALLENGE_VIEW,
    Solution: Permission.SOLUTION_VIEW,
    Organization: Permission.ORGANIZATION_VIEW,
}
OF_A_CALL = {CallQuestion, Criterion, Quota, RequiredDocument, Requirement}
OF_A_COMMITTEE = {CommitteeMember, Review, ReviewScore}
OF_A_RESULT = {
    ResultVote: Permission.COMMITTEE_VIEW,
    ResultLetter: Permission.RESULT_PROPOSE,
}
TOLD_AT_THE_END = {"title", "done", "results", "lessons", "obstacles", "decision_reason", "place"}
TOLD_AT_THE_END |= {"objective", "scope"}


HIDDEN = {"suggested", "approved", "dismissed"}
UNSENT = {"draft", "withdrawn"}


def _is_secret_now(world, actor, row) -> bool:
    """State by hand, not by the table, what a side must not meet even of its own affairs."""
    if type(row) is Match:
        return row.status in HIDDEN and actor.kind != "coordination"
    if type(row) is Submission:
        return row.status in UNSENT and actor.organization_id != row.solution.organization_id
    return False


def _of_a_call(world, actor, row) -> bool:
    if type(row) is CallQuestion:
        asked = row.asked_by_id == actor.id
        return asked or can(actor, Permission.CALL_OVERSEE, row.call.subject)
    call = next(one for one in world.things["call"] if one.id == row.call_id)
    return can(actor, Permission.CALL_VIEW, call.subject)


def _of_a_committee(actor, row, name) -> bool:
    if type(row) is CommitteeMember:
        oversees = can(actor, Permission.CALL_OVERSEE, row.call.subject)
        sits = can(actor, Permission.COMMITTEE_VIEW, row.call.subject)
        return oversees or (sits and name != "email")
    written = row if type(row) is Review else row.review
    if written.user_id == actor.id:
        return written.status != "released"
    return written.counts and may_read_scores(actor, written.application)


def _found_by_the_matcher(actor, row) -> bool:
    if type(row) is Fit:
        return actor.organization_id == row.solution.organization_id
    public = can(actor, Permission.CHALLENGE_VIEW, row.other.subject)
    return public and can(actor, Permission.CHALLENGE_VIEW, row.challenge.subject)


def _on_a_table(world, actor, row) -> bool:
    """A member of the committee votes on a whole table, which names every application."""
    return type(row) is Application and any(
        reads(result, actor) and row.id in {one.application_id for one in result.placements}
        for result in world.things["result"]
    )


def _may_read(world, actor, row, name) -> bool:
    kind = type(row)
    if _is_secret_now(world, actor, row):
        return False
    if kind in (Fit, Resemblance):
        return _found_by_the_matcher(actor, row)
    if kind in OF_A_RESULT:
        return can(actor, OF_A_RESULT[kind], row.result.subject) and reads(row.result, actor)
    if kind in INSIDE:
        told = name == "number" and _on_a_table(world, actor, row)
        return told or can(actor, INSIDE[kind], row.subject)
    if kind in OF_A_CALL:
        return _of_a_call(world, actor, row)
    if kind in OF_A_COMMITTEE:
        return _of_a_committee(actor, row, name)
    if kind in OPEN_TO_SEE:
        return can(actor, OPEN_TO_SEE[kind], row.subject) or kind in (Solution, Organization)
    if kind is Pilot:
        inside = can(actor, Permission.PILOT_FOLLOW, row.subject)
        return inside or name == "title" or (row.was_started and name in TOLD_AT_THE_END)
    if kind in (Indicator, Reading):
        pilot = row.pilot if kind is Indicator else row.indicator.pilot
        return can(actor, Permission.PILOT_FOLLOW, pilot.subject) or (
            pilot.was_started and name != "note"
        )
    return True


def _crawl(browser, starts):
    seen, waiting, pages = set(), list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address)
        assert answer.status_code < 500, address
        if not answer.mimetype.startswith("text/"):
            continue
        pages[address] = answer.text
        for link in re.findall(r'(?:href|src)="(/[^"#]*)', answer.text):
            plain = link.replace("&amp;", "&")
            if "?" not in plain and not plain.startswith(("/static", "/mailbox", "/logout")):
                waiting.append(plain)
    return pages


@pytest.mark.parametrize(
    "name",
    [
        "visitor",
        "newcomer",
        "neighbour city",
        "rival startup",
        "city owner",
        "startup viewer",
        "coordinator",
    ],
)
def test_nobody_meets_what_is_not_theirs(world, reader, name):
    things = world.things
    starts = [
        "/committee/",
        "/",
        "/calls/",
        "/challenges/",
        "/solutions/",
        "/pilots/",
        "/organizations/",
        "/work",
    ]
    starts += [f"/pilots/{thing.public_id}" for thing in things["pilot"]]
    starts += [f"/calls/{thing.public_id}" for thing in things["call"]]
    for kind in ("result", "appeal", "enrolment"):
        starts += [f"/{kind}s/{thing.public_id}" for thing in things[kind]]
    starts += [f"/results/{thing.public_id}/letters/" for thing in things["result"]]
    starts += [f"/committee/reviews/{thing.public_id}" for thing in things["review"]]
    starts += [f"/committee/reviews/{thing.public_id}/write" for thing in things["review"]]
    for thing in things["application"]:
        starts += [f"/applications/{thing.public_id}"]
        starts += [f"/committee/applications/{thing.public_id}/consensus"]
    starts += [f"/challenges/{thing.public_id}" for thing in things["challenge"]]
    starts += [f"/matches/{thing.public_id}" for thing in things["match"]]
    starts += [f"/submissions/{thing.public_id}" for thing in things["submission"]]
    actor, met = world.actor(name), set()
    for address, text in _crawl(reader(name), starts).items():
        for word in set(WORD.findall(text)):
            row, column = world.secrets[word]
            met.add(word)
            assert _may_read(world, actor, row, column), f"{address}: {word}"
            if type(row) in (User, Invitation) and row is not world.people[name]:
                own = name in ("city owner", "startup viewer", "coordinator")
                assert own or column in ("name", "title"), f"{address}: {word}"
    assert len(met) > 20


def test_a_search_finds_nothing_by_what_is_hidden(world, reader):
    visitor = reader("visitor")
    lists = {Call: "/calls/", Challenge: "/challenges/", Solution: "/solutions/", Pilot: "/pilots/"}
    tried = 0
    for word, (row, name) in world.secrets.items():
        page = lists.get(type(row))
        actor = world.actor("visitor")
        if page is None or (name == "title" and type(row) is Pilot):
            continue
        if type(row) in OPEN_TO_SEE and can(actor, OPEN_TO_SEE[type(row)], row.subject):
            continue
        if type(row) is Pilot and (row.was_started and name in TOLD_AT_THE_END):
            continue
        tried += 1
        if tried % 7 == 0:
            assert row.public_id not in visitor.get(f"{page}?q={word}").text, word
    assert tried > 40
