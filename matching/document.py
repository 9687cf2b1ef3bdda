"""What goes in: one challenge of a city, or one solution of a startup."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A text with a name, on either side of a match.

    `title`, `uses` (the plain line "what is it used for") and `text` (the description) are
    weighed apart. `lang` is "es", "pt" or "en"; with `None`, or any other value, the language is
    guessed from the words. Any string is accepted in every field, the empty one included.
    """

    id: str
    title: str
    text: str
    uses: str = ""
    lang: str | None = None
