"""Pages of conflicts of interest."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.calls.applications.anonymity import hides_cities, title_of
from app.calls.applications.models import Application
from app.calls.committee import conflicts, seats
from app.calls.committee.forms import ConflictForm
from app.calls.committee.hints import HINTS
from app.calls.committee.queries import admitted, visible
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.web.access import allow
from app.web.actor import current_actor
from app.web.forms import clean_text, save_or_conflict

blueprint = Blueprint("conflicts", __name__, url_prefix="/committee")
_PAGE = "/calls/<pid:call_id>/conflicts"
_OVERSEE = allow(Permission.REVIEW_OVERSEE, seats.COMMITTEE)


@blueprint.get(_PAGE)
@allow(Permission.COMMITTEE_VIEW, seats.COMMITTEE)
def index(call: Call) -> ResponseReturnValue:
    """Show a person where to declare a conflict; to who oversees the reviews, all of them."""
    return _index(call, _own_form(call), _others_form(call))


def _index(
    call: Call, own: ConflictForm, others: ConflictForm | None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    known = [one for one in seats.conflicts_of(call) if actor.id not in one.application.barred_ids]
    html = render_template(
        "committee/conflicts.html",
        call=call,
        actor=actor,
        own=own,
        others=others,
        form_errors=status != 200,
        declared=[one for one in seats.conflicts_of(call) if one.user_id == actor.id],
        known=known if others is not None else [],
        hinted=_hinted(call, actor) if others is not None else [],
    )
    return html, status


def _choices(call: Call, actor: Actor) -> list[tuple[str, Any]]:
    """Return the applications as the actor may know them: without those they are barred from."""
    named = [(one.public_id, str(title_of(one, actor))) for one in visible(admitted(call), actor)]
    return sorted(named, key=lambda pair: pair[1])


def _own_form(call: Call) -> ConflictForm:
    asked = request.args.get("application", "")
    return ConflictForm(
        _choices(call, current_actor()), None, prefix="own", data={"application": asked}
    )


def _others_form(call: Call) -> ConflictForm | None:
    actor = current_actor()
    if not can(actor, Permission.REVIEW_OVERSEE, call.subject):
        return None
    people = [(str(user.id), user.name) for user in seats.people_to_bar(call)]
    return ConflictForm(_choices(call, actor), people, prefix="others")


def _hinted(call: Call, actor: Actor) -> list[tuple[Any, ...]]:
    """Return who looks as if they had a conflict, and in what; nothing where names are hidden."""
    if hides_cities(call, actor):
        return []
    applications = {one.id: one for one in visible(admitted(call), actor)}
    members = {one.user_id: one for one in call.members if one.sits}
    found = HINTS.of(list(members.values()), list(applications.values()))
    return [
        (members[person], applications[item], kinds)
        for (item, person), kinds in sorted(found.items())
        if person not in applications[item].barred_ids
    ]


def _application(call: Call, form: ConflictForm) -> Application:
    asked = form.application.data
    known = visible(admitted(call), current_actor())
    return next((one for one in known if one.public_id == asked), None) or abort(404)


@blueprint.post(_PAGE)
@allow(Permission.COMMITTEE_VIEW, seats.COMMITTEE)
def declare(call: Call) -> ResponseReturnValue:
    """Declare a conflict of one's own."""
    form = _own_form(call)

    def save() -> None:
        person, said = current_user._get_current_object(), form.values()
        application, actor = _application(call, form), current_actor()
        conflicts.declare_conflict(application, person, said["reason"], said["note"], actor)

    if save_or_conflict(form, call, save):
        flash(_("Your conflict of interest is on record. You will not see that application."))
        return redirect(url_for(".index", call_id=call.public_id))
    others = _others_form(call)
    return _index(call, form, others, 422)


@blueprint.post(f"{_PAGE}/of-others")
@_OVERSEE
def bar(call: Call) -> ResponseReturnValue:
    """Record the conflict of somebody else."""
    form = _others_form(call) or abort(403)
    people = {str(user.id): user for user in seats.people_to_bar(call)}

    def save() -> None:
        said, actor = form.values(), current_actor()
        application, person = _application(call, form), people[said["person"]]
        conflicts.declare_conflict(application, person, said["reason"], said["note"], actor)

    if save_or_conflict(form, call, save):
        flash(_("The conflict of interest is on record."), "success")
        return redirect(url_for(".index", call_id=call.public_id))
    return _index(call, _own_form(call), form, 422)


@blueprint.post(f"{_PAGE}/<key:key>/lift")
@_OVERSEE
def lift(call: Call, key: int) -> ResponseReturnValue:
    """Take back a conflict that was recorded by mistake."""
    actor = current_actor()
    known = (one for one in seats.conflicts_of(call) if actor.id not in one.application.barred_ids)
    found = next((one for one in known if one.id == key), None) or abort(404)
    conflicts.lift_conflict(found, clean_text(request.form.get("reason"))[:2000], actor)
    flash(_("The conflict of interest is taken back."), "success")
    return redirect(url_for(".index", call_id=call.public_id))
