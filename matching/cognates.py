"""One key for the words that Spanish, Portuguese and English share by descent.

"contratación", "contratação" and "contracting" look different and come from one word. The key
unifies the endings, then the letters in which the three spellings regularly differ, and keeps the
first letters only. It needs no dictionary and works on words nobody listed.
"""

import re
from functools import lru_cache

from matching.words import fold

KEPT = 5
"""Letters of a key that count; where the word differs later it is inflection more than meaning."""

_ENDINGS = (
    (re.compile(r"(?:ciones|cion|coes|cao|tions|tion|siones|sion|soes|sao|sions)$"), "t"),
    (re.compile(r"(?:idades|idade|idad|edad|dades|dade|ities|ity|ety|tad|ties|ty)$"), "d"),
    (re.compile(r"(?:amiento|amientos|imiento|imientos|amento|imento|mentos|ments|ment)$"), "m"),
    (re.compile(r"(?:amente|mente|ically|ally|ly)$"), ""),
    (re.compile(r"(?:encias|encia|ancias|ancia|ences|ence|ances|ance|ency|ancy)$"), "n"),
    (re.compile(r"(?:logias|logia|logies|logy)$"), "log"),
    (re.compile(r"(?:ables|able|iveis|ivel|aveis|avel|ibles|ible)$"), "b"),
    (re.compile(r"(?:izar|izado|izada|ize|ized|izing|ise|ised)$"), "iz"),
    (re.compile(r"(?:adores|ador|adora|ators|ator|edor|idor|tores|tor|tors)$"), "r"),
    (re.compile(r"(?:ando|endo|indo|iendo|ados|adas|ado|ada|idos|idas|ido|ida|ing|ed)$"), ""),
    (re.compile(r"(?:icos|icas|ico|ica|ics|ical|ic)$"), "c"),
    (re.compile(r"(?:osos|osas|oso|osa|ous)$"), "s"),
    (re.compile(r"(?:ates|ate|ar|er|ir)$"), ""),
    (re.compile(r"(?:es|os|as|s|a|o|e)$"), ""),
)

_LETTERS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"lh|ll"), "l"),
    (re.compile(r"nh|gn|nn"), "n"),
    (re.compile(r"qu|ck|ch|k|q"), "c"),
    (re.compile(r"ue"), "o"),
    (re.compile(r"ie"), "e"),
    (re.compile(r"v|w"), "b"),
    (re.compile(r"y"), "i"),
    (re.compile(r"z"), "s"),
    (re.compile(r"ct|pt"), "t"),
    (re.compile(r"^es(?=[cpt])"), "s"),
    (re.compile(r"^h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=200_000)
def cognate(word: str) -> str:
    """Return the key of a lower-case word; words of one origin share it more often than not.

    Words with digits and words of three letters or fewer are their own key: cutting them would
    confuse more than it joins. The key of a word that is not empty is not empty.
    """
    plain = fold(word)
    if len(plain) <= 3 or not plain.isalpha():
        return plain
    key = plain
    for ending, mark in _ENDINGS:
        shorter = ending.sub(mark, key)
        if shorter != key and len(shorter) >= 3:
            key = shorter
            break
    for letters, mark in _LETTERS:
        key = letters.sub(mark, key)
    return key[:KEPT] or plain
