"""Marking the words that both texts share, on the server and with everything else escaped."""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from app.search_text import fold

_WORD = re.compile(r"[^\W_]+")
_SHORT = 4
_LONGEST_GAP = 2


def mark_terms(text: str, terms: Iterable[str]) -> Markup:
    """Return ``text`` as paragraphs with every word or phrase of ``terms`` inside ``<mark>``.

    Case, accents and the usual endings do not matter: "reclamo" marks "Reclamos". A phrase may
    have up to two short words between its own ("gestión de los residuos").
    """
    phrases = _phrases(terms)
    blocks = (block for block in text.split("\n\n") if block.strip())
    made = (
        Markup("<br>").join(_mark_line(line, phrases) for line in block.strip("\n").splitlines())
        for block in blocks
    )
    return Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in made)


def mark_line(text: str, terms: Iterable[str]) -> Markup:
    """Return one line with its shared words marked, for a title."""
    return _mark_line(text, _phrases(terms))


def _phrases(terms: Iterable[str]) -> list[tuple[str, ...]]:
    rooted = {tuple(_root(word) for word in _WORD.findall(term)) for term in terms}
    return sorted(rooted - {()}, key=len, reverse=True)


def _root(word: str) -> str:
    """Return a word without accents and without the endings of number and gender."""
    plain = fold(word)
    if len(plain) <= _SHORT:
        return plain
    return plain.removesuffix("s").rstrip("aeo") or plain


def _mark_line(line: str, phrases: list[tuple[str, ...]]) -> Markup:
    pieces, done = [], 0
    for start, end in _spans(line, phrases):
        pieces += [escape(line[done:start]), Markup("<mark>{}</mark>").format(line[start:end])]
        done = end
    return Markup("").join([*pieces, escape(line[done:])])


def _spans(line: str, phrases: list[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    words = [(_root(found.group()), found.start(), found.end()) for found in _WORD.finditer(line)]
    place = 0
    while place < len(words):
        last = next((end for p in phrases if (end := _match(words, place, p)) is not None), None)
        if last is None:
            place += 1
            continue
        yield words[place][1], words[last][2]
        place = last + 1


def _match(words: list[tuple[str, int, int]], place: int, phrase: tuple[str, ...]) -> int | None:
    """Return where ``phrase`` ends when it starts at ``place``."""
    if words[place][0] != phrase[0]:
        return None
    for wanted in phrase[1:]:
        reach = range(place + 1, min(len(words), place + 2 + _LONGEST_GAP))
        found = next((number for number in reach if words[number][0] == wanted), None)
        if found is None or any(
            words[n][2] - words[n][1] > _SHORT for n in range(place + 1, found)
        ):
            return None
        place = found
    return place
