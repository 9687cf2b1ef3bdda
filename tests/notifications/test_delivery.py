"""Sending mail: once, with the same number on each try, and what happens without a server."""

import socketserver
import threading
from dataclasses import replace

import pytest

from app.extensions import db
from app.jobs.models import Job, JobState
from app.notifications import jobs
from app.notifications.delivery import _CheckedConnection
from app.notifications.models import Message
from app.notifications.service import Recipient, post, send


class _Handler(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP; refuses as often as the server is told to."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            command = line.decode().split()[0].upper()
            if command == "DATA":
                self._receive()
            elif command == "MAIL" and self.server.refusals:
                self.server.refusals -= 1
                self.wfile.write(b"451 try later\r\n")
            elif command == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")

    def _receive(self) -> None:
        self.wfile.write(b"354 go on\r\n")
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        self.server.received.append("".join(lines))
        self.wfile.write(b"250 taken\r\n")


@pytest.fixture
def smtp(app, monkeypatch):
    """A mail server on this machine, and the platform told to use it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.received, server.refusals = [], 0
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        settings = replace(
            app.config["SETTINGS"],
            mail_server="127.0.0.1",
            mail_port=server.server_address[1],
            mail_use_tls=False,
        )
        monkeypatch.setitem(app.config, "SETTINGS", settings)
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_is_handed_to_the_server_once(smtp, run_jobs):
    post("ana@test.example", "es", "Señal de prueba", "Línea uno\n")
    db.session.commit()
    message = db.session.query(Message).one()
    assert message.sent_at is None
    run_jobs()
    assert message.sent_at is not None
    jobs.send_mail(message.id)
    run_jobs()
    (text,) = smtp.received
    assert f"Message-ID: {message.message_id}" in text
    assert "To: ana@test.example" in text
    assert "From: Puente <no-reply@puente.example>" in text
    assert "Auto-Submitted: auto-generated" in text


def test_a_refused_mail_is_tried_again_under_the_same_number(smtp, run_jobs):
    smtp.refusals = 1
    post("ana@test.example", "es", "Prueba", "Texto\n")
    db.session.commit()
    run_jobs()
    message = db.session.query(Message).one()
    job = db.session.query(Job).one()
    assert (smtp.received, message.sent_at, job.state) == ([], None, JobState.WAITING)
    job.due_at = message.created_at
    db.session.commit()
    run_jobs()
    assert message.sent_at is not None
    assert [message.message_id in text for text in smtp.received] == [True]


def test_without_a_server_the_mail_is_delivered_to_the_mailbox(app, run_jobs):
    send([Recipient("ana@test.example", "en")], "account_confirm", confirmation_link="http://x/y")
    db.session.commit()
    run_jobs()
    assert db.session.query(Message).one().sent_at is not None


def test_a_mail_that_is_gone_is_no_failure(app):
    jobs.send_mail(12345)
    assert db.session.query(Message).count() == 0


def test_a_subject_stays_one_line(smtp, run_jobs):
    post("ana@test.example", "es", "Hola\r\nBcc: x@evil.example", "Texto\n")
    db.session.commit()
    run_jobs()
    headers = smtp.received[0].split("\r\n\r\n")[0].splitlines()
    assert not any(line.lower().startswith("bcc:") for line in headers)


def test_encryption_checks_the_certificate(monkeypatch):
    import smtplib
    import ssl

    seen = {}
    monkeypatch.setattr(smtplib.SMTP, "starttls", lambda _self, **options: seen.update(options))
    _CheckedConnection().starttls(context=None)
    assert seen["context"].verify_mode is ssl.CERT_REQUIRED
    assert seen["context"].check_hostname is True
