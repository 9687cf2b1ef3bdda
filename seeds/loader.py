"""Loading: day by day, each in a transaction of its own that also remembers how far it came.

Killed at any moment, a load goes on with the next day when it is started again; two loads at once
share the work. What was loaded completely, or by somebody else, is left alone.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select, update

from app.domain.vocabulary import OrganizationKind
from app.extensions import as_of, db, utcnow
from app.jobs.models import Job, JobState
from app.jobs.service import run_due
from app.notifications.models import Message
from app.organizations.models import Organization
from app.worker import CLOCKS
from seeds import calls, challenges, matches, organizations, pilots, solutions, tuning
from seeds.calendar import Calendar, Happening

Report = Callable[[str], None]
_MARK = "demo.load"
_TELLERS = (organizations, calls, solutions, challenges, matches, tuning, pilots)


def load(report: Report) -> None:
    """Load the demonstration data, unless it is there already."""
    mark = _mark()
    if mark is None:
        report("already loaded")
        return
    key = mark.id
    story = _calendar(datetime.fromisoformat(mark.payload["now"])).in_order()
    told = mark.payload["told"]
    db.session.commit()
    for month, part in groupby(story[told:], key=lambda entry: f"{entry.when:%B %Y}"):
        before = told
        for _day, acts in groupby(part, key=lambda entry: entry.when.date()):
            told = _tell_day(list(acts), key, told)
        report(f"{month}: {told - before} acts")
    report(f"{told} acts loaded")


def _mark() -> Job | None:
    """Return how far the load has come; ``None`` when there is nothing to load."""
    found = db.session.scalar(select(Job).where(Job.kind == _MARK).order_by(Job.id).limit(1))
    if found is not None:
        return None if found.payload.get("done") else found
    coordination = Organization.kind == OrganizationKind.COORDINATION
    if db.session.scalar(select(Organization.id).where(coordination).limit(1)) is not None:
        return None
    now = utcnow()
    total = len(_calendar(now).in_order())
    payload = {"now": now.isoformat(), "told": 0, "total": total}
    mark = Job(kind=_MARK, payload=payload, state=JobState.DONE.value, finished_at=now)
    db.session.add(mark)
    db.session.flush()
    return mark


def _calendar(now: datetime) -> Calendar:
    calendar = Calendar(now)
    for teller in _TELLERS:
        teller.plan(calendar)
    return calendar


def _tell_day(acts: list[Happening], key: int, told: int) -> int:
    """Do the acts of a day, let the worker look at it, and return how far the load has come."""
    mark = db.session.get_one(Job, key, with_for_update=True, populate_existing=True)
    # Not if another load did it meanwhile.
    if mark.payload["told"] == told:
        for entry in acts:
            with as_of(entry.when):
                entry.verb(*entry.arguments)
                # Rows get their moment when they are written.
                db.session.flush()
        _deliver_mail()
        _remember(mark, told + len(acts))
    db.session.commit()
    with as_of(acts[-1].when + timedelta(minutes=30)):
        _let_the_worker_look()
    return told + len(acts)


def _remember(mark: Job, told: int) -> None:
    mark.payload = {**mark.payload, "told": told, "done": told == mark.payload["total"]}


def _let_the_worker_look() -> None:
    """Do what has become due by now, a job at a time, so that no mail leaves in between."""
    for look_at_the_clock in CLOCKS:
        look_at_the_clock()
    while run_due(most=1):
        _deliver_mail()
        db.session.commit()


def _deliver_mail() -> None:
    """Put what was written into the mailbox: no mail server hears of invented people."""
    db.session.flush()
    written = Message.sent_at.is_(None)
    db.session.execute(update(Message).where(written).values(sent_at=Message.created_at))
    asked = (Job.state == JobState.WAITING.value) & (Job.kind == "mail.send")
    finished = {"state": JobState.DONE.value, "finished_at": Job.due_at}
    db.session.execute(update(Job).where(asked).values(finished))
