"""Forms of organizations and people."""

from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, ValidationError
from wtforms.fields.core import Field
from wtforms.validators import InputRequired, Length, Optional

from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import utcnow
from app.organizations.account_mail import BadAddress, clean_address
from app.organizations.naming import without_link
from app.organizations.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from app.organizations.places import PLACES, country_of, place_name
from app.web.forms import Form, choice, integer, paragraph, text
from app.web.labels import choices, label

LARGEST_CITY = 50_000_000


def _web_address(form: FlaskForm, field: Field) -> None:
    parts = urlsplit(field.data or "")
    if field.data and (parts.scheme not in ("http", "https") or "." not in parts.netloc):
        raise ValidationError(_l("Write the whole address, starting with https://"))


def is_address(form: FlaskForm, field: Field) -> None:
    """Bring an e-mail address into its one spelling; refuse what is none."""
    try:
        field.data = clean_address(field.data or "")
    except BadAddress:
        raise ValidationError(_l("This is not an e-mail address.")) from None


def _places() -> Any:
    grouped: dict[Any, list[tuple[str, str]]] = {"": [("", str(_l("Choose…")))]}
    for country, names in PLACES.items():
        by_name = sorted(names.items(), key=lambda pair: pair[1])
        grouped[str(label(country))] = by_name
    return grouped


class OrganizationForm(Form):
    """What an organization says of itself."""

    name = text(
        _l("Name"), 120, required=True, hint=_l("As people know it, for example “Rosario”.")
    )
    full_name = text(_l("Official name"), 200, hint=_l("For example “Municipalidad de Rosario”."))
    country = choice(_l("Country"), Country)
    subdivision = SelectField(
        _l("Province, state, region or department"), [Optional()], choices=_places
    )
    lang = choice(_l("Language it writes in"), Language)
    website = text(_l("Website"), 300, hint=_l("Starting with https://"))
    summary = paragraph(
        _l("Summary"), 1200, hint=_l("What others should know of it, in a few sentences.")
    )
    population = integer(_l("Inhabitants"), 1, LARGEST_CITY, hint=_l("For a city: its population."))
    founded = integer(_l("Year it was founded"), 1900, 2100, hint=_l("Of a startup."))
    team_size = integer(_l("People in the team"), 1, 100_000, hint=_l("Of a startup."))

    def __init__(self, *args: Any, kind: OrganizationKind | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is OrganizationKind.CITY:
            del self.founded, self.team_size
        elif kind is not None:
            del self.population, self.full_name

    def validate_name(self, field: Field) -> None:
        """Keep links out of what the mails to others will quote."""
        without_link(self, field)

    def validate_website(self, field: Field) -> None:
        """Accept web addresses only."""
        _web_address(self, field)

    def validate_subdivision(self, field: Field) -> None:
        """Keep the place inside the country."""
        if field.data and country_of(field.data) is not self.country.data:
            raise ValidationError(_l("This is not in the country chosen above."))

    def validate_founded(self, field: Field) -> None:
        """Refuse years to come."""
        if field.data and field.data > utcnow().year:
            raise ValidationError(_l("This year is still to come."))

    def details(self) -> dict[str, Any]:
        """Return the clean values, with the name of the place."""
        values = self.values()
        values["subdivision"] = values["subdivision"] or ""
        values["subdivision_name"] = place_name(values["subdivision"])
        return values


class NewOrganizationForm(OrganizationForm):
    """The same, with what kind of organization it is."""

    kind = SelectField(
        _l("Kind of organization"),
        [InputRequired()],
        choices=lambda: [
            (kind, label)
            for kind, label in choices(OrganizationKind, blank=True)
            if kind != OrganizationKind.COORDINATION
        ],
        coerce=lambda value: OrganizationKind(value) if value else None,
    )

    def details(self) -> dict[str, Any]:
        """Return the clean values, without what the other kind would say."""
        values = super().details()
        if values["kind"] is OrganizationKind.CITY:
            return {**values, "founded": None, "team_size": None}
        return {**values, "population": None, "full_name": ""}


class InviteForm(Form):
    """Whom to invite, and as what."""

    email = EmailField(_l("E-mail address"), [InputRequired(), Length(max=255), is_address])
    role = choice(_l("Role"), Role)


class JoinForm(Form):
    """Open an account through an invitation: the address is the invitation's."""

    name = text(_l("Your name"), 120, required=True)
    password = PasswordField(
        _l("Password"),
        [InputRequired(), Length(min=SHORTEST_PASSWORD, max=LONGEST_PASSWORD)],
        description=_l("At least 10 characters. A sentence that only you know is a good password."),
    )
    language = choice(_l("Language of the mails we send you"), Language)

    def validate_name(self, field: Field) -> None:
        """Keep links out of what the mails to others will quote."""
        without_link(self, field)


class ProfileForm(Form):
    """What a person says of themself."""

    name = text(_l("Your name"), 120, required=True)
    title = text(_l("What you do"), 120, hint=_l("For example “Director of innovation”."))
    language = choice(_l("Language"), Language, hint=_l("Of the pages and of the mails to you."))

    def validate_name(self, field: Field) -> None:
        """Keep links out of what the mails to others will quote."""
        without_link(self, field)
