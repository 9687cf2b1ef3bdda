"""Pages of indicators and their readings."""

from flask import Blueprint, Response, abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.permissions import Permission, can
from app.domain.states import PilotStatus
from app.pilots import queries
from app.pilots.indicators import service
from app.pilots.indicators.chart import chart
from app.pilots.indicators.forms import CorrectionForm, IndicatorForm, ReadingForm
from app.pilots.indicators.models import Indicator, Reading
from app.pilots.models import UNDER_WAY, Pilot, today_in
from app.pilots.page import inner_form, to_pilot
from app.pilots.service import require_status
from app.web.access import allow
from app.web.actor import current_actor
from app.web.errors import add_sentences
from app.web.forms import save_or_conflict

blueprint = Blueprint("indicators", __name__, url_prefix="/pilots")
add_sentences(
    {
        "too_many_indicators": _l("A pilot has at most %(most)s indicators."),
        "reading_exists": _l("There is a reading for that day already: correct it instead."),
        "reading_in_the_future": _l("That day has not come yet."),
        "reading_before_baseline": _l("That day is before the baseline."),
    }
)


@blueprint.get("/<pid:pilot_id>/indicators/<key:number>.svg")
@allow(Permission.PILOT_VIEW, queries.PILOT)
def picture(pilot: Pilot, number: int) -> ResponseReturnValue:
    """Draw the readings of an indicator; to the public once the pilot has begun."""
    if not pilot.was_started and not can(current_actor(), Permission.PILOT_FOLLOW, pilot.subject):
        abort(404)
    return Response(chart(_indicator(pilot, number)), mimetype="image/svg+xml")


@blueprint.route("/<pid:pilot_id>/indicators/new", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.INSIDE)
def new(pilot: Pilot) -> ResponseReturnValue:
    """Agree on one more thing to measure."""
    require_status(pilot, {PilotStatus.PREPARING})
    form = IndicatorForm()
    if form.validate_on_submit():
        service.add_indicator(pilot, form.values(), current_actor())
        flash(_("The indicator is added."), "success")
        return to_pilot(pilot, "indicators")
    return inner_form(_("Add an indicator"), form, pilot, "indicators")


@blueprint.route("/<pid:pilot_id>/indicators/<key:number>/edit", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.INSIDE)
def edit(pilot: Pilot, number: int) -> ResponseReturnValue:
    """Change what is measured."""
    indicator = _indicator(pilot, number)
    require_status(pilot, {PilotStatus.PREPARING})
    form = IndicatorForm(obj=indicator)
    if form.validate_on_submit():
        service.edit_indicator(indicator, form.values(), current_actor())
        flash(_("The indicator is saved."), "success")
        return to_pilot(pilot, "indicators")
    return inner_form(_("Edit the indicator"), form, pilot, "indicators")


@blueprint.post("/<pid:pilot_id>/indicators/<key:number>/remove")
@allow(Permission.PILOT_WORK, queries.INSIDE)
def remove(pilot: Pilot, number: int) -> ResponseReturnValue:
    """Take an indicator out."""
    service.remove_indicator(_indicator(pilot, number), current_actor())
    flash(_("The indicator is removed."), "success")
    return to_pilot(pilot, "indicators")


@blueprint.route("/<pid:pilot_id>/indicators/<key:number>/readings", methods=["GET", "POST"])
@allow(Permission.PILOT_WORK, queries.INSIDE)
def add_reading(pilot: Pilot, number: int) -> ResponseReturnValue:
    """Record the value of an indicator on a day."""
    indicator = _indicator(pilot, number)
    require_status(pilot, UNDER_WAY)
    form = ReadingForm(on=today_in(pilot.city.timezone))

    def save() -> None:
        values = form.values()
        service.add_reading(
            indicator, values["on"], values["value"], values["note"], current_actor()
        )

    if save_or_conflict(form, pilot, save):
        flash(_("The reading is recorded."), "success")
        return to_pilot(pilot, "indicators")
    return inner_form(_("Add a reading"), form, pilot, "indicators", indicator.name)


@blueprint.route(
    "/<pid:pilot_id>/indicators/<key:number>/readings/<key:reading_id>", methods=["GET", "POST"]
)
@allow(Permission.PILOT_WORK, queries.INSIDE)
def correct_reading(pilot: Pilot, number: int, reading_id: int) -> ResponseReturnValue:
    """Correct the value of a day."""
    reading = _reading(_indicator(pilot, number), reading_id)
    require_status(pilot, UNDER_WAY)
    form = CorrectionForm(obj=reading)
    if form.validate_on_submit():
        values = form.values()
        service.correct_reading(reading, values["value"], values["note"], current_actor())
        flash(_("The reading is corrected; the old value stays in the history."), "success")
        return to_pilot(pilot, "indicators")
    return inner_form(_("Correct a reading"), form, pilot, "indicators", reading.indicator.name)


def _indicator(pilot: Pilot, number: int) -> Indicator:
    return queries.indicator(pilot, number) or abort(404)


def _reading(indicator: Indicator, reading_id: int) -> Reading:
    found = (reading for reading in indicator.readings if reading.id == reading_id)
    return next(found, None) or abort(404)
