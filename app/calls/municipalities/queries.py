"""Reads of the registers of municipalities."""

from sqlalchemy import exists, select

from app.calls.municipalities.models import Municipality
from app.domain.vocabulary import Country
from app.extensions import db


def by_code(country: Country, code: str) -> Municipality | None:
    """Return the municipality that the country's register lists under ``code``."""
    query = select(Municipality).where(Municipality.country == country, Municipality.code == code)
    return db.session.scalar(query)


def is_loaded(country: Country) -> bool:
    """Tell whether the register of a country is here, so that codes can be looked up in it."""
    found = db.session.scalar(select(exists().where(Municipality.country == country)))
    return bool(found)


def of_country(country: Country) -> dict[str, Municipality]:
    """Return the register of a country by code."""
    query = select(Municipality).where(Municipality.country == country)
    return {one.code: one for one in db.session.scalars(query)}
