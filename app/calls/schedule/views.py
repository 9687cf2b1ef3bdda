"""Pages of the dates of a call."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from app.calls import queries, service
from app.calls.models import Call
from app.calls.schedule.calendar import calendar_of
from app.calls.schedule.forms import DatesForm, dates_form, wanted
from app.calls.schedule.showing import shown_dates
from app.domain.call_vocabulary import CallDate
from app.domain.permissions import Permission
from app.web.access import allow
from app.web.actor import current_actor
from app.web.forms import save_or_conflict

blueprint = Blueprint("call_dates", __name__, url_prefix="/calls")


@blueprint.get("/<pid:call_id>/dates.ics")
@allow(Permission.CALL_VIEW, queries.CALL)
def calendar(call: Call) -> ResponseReturnValue:
    """Return the dates as a calendar file."""
    # Never from the request, whose Host header anybody can write.
    ours = current_app.config["SETTINGS"].base_url
    address = ours + url_for("calls.show", call_id=call.public_id)
    answer = Response(calendar_of(call, address), mimetype="text/calendar")
    name = secure_filename(f"{call.country}-{call.year}-{call.public_id}") or "dates"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@blueprint.route("/<pid:call_id>/dates", methods=["GET", "POST"])
@allow(Permission.CALL_MANAGE, queries.CALL)
def edit(call: Call) -> ResponseReturnValue:
    """Move dates of a published call."""
    form = dates_form(call)

    def save() -> None:
        reason, decided_by = form.reason.data or "", form.decided_by.data or ""
        service.change_dates(
            call, wanted(form), reason, decided_by, current_actor(), form.seen_version()
        )

    if save_or_conflict(form, call, save):
        flash(_("The dates are changed. The cities that apply are told by mail."), "success")
        return redirect(url_for("calls.show", call_id=call.public_id, _anchor="dates"))
    return _page(call, form)


def _page(call: Call, form: DatesForm) -> ResponseReturnValue:
    html = render_template(
        "calls/dates_form.html",
        call=call,
        form=form,
        form_errors=form.errors,
        standing=[date for date in shown_dates(call) if date.which.value not in form],
        names=[which.value for which in CallDate if which.value in form],
    )
    return html, 422 if form.errors else 200
