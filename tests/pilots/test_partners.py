"""Who shared a pilot with a city looks as if they had a conflict when they judge it."""

from app.calls.committee.hints import HINTS
from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import CallPhase, ConflictHint
from tests.calls import build
from tests.pilots.build import pilot


def test_the_startup_of_a_pilot_is_a_former_partner_of_its_city_alone(people):
    city, other = people.city(), people.city()
    startup, stranger = people.startup(), people.startup()
    pilot(city, startup)
    call = build.call(people.coordinator(), CallStatus.EVALUATING, CallPhase.CLOSED)
    members = [
        build.member(call, person, email=f"{name}@comite.example")
        for name, person in (("a", startup), ("b", stranger), ("c", people.person()))
    ]
    applications = [
        build.application(call, one, ApplicationStatus.ADMITTED) for one in (city, other)
    ]
    found = HINTS.of(members, applications)
    partners = {pair for pair, kinds in found.items() if ConflictHint.FORMER_PARTNER in kinds}
    assert partners == {(applications[0].id, startup.id)}
