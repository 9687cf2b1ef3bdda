"""Pages of submissions."""

from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.challenges.models import Challenge
from app.challenges.queries import CHALLENGE
from app.challenges.sections import SECTIONS as CHALLENGE_PAGE
from app.domain.actors import Actor
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.permissions import Permission
from app.domain.predicates import coordination
from app.domain.states import SubmissionAction
from app.domain.vocabulary import Language
from app.organizations.queries import Happening, happenings
from app.organizations.sections import ORGANIZATION_PAGE
from app.solutions.models import Solution
from app.solutions.queries import by_public_id as find_solution
from app.solutions.queries import own_published
from app.submissions import queries, sections, service
from app.submissions.forms import NewSubmissionForm, SubmissionForm
from app.submissions.models import HIDDEN, Submission
from app.submissions.rules import is_available, missing_parts, not_now, quality_meter
from app.web.access import allow
from app.web.actions import action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import choices, label
from app.web.timeline import timeline

blueprint = Blueprint("submissions", __name__)
CHALLENGE_PAGE.register(sections.own)
CHALLENGE_PAGE.register(sections.received)
ORGANIZATION_PAGE.register(sections.of_startup)
CONFIRMATIONS: dict[StrEnum, Any] = {
    SubmissionAction.SUBMIT: _l(
        "The city reads it from now on. Until the challenge closes you can withdraw it, change it "
        "and send it again."
    ),
    SubmissionAction.WITHDRAW: _l(
        "The city no longer sees it. You can take it up again while the challenge is open."
    ),
}
DROPPING_A_DRAFT: dict[StrEnum, Any] = {
    SubmissionAction.WITHDRAW: _l(
        "The draft is put away; nobody else has seen it. You can take it up again while the "
        "challenge is open."
    )
}
add_sentences(
    {
        "incomplete_submission": _l("The submission is not complete yet. Missing: %(parts)s."),
        "solution_not_yours": _l("You can only apply with a solution of your own startup."),
        "solution_not_published": _l(
            "This solution is not published now, so you cannot apply with it."
        ),
        "solution_not_available": _l(
            "This solution is not available now, so the submission cannot go on with it."
        ),
        "submissions_closed": _l(
            "The challenge no longer accepts submissions, so this is not possible any more. Write "
            "to the coordination if something has changed."
        ),
    }
)


@blueprint.get("/submissions/")
@allow(Permission.ACCOUNT_USE)
def index() -> ResponseReturnValue:
    """Show the submissions of the reader's startup."""
    return render_template(
        "submissions/index.html", submissions=queries.of_startup(current_actor())
    )


@blueprint.route("/challenges/<pid:challenge_id>/submissions/new", methods=["GET", "POST"])
@allow(Permission.SUBMISSION_CREATE, CHALLENGE)
def new(challenge: Challenge) -> ResponseReturnValue:
    """Start a submission; where there is one for the pair already, lead to it."""
    actor = current_actor()
    offered = own_published(actor)
    begun = queries.own_for_challenge(challenge, actor)
    if begun and {one.solution_id for one in begun} >= {one.id for one in offered}:
        return _lead_to(begun[0])
    if not challenge.is_open:
        raise RuleBroken("challenge_not_open")
    form = NewSubmissionForm()
    form.offer(offered)
    if form.validate_on_submit():
        return _start(challenge, find_solution(form.solution.data), form, actor)
    return _form_page(form, challenge=challenge, offered=offered, begun=begun)


def _start(
    challenge: Challenge, solution: Solution | None, form: NewSubmissionForm, actor: Actor
) -> ResponseReturnValue:
    if solution is None:
        raise RuleBroken("solution_not_yours")
    submission, made = service.start(challenge, solution, form.text(), actor)
    if not made:
        return _lead_to(submission)
    flash(_("The draft is saved. Look it over and submit it."), "success")
    return redirect(url_for(".show", submission_id=submission.public_id))


def _lead_to(submission: Submission) -> ResponseReturnValue:
    flash(_("You already have a submission with this solution: here it is."), "info")
    return redirect(url_for(".show", submission_id=submission.public_id))


@blueprint.get("/challenges/<pid:challenge_id>/submissions")
@allow(Permission.SUBMISSION_VIEW, CHALLENGE)
def compare(challenge: Challenge) -> ResponseReturnValue:
    """Show the city what was submitted to its challenge, side by side."""
    return render_template(
        "submissions/compare.html",
        challenge=challenge,
        submissions=queries.for_challenge(challenge, current_actor()),
        available=is_available,
        language_names=choices(Language),
    )


@blueprint.get("/submissions/<pid:submission_id>")
@allow(Permission.SUBMISSION_VIEW, queries.SUBMISSION)
def show(submission: Submission) -> ResponseReturnValue:
    """Show a submission with what the reader may do."""
    actor = current_actor()
    own = actor.organization_id == submission.solution.organization_id
    trail = [line for line in happenings(submission) if own or _city_may_know(line)]
    return render_template(
        "submissions/show.html",
        submission=submission,
        available=is_available(submission),
        own=own,
        steps=stepper(submission, happenings=trail),
        actions=action_bar(
            submission,
            actor,
            lambda name: url_for(".act", submission_id=submission.public_id, act=name),
            without=not_now(submission),
            confirmations=_confirmations(submission),
        ),
        missing=missing_parts(submission),
        meter=quality_meter(submission),
        language_names=choices(Language),
        entries=timeline(submission.workflow, trail, names=_knows_people(actor)),
    )


@blueprint.get("/submissions/<pid:submission_id>/receipt")
@allow(Permission.SUBMISSION_VIEW, queries.SUBMISSION)
def receipt(submission: Submission) -> ResponseReturnValue:
    """Show that the city has it, with its number and the moment."""
    if submission.submitted_at is None:
        raise OutOfOrder("receipt", submission.status)
    return render_template("submissions/receipt.html", submission=submission)


@blueprint.route("/submissions/<pid:submission_id>/edit", methods=["GET", "POST"])
@allow(Permission.SUBMISSION_EDIT, queries.SUBMISSION)
def edit(submission: Submission) -> ResponseReturnValue:
    """Rewrite a draft."""
    if not submission.is_editable:
        raise OutOfOrder("edit", submission.status)
    form = SubmissionForm(obj=submission)

    def save() -> None:
        service.edit(submission, form.values(), current_actor(), form.seen_version())

    if save_or_conflict(form, submission, save):
        flash(_("The draft is saved. Look it over and submit it."), "success")
        return redirect(url_for(".show", submission_id=submission.public_id))
    return _form_page(form, challenge=submission.challenge, submission=submission)


@blueprint.post("/submissions/<pid:submission_id>/acts/<name:act>")
@allow(Permission.SUBMISSION_VIEW, queries.SUBMISSION)
def act(submission: Submission, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    sent = posted(submission, act)
    service.act(submission, sent, current_actor())
    if sent.action is SubmissionAction.SUBMIT:
        return redirect(url_for(".receipt", submission_id=submission.public_id))
    status = label(submission.status)
    flash(_("Done: the submission is now “%(status)s”.", status=status), "success")
    return redirect(url_for(".show", submission_id=submission.public_id))


def _confirmations(submission: Submission) -> dict[StrEnum, Any]:
    return CONFIRMATIONS | (DROPPING_A_DRAFT if submission.is_editable else {})


def _city_may_know(line: Happening) -> bool:
    return line.action == SubmissionAction.SUBMIT or line.from_status not in (None, *HIDDEN)


def _knows_people(actor: Actor) -> bool:
    return coordination(actor, None)


def _form_page(form: SubmissionForm, **context: Any) -> ResponseReturnValue:
    errors = form.errors
    html = render_template("submissions/form.html", form=form, form_errors=errors, **context)
    return html, 422 if errors else 200
