import pytest
from matching_texts import SOLUTIONS

from matching import Matcher


@pytest.fixture
def matcher() -> Matcher:
    return Matcher().fit(SOLUTIONS)
