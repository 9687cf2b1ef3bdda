"""A call for members in a browser: from the pattern to the first membership.

The dates are those of the Argentine call of 2025-26. Each kind of page is gone through by hand
once (``call_pages``); what the other cities and members do beside it is done by the services
(``call_story``).
"""

import pytest

from app.domain.call_vocabulary import ResultStage
from tests.browser import call_pages as by_hand
from tests.browser.call_story import (
    BY_HAND,
    Story,
    application_of,
    ar,
    found_the_network,
    others_apply,
    others_are_examined,
    others_join,
    others_review,
)
from tests.browser.test_journey import sign_in


@pytest.fixture
def story(platform):
    return Story(platform)


class Cast:
    """The people of the story at their browsers, and where what they work on stands."""

    def __init__(self, reader, story):
        self.reader = reader
        self.story = story
        self.coordinator = reader("es", "coordinator")
        self.city = reader("es", "city")
        self.chair = reader("es", "chair")
        self.visitor = reader("es")
        self.path = self.application = ""


def open_and_apply(cast):
    """The call is published; twenty-two cities apply."""
    story = cast.story
    sign_in(cast.coordinator, found_the_network(story))
    cast.path = by_hand.publish_a_call(cast.coordinator)
    cast.visitor.open(cast.path)
    story.now = ar("2025-12-03 09:30")
    sign_in(cast.city, "ada@villa-manual.example")
    cast.application = by_hand.apply_by_hand(cast.city, cast.path, story)
    others_apply(story)
    cast.visitor.open("/calls/")
    cast.visitor.open(cast.path)


def examine_and_review(cast):
    """They are examined; the dates move; five people review, two recuse themselves once."""
    story, coordinator, path = cast.story, cast.coordinator, cast.path
    story.now = ar("2026-01-05 10:00")
    coordinator.open(f"{path}/desk")
    coordinator.act("evaluate")
    by_hand.examine_by_hand(coordinator, cast.application)
    others_are_examined(story)
    by_hand.move_dates(coordinator, path)
    cast.visitor.open(path)
    cast.visitor.page.locator("#dates summary").last.click()
    assert "Llegaron más postulaciones" in cast.visitor.text()
    by_hand.invite_and_join(coordinator, cast.chair, path, story)
    others_join(story)
    by_hand.assign(coordinator, path)
    story.work()
    for name, reason in (("ana", "worked_together"), ("beto", "no_capacity")):
        by_hand.recuse(cast.reader("es", name), f"{name}@comite.example", story, reason)
    by_hand.assign(coordinator, path)
    by_hand.review_by_hand(cast.chair, story)
    others_review(story)
    by_hand.read_everything(coordinator, cast.chair, path)


def publish_preliminary(cast):
    """The preliminary result shows at its minute, and not before."""
    story, visitor = cast.story, cast.visitor
    story.now = ar("2026-02-16 10:00")
    stage = ResultStage.PRELIMINARY
    preliminary = by_hand.settle(cast.coordinator, cast.chair, cast.path, stage, story)
    story.now = ar("2026-02-18 11:59:59")
    assert visitor.page.request.get(visitor.address + preliminary).status == 404
    story.now = ar("2026-02-18 12:00")
    story.work()
    visitor.open(preliminary)
    assert "Igual total: Villa Seis" in by_hand.row_of(visitor, "Villa Cinco")
    assert "El cupo de su grupo está completo" in by_hand.row_of(visitor, "Villa Cuatro")
    assert "Por una vacante reservada" in by_hand.row_of(visitor, "Villa Chica")
    assert "lista de espera" in by_hand.row_of(visitor, BY_HAND)
    assert "Villa Corte" not in visitor.text()
    with story.acting():
        assert application_of(BY_HAND).status == "admitted"
    return preliminary


def appeal_and_publish_final(cast):
    """An upheld appeal moves a city into a seat; the minutes can be checked."""
    story, visitor = cast.story, cast.visitor
    by_hand.appeal_and_uphold(cast.city, cast.chair, cast.application)
    story.now = ar("2026-03-03 10:00")
    final = by_hand.settle(cast.coordinator, cast.chair, cast.path, ResultStage.FINAL, story)
    story.now = ar("2026-03-06 10:00")
    story.work()
    by_hand.check_minutes(visitor, cast.chair, final)
    assert "por orden de mérito" in by_hand.row_of(visitor, BY_HAND).lower()
    assert "lista de espera" in by_hand.row_of(visitor, "Villa Once")
    return final


def test_a_call_from_its_pattern_to_the_first_membership(reader, story):
    cast = Cast(reader, story)
    open_and_apply(cast)
    examine_and_review(cast)
    preliminary = publish_preliminary(cast)
    final = appeal_and_publish_final(cast)
    by_hand.sign_and_confirm(cast.city, cast.coordinator, story)
    member = "/organizations/villa-manual"
    cast.visitor.open(member)
    assert "2026" in cast.visitor.text()
    for lang in ("pt", "en"):
        other = reader(lang)
        for page in ("/calls/", cast.path, preliminary, final, member):
            other.open(page)
