"""From a text to its words: lower case, one form for every accent, nothing but letters and digits.

Unicode first composes what was typed as letter plus accent (NFKC), so that the stemmers see the
accents they need; `fold` takes the accents away afterwards (NFKD), because people type without.
"""

import re
import unicodedata

LONGEST = 40
"""Letters of a word that are looked at; what is longer is a key or a broken file, not a word."""

_WORD = re.compile(rf"([^\W_]{{2,{LONGEST}}})[^\W_]*")


def words(text: str) -> list[str]:
    """Split a text into its words of two characters or more, in lower case, in order."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def fold(word: str) -> str:
    """Take the accents off a word: "gestión" becomes "gestion"."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
