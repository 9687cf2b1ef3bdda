"""Pages of the matcher's settings: what counts now, the trial, and the history."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.states import TuningAction
from app.domain.tuning_workflow import TUNING as LIFE
from app.matches.scales import SHIPPED
from app.matches.tuning import queries, service
from app.matches.tuning.forms import weights_form
from app.matches.tuning.models import Tuning
from app.matches.tuning.rules import check_acceptable, check_trial
from app.matches.tuning.showing import outcome, values
from app.organizations.queries import happenings
from app.web.access import allow
from app.web.actions import Action, action_bar, posted, stepper
from app.web.actor import current_actor
from app.web.errors import add_sentences, sentence_for
from app.web.forms import save_or_conflict
from app.web.labels import label
from app.web.timeline import timeline

blueprint = Blueprint("tuning", __name__, url_prefix="/matches/tuning")
add_sentences(
    {
        "trial_open": _l("Settings are being tried already: put them into use or discard them."),
        "same_as_present": _l("These settings are the same as those in use."),
        "compare_first": _l("Compare these settings with those in use first, and look at it."),
        "feedback_unproven": _l(
            "Earlier decisions can count once %(least)s challenges are decided and the comparison "
            "shows that it helps. Switch them off, or wait."
        ),
        "line_wrong": _l("Line %(number)s: %(sentence)s"),
        "too_many_lines": _l("At most %(most)s concepts can be added."),
    }
)
_CONFIRM = {
    TuningAction.ACCEPT: _l(
        "From now on these settings count: the suggestions of every open challenge are made anew."
    )
}


@blueprint.get("")
@allow(Permission.MATCH_DESK)
def index() -> ResponseReturnValue:
    """Show what counts now, the trial if there is one, and what counted before."""
    present, former = queries.in_use(), queries.former()
    known = [version for version in (present, *former) if version is not None]
    return render_template(
        "matches/tuning/index.html",
        present=present,
        scales=queries.present_scales(),
        values=values(SHIPPED, queries.present_scales()),
        trial=queries.trial(),
        former=former,
        told=queries.acceptances(known),
    )


@blueprint.post("/new")
@allow(Permission.MATCH_TUNE)
def new() -> ResponseReturnValue:
    """Try other settings, starting from those in use."""
    return _opened(service.start(queries.in_use(), current_actor()))


@blueprint.post("/shipped")
@allow(Permission.MATCH_TUNE)
def shipped() -> ResponseReturnValue:
    """Try the settings that the matcher ships with."""
    return _opened(service.start(None, current_actor()))


@blueprint.post("/<pid:tuning_id>/again")
@allow(Permission.MATCH_TUNE, queries.TUNING)
def again(tuning: Tuning) -> ResponseReturnValue:
    """Try the settings of a former version."""
    return _opened(service.start(tuning, current_actor()))


def _opened(tuning: Tuning) -> ResponseReturnValue:
    flash(_("A trial is open. Nothing changes before it is put into use."), "success")
    return to_tuning(tuning)


@blueprint.get("/<pid:tuning_id>")
@allow(Permission.MATCH_DESK, queries.TUNING)
def show(tuning: Tuning) -> ResponseReturnValue:
    """Show one version: its values, what it would change, and its history."""
    return render_template("matches/tuning/show.html", **_page(tuning))


def _page(tuning: Tuning) -> dict[str, Any]:
    trail = happenings(tuning)
    refusal = _refusal(tuning) if tuning.is_trial else None
    return {
        "tuning": tuning,
        "steps": stepper(tuning, happenings=trail),
        "refusal": refusal,
        "actions": _actions(tuning, refusal),
        "values": values(queries.present_scales(), tuning.scales),
        "entries": timeline(LIFE, trail),
        **_comparison(tuning),
    }


def _comparison(tuning: Tuning) -> dict[str, Any]:
    found = outcome(tuning.comparison, queries.present_scales(), tuning.scales)
    return {"tuning": tuning, "comparison": tuning.comparison, "outcome": found}


def _refusal(tuning: Tuning) -> str | None:
    """Return why a trial cannot be put into use yet, if so."""
    try:
        check_acceptable(tuning, queries.present_scales())
    except RuleBroken as broken:
        return sentence_for(broken)
    return None


def _actions(tuning: Tuning, refusal: str | None) -> list[Action]:
    """Return the buttons; putting into use shows once it is possible."""
    return action_bar(
        tuning,
        current_actor(),
        lambda name: url_for(".act", tuning_id=tuning.public_id, act=name),
        without=() if refusal is None else (TuningAction.ACCEPT,),
        confirmations=_CONFIRM,  # type: ignore[arg-type]  # keyed by one of the enumerations
    )


@blueprint.get("/<pid:tuning_id>/comparison")
@allow(Permission.MATCH_DESK, queries.TUNING)
def comparison(tuning: Tuning) -> ResponseReturnValue:
    """Answer with how far the comparison is, or with its result, as a part of the page."""
    return render_template("matches/tuning/comparison.html", **_comparison(tuning))


@blueprint.post("/<pid:tuning_id>/compare")
@allow(Permission.MATCH_TUNE, queries.TUNING)
def compare(tuning: Tuning) -> ResponseReturnValue:
    """Ask what the trial would change."""
    service.compare(tuning)
    return to_tuning(tuning, "comparison")


@blueprint.route("/<pid:tuning_id>/edit", methods=["GET", "POST"])
@allow(Permission.MATCH_TUNE, queries.TUNING)
def edit(tuning: Tuning) -> ResponseReturnValue:
    """Change the weights of a trial."""
    check_trial(tuning, "edit")
    form = weights_form(tuning)

    def save() -> None:
        service.edit(tuning, form.weights(), current_actor(), form.seen_version())

    if save_or_conflict(form, tuning, save):
        flash(_("The trial is saved. Compare it with the settings in use."), "success")
        return to_tuning(tuning)
    html = render_template(
        "matches/tuning/form.html", form=form, form_errors=form.errors, tuning=tuning
    )
    return html, 422 if form.errors else 200


@blueprint.post("/<pid:tuning_id>/acts/<name:act>")
@allow(Permission.MATCH_DESK, queries.TUNING)
def act(tuning: Tuning, act: str) -> ResponseReturnValue:
    """Apply an act of the table of states."""
    service.act(tuning, posted(tuning, act), current_actor())
    flash(_("Done: these settings are now “%(status)s”.", status=label(tuning.status)), "success")
    return to_tuning(tuning)


def to_tuning(tuning: Tuning, part: str | None = None) -> ResponseReturnValue:
    """Go to the page of a version, at one of its parts."""
    return redirect(url_for("tuning.show", tuning_id=tuning.public_id, _anchor=part))
