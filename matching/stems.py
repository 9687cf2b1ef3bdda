"""The stem of a word: Snowball first, accents off afterwards.

The Spanish and Portuguese stemmers need the accents to see an ending; people type without them.
The compiled stemmers (PyStemmer) are taken where they are installed, those in plain Python
elsewhere: both are made from the same rules and give the same stems, the first a hundred times as
fast.
Snowball: M. F. Porter, "Snowball: a language for stemming algorithms", 2001.
"""

import snowballstemmer

from matching.words import fold

_NAMES = {"es": "spanish", "pt": "portuguese", "en": "english"}


def stem(word: str, language: str) -> str:
    """Return the stem, without accents, of a lower-case word of "es", "pt" or "en".

    A stemmer keeps the word it works on, so each call makes its own and threads never share one.
    The stem of a word that is not empty is not empty.
    """
    return fold(snowballstemmer.stemmer(_NAMES[language]).stemWord(word)) or word
