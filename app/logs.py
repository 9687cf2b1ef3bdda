"""Structured logs: one JSON line an event, with the request's number; no personal data."""

import logging
import re
import sys
import uuid

import structlog
from flask import Flask, Response, g, request

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def init_logs(app: Flask) -> None:
    """Configure logging and give each request a number, sent back as ``X-Request-ID``."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_number_request)
    app.after_request(_tell_number)


def _number_request() -> None:
    offered = request.headers.get("X-Request-ID", "")
    g.request_id = offered if _REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(
        request_id=g.request_id, method=request.method, endpoint=request.endpoint
    )


def _tell_number(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    return response
