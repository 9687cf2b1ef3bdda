"""The story of a result, made anew for each test."""

from functools import partial

import pytest

from tests.calls.results.story import make_story


@pytest.fixture
def story(people):
    """``story(scores, seats=…)`` makes a call whose evaluation is over."""
    return partial(make_story, people)
