"""A call in evaluation with its committee, as most of these tests need it."""

from types import SimpleNamespace

import pytest

from app.domain.call_states import ApplicationStatus, CallStatus
from app.domain.call_vocabulary import CallPhase
from tests.calls import build


@pytest.fixture
def evaluation(people):
    """A call in evaluation: three members (Ana presides), two admitted applications."""

    def make(members=("Ana", "Beto", "Carla"), cities=2, **changes):
        coordinator = people.coordinator()
        call = build.call(coordinator, CallStatus.EVALUATING, CallPhase.CLOSED, **changes)
        # With the address of a city's people they would look as if they had a conflict.
        persons = [
            people.person(name=name, email=f"{name.lower()}@comite-{call.id}.example")
            for name in members
        ]
        for place, person in enumerate(persons):
            build.member(call, person, chair=place == 0)
        applicants = [people.city(name=f"Ciudad {number + 1}") for number in range(cities)]
        return SimpleNamespace(
            call=call,
            coordinator=coordinator,
            members=persons,
            chair=persons[0],
            applicants=applicants,
            applications=[
                build.application(call, city, ApplicationStatus.ADMITTED) for city in applicants
            ],
        )

    return make
