"""One section of an application as a form, made from the list of what is asked."""

from collections.abc import Callable, Collection
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.core import Field, UnboundField
from wtforms.validators import Optional

from app.calls.applications.contents import contents, fingerprint
from app.calls.applications.fields import Item, Kind, Section
from app.calls.applications.models import Application
from app.calls.applications.rules import code_problem
from app.calls.municipalities import codes, tax_ids
from app.domain.vocabulary import Country
from app.files.problems import UnreadableFile
from app.files.uploads import Upload, read_pdf, was_chosen
from app.organizations.forms import is_address
from app.organizations.places import PLACES
from app.web.errors import sentence_for
from app.web.forms import Form, day, integer, paragraph, text, web_address

LARGEST_POPULATION = 50_000_000
Maker = Callable[[Item, Application], Any]


class SectionForm(Form):
    """Base of the forms of sections; ``version`` is the fingerprint of the pieces in it."""

    items: ClassVar[tuple[Item, ...]] = ()
    application: Application

    def said(self) -> dict[str, Any]:
        """Return what was written, as plain values by key; documents are not among them."""
        return {
            item.key: _plain(item, self[item.name].data)
            for item in self.items
            if item.kind is not Kind.DOCUMENT
        }

    def seen(self) -> str:
        """Return the fingerprint that the person had on the screen."""
        return str(self.version.data or "")

    def conflict(self, current_version: int) -> None:
        """Mark the form as overtaken, and show beside each piece what was saved meanwhile."""
        super().conflict(current_version)
        saved = contents(self.application)
        written = self.said()
        self.version.data = fingerprint(saved, written)
        self.version.raw_data = [self.version.data]
        for item in self.items:
            if item.key in written and written[item.key] != saved[item.key]:
                self[item.name].description = _saved(saved[item.key])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what was written, and then the files: that takes longer."""
        return bool(super().validate(extra_validators)) and self._read_files()

    def _read_files(self) -> bool:
        self.uploads: dict[int, Upload] = {}
        for item in self.items:
            field = self[item.name]
            if item.kind is not Kind.DOCUMENT or not was_chosen(field.data):
                continue
            try:
                self.uploads[item.id or 0] = self._read(item, field)
            except UnreadableFile as problem:
                field.errors = [sentence_for(problem)]
                return False
        return True

    def _read(self, item: Item, field: Field) -> Upload:
        asked = next(one for one in self.application.call.documents if one.id == item.id)
        return read_pdf(field.data, asked.max_megabytes, asked.max_pages)


def _plain(item: Item, value: Any) -> Any:
    if item.kind is Kind.DATE:
        return value.isoformat() if value else None
    if item.kind is Kind.NUMBER:
        return value
    return bool(value) if item.kind is Kind.YES else value or ""


def _saved(value: Any) -> str:
    return str(_("Saved meanwhile: %(text)s", text=value or "—"))


def form_for(application: Application, section: Section, keys: Collection[str]) -> SectionForm:
    """Return the form of a section with the pieces that the city may change now."""
    items = tuple(item for item in section.items if item.key in keys)
    made = {item.name: _MAKERS[item.kind](item, application) for item in items}
    kind: type[SectionForm] = type("OneSectionForm", (SectionForm,), {**made, "items": items})
    said = contents(application)
    known = {item.name: _shown(item, application) for item in items}
    written = [item.key for item in items if item.kind is not Kind.DOCUMENT]
    form = kind(data={**known, "version": fingerprint(said, written)})
    form.application = application
    return form


def _shown(item: Item, application: Application) -> Any:
    """Return what stands in a field before somebody writes in it."""
    if item.kind is Kind.DOCUMENT:
        return None
    if item.kind is Kind.REQUIREMENT:
        return contents(application)[item.key]
    value = getattr(application, item.key)
    return tax_ids.shown(application.call.country, value) if item.kind is Kind.TAX_ID else value


def _tax_id(item: Item, application: Application) -> Any:
    country = application.call.country
    hint = _l(
        "%(name)s of the municipality, for example %(example)s.",
        name=tax_ids.NAMES[country],
        example=tax_ids.EXAMPLES[country],
    )

    def check(form: SectionForm, field: Field) -> None:
        number = tax_ids.clean(country, field.data)
        if number is None:
            raise ValidationError(_l("Its check digit says that this number is wrong."))
        field.data = number

    return _with_check(text(item.label, 40, hint=hint), check)


def _code(item: Item, application: Application) -> Any:
    country = application.call.country

    def check(form: SectionForm, field: Field) -> None:
        code = codes.clean(country, field.data)
        problem = code_problem(country, code)
        if problem:
            raise ValidationError(problem)
        field.data = code

    return _with_check(text(item.label, 20, hint=_CODE_HINTS[country]), check)


_CODE_HINTS = {
    Country.ARGENTINA: _l("Six digits of INDEC; the first two are the province."),
    Country.BRAZIL: _l("Seven digits of IBGE."),
    Country.CHILE: _l("Five digits of the territorial code (CUT)."),
    Country.URUGUAY: _l("Two digits of the department, and those of the municipality."),
}


def _with_check(field: Any, check: Callable[[SectionForm, Field], None]) -> Any:
    """Add a condition to those that a field has; an empty one stays allowed in a draft."""
    rules = [*field.args[1], check]
    return UnboundField(field.field_class, field.args[0], rules, *field.args[2:], **field.kwargs)


def _email(item: Item, application: Application) -> Any:
    return _with_check(text(item.label, item.largest, hint=item.hint), is_address)


def _place(item: Item, application: Application) -> Any:
    names = PLACES[application.call.country]
    options = [("", _l("Choose…")), *sorted(names.items(), key=lambda pair: pair[1])]
    return SelectField(item.label, [Optional()], choices=options, description=item.hint)


def _document(item: Item, application: Application) -> Any:
    return FileField(item.label, render_kw={"accept": ".pdf,application/pdf"})


_MAKERS: dict[Kind, Maker] = {
    Kind.LINE: lambda item, _application: text(item.label, item.largest, hint=item.hint),
    Kind.TEXT: lambda item, _application: paragraph(item.label, item.largest, hint=item.hint),
    Kind.REQUIREMENT: lambda item, _application: paragraph(
        item.label, item.largest, hint=item.hint
    ),
    Kind.WEB: lambda item, _application: web_address(item.label, hint=item.hint),
    Kind.NUMBER: lambda item, _application: integer(item.label, 1, LARGEST_POPULATION),
    Kind.DATE: lambda item, _application: day(item.label, hint=item.hint),
    Kind.YES: lambda item, _application: BooleanField(item.label),
    Kind.EMAIL: _email,
    Kind.TAX_ID: _tax_id,
    Kind.CODE: _code,
    Kind.PLACE: _place,
    Kind.DOCUMENT: _document,
}
