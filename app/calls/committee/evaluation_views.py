"""Pages of who presides the committee or runs the call: progress, differences, consensus."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls.applications.models import Application
from app.calls.applications.queries import APPLICATION
from app.calls.committee import consensus as agreeing
from app.calls.committee import progress as reading
from app.calls.committee import reminding, seats
from app.calls.committee.forms import consensus_form, score_name
from app.calls.committee.measures import FEW_SHARED, means, spreads
from app.calls.committee.models import Consensus
from app.calls.committee.phase import is_writable
from app.calls.committee.queries import (
    consensus_of,
    marks_of,
    may_read_scores,
    standing_scores,
    wide_spreads,
)
from app.calls.models import Call
from app.domain.call_states import ConsensusAction, ConsensusStatus
from app.domain.permissions import Permission, can
from app.lifecycle import Act
from app.organizations.queries import happenings
from app.web.access import allow
from app.web.actions import posted_version
from app.web.actor import current_actor
from app.web.forms import clean_text, save_or_conflict
from app.web.timeline import timeline

blueprint = Blueprint("evaluation", __name__, url_prefix="/committee")
_OVERSEE = allow(Permission.REVIEW_OVERSEE, seats.COMMITTEE)
_CONSENSUS = "/applications/<pid:application_id>/consensus"
_CENT = Decimal("0.01")


@blueprint.get("/calls/<pid:call_id>/progress")
@_OVERSEE
def progress(call: Call) -> ResponseReturnValue:
    """Show which reviews are in, by application and by member, without scores."""
    actor = current_actor()
    return render_template(
        "committee/progress.html",
        call=call,
        actor=actor,
        made=reading.progress(call, actor),
        writable=is_writable(call),
    )


@blueprint.post("/calls/<pid:call_id>/reminders")
@_OVERSEE
def remind(call: Call) -> ResponseReturnValue:
    """Remind the members who have not sent all their reviews."""
    count = reminding.remind(call, current_actor())
    flash(ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", count))
    return redirect(url_for(".progress", call_id=call.public_id))


@blueprint.get("/calls/<pid:call_id>/differences")
@_OVERSEE
def differences(call: Call) -> ResponseReturnValue:
    """Show how far the members are from each other, on what the reader may read."""
    actor = current_actor()
    return render_template(
        "committee/differences.html",
        call=call,
        actor=actor,
        made=reading.comparison(call, actor),
        few=FEW_SHARED,
    )


def _readable(application: Application) -> Application:
    """Answer 404, as if there were nothing, to who may not read the scores yet, or ever."""
    if not may_read_scores(current_actor(), application):
        abort(404)
    return application


@blueprint.get(_CONSENSUS)
@allow(Permission.APPLICATION_VIEW, APPLICATION)
def consensus(application: Application) -> ResponseReturnValue:
    """Show the scores side by side and what was agreed; to who presides, the form to record it."""
    known = consensus_of(_readable(application))
    presides = can(current_actor(), Permission.REVIEW_CHAIR, application.subject)
    opened = known is not None and known.status is ConsensusStatus.OPEN
    form = consensus_form(known, _suggested(application)) if known and presides and opened else None
    return _consensus_page(application, known, form)


@blueprint.post(_CONSENSUS)
@allow(Permission.REVIEW_CHAIR, APPLICATION)
def agree(application: Application) -> ResponseReturnValue:
    """Record what the committee agreed on."""
    known = consensus_of(_readable(application)) or abort(404)
    form = consensus_form(known, {})

    def save() -> None:
        said, why, dissent = form.scores(application.call), form.reasons.data, form.dissent.data
        agreeing.agree(known, said, why or "", dissent or "", current_actor(), form.seen_version())

    if save_or_conflict(form, known, save):
        flash(_("The consensus is recorded. Its scores count now."), "success")
        return redirect(url_for(".consensus", application_id=application.public_id))
    return _consensus_page(application, known, form)


def _suggested(application: Application) -> dict[int, Decimal]:
    """Return what counts now, to two decimals, as where the talk starts from."""
    return {int(key): _rounded(score) for key, score in standing_scores(application).scores.items()}


def _means(application: Application) -> dict[int, Decimal]:
    """Return the mean of the reviews by criterion, to two decimals."""
    return {key: _rounded(score) for key, score in means(marks_of(application)).items()}


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(_CENT)


def _consensus_page(
    application: Application, known: Consensus | None, form: Any
) -> ResponseReturnValue:
    actor = current_actor()
    html = render_template(
        "committee/consensus.html",
        application=application,
        call=application.call,
        actor=actor,
        consensus=known,
        form=form,
        form_errors=form.errors if form else None,
        rows=[(one, form[score_name(one)]) for one in application.call.criteria] if form else [],
        reviews=[one for one in application.reviews if one.counts],
        spreads=spreads(marks_of(application)),
        wide=wide_spreads(application),
        plain_means=_means(application),
        agreed={one.criterion_id: one.score for one in known.scores} if known else {},
        presides=can(actor, Permission.REVIEW_CHAIR, application.subject),
        entries=timeline(known.workflow, happenings(known)) if known else [],
    )
    return html, 422 if form is not None and form.errors else 200


@blueprint.post(f"{_CONSENSUS}/open")
@allow(Permission.REVIEW_CHAIR, APPLICATION)
def open_consensus(application: Application) -> ResponseReturnValue:
    """Open the consensus on an application."""
    agreeing.open_consensus(_readable(application), current_actor())
    return redirect(url_for(".consensus", application_id=application.public_id))


@blueprint.post(f"{_CONSENSUS}/reopen")
@allow(Permission.REVIEW_CHAIR, APPLICATION)
def reopen_consensus(application: Application) -> ResponseReturnValue:
    """Reopen a consensus that was agreed, with a reason."""
    known = consensus_of(_readable(application)) or abort(404)
    reason = clean_text(request.form.get("reason"))[:4000]
    sent = Act(ConsensusAction.REOPEN, reason, version=posted_version())
    agreeing.reopen(known, sent, current_actor())
    return redirect(url_for(".consensus", application_id=application.public_id))
