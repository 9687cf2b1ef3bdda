"""Which of the three languages a text is written in."""

from collections.abc import Container, Iterable, Mapping

from matching.stopwords import LANGUAGES, STOP_WORDS

_ENDINGS = {
    "es": ("ción", "ciones", "dad", "dades", "ñ", "iento", "aje"),
    "pt": ("ção", "ções", "dade", "dades", "nh", "lh", "ão", "ões", "agem", "mento"),
    "en": ("tion", "tions", "ing", "ity", "ness", "ment", "th", "ly"),
}


def detect(words: Iterable[str], listed: Mapping[str, Container[str]]) -> str:
    """Guess the language of lower-case words: "es", "pt" or "en".

    Every word votes for each language that knows it: two votes as a stop word or as one of the
    words `listed` for that language, one by its ending. The largest sum wins; a tie goes to the
    first of `LANGUAGES`.
    """
    votes = dict.fromkeys(LANGUAGES, 0)
    for word in words:
        for language in LANGUAGES:
            if word in STOP_WORDS[language] or word in listed[language]:
                votes[language] += 2
            elif word.endswith(_ENDINGS[language]):
                votes[language] += 1
    return max(LANGUAGES, key=votes.__getitem__)
