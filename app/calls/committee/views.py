"""Pages of the committee: who sits in it, the invitation to it, and what a member has to do."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_security.utils import login_user

from app.calls.applications.anonymity import title_of
from app.calls.committee import members, progress, seats, sections
from app.calls.committee.forms import MemberForm
from app.calls.committee.phase import is_writable
from app.calls.committee.refusals import ACTS, SENTENCES
from app.calls.models import Call, CommitteeMember
from app.calls.sections import CALL_DESK, CALL_PAGE
from app.domain.permissions import Permission
from app.organizations.forms import JoinForm
from app.organizations.queries import by_email, happenings
from app.web.access import allow, public
from app.web.actor import current_actor, forget_actor
from app.web.errors import add_sentences
from app.web.language import current_language
from app.web.timeline import add_acts, timeline

blueprint = Blueprint("committee", __name__, url_prefix="/committee")
CALL_DESK.register(sections.of_desk)
CALL_PAGE.register(sections.of_call)
add_sentences(SENTENCES)
add_acts(ACTS)
blueprint.add_app_template_global(title_of, "application_title")
_KEY = "/calls/<pid:call_id>/members/<key:key>"
_MANAGE = allow(Permission.CALL_MANAGE, seats.COMMITTEE)


@blueprint.get("/")
@allow(Permission.ACCOUNT_USE)
def mine() -> ResponseReturnValue:
    """Show a person what is entrusted to them, call by call."""
    actor = current_actor()
    calls = seats.committees_of(actor)
    return render_template(
        "committee/mine.html",
        actor=actor,
        committees=[(call, progress.own_reviews(call, actor)) for call in calls],
        is_writable=is_writable,
    )


@blueprint.get("/calls/<pid:call_id>/members")
@allow(Permission.COMMITTEE_VIEW, seats.COMMITTEE)
def people(call: Call) -> ResponseReturnValue:
    """Show who sits in the committee; to who runs the call, also the form to invite."""
    return _people(call, MemberForm(formdata=None))


def _people(call: Call, form: MemberForm) -> ResponseReturnValue:
    trail = [one for one in happenings(call) if one.action in ACTS]
    html = render_template(
        "committee/people.html",
        call=call,
        form=form,
        form_errors=form.errors,
        members=seats.present(call),
        valid_for=members.VALID_FOR,
        going_on=seats.is_going_on(call),
        entries=timeline(call.workflow, trail),
    )
    return html, 422 if form.errors else 200


@blueprint.post("/calls/<pid:call_id>/members")
@_MANAGE
def invite(call: Call) -> ResponseReturnValue:
    """Invite somebody to the committee."""
    form = MemberForm()
    if not form.validate_on_submit():
        return _people(call, form)
    said = form.values()
    members.invite(call, **said, actor=current_actor())
    flash(_("The invitation is on its way to %(email)s.", email=said["email"]), "success")
    return _to_people(call)


def _to_people(call: Call) -> ResponseReturnValue:
    return redirect(url_for(".people", call_id=call.public_id))


def _member(call: Call, key: int) -> CommitteeMember:
    return seats.member_of(call, key) or abort(404)


@blueprint.post(f"{_KEY}/resend")
@_MANAGE
def resend(call: Call, key: int) -> ResponseReturnValue:
    """Send an invitation again, with a new link."""
    member = _member(call, key)
    members.resend(member, current_actor())
    flash(_("A new link is on its way to %(email)s.", email=member.email), "success")
    return _to_people(call)


@blueprint.post(f"{_KEY}/remove")
@_MANAGE
def remove(call: Call, key: int) -> ResponseReturnValue:
    """Take a person out of the committee, or an invitation back."""
    member = _member(call, key)
    members.remove(member, current_actor())
    flash(_("%(name)s no longer sits in the committee.", name=member.name), "success")
    return _to_people(call)


@blueprint.post(f"{_KEY}/preside")
@_MANAGE
def preside(call: Call, key: int) -> ResponseReturnValue:
    """Let a member preside the committee."""
    member = _member(call, key)
    members.appoint_chair(member, current_actor())
    flash(_("%(name)s presides the committee now.", name=member.name), "success")
    return _to_people(call)


@blueprint.route("/invitations/<token>", methods=["GET", "POST"])
@public
def invitation(token: str) -> ResponseReturnValue:
    """Answer an invitation: signed in with its address, or by opening an account."""
    found = seats.invited_by(token)
    if found is None:
        return render_template("organizations/invitation_closed.html"), 404
    if not current_user.is_authenticated:
        return _open_account(found, token)
    if request.method == "POST":
        members.join(found, current_user._get_current_object())
        return _welcome(found)
    return render_template("committee/invitation.html", member=found, form=None)


def _open_account(found: CommitteeMember, token: str) -> ResponseReturnValue:
    known = by_email(found.email) is not None
    form = JoinForm(language=current_language(), name=found.name)
    if form.validate_on_submit():
        user = members.join_with_new_account(found, form.values())
        login_user(user, authn_via=["register"])
        forget_actor()
        return _welcome(found)
    html = render_template(
        "committee/invitation.html",
        member=found,
        form=None if known else form,
        form_errors=form.errors,
        sign_in_first=url_for("security.login", next=url_for(".invitation", token=token)),
    )
    return html, 422 if form.errors else 200


def _welcome(found: CommitteeMember) -> ResponseReturnValue:
    flash(_("Welcome to the committee of “%(title)s”.", title=found.call.title), "success")
    return redirect(url_for(".mine"))
