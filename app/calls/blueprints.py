"""The pages of calls for members, as the application registers them, with the tables they need."""

from app.calls.applications.examination_views import blueprint as examinations
from app.calls.applications.views import blueprint as applications
from app.calls.committee import models as committee_tables
from app.calls.committee.views import blueprint as committee
from app.calls.desk.views import blueprint as desk
from app.calls.enrolments import models as enrolment_tables
from app.calls.enrolments.views import blueprint as enrolments
from app.calls.questions.views import blueprint as questions
from app.calls.results import models as result_tables
from app.calls.results.views import blueprint as results
from app.calls.rulebook.views import blueprint as rulebook
from app.calls.schedule.views import blueprint as schedule
from app.calls.simulator.views import blueprint as simulator
from app.calls.views import blueprint as calls

BLUEPRINTS = (
    calls,
    rulebook,
    schedule,
    questions,
    desk,
    simulator,
    applications,
    examinations,
    committee,
    results,
    enrolments,
)
TABLES = (
    committee_tables,
    enrolment_tables,
    result_tables,
)
