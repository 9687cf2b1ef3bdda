"""One key for the words that Spanish, Portuguese and English share by descent.

"contratación", "contratação" and "contracting" look different and come from one word. The key
unifies the endings, then the letters in which the three spellings regularly differ, and keeps the
first letters only. It needs no dictionary and works on words nobody listed.
"""

import re

from matching.words import fold

KEPT = 5
"""Letters of a key that count; where the word differs later it is inflection more than meaning."""

_ENDINGS = (
    ("t", "ciones cion coes cao tions tion siones sion soes sao sions"),
    ("d", "idades idade idad edad dades dade ities ity ety tad ties ty"),
    ("m", "amiento amientos imiento imientos amento imento mentos ments ment"),
    ("", "amente mente ically ally ly"),
    ("n", "encias encia ancias ancia ences ence ances ance ency ancy"),
    ("log", "logias logia logies logy"),
    ("b", "ables able iveis ivel aveis avel ibles ible"),
    ("iz", "izar izado izada ize ized izing ise ised"),
    ("r", "adores ador adora ators ator edor idor tores tor tors"),
    ("", "ando endo indo iendo ados adas ado ada idos idas ido ida ing ed"),
    ("c", "icos icas ico ica ics ical ic"),
    ("s", "osos osas oso osa ous"),
    ("", "ates ate ar er ir"),
    ("", "es os as s a o e"),
)
"""What replaces the endings of one family; the first family that leaves three letters is taken."""

_MARKS = {
    ending: (place, mark)
    for place, (mark, endings) in reversed(list(enumerate(_ENDINGS)))
    for ending in endings.split()
}
_LONGEST = max(map(len, _MARKS))

_LETTERS = (
    ("ph", "f"),
    ("th", "t"),
    ("lh", "l"),
    ("ll", "l"),
    ("nh", "n"),
    ("gn", "n"),
    ("nn", "n"),
    ("qu", "c"),
    ("ck", "c"),
    ("ch", "c"),
    ("k", "c"),
    ("q", "c"),
    ("ue", "o"),
    ("ie", "e"),
    ("v", "b"),
    ("w", "b"),
    ("y", "i"),
    ("z", "s"),
    ("ct", "t"),
    ("pt", "t"),
)
_STARTS = re.compile(r"^es(?=[cpt])|^h")
_TWICE = re.compile(r"(.)\1+")


def cognate(word: str) -> str:
    """Return the key of a lower-case word; words of one origin share it more often than not.

    Words with digits and words of three letters or fewer are their own key: cutting them would
    confuse more than it joins. The key of a word that is not empty is not empty.
    """
    plain = fold(word)
    if len(plain) <= 3 or not plain.isalpha():
        return plain
    key = _without_ending(plain)
    for letters, mark in _LETTERS:
        key = key.replace(letters, mark)
    key = _TWICE.sub(r"\1", _STARTS.sub(lambda found: found[0][1:], key))
    return key[:KEPT] or plain


def _without_ending(word: str) -> str:
    """The word with the mark of its family of endings, if it has one that leaves three letters."""
    first, result = len(_ENDINGS), word
    for size in range(min(_LONGEST, len(word)), 0, -1):
        place, mark = _MARKS.get(word[-size:], (first, ""))
        if place < first and len(word) - size + len(mark) >= 3:
            first, result = place, word[:-size] + mark
    return result
