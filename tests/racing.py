"""Requests that are all on their way before the first of them may go on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context

from sqlalchemy import event, select

from app.extensions import db

PATIENCE = 30
TO_ARRIVE = 0.4
"""Seconds for requests that ask for no lock: nothing tells when those have begun."""


def send_at_once(browser: Callable, held, *requests) -> list[int]:
    """Send ``(person, address, fields)`` together and return the statuses, in order.

    All requests have begun, and wait for the row of ``held``, before any may go on.
    """
    ready = [
        (tab := browser(who), address, {**fields, "csrf_token": tab.token()})
        for who, address, fields in requests
    ]
    answers = [0] * len(ready)

    def send(number, tab, address, fields):
        answers[number] = Context().run(tab.client.post, address, data=fields).status_code

    threads = [
        threading.Thread(target=send, args=(number, *request), daemon=True)
        for number, request in enumerate(ready)
    ]
    kind, key = type(held), held.id
    db.session.commit()
    db.session.execute(select(kind.id).where(kind.id == key).with_for_update())
    with _arrivals(len(ready)) as everybody_is_there:
        for thread in threads:
            thread.start()
        everybody_is_there()
    db.session.rollback()
    for thread in threads:
        thread.join(PATIENCE)
    db.session.expire_all()
    return sorted(answers)


@contextmanager
def _arrivals(expected: int) -> Iterator[Callable[[], object]]:
    """Give a way to wait until so many threads ask for a lock."""
    asking, changed = set(), threading.Condition()

    def note(_connection, _cursor, statement, *_more):
        if "FOR UPDATE" in statement or statement.startswith("BEGIN IMMEDIATE"):
            with changed:
                asking.add(threading.get_ident())
                changed.notify()

    def wait():
        with changed:
            changed.wait_for(lambda: len(asking) >= expected, TO_ARRIVE)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield wait
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
