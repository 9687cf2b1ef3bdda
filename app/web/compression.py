"""Smaller answers: pages of visitors are compressed on the way out.

Pages of signed-in people are not: they carry secrets (tokens of forms) beside text that others
can choose, and the size of a compressed page would let a listener guess the secrets (BREACH).
Static files are compressed once, beforehand, and WhiteNoise serves those copies.
"""

from flask import Flask, Response, session
from flask_compress import Compress

_compress = Compress()


def init_compression(app: Flask) -> None:
    """Compress the pages of visitors."""
    app.config["COMPRESS_REGISTER"] = False
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    _compress.init_app(app)
    app.after_request(_for_visitors)


def _for_visitors(response: Response) -> Response:
    if session.get("_user_id"):
        return response
    return _compress.after_request(response)
