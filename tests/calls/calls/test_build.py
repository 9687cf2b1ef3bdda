"""The test objects hold together on both databases."""

from app.domain.call_states import ReviewStatus
from app.domain.call_vocabulary import CallPhase
from tests.calls.build import application, call, member, review


def test_the_objects_of_a_call_are_saved_and_know_each_other(people):
    coordinator, judge = people.coordinator(), people.city()
    thing = call(coordinator)
    assert thing.phase is CallPhase.OPEN
    assert thing.tie_breaks[0] == f"criterion:{thing.criteria[0].id}"
    member(thing, judge, chair=True)
    assert thing.chair_ids == {judge.id}
    sent = application(thing, people.city())
    made = review(sent, judge, ReviewStatus.SUBMITTED, (3, 4, 5))
    assert [one.score for one in made.scores] == [3, 4, 5]
    assert sent.subject.reviewer_ids == {judge.id}


def test_each_phase_that_the_clock_makes(people):
    coordinator = people.coordinator()
    for phase in (CallPhase.UPCOMING, CallPhase.OPEN, CallPhase.CLOSED):
        assert call(coordinator, phase=phase).phase is phase
