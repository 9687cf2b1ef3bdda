"""Makes PDFs, good and hostile, out of nothing."""

import io
import zipfile
import zlib


def pdf(
    pages: int = 1, drawing: bytes = b"BT ET", catalog: str = "", packed: bool = False
) -> bytes:
    """Return a PDF whose every page is drawn by ``drawing``; ``packed`` when that is deflated."""
    filtered = b" /Filter /FlateDecode" if packed else b""
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(drawing), filtered, drawing),
        *[_page()] * pages,
    ]
    return assemble(objects)


def _page() -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << >> >>"
    )


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is its catalog."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def bomb(megabytes: int = 64) -> bytes:
    """Return a PDF of a few kilobytes that unfolds to so many megabytes."""
    once = zlib.compress(b" " * megabytes * 1024 * 1024, 9)
    return pdf(drawing=once, packed=True)


def nested(depth: int = 200_000) -> bytes:
    """Return a PDF with an array inside an array inside an array."""
    return pdf(catalog="/Deep " + "[" * depth + "]" * depth)


def nested_drawing(depth: int = 200_000) -> bytes:
    """Return a PDF whose page is drawn by arrays inside arrays."""
    return pdf(drawing=zlib.compress(b"[" * depth + b"]" * depth + b" TJ"), packed=True)


def endless(operators: int = 1_500_000) -> bytes:
    """Return a PDF that draws one line after the other."""
    return pdf(drawing=zlib.compress(b"0 0 m 1 1 l\n" * (operators // 2), 9), packed=True)


def encrypted() -> bytes:
    """Return a PDF that says that it is encrypted."""
    secret = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [<00> <00>]"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _page(),
        ],
        secret % (b"x" * 32, b"y" * 32),
    )


def with_archive() -> bytes:
    """Return a PDF that is a ZIP archive too."""
    out = io.BytesIO(pdf())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("evil.js", "alert(1)")
    return out.getvalue()


def cyclic() -> bytes:
    """Return a PDF whose pages contain themselves."""
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 2147483647 >>",
        ]
    )


def repeated(times: int = 100_000) -> bytes:
    """Return a PDF that shows one page again and again."""
    kids = b"3 0 R " * times
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, times),
            _page(),
        ]
    )


def active() -> bytes:
    """Return a PDF that runs a program when it is opened."""
    return pdf(catalog="/OpenAction << /S /JavaScript /JS (app.alert) >>")
