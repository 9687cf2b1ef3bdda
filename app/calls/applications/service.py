"""What a city does with its application: begin, write, hand in documents, and send it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import audit
from app.calls.applications.contents import contents, fingerprint, present_files, write
from app.calls.applications.examination import check_examination, settle_examination
from app.calls.applications.models import Application, ApplicationFile
from app.calls.applications.numbering import hold_numbers, next_number
from app.calls.applications.queries import of_pair
from app.calls.applications.rules import check_complete, check_editable, open_keys
from app.calls.applications.telling import tell
from app.calls.applications.versions import is_named, take
from app.calls.applications.window import Window, window, window_of
from app.calls.locking import hold_shared
from app.calls.models import Call
from app.calls.municipalities import codes
from app.calls.municipalities.queries import by_code
from app.domain.actors import SYSTEM, Actor
from app.domain.call_states import ApplicationAction, ApplicationStatus
from app.domain.errors import RuleBroken, SomeoneWasFaster
from app.extensions import db, utcnow
from app.files import pdf
from app.files.service import store
from app.files.uploads import Upload
from app.lifecycle import Act, advance, apply, check_version
from app.organizations.models import Organization, User

_A = ApplicationAction
_BY_THE_CITY: frozenset[StrEnum] = frozenset({_A.SUBMIT, _A.WITHDRAW, _A.REVISE, _A.RESUBMIT})


def begin(call: Call, actor: Actor) -> tuple[Application, bool]:
    """Start the draft of the actor's city, or return the application that it has already.

    Returns:
        The application, and whether it was made now.

    Raises:
        RuleBroken: ``application_closed``: the city cannot hand in now.
    """
    existing = of_pair(call.id, actor.organization_id)
    if existing is not None:
        return existing, False
    hold_shared(call)
    _require_open(window(call, actor.organization_id or 0))
    city = db.session.get_one(Organization, actor.organization_id)
    application = Application(call=call, organization=city, created_by_id=actor.id)
    _take_over_what_is_known(application, city, actor)
    try:
        with db.session.begin_nested():
            db.session.add(application)
    except IntegrityError:
        made_meanwhile = of_pair(call.id, actor.organization_id)
        if made_meanwhile is None:
            raise
        return made_meanwhile, False
    audit.record(application, "create", actor, to_status=application.status)
    return application, True


def _take_over_what_is_known(application: Application, city: Organization, actor: Actor) -> None:
    person = db.session.get_one(User, actor.id)
    application.legal_name = city.full_name or city.name
    application.region, application.region_name = city.subdivision, city.subdivision_name
    application.population, application.website = city.population, city.website
    application.contact_name, application.contact_email = person.name, person.email
    application.contact_role = person.title


def save(
    application: Application, values: Mapping[str, Any], actor: Actor, seen: str | None = None
) -> None:
    """Write some pieces of a draft, or of what is to be corrected; others are left as they are.

    Args:
        application: the application.
        values: plain values by key (``fields.py``).
        actor: who writes.
        seen: the fingerprint of just these pieces as the person had them on the screen.

    Raises:
        OutOfOrder: it was handed in.
        RuleBroken: ``correction_over``.
        SomeoneWasFaster: a colleague wrote in one of these pieces since.
    """
    check_editable(application)
    writable = open_keys(application)
    allowed = {key: value for key, value in values.items() if key in writable}
    if seen is not None and seen != fingerprint(contents(application), values):
        raise SomeoneWasFaster
    before = contents(application)
    write(application, allowed)
    if allowed.get("official_code"):
        _fill_from_code(application)
    if contents(application) != before:
        _touch(application, "edit", actor)


def _fill_from_code(application: Application) -> None:
    """Let the official code tell the place, and what else the register knows and nobody wrote."""
    country, code = application.call.country, application.official_code
    listed = by_code(country, code)
    region = listed.region if listed else codes.region_of(country, code)
    if region:
        write(application, {"region": region})
    if listed is not None:
        application.legal_name = application.legal_name or listed.name
        application.population = application.population or listed.population


def attach(application: Application, document_id: int, upload: Upload, actor: Actor) -> None:
    """Hand in a document, in the place of the one that was there.

    Raises:
        OutOfOrder: the application was handed in.
        RuleBroken: ``correction_over``, or ``piece_closed``: this one is not to be corrected.
    """
    _require_writable(application, document_id)
    _put_aside(application, document_id)
    file = store(upload.name, upload.content, pdf.MEDIA_TYPE, actor.id, upload.pages)
    application.files.append(
        ApplicationFile(document_id=document_id, file=file, uploaded_by_id=actor.id)
    )
    _touch(application, "attach", actor, name=file.name)


def remove(application: Application, document_id: int, actor: Actor) -> None:
    """Take a document back; the file stays where a version names it.

    Raises:
        OutOfOrder: the application was handed in.
        RuleBroken: as :func:`attach`.
    """
    _require_writable(application, document_id)
    name = _put_aside(application, document_id)
    if name:
        _touch(application, "remove_file", actor, name=name)


def _require_writable(application: Application, document_id: int) -> None:
    check_editable(application)
    if f"document:{document_id}" not in open_keys(application):
        raise RuleBroken("piece_closed")


def _put_aside(application: Application, document_id: int) -> str:
    present = present_files(application).get(document_id)
    if present is None:
        return ""
    name = present.file.name
    if is_named(application, present.file.public_id):
        present.replaced_at = utcnow()
    else:
        # Nobody else has seen it, so nothing refers to it any more.
        application.files.remove(present)
        db.session.delete(present)
        db.session.delete(present.file)
    return name


def _touch(application: Application, act: str, actor: Actor, name: str = "") -> None:
    application.updated_at = utcnow()
    audit.record(application, act, actor, name=name)


def act(application: Application, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the clock or the content does not allow it.
        DomainError: as ``lifecycle.apply``.
    """
    handed_in = application.number is not None
    hold_numbers(application.call)
    db.session.refresh(application.call)
    db.session.refresh(application)
    moment = utcnow()
    check_version(application, sent.version)
    if sent.action in _BY_THE_CITY:
        _check_city(application, sent.action, moment)
    else:
        check_examination(application, sent.action)
    apply(application, sent, actor)
    if sent.action is _A.SUBMIT:
        _receive(application, actor, moment)
    elif sent.action is _A.RESUBMIT:
        _receive_correction(application, actor, moment)
    else:
        settle_examination(application, sent.action)
    if handed_in or sent.action is _A.SUBMIT:
        tell(application, sent)


def _check_city(application: Application, action: StrEnum, moment: datetime) -> None:
    """Refuse what the clock does not allow; it was read after everything was held."""
    application.workflow.find(action, application.status)
    if action is _A.RESUBMIT:
        if not open_keys(application, moment):
            raise RuleBroken("correction_over")
    elif action is not _A.WITHDRAW or application.status is not ApplicationStatus.DRAFT:
        _require_open(window_of(application, moment))
    if action in (_A.SUBMIT, _A.RESUBMIT):
        check_complete(application)


def _require_open(found: Window) -> None:
    if not found.is_open:
        raise RuleBroken("application_closed")


def _receive(application: Application, actor: Actor, moment: datetime) -> None:
    application.number = application.number or next_number(application.call)
    application.submitted_at = moment
    application.checks.clear()
    permission = window_of(application, moment).permission
    take(application, actor, moment, permission.reason if permission else "")


def _receive_correction(application: Application, actor: Actor, moment: datetime) -> None:
    settle_examination(application, _A.RESUBMIT)
    take(application, actor, moment)


def progress(application: Application, action: ApplicationAction) -> None:
    """Let the published result say what became of the application."""
    advance(application, action, SYSTEM)
