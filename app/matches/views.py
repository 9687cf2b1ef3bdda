"""Pages of matches: the list of proposals, and one match as each side sees it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import case

from app.challenges.models import Challenge
from app.domain.permissions import Permission
from app.domain.states import MatchStatus
from app.domain.vocabulary import OrganizationKind, Sector
from app.matches import queries, service
from app.matches.constraints import constraints
from app.matches.desk import next_undecided
from app.matches.marking import mark_line, mark_terms
from app.matches.models import Match
from app.matches.sections import MATCH_PAGE
from app.matches.showing import buttons, history, score_parts, shared_words, turn
from app.matches.submitted import submission_of
from app.web.access import allow
from app.web.actions import posted, posted_version, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.labels import label
from app.web.listing import FacetSpec, ListQuery, SortSpec
from app.web.timeline import timeline

blueprint = Blueprint("matches", __name__, url_prefix="/matches")
add_sentences(
    {
        "challenge_over": _l("This challenge is over, so nothing can be proposed for it."),
        "solution_not_offered": _l("This solution is not published now, so it cannot be proposed."),
        "proposal_over": _l("The time to answer this match has passed."),
        "already_accepted": _l("Your side has accepted this match already."),
    }
)
_URGENT_FIRST = (
    case((Match.status == MatchStatus.PROPOSED, 0), else_=1),
    Match.respond_by,
    Match.status_since.desc(),
    Match.id,
)


@blueprint.get("/")
@allow(Permission.ACCOUNT_USE)
def index() -> ResponseReturnValue:
    """Show the matches that the reader's organization takes part in; the coordination sees all."""
    actor = current_actor()
    listing = ListQuery(
        rows=queries.matches().where(queries.visible_to(actor)),
        searched=Challenge.search_text,
        facets=(
            FacetSpec("status", _l("State"), Match.status, lambda v: label(MatchStatus(v))),
            FacetSpec("sector", _l("Sector"), Challenge.sector, lambda v: label(Sector(v))),
        ),
        sorts=(
            SortSpec("urgent", _l("Waiting for an answer first"), _URGENT_FIRST),
            SortSpec("score", _l("Best first"), queries.BEST_FIRST),
            SortSpec("new", _l("Newest first"), (Match.status_since.desc(), Match.id)),
        ),
    ).listing()
    return render_template("matches/index.html", listing=listing, actor=actor)


@blueprint.get("/<pid:match_id>")
@allow(Permission.MATCH_VIEW, queries.MATCH)
def show(match: Match) -> ResponseReturnValue:
    """Show why the two sides may fit, and what the reader may decide."""
    actor = current_actor()
    insider = actor.kind is OrganizationKind.COORDINATION
    trail = history(match, actor)
    return render_template(
        "matches/show.html",
        match=match,
        insider=insider,
        steps=stepper(match, happenings=trail),
        turn=turn(match),
        actions=buttons(match, actor),
        parts=score_parts(match, insider=insider),
        constraints=constraints(match.challenge, match.solution),
        submission=submission_of(match),
        following=next_undecided(match) if insider else None,
        needs=shared_words(match, "need"),
        offers=shared_words(match, "offer"),
        mark_terms=mark_terms,
        mark_line=mark_line,
        sections=MATCH_PAGE.of(match, actor),
        entries=timeline(match.workflow, trail, names=insider),
    )


@blueprint.post("/<pid:match_id>/acts/<name:act>")
@allow(Permission.MATCH_VIEW, queries.MATCH)
def act(match: Match, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(match, posted(match, act), current_actor())
    flash(_("Done: the match is now “%(status)s”.", status=label(match.status)), "success")
    return redirect(url_for(".show", match_id=match.public_id))


@blueprint.post("/<pid:match_id>/accept")
@allow(Permission.MATCH_VIEW, queries.MATCH)
def accept(match: Match) -> ResponseReturnValue:
    """Accept a proposed match for the reader's side."""
    service.accept(match, posted_version(), current_actor())
    flash(_("You accepted. The match is now “%(status)s”.", status=label(match.status)), "success")
    return redirect(url_for(".show", match_id=match.public_id))
