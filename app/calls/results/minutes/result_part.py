"""What the minutes say of the result: rules, scores, places, votes, in words of the locale."""

from decimal import Decimal
from fractions import Fraction

from flask_babel import gettext as _

from app.calls import queries as calls
from app.calls.committee import queries as committee
from app.calls.models import CommitteeMember
from app.calls.results import queries
from app.calls.results.changes import moves as moves_of
from app.calls.results.minutes.call_part import Block, titled
from app.calls.results.models import Placement, Result
from app.calls.results.reading import quota_lines, quota_name, scored_lines, tie_words
from app.calls.results.rules import in_conflict
from app.web.formats import number, percent
from app.web.labels import label


def members(result: Result) -> Block:
    """The committee, who voted and how."""
    return {
        "heading": _("Committee and votes"),
        "header": [_("Member"), _("Affiliation"), _("Role"), _("Vote")],
        "rows": [
            [
                one.name,
                one.affiliation,
                _("Presides") if one.chair else _("Member"),
                _vote(result, one),
            ]
            for one in result.call.members
            if one.sits
        ],
    }


def _vote(result: Result, member: CommitteeMember) -> str:
    vote = queries.vote_of(result, member.user_id)
    if vote is not None:
        return str(label(vote.ballot))
    if member.user is not None and in_conflict(result.call, member.user.actor):
        return str(_("Does not vote: conflict of interest"))
    return str(_("Absent"))


def criteria(result: Result) -> Block:
    """The rubric by which it was counted."""
    kept = result.rules["lines"]
    whole = sum(Fraction(one["weight"]) for one in kept)
    return {
        "heading": _("Criteria and weights"),
        "header": [_("Criterion"), _("Weight"), _("Highest score"), _("Minimum")],
        "rows": [
            [
                one["name"],
                percent(float(Fraction(one["weight"]) / whole)),
                str(one["scale"]),
                "" if one["minimum"] is None else number(Decimal(one["minimum"])),
            ]
            for one in kept
        ],
    }


def counting(result: Result) -> Block:
    """The other rules of counting."""
    kept = result.rules
    asked = "; ".join(str(tie_words(result, one)) for one in kept["tie_breaks"])
    return {
        "heading": _("How it is counted"),
        "facts": [
            [_("Seats"), str(kept["seats"])],
            [_("Places on the waiting list"), str(kept["waiting"])],
            [_("Cut-off score"), number(Decimal(kept["cut_off"]))],
            [_("Reviews needed for each application"), str(kept["quorum"])],
            [_("Order of tie-breaks"), asked],
        ],
    }


def scores(result: Result) -> Block:
    """The score of each application in each criterion."""
    return {
        "heading": _("Scores"),
        "header": [_("Application"), *(one["name"] for one in result.rules["lines"]), _("Total")],
        "rows": [_scored(result, one) for one in result.placements],
    }


def _scored(result: Result, placement: Placement) -> list[str]:
    lines = [number(one.score) for one in scored_lines(result, placement)]
    return [titled(placement.application), *lines, number(placement.total)]


def ranking(result: Result) -> Block:
    """The order of merit with what came of it."""
    return {
        "heading": _("Order of merit"),
        "header": [_("Place"), _("Application"), _("Total"), _("Outcome"), _("Reason")],
        "rows": [
            [
                str(one.rank or ""),
                titled(one.application),
                number(one.total),
                str(label(one.outcome)),
                str(label(one.reason)),
            ]
            for one in result.placements
        ],
    }


def ties(result: Result) -> Block:
    """Which totals were equal and what decided."""
    return {
        "heading": _("Ties"),
        "header": [_("Application"), _("Total"), _("Equal with"), _("Decided by")],
        "rows": [
            [
                titled(one.application),
                number(one.total),
                ", ".join(one.tie["with"]),
                str(tie_words(result, one.tie["decided_by"])),
            ]
            for one in result.placements
            if one.tie
        ],
    }


def quotas(result: Result) -> Block:
    """How each quota came out."""
    return {
        "heading": _("Quotas"),
        "header": [_("Quota"), _("Group"), _("Rule"), _("Selected")],
        "rows": [
            [
                one.name,
                str(quota_name(one)),
                f"{label(one.kind)} {one.seats}",
                str(one.taken),
            ]
            for one in quota_lines(result)
        ],
    }


def dissent(result: Result) -> Block:
    """What those who do not share the result, or an agreed score, wrote."""
    votes = [[one.user.name, str(label(one.ballot)), one.opinion] for one in result.votes]
    agreed = committee.consensuses(result.call)
    consensuses = [
        [titled(one.application), str(_("Consensus")), agreed[one.application_id].dissent]
        for one in result.placements
        if one.application_id in agreed
    ]
    return {
        "heading": _("Opinions and dissent"),
        "header": [_("Who, or on what"), _("Vote"), _("Opinion")],
        "rows": [row for row in [*votes, *consensuses] if row[2]],
    }


def moves(result: Result) -> Block:
    """What changed since the preliminary result."""
    return {
        "heading": _("Changes since the preliminary result"),
        "header": [_("Application"), _("Before"), _("Now"), _("Why")],
        "rows": [
            [
                titled(one.after.application),
                _stands(one.before),
                _stands(one.after),
                str(_("Its appeal was upheld")) if one.appeal else str(_("Others changed place")),
            ]
            for one in moves_of(result)
        ],
    }


def _stands(placement: Placement) -> str:
    parts = (str(placement.rank or ""), number(placement.total), str(label(placement.outcome)))
    return " · ".join(part for part in parts if part)


def lot(result: Result) -> Block:
    """The seed of the lot with all that is needed to repeat it."""
    call = result.call
    digests = calls.digests_before(call.id, call.closes_at) if call.closes_at else []
    return {
        "heading": _("Seed of the lot"),
        "text": _(
            "SHA-256 of the digests of all that was submitted in time, sorted, one a line. The lot "
            "of an application is the SHA-256 of the seed followed by its number; the smaller goes "
            "first."
        )
        + "\n\n"
        + "\n\n".join(digests),
        "digest": result.rules["lot_seed"],
    }
