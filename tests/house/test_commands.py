"""The ``flask`` command and the supervisor of ``make run``."""

import signal
import socket
import subprocess
import sys

import pytest

from app.commands.cli import init_commands
from app.commands.serve import Supervisor, port_is_free, web_command
from app.commands.translations import compile_catalogs
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db
from app.factory import create_app
from app.organizations.models import Membership, User

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DIE = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def flask(settings, app):
    """Run ``flask`` with these words and what is typed."""
    made = create_app(settings)
    init_commands(made)

    def run(*words, typed=None):
        return made.test_cli_runner().invoke(args=list(words), input=typed)

    yield run
    with made.app_context():
        db.engine.dispose()


ADMIN = ("users", "create-admin", "--email", "Ana@Example.org", "--name", "Ana", "--password-stdin")


def test_the_first_owner_of_the_coordination(flask):
    done = flask(*ADMIN, typed="una clave muy larga\n")
    assert done.exit_code == 0, done.output
    db.session.rollback()
    membership = db.session.query(Membership).one()
    assert membership.role is Role.OWNER
    assert membership.user.email == "ana@example.org"
    assert membership.user.password.startswith("$argon2")
    assert membership.organization.kind is OrganizationKind.COORDINATION
    assert membership.organization.status is OrganizationStatus.VERIFIED


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        (ADMIN, "short\n"),
        (ADMIN, ""),
        (
            ("users", "create-admin", "--email", "nobody", "--name", "A", "--password-stdin"),
            "x" * 20,
        ),
    ],
)
def test_an_account_that_could_not_be_used_is_not_made(flask, words, typed):
    assert flask(*words, typed=typed).exit_code == 1
    db.session.rollback()
    assert db.session.query(User).count() == 0


def test_an_address_has_one_account(flask, people):
    people.person(email="ana@example.org")
    done = flask(*ADMIN, typed="una clave muy larga\n")
    assert (done.exit_code, db.session.query(User).count()) == (1, 1)


@pytest.mark.parametrize("command", ["load", "reset", "run"])
def test_demonstration_data_never_meets_real_data(flask, command):
    done = flask("demo", command, typed="y\n")
    assert done.exit_code == 1
    assert "PUENTE_ENV=demo" in done.output


def test_rules_can_be_checked(flask):
    assert flask("rules", "check").exit_code == 0


def test_jobs_can_be_run_and_listed(flask):
    assert "0 jobs run" in flask("jobs", "run").output
    assert flask("jobs", "list").exit_code == 0
    assert "0 matches" in flask("match", "run").output


def test_only_catalogs_that_changed_are_compiled(tmp_path):
    folder = tmp_path / "translations" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "messages.po"
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Yes"\nmsgstr "Sí"\n', encoding="utf-8")
    told = []
    assert compile_catalogs(told.append, tmp_path) == 1
    assert compile_catalogs(told.append, tmp_path) == 0
    assert told == ["es: messages"]
    assert "Sí".encode() in (folder / "messages.mo").read_bytes()


def test_a_taken_port_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not port_is_free("127.0.0.1", port)
    assert port_is_free("127.0.0.1", port)


def test_a_web_process_that_dies_stops_everything_with_an_error(capfd):
    supervisor = Supervisor(DIE, SLEEP)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        supervisor.start()
        assert supervisor.watch() == 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert supervisor.running["worker"].poll() is not None
    assert "status 3" in capfd.readouterr().out


def test_a_worker_that_dies_is_started_again_and_a_signal_stops_both():
    program = (
        "import sys; from app.commands.serve import Supervisor;"
        f"s = Supervisor({SLEEP!r}, {DIE!r}); s.start(); sys.exit(s.watch())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as process:
        said = [process.stdout.readline() for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        output = process.stdout.read()
        assert process.wait(20) == 0
    assert all(line.startswith("The worker ended (status 3)") for line in said), said
    assert output.rstrip().endswith("Stopped.")


def test_the_web_process_is_threaded_and_has_two_workers():
    words = " ".join(web_command("::1", 9000))
    assert "--bind [::1]:9000" in words
    assert "--worker-class gthread --workers 2 --threads 4" in words
