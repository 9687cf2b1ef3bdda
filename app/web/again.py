"""A form that came too late (its session or its token had ended): what was typed, to be sent again.

The page says what each text was called in the form. It looks for the form among all there are, by
the names of the fields; of a field that no form knows it shows what people must have written, and
keeps the rest unseen.
"""

from collections.abc import Iterator
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from wtforms import Form as PlainForm
from wtforms import HiddenField, SelectFieldBase
from wtforms.fields.core import UnboundField

from app.web.access import SignInNeeded
from app.web.errors import error_page, split_address, undo
from app.web.forms import Form

_SECRET = {"csrf_token", "code", "secret"}
_TECHNICAL = {"version", "add_row"}


def init_again(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(CSRFError, _expired_form)


def _sign_in(_error: SignInNeeded) -> ResponseReturnValue:
    undo()
    if request.method in ("GET", "HEAD"):
        flash(_("Sign in to go on."), "info")
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")))
    return _offer_again(_("Your session ended before this was saved."), status=401)


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    undo()
    return _offer_again(_("The form was open for too long, so it was not accepted."), status=400)


def _offer_again(why: str, status: int) -> ResponseReturnValue:
    """Show what was typed, ready to be sent again, if it came from our own page."""
    if not _from_our_page():
        return error_page(status)
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in _SECRET and "password" not in name
    ]
    html = render_template(
        "errors/again.html",
        why=why,
        fields=fields,
        typed=list(_typed(fields)),
        target=request.full_path,
    )
    return html, status


def _from_our_page() -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return split_address(origin).netloc == request.host


def _typed(fields: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield label and text of what a person wrote; the label is empty where nothing knows it."""
    form = _form_with({name.partition("-")[0] for name, _value in fields} - _TECHNICAL)
    for name, value in fields:
        field = None if form is None else _field(form, name)
        if field is None:
            # One word without a name may be the code of a choice: nobody typed that.
            if len(value.split()) > 1:
                yield "", value
        elif value and not issubclass(field.field_class, (SelectFieldBase, HiddenField)):
            yield _label(field), value


def _form_with(names: set[str]) -> type[PlainForm] | None:
    """Return the form that has most of the fields, and of several the one with fewest others."""
    best = max(_kinds(Form), key=lambda kind: _likeness(kind, names), default=None)
    return best if best is not None and _likeness(best, names)[0] else None


def _kinds(kind: type[PlainForm]) -> Iterator[type[PlainForm]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _kinds(inner)


def _likeness(kind: type[PlainForm], names: set[str]) -> tuple[int, int, str]:
    own = {name for name in dir(kind) if isinstance(getattr(kind, name), UnboundField)}
    return len(own & names), -len(own), kind.__name__


def _field(form: type[PlainForm], name: str) -> "UnboundField[Any] | None":
    """Return the field called ``name`` in the page: ``title``, or ``criteria-0-unit`` of a row."""
    head, _dash, rest = name.partition("-")
    field = getattr(form, head, None)
    if not isinstance(field, UnboundField):
        return None
    inner = _form_of_rows(field)
    return field if not rest or inner is None else _field(inner, rest.partition("-")[2])


def _form_of_rows(field: "UnboundField[Any]") -> type[PlainForm] | None:
    rows = next((part for part in field.args if isinstance(part, UnboundField)), None)
    kinds = () if rows is None else rows.args
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, PlainForm)), None)


def _label(field: "UnboundField[Any]") -> str:
    words = [part for part in (*field.args, field.kwargs.get("label")) if part is not None]
    plain = (part for part in words if not isinstance(part, (UnboundField, type, list, tuple)))
    return str(next(plain, ""))
