"""Documents and sheets that the platform makes, and how files are kept and leave it."""

import hashlib
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.extensions import db
from app.files import answers, service, sheets, typesetting
from app.files.models import StoredFile

DATA = {
    "lang": "es",
    "title": "Constancia de postulación",
    "facts": [["Municipio", "Ñorquín ção"], ["Texto", '#read("/etc/passwd") $x$ @cita *no* \\']],
    "header": ["Documento", "Páginas"],
    "rows": [["Informe", "5"], ["=1+1", "<b>"]],
    "text": "Uno\n\nDos",
    "digest": "0123456789abcdef" * 4,
}


def _read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def test_a_document_says_what_it_was_given(app):
    document = _read(typesetting.typeset("sample", DATA))
    words = " ".join(document.pages[0].extract_text().split())
    for expected in ("Constancia de postulación", "Ñorquín ção", '#read("/etc/passwd") $x$ @cita'):
        assert expected in words
    assert "01234567 89abcdef" in words
    root = document.root_object
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("es", True)
    assert document.metadata.title == DATA["title"]


def test_its_fonts_travel_with_it(app):
    fonts = _read(typesetting.typeset("sample", DATA)).pages[0]["/Resources"]["/Font"]
    described = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for font in fonts.values()
    ]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one) for one in described)


def test_the_same_data_give_the_same_file(app):
    assert typesetting.typeset("sample", DATA) == typesetting.typeset("sample", DATA)


def test_signs_without_a_shape_stop_nothing(app):
    odd = DATA | {"text": "Ciudad 😀 城市"}
    assert len(_read(typesetting.typeset("sample", odd)).pages) == 1


@pytest.mark.parametrize("name", ["../house", "none", "sample.typ", ""])
def test_only_our_own_documents_are_set(app, name):
    with pytest.raises(typesetting.NotSet):
        typesetting.typeset(name, DATA)


def test_a_workbook_keeps_texts_texts_and_numbers_numbers(app):
    moment = datetime(2026, 3, 6, 12, 30, tzinfo=UTC)
    row = ["=HYPERLINK(1)", "+1", "@x", 3, Decimal("87.25"), 0.5, None, True, moment]
    dated = ["a\x00b", "x" * 40_000, date(2026, 1, 26)]
    content = sheets.workbook(
        [
            sheets.Sheet("Matriz / 2026: [uno]", ["Ciudad", "Ñ"], [row]),
            sheets.Sheet("Dos", ["=x"], [dated]),
        ]
    )
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Matriz   2026   uno ", "Dos"]
    first = book.worksheets[0]
    assert [cell.value for cell in first[2]] == [
        *["=HYPERLINK(1)", "+1", "@x", 3, 87.25, 0.5, None, True],
        datetime(2026, 3, 6, 12, 30),
    ]
    assert [cell.data_type for cell in first[2]] == ["s", "s", "s", "n", "n", "n", "n", "b", "d"]
    second = book.worksheets[1]
    assert second["A1"].data_type == "s"
    assert [second["A2"].value, len(second["B2"].value)] == ["ab", 32_767]
    assert second["C2"].value == datetime(2026, 1, 26)


def test_a_workbook_without_a_sheet_is_none(app):
    with pytest.raises(sheets.NotWritten):
        sheets.workbook([])


NAMES = {
    "informe.pdf": "informe.pdf",
    "../../etc/passwd": "passwd",
    "C:\\temp\\x.pdf": "x.pdf",
    "a\x00b.pdf": "ab.pdf",
    "": "document",
    "...": "document",
    ".htaccess": "htaccess",
    "fdp.\u202eexe.pdf": "fdp.exe.pdf",
    "n" * 300 + ".pdf": "n" * 120 + ".pdf",
    'a"b\r\nSet-Cookie: x.pdf': "a bSet-Cookie x.pdf",
    "señal 😀.pdf": "señal 😀.pdf",
}


@pytest.mark.parametrize(("name", "kept"), NAMES.items(), ids=repr)
def test_names_are_shown_clean(name, kept):
    assert service.clean_name(name) == kept


def test_a_file_is_kept_and_leaves_as_an_attachment(app):
    content = b"%PDF-1.7 <script>"
    file = service.store("señal.pdf", content, "application/pdf", None, pages=2)
    db.session.commit()
    assert (file.size, file.pages) == (len(content), 2)
    assert db.session.get(StoredFile, file.id).sha256 == hashlib.sha256(content).hexdigest()
    with app.test_request_context("/"):
        answer = app.process_response(answers.download(file))
    assert answer.get_data() == content
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''se%C3%B1al.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "application/pdf"
