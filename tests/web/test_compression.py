"""Pages of visitors are compressed; pages that carry a person's secrets are not."""

import os

from app.commands.assets import compress_static


def test_a_visitor_gets_a_compressed_page(browser):
    answer = browser().get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert {"Accept-Encoding", "Cookie"} <= {
        part.strip() for part in answer.headers["Vary"].split(",")
    }


def test_a_signed_in_person_does_not(people, browser):
    answer = browser(people.city()).get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_static_files_are_compressed_once_and_again_when_they_change(tmp_path):
    sheet = tmp_path / "a.css"
    sheet.write_text("body { color: red }\n" * 200)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG" * 200)
    lines: list[str] = []
    assert compress_static(lines.append, tmp_path) == 1
    assert (tmp_path / "a.css.gz").stat().st_size < sheet.stat().st_size
    assert compress_static(lines.append, tmp_path) == 0
    sheet.write_text("body { color: blue }\n" * 200)
    later = (tmp_path / "a.css.gz").stat().st_mtime + 5
    os.utime(sheet, (later, later))
    assert compress_static(lines.append, tmp_path) == 1
