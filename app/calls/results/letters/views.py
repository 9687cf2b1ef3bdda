"""Pages of the letters about a result, for the coordination of the call."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls.results import queries
from app.calls.results.letters import service
from app.calls.results.letters.forms import LetterForm
from app.calls.results.models import Result, ResultLetter
from app.calls.results.rules import reads
from app.domain.permissions import Permission
from app.web.access import Loader, allow
from app.web.actions import posted_version
from app.web.actor import current_actor
from app.web.forms import save_or_conflict

blueprint = Blueprint("letters", __name__, url_prefix="/results/<pid:result_id>/letters")


def _approved(result_id: str) -> Result | None:
    """Return an approved result that the reader may know all of."""
    result = queries.by_public_id(result_id)
    if result is None or result.approved_at is None or not reads(result, current_actor()):
        return None
    return result


_RESULT = Loader(_approved, Permission.RESULT_VIEW)


@blueprint.get("/")
@allow(Permission.RESULT_PROPOSE, _RESULT)
def index(result: Result) -> ResponseReturnValue:
    """Show which letters were reviewed and sent."""
    letters = queries.letters(result)
    waiting = [one for one in letters if one.reviewed_at is None]
    return render_template(
        "results/letters.html", result=result, call=result.call, letters=letters, waiting=waiting
    )


@blueprint.post("/reviewed")
@allow(Permission.RESULT_PROPOSE, _RESULT)
def review_all(result: Result) -> ResponseReturnValue:
    """Say of all letters that they may go out as they read."""
    count = service.review_all(result, current_actor())
    flash(ngettext("%(num)s letter reviewed.", "%(num)s letters reviewed.", count), "success")
    return _to_letters(result)


@blueprint.route("/<key:letter>", methods=["GET", "POST"])
@allow(Permission.RESULT_PROPOSE, _RESULT)
def edit(result: Result, letter: int) -> ResponseReturnValue:
    """Read a letter and change it."""
    found = _found(result, letter)
    form = LetterForm(obj=found)

    def save() -> None:
        subject, body = form.subject.data or "", form.body.data or ""
        service.edit(found, subject, body, current_actor(), form.seen_version())

    if save_or_conflict(form, found, save):
        flash(_("The letter is saved. Mark it as reviewed, so that it is sent."), "success")
        return _to_letters(result)
    html = render_template(
        "results/letter_form.html",
        form=form,
        form_errors=form.errors,
        letter=found,
        result=result,
        call=result.call,
        readers=service.readers(found),
    )
    return html, 422 if form.errors else 200


@blueprint.post("/<key:letter>/reviewed")
@allow(Permission.RESULT_PROPOSE, _RESULT)
def review(result: Result, letter: int) -> ResponseReturnValue:
    """Say of one letter that it may go out as it reads."""
    service.review(_found(result, letter), current_actor(), posted_version())
    flash(_("The letter is reviewed."), "success")
    return _to_letters(result)


def _found(result: Result, letter: int) -> ResultLetter:
    return queries.letter_by_id(result, letter) or abort(404)


def _to_letters(result: Result) -> ResponseReturnValue:
    return redirect(url_for("letters.index", result_id=result.public_id))
