"""Texts for the tests of the matching library: made by hand, and generated."""

from hypothesis import settings
from hypothesis import strategies as st

from matching import Document

# A machine that many share is slow at times; that is no finding about the library.
STEADY = settings(deadline=None, max_examples=60)

SOLUTIONS = [
    Document("waste", "Recolección de basura", "Rutas para camiones de residuos.", "basura", "es"),
    Document("light", "Street lighting", "Sensors dim the street lights at night.", "", "en"),
    Document("water", "Gestão da água", "Detecta vazamentos na rede de água.", "vazamentos", "pt"),
    Document("paper", "Trámites en línea", "Expedientes sin papel y firma digital.", "", "es"),
    Document("trees", "Inventário de árvores", "Mapa das árvores da cidade.", "", "pt"),
]

CHALLENGE = Document("c", "Coleta de lixo", "O lixo fica nas ruas e a coleta atrasa.", lang="pt")

_SPANISH = ["basura", "residuos", "calle", "agua", "luz", "iluminación", "trámites", "servicios"]
_PORTUGUESE = ["lixo", "rua", "água", "iluminação", "serviços", "os", "e", "árvore"]
_ENGLISH = ["waste", "street", "water", "lighting", "services", "the", "tree", "2024"]
_VOCABULARY = [*_SPANISH, *_PORTUGUESE, *_ENGLISH, "de", "la", "para", "con", "gestión"]

_ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)

TEXTS = st.one_of(
    st.lists(st.sampled_from(_VOCABULARY), max_size=12).map(" ".join),
    _ANY_TEXT,
)


@st.composite
def documents(draw: st.DrawFn, key: str) -> Document:
    return Document(
        key,
        draw(TEXTS),
        draw(TEXTS),
        draw(TEXTS),
        draw(st.sampled_from([None, "es", "pt", "en", "xx"])),
    )


@st.composite
def catalogues(draw: st.DrawFn, least: int = 0, most: int = 8) -> list[Document]:
    keys = draw(st.lists(st.text(max_size=3), min_size=least, max_size=most, unique=True))
    return [draw(documents(key)) for key in keys]


challenges = documents("challenge")
