"""Pages of results: the table, the vote, the approval, the files, and what each city reads."""

from flask import Blueprint, Response, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.calls.applications.models import Application
from app.calls.applications.queries import APPLICATION
from app.calls.models import Call
from app.calls.queries import CALL
from app.calls.results import page, queries, sections, service
from app.calls.results.appeals.service import may_appeal
from app.calls.results.forms import VoteForm
from app.calls.results.matrix import matrix_of
from app.calls.results.models import Result
from app.calls.results.reading import feedback_of
from app.calls.results.refusals import ACTS, SENTENCES
from app.calls.results.rules import may_take_matrix, reads
from app.calls.sections import CALL_DESK, CALL_PAGE
from app.domain.call_vocabulary import Ballot, ResultStage
from app.domain.permissions import Permission, can
from app.domain.predicates import its_city
from app.files.answers import attachment, download
from app.files.sheets import MEDIA_TYPE
from app.web.access import allow
from app.web.actions import posted
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import add_acts

blueprint = Blueprint("results", __name__)
CALL_PAGE.register(sections.of_call)
CALL_DESK.register(sections.on_desk)
add_sentences(SENTENCES)
add_acts(ACTS)


@blueprint.post("/calls/<pid:call_id>/results/<name:stage>")
@allow(Permission.RESULT_PROPOSE, CALL)
def propose(call: Call, stage: str) -> ResponseReturnValue:
    """Count the scores and put the table to the vote of the committee."""
    if stage not in set(ResultStage):
        abort(404)
    result = service.propose(call, ResultStage(stage), current_actor())
    flash(_("Proposed. The committee was asked to vote."), "success")
    return page.to_result(result)


@blueprint.get("/results/<pid:result_id>")
@allow(Permission.RESULT_VIEW, queries.RESULT)
def show(result: Result) -> ResponseReturnValue:
    """Show a result: the whole table inside, and once published what everybody reads."""
    return _show(result, VoteForm(obj=queries.vote_of(result, current_actor().id)))


def _show(result: Result, form: VoteForm) -> ResponseReturnValue:
    actor = current_actor()
    told = page.outside(result) if result.is_published else {}
    if not can(actor, Permission.COMMITTEE_VIEW, result.call.subject):
        return render_template("results/public.html", **told)
    context = {**told, **page.inside(result, actor)}
    html = render_template("results/show.html", form=form, form_errors=form.errors, **context)
    return html, 422 if form.errors else 200


@blueprint.post("/results/<pid:result_id>/votes")
@allow(Permission.RESULT_VOTE, queries.RESULT)
def vote(result: Result) -> ResponseReturnValue:
    """Vote on a proposed result."""
    form = VoteForm()

    def save() -> None:
        opinion = form.opinion.data or ""
        service.vote(result, Ballot(form.ballot.data), opinion, current_actor())

    if save_or_conflict(form, result, save):
        flash(
            _("Your vote is recorded. You can change it until the result is approved."), "success"
        )
        return page.to_result(result, "votes")
    return _show(result, form)


@blueprint.post("/results/<pid:result_id>/acts/<name:act>")
@allow(Permission.COMMITTEE_VIEW, queries.RESULT)
def act(result: Result, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(result, posted(result, act), current_actor())
    flash(_("Done: the result is now “%(status)s”.", status=label(result.status)), "success")
    return page.to_result(result)


@blueprint.get("/results/<pid:result_id>/minutes")
@allow(Permission.RESULT_VIEW, queries.RESULT)
def minutes(result: Result) -> ResponseReturnValue:
    """Download the minutes."""
    if result.minutes is None or not page.takes_minutes(result, current_actor()):
        abort(404)
    return download(result.minutes)


@blueprint.get("/results/<pid:result_id>/matrix")
@allow(Permission.RESULT_VIEW, queries.RESULT)
def matrix(result: Result) -> Response:
    """Download who scored what how, as a workbook."""
    actor = current_actor()
    if not may_take_matrix(result, actor):
        abort(404)
    name = f"{result.call.country.value}-{result.call.year}-{result.stage.value}.xlsx"
    return attachment(matrix_of(result, actor), MEDIA_TYPE, name)


@blueprint.get("/results/places/<pid:application_id>")
@allow(Permission.APPLICATION_VIEW, APPLICATION)
def feedback(application: Application) -> ResponseReturnValue:
    """Show a city its own place, scores and what the reviewers say, once a result is public."""
    actor = current_actor()
    results = queries.published(application.call)
    stands = page.feedback(application, results)
    if not stands or not _may_read_place(application, stands[0]["result"]):
        abort(404)
    return render_template(
        "results/feedback.html",
        application=application,
        call=application.call,
        stands=stands,
        feedback=feedback_of(application),
        appeal=queries.appeal_of(application),
        appeals=may_appeal(application, actor),
    )


def _may_read_place(application: Application, result: Result) -> bool:
    actor = current_actor()
    return its_city(actor, application.subject) or reads(result, actor)
