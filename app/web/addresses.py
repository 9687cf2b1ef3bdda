"""Addresses made from the present one.

What the reader's address carries after the ``?`` is never handed to ``url_for``, which takes some
names (``_scheme``, ``_external``, ``endpoint``) for its own.
"""

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

_PLAIN = "!$'()*,/:;?@"


def this_page(arguments: dict[str, Any]) -> str:
    """Return the address of the page asked for, with ``arguments`` as its query."""
    path = url_for(str(request.endpoint), **(request.view_args or {}))
    query = urlencode(arguments, doseq=True, safe=_PLAIN)
    return f"{path}?{query}" if query else path


def query_arguments() -> dict[str, Any]:
    """Return what the present address carries after the ``?``, each name with its values."""
    arguments: dict[str, Any] = request.args.to_dict(flat=False)
    return arguments
