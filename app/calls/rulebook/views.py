"""Pages on which a call is built and its rules are changed."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.calls import queries, service
from app.calls.models import Call
from app.calls.rulebook.beginning import FORMER, BeginForm, begin_form
from app.calls.rulebook.forms import EXPLANATION, FIRST_YEAR, SECTIONS, CallForm, form_for
from app.calls.rulebook.patterns import pattern
from app.calls.rules import require_editable, weights_in_percent
from app.domain.permissions import Permission
from app.domain.vocabulary import Country
from app.web.access import allow
from app.web.actor import current_actor
from app.web.form_sections import tasks_of
from app.web.forms import save_or_conflict

blueprint = Blueprint("call_rules", __name__, url_prefix="/calls")


@blueprint.route("/new", methods=["GET", "POST"])
@allow(Permission.CALL_CREATE)
def begin() -> ResponseReturnValue:
    """Begin a draft from a pattern or from a former call."""
    actor = current_actor()
    former = queries.copyable(actor)
    form = begin_form(former, request.args.get("former"), current_user.organization.country)
    if form.validate_on_submit():
        call = _begun(form, former)
        flash(_("The draft is saved. Look over each part before you publish it."), "success")
        return redirect(url_for(".edit", call_id=call.public_id))
    html = render_template("calls/begin.html", form=form, form_errors=form.errors)
    return html, 422 if form.errors else 200


def _begun(form: BeginForm, former: list[Call]) -> Call:
    kind, _sep, name = form.source.data.partition(":")
    actor, year = current_actor(), form.year.data or FIRST_YEAR
    if kind == FORMER:
        return service.copy(next(one for one in former if one.public_id == name), actor, year)
    values = {"contact_email": current_user.email, **pattern(Country(name), year)}
    return service.create(values, actor)


@blueprint.route("/<pid:call_id>/edit", methods=["GET", "POST"])
@allow(Permission.CALL_MANAGE, queries.CALL)
def edit(call: Call) -> ResponseReturnValue:
    """Rewrite a draft, or change the rules of a published call in public."""
    require_editable(call)
    form = form_for(call)
    published = call.published_at is not None

    def save() -> None:
        why = {name: form[name].data for name in EXPLANATION if name in form}
        service.edit_rules(call, form.said(), current_actor(), form.seen_version(), **why)

    if save_or_conflict(form, call, save):
        done = _("The change is published.") if published else _("The draft is saved.")
        flash(done, "success")
        return redirect(url_for("call_desk.show", call_id=call.public_id))
    form.offer()
    return _page(call, form, published)


def _page(call: Call, form: CallForm, published: bool) -> ResponseReturnValue:
    shown = [section for section in SECTIONS if any(name in form for name in section.names)]
    named = [row.form for row in form.criteria if row.form.weight.data and row.form.weight.data > 0]
    shares = weights_in_percent(row.weight.data for row in named)
    html = render_template(
        "calls/rules_form.html",
        call=call,
        form=form,
        form_errors=form.errors,
        published=published,
        tasks=tasks_of(form, shown),
        shares=[(row.name.data, share) for row, share in zip(named, shares, strict=True)],
    )
    return html, 422 if form.errors else 200
