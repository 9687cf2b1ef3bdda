"""Which of the three languages a text is written in: its words vote, the largest sum wins."""

from collections.abc import Container, Mapping

from matching.stopwords import LANGUAGES, STOP_WORDS

_ENDINGS = {
    "es": ("ción", "ciones", "dad", "dades", "ñ", "iento", "aje"),
    "pt": ("ção", "ções", "dade", "dades", "nh", "lh", "ão", "ões", "agem", "mento"),
    "en": ("tion", "tions", "ing", "ity", "ness", "ment", "th", "ly"),
}


def votes(word: str, listed: Mapping[str, Container[str]]) -> tuple[int, ...]:
    """How much a lower-case word speaks for each of `LANGUAGES`.

    Two votes for a language that has it as a stop word or among the words `listed` for it, one for
    a language with its ending.
    """
    return tuple(
        2
        if word in STOP_WORDS[language] or word in listed[language]
        else int(word.endswith(_ENDINGS[language]))
        for language in LANGUAGES
    )
