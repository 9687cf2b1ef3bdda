"""Reads of the registers of municipalities."""

from sqlalchemy import select

from app.calls.municipalities.models import Municipality
from app.domain.vocabulary import Country
from app.extensions import db


def by_code(country: Country, code: str) -> Municipality | None:
    """Return the municipality that the country's register lists under ``code``."""
    query = select(Municipality).where(Municipality.country == country, Municipality.code == code)
    return db.session.scalar(query)
