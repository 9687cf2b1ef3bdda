"""How the application is put together. Everything that must start starts from here."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app.calls.blueprints import BLUEPRINTS as CALLS
from app.challenges.views import blueprint as challenges
from app.commitments.views import blueprint as commitments
from app.extensions import babel, csrf, init_database, limiter
from app.files.setup import init_files
from app.jobs.queue import init_queue
from app.logs import init_logs
from app.matches.blueprints import BLUEPRINTS as MATCHES
from app.notifications.views import blueprint as mailbox
from app.organizations.security import init_security
from app.organizations.views import blueprint as organizations
from app.pages.navigation import init_navigation
from app.pages.views import blueprint as pages
from app.pilots.indicators.views import blueprint as indicators
from app.pilots.milestones.views import blueprint as milestones
from app.pilots.reports.views import blueprint as progress_reports
from app.pilots.views import blueprint as pilots
from app.solutions.views import blueprint as solutions
from app.submissions.views import blueprint as submissions
from app.web.access import refuse_undeclared
from app.web.again import init_again
from app.web.compression import init_compression
from app.web.converters import init_converters
from app.web.errors import init_errors
from app.web.headers import init_headers
from app.web.language import current_locale, remember_language
from app.web.templating import init_templating
from app.web.transaction import Puente, begin_request, end_request
from config import Settings, flask_config

BLUEPRINTS = (
    pages,
    organizations,
    *CALLS,
    challenges,
    *MATCHES,
    solutions,
    submissions,
    pilots,
    milestones,
    indicators,
    progress_reports,
    commitments,
)


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings."""
    app = Puente("app")
    app.config.update(flask_config(settings))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    init_logs(app)
    init_converters(app)
    init_files(app)
    app.before_request(begin_request)
    app.before_request(remember_language)
    app.teardown_request(end_request)
    init_database(app)
    babel.init_app(app, locale_selector=current_locale)
    csrf.init_app(app)
    limiter.init_app(app)
    init_security(app)
    app.before_request(refuse_undeclared)
    init_compression(app)
    init_headers(app, settings)
    init_templating(app)
    init_navigation(app)
    init_errors(app)
    init_again(app)
    init_queue(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.shows_mailbox:
        app.register_blueprint(mailbox)
    _serve(app, settings)
    return app


def _serve(app: Flask, settings: Settings) -> None:
    static = WhiteNoise(app.wsgi_app, root=app.static_folder, prefix="static/", max_age=31_536_000)
    proxies = settings.trusted_proxies
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way to wrap
        static, x_for=proxies, x_proto=proxies, x_host=proxies
    )
