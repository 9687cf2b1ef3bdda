"""Documents that people hand in: good ones are counted, bad ones do no harm and are told why."""

import os
import sys
import time
from threading import Thread

import pytest

from app.files import children, pdf
from app.files.problems import SENTENCES, UnreadableFile
from tests.files import pdfs

# What stops them is the same second by second; the tests wait for one.
ONE_SECOND = 1


@pytest.mark.parametrize("pages", [1, 5, 7])
def test_a_document_is_counted(app, pages):
    drawing = b"BT /F1 12 Tf (Informe) Tj ET"
    assert pdf.inspect(pdfs.pdf(pages, drawing)) == pdf.PdfFacts(pages=pages)


HOSTILE = {
    "empty": (lambda: b"", "file_empty"),
    "a program": (lambda: b"MZ\x90\x00" + pdfs.pdf(), "file_not_pdf"),
    "header later": (lambda: b"<html>" + pdfs.pdf(), "file_not_pdf"),
    "archive": (pdfs.with_archive, "file_two_in_one"),
    "encrypted": (pdfs.encrypted, "file_encrypted"),
    "cut off": (lambda: pdfs.pdf(3)[:300], "file_damaged"),
    "cut at its end": (lambda: pdfs.pdf(3)[:-20], "file_damaged"),
    "header alone": (lambda: b"%PDF-1.7\n" + b"\0" * 1000, "file_damaged"),
    "unfolds": (pdfs.bomb, "file_too_complex"),
    "nested object": (pdfs.nested, "file_damaged"),
    "nested drawing": (pdfs.nested_drawing, "file_too_complex"),
    "endless drawing": (pdfs.endless, "file_too_complex"),
    "inside itself": (pdfs.cyclic, "file_damaged"),
    "one page again and again": (pdfs.repeated, "file_too_complex"),
    "runs a program": (pdfs.active, "file_active"),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_refused_with_its_reason(app, make, code):
    with pytest.raises(UnreadableFile) as refused:
        pdf.inspect(make(), cpu_seconds=ONE_SECOND)
    assert refused.value.code == code
    assert code in SENTENCES


def test_others_are_served_while_a_bad_file_is_checked(app, browser):
    codes = []

    def check():
        with app.app_context():
            try:
                pdf.inspect(pdfs.endless(), cpu_seconds=ONE_SECOND)
            except UnreadableFile as refused:
                codes.append(refused.code)

    bad = Thread(target=check)
    bad.start()
    answers = {browser().get("/").status_code for _number in range(3)}
    bad.join()
    assert (answers, codes) == ({200}, ["file_too_complex"])


def test_a_child_knows_no_secret_and_leaves_nothing_behind(app, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    told = tmp_path / "told"
    program = (
        "import os, subprocess, sys, time; sys.stdin.read();"
        f"open({str(told)!r}, 'w').write(str(dict(os.environ)));"
        "left = subprocess.Popen(['sleep', '60'], stdout=subprocess.DEVNULL);"
        "print(left.pid, flush=True)"
    )
    with children._start([sys.executable, "-c", program]) as child:
        output, _nothing = child.communicate(b"", timeout=20)
    assert "do-not-tell" not in told.read_text()
    deadline = time.monotonic() + 20
    while _alive(int(output)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _alive(int(output))


def _alive(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_queue_of_files_is_told_instead_of_growing(app, monkeypatch):
    monkeypatch.setattr(children, "_PATIENCE_SECONDS", 0)
    turns = app.extensions["file_children"]
    for _number in range(children.AT_ONCE):
        assert turns.acquire(timeout=30)
    try:
        with pytest.raises(UnreadableFile) as refused:
            pdf.inspect(pdfs.pdf())
        assert refused.value.code == "files_busy"
    finally:
        turns.release(children.AT_ONCE)
    assert pdf.inspect(pdfs.pdf()).pages == 1


def test_the_limits_hold_in_the_child(app):
    """What the kernel was told, read from inside."""
    program = (
        "from app.files.limits import confine; confine(3);"
        "import resource as r;"
        "print(*[r.getrlimit(k)[1] for k in (r.RLIMIT_CPU, r.RLIMIT_AS, r.RLIMIT_FSIZE)])"
    )
    with children._start([sys.executable, "-c", program]) as child:
        output, _nothing = child.communicate(timeout=20)
    assert output.split() == [b"3", str(512 * 1024 * 1024).encode(), b"0"]
    assert os.getpgid(0) != child.pid
