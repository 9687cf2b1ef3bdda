"""Pages of questions about a call."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_pgettext as _lp

from app.calls import queries
from app.calls.models import Call
from app.calls.questions import queries as questions
from app.calls.questions import service
from app.calls.questions.forms import AnswerForm, QuestionForm
from app.domain.permissions import Permission, can
from app.web.access import allow
from app.web.actor import current_actor
from app.web.forms import save_or_conflict
from app.web.timeline import add_acts

blueprint = Blueprint("call_questions", __name__, url_prefix="/calls")
add_acts({"answer": _lp("call, history", "Question answered")})


@blueprint.get("/<pid:call_id>/questions")
@allow(Permission.CALL_VIEW, queries.CALL)
def index(call: Call) -> ResponseReturnValue:
    """Show the questions and their answers, and let people ask."""
    return _page(call, QuestionForm())


@blueprint.post("/<pid:call_id>/questions")
@allow(Permission.ACCOUNT_USE, queries.CALL)
def ask(call: Call) -> ResponseReturnValue:
    """Ask."""
    form = QuestionForm()

    def save() -> None:
        service.ask(call, form.question.data or "", current_actor())

    if save_or_conflict(form, call, save):
        flash(_("Your question was received. You will get the answer by mail."), "success")
        return redirect(url_for(".index", call_id=call.public_id))
    return _page(call, form), 422


def _page(call: Call, form: QuestionForm) -> str:
    actor = current_actor()
    runs = can(actor, Permission.CALL_OVERSEE, call.subject)
    return render_template(
        "calls/questions_page.html",
        call=call,
        form=form,
        form_errors=form.errors,
        opened=service.takes_questions(call),
        answered=questions.answered(call.id),
        mine=questions.waiting_of(call.id, actor.id) if actor.id else [],
        waiting=questions.unanswered(call.id) if runs else [],
        private=questions.private(call.id) if runs else [],
    )


@blueprint.route("/<pid:call_id>/questions/<int:question_id>", methods=["GET", "POST"])
@allow(Permission.CALL_MANAGE, queries.CALL)
def answer(call: Call, question_id: int) -> ResponseReturnValue:
    """Answer a question."""
    asked = questions.of_call(call.id, question_id) or abort(404)
    form = AnswerForm(obj=asked, private=not asked.published)

    def save() -> None:
        service.answer(
            asked,
            form.question.data or "",
            form.answer.data or "",
            current_actor(),
            form.seen_version(),
            published=not form.private.data,
        )

    if save_or_conflict(form, asked, save):
        flash(_("The answer is saved, and who asked gets it by mail."), "success")
        return redirect(url_for(".index", call_id=call.public_id))
    html = render_template(
        "calls/answer.html", call=call, asked=asked, form=form, form_errors=form.errors
    )
    return html, 422 if form.errors else 200
