"""Results: proposed, voted on, approved, announced, appealed against, and counted anew."""

from decimal import Decimal

from app.calls.committee import service as committee
from app.calls.committee.queries import consensus_of, standing_scores
from app.calls.results import queries, service
from app.calls.results.announcing import announce
from app.calls.results.appeals import service as appeals
from app.calls.results.letters import service as letters
from app.calls.results.models import Result
from app.domain.call_states import AppealAction, ResultAction
from app.domain.call_vocabulary import Ballot, ResultStage
from app.lifecycle import Act
from seeds import cast
from seeds.calendar import Calendar
from seeds.calls import story
from seeds.content import Row


def plan(calendar: Calendar) -> None:
    """Let each result go its way, and cities appeal against the preliminary one."""
    for call in story.calls(calendar):
        for one in call.get("results", ()):
            for name, verb in _STEPS.items():
                calendar.at(story.when(calendar, call, one[name]), verb, call, one)
            for vote in one["votes"]:
                calendar.at(story.when(calendar, call, vote["at"]), _vote, call, one, vote)
        for one in call.get("appeals", ()):
            calendar.at(story.when(calendar, call, one["filed_at"]), _appeal, call, one)
            calendar.at(story.when(calendar, call, one["decided_at"]), _decide, call, one)
            if "agreed_at" in one:
                calendar.at(story.when(calendar, call, one["agreed_at"]), _count_anew, call, one)


def _propose(call: Row, one: Row) -> None:
    actor = cast.coordinator(call["country"])
    service.propose(story.call(call), ResultStage(one["stage"]), actor)


def _standing(call: Row, one: Row) -> Result:
    found = queries.standing(story.call(call), ResultStage(one["stage"]))
    if found is None:
        raise LookupError(one["stage"])
    return found


def _vote(call: Row, one: Row, vote: Row) -> None:
    actor = story.user(vote["who"]).actor
    service.vote(_standing(call, one), Ballot(vote["ballot"]), vote.get("opinion", ""), actor)


def _approve(call: Row, one: Row) -> None:
    service.act(_standing(call, one), Act(ResultAction.APPROVE), story.chair(call))


def _review_letters(call: Row, one: Row) -> None:
    letters.review_all(_standing(call, one), cast.coordinator(call["country"]))


def _announce(call: Row, one: Row) -> None:
    """Do what the clock does at that minute: the day's other acts follow from it."""
    announce(_standing(call, one))


_STEPS = {
    "proposed_at": _propose,
    "approved_at": _approve,
    "letters_at": _review_letters,
    "announced_at": _announce,
}


def _appeal(call: Row, one: Row) -> None:
    application = story.application(call, one["by"])
    criteria = [application.call.criteria[number - 1].id for number in one["criteria"]]
    appeals.file_appeal(application, criteria, one["grounds"], cast.owner_of(one["by"]))


def _decide(call: Row, one: Row) -> None:
    appeal = queries.appeal_of(story.application(call, one["by"]))
    if appeal is None:
        raise LookupError(one["by"])
    appeals.act(appeal, Act(AppealAction(one["action"]), one["answer"]), story.chair(call))


def _count_anew(call: Row, one: Row) -> None:
    """Agree on the contested criterion; the others keep their mean."""
    application = story.application(call, one["by"])
    consensus = consensus_of(application)
    if consensus is None:
        raise LookupError(one["by"])
    means = standing_scores(application).scores
    scores = {
        criterion.id: round(Decimal(float(means[str(criterion.id)])), 2)
        for criterion in application.call.criteria
    }
    number, score = one["score"]
    scores[application.call.criteria[number - 1].id] = Decimal(score)
    committee.agree(consensus, {**scores}, one["reasons"], "", story.chair(call))
