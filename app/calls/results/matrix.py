"""Who scored what how, as a workbook for who presides the committee and for the coordination."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.calls.applications.anonymity import title_of
from app.calls.committee import queries as committee
from app.calls.results.counting import key_of
from app.calls.results.models import Result
from app.calls.results.reading import scored_lines, tie_words
from app.domain.actors import Actor
from app.files.sheets import Cell, Sheet, workbook
from app.web.labels import label


def matrix_of(result: Result, actor: Actor) -> bytes:
    """Return the sheets of a result: the order of merit, every review, every consensus."""
    return workbook(sheets_of(result, actor))


def sheets_of(result: Result, actor: Actor) -> list[Sheet]:
    """Return the sheets, with the names of cities where ``actor`` may know them."""
    names = [one["name"] for one in result.rules["lines"]]
    whom = [_("Number"), _("Application")]
    return [
        Sheet(
            _("Order of merit"),
            [_("Place"), *whom, *names, _("Total"), _("Outcome"), _("Reason"), _("Tie decided by")],
            list(_places(result, actor)),
        ),
        Sheet(
            _("Reviews"),
            [*whom, _("Reviewer"), *names, _("For the committee"), _("For the city")],
            list(_reviews(result, actor)),
        ),
        Sheet(
            _("Consensus"),
            [*whom, *names, _("Reasons"), _("Dissent")],
            list(_consensuses(result, actor)),
        ),
    ]


def _places(result: Result, actor: Actor) -> Iterable[list[Cell]]:
    for one in result.placements:
        tie = str(tie_words(result, one.tie["decided_by"])) if one.tie else ""
        yield [
            one.rank,
            key_of(one.application),
            str(title_of(one.application, actor)),
            *(line.score for line in scored_lines(result, one)),
            one.total,
            str(label(one.outcome)),
            str(label(one.reason)),
            tie,
        ]


def _reviews(result: Result, actor: Actor) -> Iterable[list[Cell]]:
    keys = [one["key"] for one in result.rules["lines"]]
    for application in (one.application for one in result.placements):
        for review in application.reviews:
            if review.counts:
                scores = {str(one.criterion_id): one.score for one in review.scores}
                yield [
                    key_of(application),
                    str(title_of(application, actor)),
                    review.user.name,
                    *(scores.get(key) for key in keys),
                    review.comment,
                    review.feedback,
                ]


def _consensuses(result: Result, actor: Actor) -> Iterable[list[Cell]]:
    keys = [one["key"] for one in result.rules["lines"]]
    agreed = committee.consensuses(result.call)
    for application in (one.application for one in result.placements):
        if application.id in agreed:
            consensus = agreed[application.id]
            scores = {str(one.criterion_id): one.score for one in consensus.scores}
            yield [
                key_of(application),
                str(title_of(application, actor)),
                *(scores.get(key) for key in keys),
                consensus.reasons,
                consensus.dissent,
            ]
