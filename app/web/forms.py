"""The base of every form: clean values in, clear errors out, in the reader's language.

Text is normalised (NFC), stripped, and refused where it carries characters that no database or
page can keep (NUL, lone surrogates, bidirectional overrides).
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm.exc import StaleDataError
from wtforms import (
    DateField,
    DateTimeLocalField,
    FieldList,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.fields.core import Field
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import RuleBroken, SomeoneWasFaster
from app.extensions import db
from app.web.errors import sentence_for
from app.web.fields import FiniteField
from app.web.labels import choices

LARGEST_NUMBER = 10**12
_YEARS = range(1900, 2101)
_KEPT_CONTROLS = {"\n", "\t"}
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}
_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = set("\u200b\u200c\u200d\u2060\ufeff")


def clean_text(value: str | None) -> str:
    """Return ``value`` in NFC with one kind of line end and no space around it."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip()


def plain(form: FlaskForm, field: Field) -> None:
    """Refuse characters that cannot be kept or shown safely, and text that shows nothing."""
    text = field.data or ""
    for character in text:
        refused = unicodedata.category(character) in _REFUSED_CATEGORIES
        if character in _OVERRIDES or (refused and character not in _KEPT_CONTROLS):
            raise ValidationError(_l("This contains characters that cannot be kept."))
    if text and not set(text) - _INVISIBLE:
        raise ValidationError(_l("This shows nothing."))


class Form(FlaskForm):
    """Base of the platform's forms; ``version`` tells which state of the thing was edited."""

    version = HiddenField()

    def seen_version(self) -> int | None:
        """Return the version that the person had on the screen, if the form carried one."""
        value = str(self.version.data or "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def values(self) -> dict[str, Any]:
        """Return the clean values by field name, without the technical fields."""
        skipped = {"csrf_token", "version", "submit"}
        return {name: value for name, value in self.data.items() if name not in skipped}

    def conflict(self, current_version: int) -> None:
        """Mark the form as overtaken, keeping what was typed; the next sending counts."""
        sentence = _l(
            "Somebody saved other changes while you were writing. Your text is still here: compare "
            "it with the saved version and save again."
        )
        self.form_errors.append(sentence)
        self.version.data = str(current_version)
        self.version.raw_data = [str(current_version)]


def add_row(form: FlaskForm) -> bool:
    """Append the row that the button "add_row" asks for; nothing is checked or saved then.

    Returns:
        Whether the page must be shown again with the row instead of saving.
    """
    name = request.form.get("add_row", "")
    rows = next((field for field in form if field.short_name == name), None)
    if not isinstance(rows, FieldList):
        return False
    if rows.max_entries is None or len(rows) < rows.max_entries:
        rows.append_entry()
    return True


def save_or_conflict(form: Form, thing: Any, save: Any) -> bool:
    """Validate and ``save()``; on a lost race or broken rule keep the text and tell the person.

    Returns:
        Whether it was saved.
    """
    if add_row(form) or not form.validate_on_submit():
        return False
    try:
        save()
    except (SomeoneWasFaster, StaleDataError):
        db.session.rollback()
        form.conflict(thing.version)
        return False
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(sentence_for(broken))
        return False
    return True


def text(label: Any, largest: int, *, required: bool = False, hint: Any = "") -> StringField:
    """Return a one-line text field of at most ``largest`` characters."""
    return StringField(label, _text_rules(largest, required), [clean_text], description=hint)


def paragraph(label: Any, largest: int, *, required: bool = False, hint: Any = "") -> TextAreaField:
    """Return a many-line text field of at most ``largest`` characters."""
    return TextAreaField(label, _text_rules(largest, required), [clean_text], description=hint)


def web_address(label: Any, *, required: bool = False, hint: Any = "") -> StringField:
    """Return a field for the address of a web page: http or https only, so that it is safe to link.

    ``https://`` is put before an address that was typed without it.
    """
    rules = [*_text_rules(300, required), _on_the_web]
    return StringField(label, rules, [clean_text, _with_scheme], description=hint)


def _with_scheme(value: str) -> str:
    bare = value and ":" not in value and "." in value.partition("/")[0]
    return f"https://{value}" if bare else value


def _on_the_web(form: FlaskForm, field: Field) -> None:
    wrong = ValidationError(_l("Write the address of a web page, starting with https://."))
    try:
        parts = urlsplit(field.data or "")
        host = parts.hostname or ""
        parts.port  # noqa: B018 - reading it raises where it is no number
    except ValueError:
        raise wrong from None
    named = "." in host.strip(".") and not set(host) & set(" _\\\"'<>")
    if parts.scheme not in ("http", "https") or not named or "@" in parts.netloc:
        raise wrong
    if any(character.isspace() for character in field.data):
        raise wrong


def choice(
    label: Any, kind: type[StrEnum], *, required: bool = True, hint: Any = ""
) -> SelectField:
    """Return a select over a closed list; its data is a member, or ``None`` where optional."""
    return SelectField(
        label,
        [InputRequired()] if required else [Optional()],
        choices=lambda: options(choices(kind, blank=True)),
        coerce=lambda value: kind(value) if value else None,
        description=hint,
    )


class CheckboxesField(SelectMultipleField):
    """Several of a closed list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def checkboxes(
    label: Any, pairs: Callable[[], Iterable[Any]], coerce: Any = str, hint: Any = ""
) -> CheckboxesField:
    """Return checkboxes over the ``(value, words)`` pairs that ``pairs()`` returns."""
    return CheckboxesField(
        label, [Optional()], choices=lambda: options(pairs()), coerce=coerce, description=hint
    )


def options(pairs: Iterable[Any]) -> list[SelectChoice]:
    """Return ``(value, words)`` pairs as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]


class NumberField(FiniteField):
    """A decimal number, shown again without the zeros that the database adds."""

    def _value(self) -> str:
        if self.raw_data or not isinstance(self.data, Decimal):
            return str(super()._value())  # type: ignore[misc]  # the stubs leave it out
        return f"{self.data.normalize():f}" if self.data else "0"


def number(
    label: Any, *, required: bool = False, smallest: int | None = None, hint: Any = ""
) -> NumberField:
    """Return a decimal number field with sane bounds."""
    presence = InputRequired() if required else Optional()
    low = -LARGEST_NUMBER if smallest is None else smallest
    return NumberField(
        label,
        [presence, NumberRange(low, LARGEST_NUMBER)],
        places=None,
        description=hint,
    )


def integer(
    label: Any, smallest: int, largest: int, *, required: bool = False, hint: Any = ""
) -> IntegerField:
    """Return a whole-number field between two bounds."""
    presence = InputRequired() if required else Optional()
    return IntegerField(label, [presence, NumberRange(smallest, largest)], description=hint)


def moment(label: Any, *, required: bool = False, hint: Any = "") -> DateTimeLocalField:
    """Return a date-and-hour field; its data is naive, in the zone the page names."""
    presence = InputRequired() if required else Optional()
    formats: Sequence[str] = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
    return DateTimeLocalField(
        label, [presence, _in_our_time], format=list(formats), description=hint
    )


def day(label: Any, *, required: bool = False, hint: Any = "") -> DateField:
    """Return a date field."""
    presence = InputRequired() if required else Optional()
    return DateField(label, [presence, _in_our_time], description=hint)


def _in_our_time(form: FlaskForm, field: Field) -> None:
    # The ends of the calendar cannot be brought into another time zone.
    if field.data is not None and field.data.year not in _YEARS:
        raise ValidationError(_l("This date is too far away."))


def yes_no(label: Any, *, hint: Any = "") -> SelectField:
    """Return a question that may stay open: its data is ``True``, ``False`` or ``None``."""
    answers = {"yes": True, "no": False}
    return SelectField(
        label,
        [Optional()],
        choices=lambda: options([("", _l("Choose…")), ("yes", _l("Yes")), ("no", _l("No"))]),
        coerce=lambda value: value if isinstance(value, bool) else answers.get(str(value)),
        description=hint,
    )


def _text_rules(largest: int, required: bool) -> list[Any]:
    # Looks at the cleaned text, so that spaces alone are nothing.
    presence: Any = DataRequired() if required else Optional()
    return [presence, Length(max=largest), plain]
