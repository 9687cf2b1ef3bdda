"""Pages of the lines that a version adds to the glossary."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.permissions import Permission
from app.matches.tuning import lines, queries, sheet
from app.matches.tuning.forms import LineForm, SheetForm, line_form
from app.matches.tuning.glossary import findings, has_errors
from app.matches.tuning.models import Tuning
from app.matches.tuning.rules import check_trial
from app.web.access import allow
from app.web.actions import posted_version
from app.web.actor import current_actor
from app.web.forms import Form, save_or_conflict

blueprint = Blueprint("glossary", __name__, url_prefix="/matches/tuning")
_IMPORT = "matches/tuning/import.html"
_MOST_TOLD = 20


@blueprint.get("/<pid:tuning_id>/glossary")
@allow(Permission.MATCH_DESK, queries.TUNING)
def index(tuning: Tuning) -> ResponseReturnValue:
    """Show the lines that a version adds."""
    found = findings(tuning.scales.concepts) if tuning.is_trial else []
    noted = {number: [one for one in found if one.number == number] for number in _numbers(tuning)}
    return render_template("matches/tuning/glossary.html", tuning=tuning, noted=noted)


def _numbers(tuning: Tuning) -> range:
    return range(1, len(tuning.concepts) + 1)


@blueprint.get("/<pid:tuning_id>/glossary.csv")
@allow(Permission.MATCH_DESK, queries.TUNING)
def export(tuning: Tuning) -> ResponseReturnValue:
    """Give the lines as a sheet."""
    name = f"puente-glossary-{tuning.id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    text = sheet.written(tuning.scales.concepts)
    return Response(text, mimetype="text/csv", headers=headers)


@blueprint.route("/<pid:tuning_id>/glossary/new", methods=["GET", "POST"])
@allow(Permission.MATCH_TUNE, queries.TUNING)
def add(tuning: Tuning) -> ResponseReturnValue:
    """Add a concept."""
    check_trial(tuning, "edit")
    form = LineForm(version=str(tuning.version))

    def save() -> None:
        lines.add(tuning, form.line(), current_actor(), form.seen_version())

    if save_or_conflict(form, tuning, save):
        flash(_("The concept is added to the trial."), "success")
        return _to_glossary(tuning)
    return _form_page(_("Add a concept"), form, tuning)


@blueprint.route("/<pid:tuning_id>/glossary/<key:number>", methods=["GET", "POST"])
@allow(Permission.MATCH_TUNE, queries.TUNING)
def change(tuning: Tuning, number: int) -> ResponseReturnValue:
    """Change a concept."""
    check_trial(tuning, "edit")
    _require(tuning, number)
    form = line_form(tuning.scales.concepts[number - 1], tuning.version)

    def save() -> None:
        lines.change(tuning, number, form.line(), current_actor(), form.seen_version())

    if save_or_conflict(form, tuning, save):
        flash(_("The concept is changed in the trial."), "success")
        return _to_glossary(tuning)
    return _form_page(_("Change the concept"), form, tuning)


@blueprint.post("/<pid:tuning_id>/glossary/<key:number>/withdraw")
@allow(Permission.MATCH_TUNE, queries.TUNING)
def withdraw(tuning: Tuning, number: int) -> ResponseReturnValue:
    """Take a concept out."""
    check_trial(tuning, "edit")
    _require(tuning, number)
    lines.withdraw(tuning, number, current_actor(), posted_version())
    flash(_("The concept is withdrawn from the trial."), "success")
    return _to_glossary(tuning)


@blueprint.route("/<pid:tuning_id>/glossary/import", methods=["GET", "POST"])
@allow(Permission.MATCH_TUNE, queries.TUNING)
def import_lines(tuning: Tuning) -> ResponseReturnValue:
    """Put the lines of a sheet in the place of all lines."""
    check_trial(tuning, "edit")
    form = SheetForm(version=str(tuning.version))
    if request.method == "POST" and form.validate() and _imported(tuning, form):
        flash(_("The sheet is imported into the trial."), "success")
        return _to_glossary(tuning)
    return _form_page(_("Import a sheet"), form, tuning, _IMPORT)


def _imported(tuning: Tuning, form: SheetForm) -> bool:
    """Import the sheet of the form, or say in the form what is wrong with it."""
    text = form.sheet()
    if not text:
        form.form_errors.append(_("Choose a file in UTF-8, or paste its text."))
        return False
    try:
        found = sheet.read(text)
    except ValueError:
        form.form_errors.append(_("The first row must name the columns es, pt and en."))
        return False
    mistakes = [one for one in findings(found) if one.is_error]
    for one in mistakes[:_MOST_TOLD]:
        told = _("Line %(number)s: %(sentence)s", number=one.number, sentence=one.sentence)
        form.form_errors.append(told)
    if has_errors(mistakes):
        return False
    return save_or_conflict(
        form,
        tuning,
        lambda: lines.replace_all(tuning, found, current_actor(), form.seen_version()),
    )


def _require(tuning: Tuning, number: int) -> None:
    if number not in _numbers(tuning):
        abort(404)


def _to_glossary(tuning: Tuning) -> ResponseReturnValue:
    return redirect(url_for(".index", tuning_id=tuning.public_id))


def _form_page(
    title: str, form: Form, tuning: Tuning, template: str = "matches/tuning/line.html"
) -> ResponseReturnValue:
    context: dict[str, Any] = {"title": title, "form": form, "form_errors": form.errors}
    return render_template(template, tuning=tuning, **context), 422 if form.errors else 200
