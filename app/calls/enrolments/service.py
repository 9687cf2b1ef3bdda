"""What happens to a membership: signed, confirmed, suspended, restored, ended; or never begun.

The facts that the yearly commitments read (since when, which cohort) are set here and nowhere else.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from app.calls.enrolments import queries
from app.calls.enrolments.models import Enrolment
from app.calls.enrolments.telling import tell
from app.calls.results.promoting import promote
from app.domain.actors import SYSTEM, Actor
from app.domain.call_states import EnrolmentAction, EnrolmentStatus
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.files.service import store
from app.files.uploads import Upload
from app.lifecycle import Act, advance, apply, check_version
from app.organizations.models import Organization
from app.web.formats import local
from app.web.language import LOCALES

_FREES_A_SEAT = (EnrolmentAction.DECLINE, EnrolmentAction.LAPSE)
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the adhesion, as what, and when."""

    signer: str
    role: str
    signed_on: date


def found(
    organization: Organization,
    cohort: str,
    actor: Actor,
    *,
    since: date,
    reason: str,
    founder: bool = False,
) -> Enrolment:
    """Enrol a city that is a member without a call of the platform, such as a founding one.

    Raises:
        NotAllowed: the actor is not a coordinator.
        RuleBroken: ``not_a_city`` or ``enrolled_already``.
    """
    if not can(actor, Permission.CALL_CREATE) or actor.organization_id is None:
        raise NotAllowed(Permission.ENROLMENT_MANAGE)
    if organization.kind is not OrganizationKind.CITY or not organization.is_verified:
        raise RuleBroken("not_a_city")
    if queries.living(organization.id) is not None:
        raise RuleBroken("enrolled_already")
    enrolment = Enrolment(
        organization=organization, coordination_id=actor.organization_id, cohort=cohort
    )
    db.session.add(enrolment)
    organization.founder = founder
    _begin(enrolment, since)
    advance(enrolment, EnrolmentAction.FOUND, actor, reason)
    return enrolment


def _begin(enrolment: Enrolment, since: date) -> None:
    enrolment.since = since
    enrolment.organization.member_since = since
    enrolment.organization.cohort = enrolment.cohort


def _hold(enrolment: Enrolment) -> None:
    db.session.flush()
    db.session.refresh(enrolment, with_for_update={"of": Enrolment})


def sign(
    enrolment: Enrolment, signature: Signature, upload: Upload, actor: Actor, seen: int | None
) -> None:
    """Sign the adhesion for the city: who signed, and the signed document.

    Raises:
        NotAllowed: the actor does not answer for the city.
        RuleBroken: ``adhesion_over`` or ``signed_in_the_future``.
        DomainError: as ``lifecycle.apply``.
    """
    _hold(enrolment)
    check_version(enrolment, seen)
    if not can(actor, Permission.ENROLMENT_SIGN, enrolment.subject):
        raise NotAllowed(Permission.ENROLMENT_SIGN)
    if enrolment.status is not EnrolmentStatus.OFFERED:
        raise OutOfOrder(EnrolmentAction.SIGN, enrolment.status)
    if is_over(enrolment):
        raise RuleBroken("adhesion_over")
    if signature.signed_on > _today(enrolment):
        raise RuleBroken("signed_in_the_future")
    file = store(upload.name, upload.content, _PDF, actor.id, upload.pages)
    enrolment.signer, enrolment.signer_role = signature.signer, signature.role
    enrolment.signed_on, enrolment.file_id = signature.signed_on, file.id
    advance(enrolment, EnrolmentAction.SIGN, actor)
    tell(enrolment, Act(EnrolmentAction.SIGN))


def is_over(enrolment: Enrolment) -> bool:
    """Tell whether the time to sign has passed."""
    return enrolment.sign_by is not None and utcnow() >= enrolment.sign_by


def _today(enrolment: Enrolment) -> date:
    return local(utcnow(), enrolment.organization.timezone).date()


def act(enrolment: Enrolment, sent: Act, actor: Actor) -> None:
    """Apply an act of the table with its consequences.

    A seat that is declined or released goes to the waiting list.

    Raises:
        RuleBroken: ``sign_with_document``, ``found_by_form`` or ``adhesion_not_over``.
        DomainError: as ``lifecycle.apply``.
    """
    _hold(enrolment)
    check_version(enrolment, sent.version)
    _check(enrolment, sent)
    apply(enrolment, Act(sent.action, sent.reason, sent.reason_code), actor)
    if sent.action is EnrolmentAction.CONFIRM:
        _begin(enrolment, _today(enrolment))
    elif sent.action is EnrolmentAction.END:
        enrolment.organization.member_since = None
    tell(enrolment, sent)
    if sent.action in _FREES_A_SEAT and enrolment.application is not None:
        promote(enrolment.application.call)


def _check(enrolment: Enrolment, sent: Act) -> None:
    enrolment.workflow.find(sent.action, enrolment.status)
    if sent.action is EnrolmentAction.SIGN:
        raise RuleBroken("sign_with_document")
    if sent.action is EnrolmentAction.FOUND:
        raise RuleBroken("found_by_form")
    if sent.action is EnrolmentAction.LAPSE and not is_over(enrolment):
        raise RuleBroken("adhesion_not_over")


def lapse(enrolment: Enrolment) -> bool:
    """Release a seat whose time to sign has passed; tell whether it was so."""
    _hold(enrolment)
    if enrolment.status is not EnrolmentStatus.OFFERED or not is_over(enrolment):
        return False
    with force_locale(LOCALES[enrolment.organization.lang.value]):
        reason = _("The adhesion was not signed in time.")
    act(enrolment, Act(EnrolmentAction.LAPSE, reason), SYSTEM)
    return True
