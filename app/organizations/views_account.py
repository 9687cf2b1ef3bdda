"""Pages of a person: after signing in, the profile, and the end of all sessions."""

from flask import abort, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security.utils import logout_user

from app import audit
from app.domain.errors import SomeoneWasFaster
from app.domain.permissions import Permission
from app.extensions import db
from app.organizations import people, queries
from app.organizations.blueprint import blueprint
from app.organizations.forms import ProfileForm
from app.organizations.models import User
from app.web.access import allow, public
from app.web.actor import current_actor, forget_actor
from app.web.forms import save_or_conflict


@blueprint.get("/check-mail")
@public
def check_mail() -> ResponseReturnValue:
    """Say what happens after registering."""
    return render_template("organizations/check_mail.html")


@blueprint.get("/welcome")
@allow(Permission.ACCOUNT_USE)
def welcome() -> ResponseReturnValue:
    """Bring a person who signed in to where they can go on."""
    if current_user.organization is None:
        return redirect(url_for(".new"))
    return redirect(url_for("pages.work"))


@blueprint.route("/profile", methods=["GET", "POST"])
@allow(Permission.ACCOUNT_USE)
def profile() -> ResponseReturnValue:
    """Show and change what a person says of themself."""
    user: User = current_user._get_current_object()
    form = ProfileForm(obj=user)

    def save() -> None:
        _save_profile(user, form)

    if save_or_conflict(form, user, save):
        flash(_("Your profile is saved."), "success")
        return redirect(url_for(".profile"))
    html = render_template(
        "organizations/profile.html",
        form=form,
        form_errors=form.errors,
        user=user,
        invited=queries.open_invitations_for(user.email),
    )
    return html, 422 if form.errors else 200


def _save_profile(user: User, form: ProfileForm) -> None:
    if form.seen_version() not in (None, user.version):
        raise SomeoneWasFaster
    for name, value in form.values().items():
        setattr(user, name, value)
    db.session.flush()
    audit.record(user, "edit", current_actor())
    session.pop("lang", None)


@blueprint.post("/profile/sign-out-everywhere")
@allow(Permission.ACCOUNT_USE)
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of the person, this one too."""
    user: User = current_user._get_current_object()
    current_app.extensions["security"].datastore.set_uniquifier(user)
    audit.record(user, "sign_out_everywhere", current_actor())
    logout_user()
    forget_actor()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("security.login"))


@blueprint.post("/profile/leave")
@allow(Permission.ACCOUNT_USE)
def leave() -> ResponseReturnValue:
    """Leave one's organization."""
    membership = current_user.membership
    if membership is None:
        abort(404)
    people.remove(membership, current_actor())
    forget_actor()
    flash(_("You have left the organization."), "success")
    return redirect(url_for(".profile"))
