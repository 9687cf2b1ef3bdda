"""A coordination, a city and what their pages say."""

import re

import pytest

_NOT_SENT = {"add_row", "csrf_token"}


@pytest.fixture
def coordinator(people):
    return people.coordinator()


@pytest.fixture
def city(people):
    return people.city()


@pytest.fixture
def typed():
    """``typed(html)`` returns what the first long form of a page would send as it stands."""

    def read(html: str) -> dict[str, str]:
        fields = {}
        for tag, inner in re.findall(r"<(input\b[^>]*|textarea\b[^>]*)>([^<]*)", html):
            name = re.search(r'name="([^"]+)"', tag)
            if name is None or name[1] in _NOT_SENT:
                continue
            if 'type="checkbox"' in tag and " checked" not in tag:
                continue
            value = re.search(r'value="([^"]*)"', tag)
            fields[name[1]] = inner.lstrip("\n") if tag.startswith("textarea") else value[1]
        for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
            chosen = re.search(r'value="([^"]*)" selected', body)
            fields[name] = chosen[1] if chosen else ""
        return fields

    return read
