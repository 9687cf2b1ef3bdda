"""The pages of calls for members, as the application registers them."""

from app.calls.applications.examination_views import blueprint as examinations
from app.calls.applications.views import blueprint as applications
from app.calls.committee.assignment_views import blueprint as assignment
from app.calls.committee.conflict_views import blueprint as conflicts
from app.calls.committee.evaluation_views import blueprint as evaluation
from app.calls.committee.review_views import blueprint as reviews
from app.calls.committee.views import blueprint as committee
from app.calls.desk.views import blueprint as desk
from app.calls.enrolments.views import blueprint as enrolments
from app.calls.questions.views import blueprint as questions
from app.calls.results.appeals.views import blueprint as appeals
from app.calls.results.letters.views import blueprint as letters
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
    conflicts,
    assignment,
    reviews,
    evaluation,
    results,
    letters,
    appeals,
    enrolments,
)
