"""What identifiers look like in addresses; anything else is 404 before a view is asked."""

from flask import Flask
from werkzeug.routing import BaseConverter


class PublicIdConverter(BaseConverter):
    """The random identifier of a thing with a life."""

    regex = "[2-9a-z]{12}"


class SlugConverter(BaseConverter):
    """The readable name of an organization."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class NameConverter(BaseConverter):
    """The name of an act, as in the tables of states."""

    regex = "[a-z_]{1,40}"


class KeyConverter(BaseConverter):
    """The key of a row inside something else, in plain digits that every database can hold."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


def init_converters(app: Flask) -> None:
    """Make ``<pid:…>``, ``<slug:…>``, ``<name:…>`` and ``<key:…>`` known."""
    app.url_map.converters.update(
        pid=PublicIdConverter, slug=SlugConverter, name=NameConverter, key=KeyConverter
    )
