"""Doing several things at the same moment, each in a transaction of its own."""

from contextvars import Context
from threading import Barrier, Thread

from app.domain.errors import DomainError
from app.extensions import db


def at_once(app, *acts):
    """Run the acts together and return, in their order, ``done`` or the code of the refusal."""
    db.session.remove()
    barrier, results = Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        with app.app_context():
            try:
                barrier.wait()
                act()
                db.session.commit()
                results[place] = "done"
            except DomainError as refused:
                results[place] = refused.code
            except Exception as problem:  # noqa: BLE001 - the test compares its name
                results[place] = type(problem).__name__
            finally:
                db.session.remove()

    threads = [
        Thread(target=Context().run, args=(run, place, act)) for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
