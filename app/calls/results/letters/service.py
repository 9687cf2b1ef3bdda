"""Letters: drafted from a template when a result is approved, reviewed, sent once it is public.

A letter that nobody reviewed is not sent; it goes out when it is reviewed, however late that is.
"""

from collections.abc import Iterable

from flask import current_app
from flask_babel import force_locale

from app import audit
from app.calls.locking import hold
from app.calls.results import queries
from app.calls.results.models import Placement, Result, ResultLetter
from app.calls.results.reading import feedback_of, scored_lines
from app.domain.actors import Actor
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken, SomeoneWasFaster
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.notifications.service import Recipient, path_to, post
from app.organizations.queries import members_to_tell
from app.web.language import LOCALES


def draft(result: Result) -> list[ResultLetter]:
    """Write the letter to each city of a result, in the language of the call."""
    letters = [_draft(result, one) for one in result.placements]
    db.session.add_all(letters)
    db.session.flush()
    return letters


def _draft(result: Result, placement: Placement) -> ResultLetter:
    call, application = result.call, placement.application
    with force_locale(LOCALES[call.lang.value]):
        text = current_app.jinja_env.get_template("results/letter.txt").render(
            call=call,
            result=result,
            placement=placement,
            application=application,
            lines=scored_lines(result, placement),
            feedback=feedback_of(application),
            base_url=current_app.config["SETTINGS"].base_url,
            url_for=path_to,
        )
    subject, _, body = text.strip().partition("\n")
    return ResultLetter(
        result_id=result.id,
        application_id=application.id,
        subject=" ".join(subject.split())[:200],
        body=body.strip(),
    )


def edit(letter: ResultLetter, subject: str, body: str, actor: Actor, seen: int | None) -> None:
    """Rewrite a letter; it has to be reviewed again.

    Raises:
        NotAllowed: the actor does not run the call.
        RuleBroken: ``letter_sent``.
        SomeoneWasFaster: somebody saved since version ``seen``.
    """
    _require(letter.result, actor)
    _hold(letter, seen)
    letter.subject, letter.body = subject, body
    letter.reviewed_at = letter.reviewed_by_id = None
    audit.record(letter.result, "edit_letter", actor, number=letter.application.number)


def review(letter: ResultLetter, actor: Actor, seen: int | None) -> None:
    """Say that a letter may go out as it reads; where the result is public it goes out at once.

    Raises:
        DomainError: as :func:`edit`; ``OutOfOrder`` where the result is not approved.
    """
    _require(letter.result, actor)
    _hold(letter, seen)
    _review([letter], actor)


def review_all(result: Result, actor: Actor) -> int:
    """Say it of every letter that was not reviewed yet, and return how many those were.

    Raises:
        DomainError: as :func:`review`.
    """
    _require(result, actor)
    hold(result.call)
    waiting = [one for one in queries.letters(result) if one.reviewed_at is None]
    _review(waiting, actor)
    return len(waiting)


def _require(result: Result, actor: Actor) -> None:
    if not can(actor, Permission.RESULT_PROPOSE, result.subject):
        raise NotAllowed(Permission.RESULT_PROPOSE)
    if result.approved_at is None:
        raise OutOfOrder("review_letter", result.status)


def _hold(letter: ResultLetter, seen: int | None) -> None:
    hold(letter.result.call)
    db.session.refresh(letter)
    if seen is not None and seen != letter.version:
        raise SomeoneWasFaster
    if letter.sent_at is not None:
        raise RuleBroken("letter_sent")


def _review(letters: Iterable[ResultLetter], actor: Actor) -> None:
    for letter in letters:
        letter.reviewed_at, letter.reviewed_by_id = utcnow(), actor.id
        audit.record(letter.result, "review_letter", actor, number=letter.application.number)
        if letter.result.announced_at is not None:
            _send(letter)


def send_reviewed(result: Result) -> int:
    """Send the letters that were reviewed and not sent yet, and return how many those were."""
    ready = [one for one in queries.letters(result) if one.reviewed_at and not one.sent_at]
    for letter in ready:
        _send(letter)
    return len(ready)


def _send(letter: ResultLetter) -> None:
    letter.sent_at = utcnow()
    for person in readers(letter):
        post(person.email, letter.result.call.lang.value, letter.subject, letter.body + "\n")


def readers(letter: ResultLetter) -> list[Recipient]:
    """Return who gets a letter: the people of the city, and the contact that it named."""
    application = letter.application
    people = members_to_tell(application.organization_id)
    if application.contact_email and application.contact_email not in {p.email for p in people}:
        contact = Recipient(application.contact_email, letter.result.call.lang.value)
        people.append(contact)
    return people
