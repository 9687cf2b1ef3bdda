"""``flask users``: the first account of an installation."""

import sys
import uuid

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password
from sqlalchemy import select

from app import audit
from app.domain.actors import SYSTEM
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import Country, Language, OrganizationKind, Role
from app.extensions import db, utcnow
from app.organizations.account_mail import BadAddress, clean_address
from app.organizations.models import Membership, Organization, User
from app.organizations.queries import by_email


@click.group()
def users() -> None:
    """Accounts."""


@users.command("create-admin")
@click.option("--email", prompt="E-mail", help="Address to sign in with.")
@click.option("--name", prompt="Name", help="The person's name.")
@click.option("--language", type=click.Choice([one.value for one in Language]), default="es")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_admin(email: str, name: str, language: str, password_stdin: bool) -> None:
    """Create an owner of the coordination, who can then invite everybody else."""
    if by_email(email) is not None:
        raise click.ClickException(f"there is an account for {email} already")
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    user = User(
        email=_checked_address(email),
        name=name.strip(),
        language=Language(language),
        password=hash_password(_checked_password(password)),
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=utcnow(),
        active=True,
    )
    user.membership = Membership(organization=coordination(), role=Role.OWNER)
    audit.record(user, "create", SYSTEM)
    db.session.commit()
    click.echo(f"{user.email} can sign in now, as an owner of {user.membership.organization.name}.")


def coordination() -> Organization:
    """Return the coordination, made when the installation has none yet."""
    kind = Organization.kind == OrganizationKind.COORDINATION
    found = db.session.scalar(select(Organization).where(kind).order_by(Organization.id).limit(1))
    return found or Organization(
        kind=OrganizationKind.COORDINATION,
        slug="coordination",
        name="Coordinación",
        country=Country.ARGENTINA,
        lang=Language.SPANISH,
        status=OrganizationStatus.VERIFIED,
    )


def _ask_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _checked_password(password: str) -> str:
    smallest = current_app.config["SECURITY_PASSWORD_LENGTH_MIN"]
    if len(password) < smallest:
        raise click.ClickException(f"the password needs at least {smallest} characters")
    return password


def _checked_address(email: str) -> str:
    try:
        return clean_address(email)
    except BadAddress as problem:
        message = f"{email} is not an e-mail address"
        raise click.ClickException(message) from problem
