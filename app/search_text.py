"""Text prepared for the search boxes: people type without accents and in any case."""

import unicodedata
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, event, func, literal
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Mapper, mapped_column


def fold(text: str) -> str:
    """Return ``text`` in lower case and without accents: ``Inundación`` becomes ``inundacion``."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


class Searchable:
    """A row with a folded copy of the text that the search box looks into."""

    searched_columns: ClassVar[tuple[str, ...]] = ()
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)


def text_of(*columns: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Return several folded texts as one, for a list whose rows are found by their owner too."""
    joined: ColumnElement[str] = literal("")
    for column in columns:
        joined = joined + " " + func.coalesce(column, "")
    return joined


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
def _refresh(_mapper: Mapper[Any], _connection: Any, row: Searchable) -> None:
    parts = (str(getattr(row, column) or "") for column in row.searched_columns)
    row.search_text = fold(" ".join(parts))
