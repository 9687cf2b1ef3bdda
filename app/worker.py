"""The worker: ``python -m app.worker`` does the jobs of the platform until it is stopped.

It is woken by the web process and looks at the table of jobs every minute besides. One worker is
enough; several do no harm. Importing this module registers what each kind of job does and loads
the matcher (and scikit-learn with it), so only the worker, the command line and tests import it.
"""

import logging

from dotenv import load_dotenv
from flask import Flask
from huey import Huey, crontab

from app.calls.applications import jobs as applications
from app.calls.committee import jobs as committee
from app.calls.enrolments import jobs as enrolments
from app.calls.results import jobs as results
from app.factory import create_app
from app.jobs.service import run_due
from app.matches import jobs as matches
from app.notifications import jobs as mail  # noqa: F401 - registers what it does
from config import load_settings

CLOCKS = (
    matches.look_at_the_clock,
    applications.look_at_the_clock,
    committee.look_at_the_clock,
    results.look_at_the_clock,
    enrolments.look_at_the_clock,
)


def tick(app: Flask) -> int:
    """Do what has become due, by the clock or by a job, and return how many jobs were done."""
    with app.app_context():
        for look_at_the_clock in CLOCKS:
            look_at_the_clock()
        return run_due()


def make_worker(app: Flask) -> Huey:
    """Return the queue of ``app`` with the task of every minute."""
    queue: Huey = app.extensions["queue"]

    def every_minute() -> int:
        return tick(app)

    queue.periodic_task(crontab(minute="*"), name="every_minute")(every_minute)
    return queue


def main() -> None:
    """Run until told to stop; a job that is cut short is taken up again."""
    load_dotenv()
    logging.getLogger("huey").setLevel(logging.WARNING)
    app = create_app(load_settings())
    tick(app)
    make_worker(app).create_consumer(workers=1, worker_type="thread").run()


if __name__ == "__main__":
    main()
