"""Pages of a review: what its author writes, and what others may know of it."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.calls.applications.showing import parts
from app.calls.committee import progress, reviews, seats
from app.calls.committee.forms import ReviewForm, note_name, review_form, score_name
from app.calls.committee.models import Review
from app.calls.committee.phase import is_writable
from app.calls.committee.queries import REVIEW, may_read_scores
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import ReviewAction, ReviewStatus
from app.domain.permissions import Permission, can
from app.lifecycle import Act
from app.organizations.queries import happenings
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import timeline

blueprint = Blueprint("reviews", __name__, url_prefix="/committee/reviews")
_MAIN = frozenset({ReviewAction.ACCEPT, ReviewAction.REASSIGN})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a review stands among those of its author: its neighbours, and how many there are."""

    number: int
    total: int
    before: Review | None
    after: Review | None


@blueprint.get("/<pid:review_id>")
@allow(Permission.REVIEW_VIEW, REVIEW)
def show(review: Review) -> ResponseReturnValue:
    """Show a review: its author all of it, others its state, and its scores once they may."""
    actor = current_actor()
    trail = [one for one in happenings(review) if one.action != "edit"]
    own = review.user_id == actor.id
    return render_template(
        "committee/review.html",
        **_context(review, actor),
        own=own,
        writes=_writes(review, actor),
        reads=own or (review.counts and may_read_scores(actor, review.application)),
        steps=stepper(review, happenings=trail),
        actions=_actions(review, actor),
        entries=timeline(review.workflow, trail),
    )


def _context(review: Review, actor: Actor) -> dict[str, Any]:
    application = review.application
    newest = reviews.latest_version(application)
    return {
        "review": review,
        "application": application,
        "call": application.call,
        "actor": actor,
        "parts": parts(application, actor),
        "place": _place(review, actor),
        "changed": None not in (review.seen_version, newest) and review.seen_version != newest,
    }


def _place(review: Review, actor: Actor) -> Place | None:
    known = progress.own_reviews(review.application.call, actor)
    if review not in known:
        return None
    here = known.index(review)
    before = known[here - 1] if here else None
    after = known[here + 1] if here + 1 < len(known) else None
    return Place(here + 1, len(known), before, after)


def _writes(review: Review, actor: Actor) -> bool:
    return (
        review.status in reviews.WRITABLE
        and can(actor, Permission.REVIEW_WRITE, review.subject)
        and is_writable(review.application.call)
    )


def _actions(review: Review, actor: Actor) -> list[Any]:
    """Return the buttons of a reader: sending has a page of its own, and recusing oneself too."""
    without = {ReviewAction.SUBMIT}
    if review.counts:
        without |= {ReviewAction.RECUSE, ReviewAction.RELEASE}
    if review.user_id == actor.id:
        without |= {ReviewAction.RELEASE}
    found = action_bar(
        review,
        actor,
        lambda name: url_for(".act", review_id=review.public_id, act=name),
        without=without,
    )
    return [one if one.name in _MAIN else replace(one, style="secondary") for one in found]


@blueprint.route("/<pid:review_id>/write", methods=["GET", "POST"])
@allow(Permission.REVIEW_WRITE, REVIEW)
def write(review: Review) -> ResponseReturnValue:
    """Write a review beside the application; it is kept as a draft until it is sent."""
    actor = current_actor()
    form = review_form(review)
    if request.method == "GET" and not _writes(review, actor):
        return redirect(url_for(".show", review_id=review.public_id))
    sends = request.form.get("send") == "1"
    if _repeated(review, form):
        return redirect(url_for(".show", review_id=review.public_id))

    def save() -> None:
        reviews.save_scores(
            review, form.opinion(review.application.call), actor, form.seen_version()
        )
        if sends:
            reviews.submit(review, actor)

    if save_or_conflict(form, review, save):
        return _saved(review, sends)
    return _page(review, form, actor)


def _repeated(review: Review, form: ReviewForm) -> bool:
    """Tell whether this is the second press of a button whose first press sent the review."""
    if not review.counts or not form.validate_on_submit():
        return False
    said = form.opinion(review.application.call)
    sent = {one.criterion_id: one.score for one in review.scores}
    same = (said.comment, said.feedback) == (review.comment, review.feedback)
    return same and sent == {key: score for key, score in said.scores.items() if score is not None}


def _saved(review: Review, sends: bool) -> ResponseReturnValue:
    if sends:
        flash(_("Your review is sent. It can be changed only if it is reopened."), "success")
        return redirect(url_for(".show", review_id=review.public_id))
    flash(_("Your draft is saved. Only you can read it."), "success")
    return redirect(url_for(".write", review_id=review.public_id))


def _page(review: Review, form: ReviewForm, actor: Actor) -> ResponseReturnValue:
    rows = [
        (one, form[score_name(one)], form[note_name(one)])
        for one in review.application.call.criteria
    ]
    html = render_template(
        "committee/write.html",
        **_context(review, actor),
        form=form,
        form_errors=form.errors,
        rows=rows,
    )
    return html, 422 if form.errors else 200


@blueprint.post("/of-call/<pid:call_id>/accept-all")
@allow(Permission.COMMITTEE_VIEW, seats.COMMITTEE)
def accept_all(call: Call) -> ResponseReturnValue:
    """Accept every review that is new to the reader."""
    actor = current_actor()
    for review in progress.own_reviews(call, actor):
        if review.status is ReviewStatus.ASSIGNED:
            reviews.act(review, Act(ReviewAction.ACCEPT), actor)
    flash(_("Accepted. You can write these reviews now."), "success")
    return redirect(url_for("committee.mine"))


@blueprint.post("/<pid:review_id>/acts/<name:act>")
@allow(Permission.REVIEW_VIEW, REVIEW)
def act(review: Review, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    sent, actor = posted(review, act), current_actor()
    reviews.act(review, sent, actor)
    flash(_("Done: the review is now “%(status)s”.", status=label(review.status)), "success")
    if sent.action is ReviewAction.RECUSE:
        return redirect(url_for("committee.mine"))
    if _writes(review, actor):
        return redirect(url_for(".write", review_id=review.public_id))
    return redirect(url_for(".show", review_id=review.public_id))
