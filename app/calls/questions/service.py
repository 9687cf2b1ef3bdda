"""Asking about a call and answering in public."""

from app import audit
from app.calls.locking import hold_shared
from app.calls.models import Call
from app.calls.questions import queries
from app.calls.questions.models import CallQuestion
from app.domain.actors import Actor
from app.domain.call_states import CallStatus
from app.domain.errors import NotAllowed, RuleBroken, SomeoneWasFaster
from app.domain.permissions import Permission, can
from app.extensions import db, utcnow
from app.notifications.service import Recipient, send
from app.organizations.queries import members_to_tell

MOST_QUESTIONS = 20


def takes_questions(call: Call) -> bool:
    """Tell whether questions about the call can be asked now."""
    end = call.questions_close_at
    return call.status is CallStatus.PUBLISHED and end is not None and utcnow() < end


def ask(call: Call, text: str, actor: Actor) -> CallQuestion:
    """Ask; the coordination reads it first.

    Raises:
        NotAllowed: the actor has no account or may not read the call.
        RuleBroken: ``questions_closed`` or ``too_many_questions``.
    """
    if actor.id is None or not can(actor, Permission.CALL_VIEW, call.subject):
        raise NotAllowed(Permission.CALL_VIEW)
    hold_shared(call)
    if not takes_questions(call):
        raise RuleBroken("questions_closed")
    if queries.count_of(call.id, actor.id) >= MOST_QUESTIONS:
        raise RuleBroken("too_many_questions", most=MOST_QUESTIONS)
    made = CallQuestion(call_id=call.id, asked_by_id=actor.id, question=text)
    db.session.add(made)
    db.session.flush()
    send(members_to_tell(call.organization_id), "call_question", call=call, question=made)
    return made


def answer(
    asked: CallQuestion,
    words: str,
    text: str,
    actor: Actor,
    seen: int | None,
    *,
    published: bool = True,
) -> None:
    """Answer a question, or answer it anew; who asked is told and never named.

    Args:
        asked: the question.
        words: the question as everybody will read it, without names.
        text: the answer.
        actor: who answers, for the network that runs the call.
        seen: the version of the question on the screen.
        published: whether everybody reads it, or only who asked.

    Raises:
        NotAllowed: the actor does not run the call.
        SomeoneWasFaster: a colleague answered since version ``seen``.
    """
    if not can(actor, Permission.CALL_MANAGE, asked.call.subject):
        raise NotAllowed(Permission.CALL_MANAGE)
    if seen is not None and seen != asked.version:
        raise SomeoneWasFaster
    asked.question, asked.answer, asked.published = words, text, published
    asked.answered_at, asked.answered_by_id = utcnow(), actor.id
    db.session.flush()
    audit.record(asked.call, "answer", actor, question=asked.id)
    person = asked.asked_by
    if person.active:
        recipient = Recipient(person.email, person.language.value, person.name)
        send([recipient], "call_answer", call=asked.call, question=asked)
