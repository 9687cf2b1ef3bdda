"""Whose application it is stays hidden from the committee of an anonymous call."""

from app.calls.applications.anonymity import hides_names, title_of
from app.domain.actors import SYSTEM
from app.domain.call_states import CallStatus
from app.domain.call_vocabulary import CallPhase
from app.domain.vocabulary import Role
from app.extensions import db
from app.organizations.models import Membership
from tests.calls.build import dates


def test_the_committee_reads_a_number_and_the_others_a_name(evaluation, people):
    made = evaluation(anonymous=True)
    first = made.applications[0]
    for person in [*made.members, people.startup(), people.coordinator(), made.applicants[1]]:
        assert hides_names(first, person.actor), person.name
        title = str(title_of(first, person.actor))
        assert title.endswith(first.number)
        assert "Ciudad" not in title
    for actor in (made.coordinator.actor, made.applicants[0].actor, SYSTEM):
        assert not hides_names(first, actor)
        assert title_of(first, actor) == "Ciudad 1"


def test_a_member_of_the_coordination_reads_as_the_committee_does(evaluation):
    made = evaluation(anonymous=True)
    beto = made.members[1]
    beto.membership = Membership(organization=made.coordinator.organization, role=Role.EDITOR)
    db.session.commit()
    assert hides_names(made.applications[0], beto.actor)


def test_names_are_told_with_the_first_result_and_in_other_calls_always(evaluation):
    made, plain = evaluation(anonymous=True), evaluation()
    member = made.members[1].actor
    assert not hides_names(plain.applications[0], plain.members[1].actor)
    made.call.status = CallStatus.PRELIMINARY
    assert hides_names(made.applications[0], member)
    for name, moment in dates(CallPhase.PRELIMINARY).items():
        setattr(made.call, name, moment)
    assert not hides_names(made.applications[0], member)
