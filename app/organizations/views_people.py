"""Pages of the people of an organization, and of the invitations to it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security.utils import login_user

from app.domain.permissions import Permission
from app.domain.vocabulary import Role
from app.organizations import invitations, people, queries
from app.organizations.blueprint import blueprint
from app.organizations.forms import InviteForm, JoinForm
from app.organizations.models import Invitation, Membership, Organization
from app.web.access import allow, public
from app.web.actor import current_actor, forget_actor
from app.web.errors import add_sentences
from app.web.language import current_language

_MANAGE = allow(Permission.ORGANIZATION_MANAGE_PEOPLE, queries.ORGANIZATION)
_KEY = "<key:key>"
add_sentences(
    {
        "own_role": _l("You cannot change your own role: ask another owner."),
        "last_owner": _l(
            "An organization needs an owner. Make somebody else an owner first, then try again."
        ),
        "already_here": _l("This person already belongs to the organization."),
        "already_invited": _l("This address is already invited. Send the invitation again below."),
        "too_many_invitations": _l("Too many invitations are open. Take some back first."),
        "invitation_closed": _l("This invitation was used or taken back, or has expired."),
        "invitation_of_another": _l("This invitation is for another e-mail address."),
        "account_exists": _l("There is an account with this address: sign in to accept."),
    }
)


@blueprint.route("/organizations/<slug:slug>/people", methods=["GET"])
@_MANAGE
def people_page(organization: Organization) -> ResponseReturnValue:
    """Show the people of an organization and who is invited."""
    return _people(organization, InviteForm(formdata=None, role=Role.EDITOR))


def _people(organization: Organization, form: InviteForm) -> ResponseReturnValue:
    html = render_template(
        "organizations/people.html",
        organization=organization,
        form=form,
        form_errors=form.errors,
        members=queries.members(organization.id),
        invitations=queries.invitations(organization.id),
        roles=list(Role),
    )
    return html, 422 if form.errors else 200


@blueprint.post("/organizations/<slug:slug>/people/invite")
@_MANAGE
def invite(organization: Organization) -> ResponseReturnValue:
    """Invite somebody."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _people(organization, form)
    asked = form.values()
    inviter = current_user._get_current_object()
    invitations.invite(organization, asked["email"], asked["role"], inviter)
    flash(_("The invitation is on its way to %(email)s.", email=asked["email"]), "success")
    return redirect(url_for(".people_page", slug=organization.slug))


@blueprint.post(f"/organizations/<slug:slug>/people/{_KEY}/role")
@_MANAGE
def change_role(organization: Organization, key: int) -> ResponseReturnValue:
    """Give somebody another role."""
    role = request.form.get("role", "")
    if role not in set(Role):
        abort(400)
    membership = _membership(organization, key)
    people.change_role(membership, Role(role), current_actor())
    flash(_("The role of %(name)s is changed.", name=membership.user.name), "success")
    return redirect(url_for(".people_page", slug=organization.slug))


@blueprint.post(f"/organizations/<slug:slug>/people/{_KEY}/remove")
@_MANAGE
def remove(organization: Organization, key: int) -> ResponseReturnValue:
    """Take somebody out."""
    membership = _membership(organization, key)
    name = membership.user.name
    people.remove(membership, current_actor())
    flash(_("%(name)s no longer belongs to the organization.", name=name), "success")
    return redirect(url_for(".people_page", slug=organization.slug))


def _membership(organization: Organization, key: int) -> Membership:
    return queries.membership_of(organization.id, key) or abort(404)


@blueprint.post(f"/organizations/<slug:slug>/invitations/{_KEY}/resend")
@_MANAGE
def resend_invitation(organization: Organization, key: int) -> ResponseReturnValue:
    """Send an invitation again, with a new link."""
    invitation = _invitation(organization, key)
    invitations.resend(invitation, current_user._get_current_object())
    flash(_("A new link is on its way to %(email)s.", email=invitation.email), "success")
    return redirect(url_for(".people_page", slug=organization.slug))


@blueprint.post(f"/organizations/<slug:slug>/invitations/{_KEY}/revoke")
@_MANAGE
def revoke_invitation(organization: Organization, key: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = _invitation(organization, key)
    invitations.revoke(invitation, current_actor())
    flash(_("The invitation of %(email)s is taken back.", email=invitation.email), "success")
    return redirect(url_for(".people_page", slug=organization.slug))


def _invitation(organization: Organization, key: int) -> Invitation:
    return queries.invitation_of(organization.id, key) or abort(404)


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Answer an invitation: signed in with its address, or by opening an account."""
    found = queries.invitation_by_hash(invitations.fingerprint(token))
    if found is None:
        return render_template("organizations/invitation_closed.html"), 404
    if not current_user.is_authenticated:
        return _join(found, token)
    if request.method == "POST":
        return _accept(found)
    return render_template("organizations/invitation.html", invitation=found, form=None)


def _join(found: Invitation, token: str) -> ResponseReturnValue:
    known = queries.by_email(found.email) is not None
    form = JoinForm(language=current_language())
    if form.validate_on_submit():
        user = invitations.accept_with_new_account(found, form.values())
        login_user(user, authn_via=["register"])
        forget_actor()
        return _welcome(found)
    html = render_template(
        "organizations/invitation.html",
        invitation=found,
        form=None if known else form,
        form_errors=form.errors,
        sign_in_first=url_for("security.login", next=url_for(".invitation", token=token)),
    )
    return html, 422 if form.errors else 200


def _accept(found: Invitation) -> ResponseReturnValue:
    invitations.accept(found, current_user._get_current_object())
    forget_actor()
    return _welcome(found)


def _welcome(found: Invitation) -> ResponseReturnValue:
    flash(_("Welcome to %(name)s.", name=found.organization.name), "success")
    return redirect(url_for(".show", slug=found.organization.slug))


@blueprint.post(f"/profile/invitations/{_KEY}")
@allow(Permission.ACCOUNT_USE)
def accept_mine(key: int) -> ResponseReturnValue:
    """Accept an invitation of one's own address without its link."""
    mine = queries.open_invitations_for(current_user.email)
    found = next((one for one in mine if one.id == key), None)
    return _accept(found or abort(404))
