"""Fields that stand what the library's own fail at."""

from collections.abc import Iterable, Iterator

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, FieldList

_MOST_DIGITS = 4


class FiniteField(DecimalField):
    """A decimal number; what cannot be compared (NaN and the infinite) is no number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata(valuelist)
        if self.data is not None and not self.data.is_finite():
            self.data = None
            raise ValueError(_l("Write a number."))


class Rows(FieldList):  # type: ignore[type-arg]  # generic in its stubs only
    """Several rows of one form, numbered by plain digits."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        start = f"{prefix}-"
        for name in formdata:
            place = name.removeprefix(start).partition("-")[0]
            plain = place.isascii() and place.isdigit() and len(place) <= _MOST_DIGITS
            if name.startswith(start) and plain:
                yield int(place)
