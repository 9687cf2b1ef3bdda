"""What the content says of calls, with its dates, and the rows that the texts speak of."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import select

from app.calls.applications.models import Application
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.extensions import db
from app.organizations.models import Organization, User
from seeds.calendar import Calendar
from seeds.content import Row, rows

_FILES = "calls/*.toml"
_COPIED = ("requirements", "documents", "criteria")


@cache
def _rows(table: str) -> tuple[Row, ...]:
    return tuple(rows(_FILES, table))


def calls(calendar: Calendar) -> Iterator[Row]:
    """Yield the calls; those without a year are of the year after this one.

    One that copies another has its rules unless it says otherwise.
    """
    found = _rows("call")
    for said in found:
        former = next((one for one in found if one["key"] == said.get("copies")), {})
        row = {**{name: former[name] for name in former if name in _COPIED}, **said}
        year = row.get("year", calendar.now.year + 1)
        title = row["title"].format(year=year, last_year=year - 1, short_year=f"{year % 100:02d}")
        yield {**row, "year": year, "title": title}


def applicants(calendar: Calendar) -> Iterator[tuple[Row, Row]]:
    """Yield each applicant with its call."""
    known = {row["key"]: row for row in calls(calendar)}
    for row in _rows("applicant"):
        yield known[row["call"]], with_defaults(row)


def applicants_of(row: Row) -> list[Row]:
    """Return the applicants of a call in the order of the content."""
    return [with_defaults(one) for one in _rows("applicant") if one["call"] == row["key"]]


def with_defaults(row: Row) -> Row:
    """Return an applicant with what follows from the rest of what is said of it."""
    known = {
        "website": f"https://{row['slug']}.example",
        "letter_signer": row["mayor_name"],
        "letter_role": row["mayor_role"],
        "contact_email": row.get("email", f"innovacion@{row['slug']}.example"),
        "contact_phone": "",
    }
    return {**known, **row}


def call(row: Row) -> Call:
    """Return the call that a row is about."""
    query = select(Call).where(Call.title == row["title"], Call.year == row["year"])
    return db.session.scalars(query).unique().one()


def application(row: Row, slug: str) -> Application:
    """Return the application of a city to the call of a row."""
    query = (
        select(Application)
        .join(Application.organization)
        .where(Application.call_id == call(row).id, Organization.slug == slug)
    )
    return db.session.scalars(query).unique().one()


def member(row: Row, email: str) -> CommitteeMember:
    """Return a member of the committee of a call."""
    query = select(CommitteeMember).where(
        CommitteeMember.call_id == call(row).id, CommitteeMember.email == email
    )
    return db.session.scalars(query).one()


def user(email: str) -> User:
    """Return a person by address."""
    return db.session.scalars(select(User).where(User.email == email)).unique().one()


def chair(row: Row) -> Actor:
    """Return who presides the committee of a call."""
    email = next(one["email"] for one in row["members"] if one.get("chair"))
    return user(email).actor


def when(calendar: Calendar, row: Row, said: Any) -> Any:
    """Return the moment that a call's content names."""
    return calendar.moment(said, row["timezone"])
