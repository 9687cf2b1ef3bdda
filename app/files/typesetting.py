"""Makes official documents: data in, a tagged PDF out, set in a child process."""

import json
import re
from typing import Any

from app.files import children

_NAME = re.compile(r"[a-z]+(_[a-z]+)*")
_CPU_SECONDS = 20


class NotSet(RuntimeError):
    """A document of ours could not be set: the template or its data are wrong."""


def typeset(document: str, data: dict[str, Any]) -> bytes:
    """Return ``documents/<document>.typ`` filled with ``data``, as PDF/UA.

    Args:
        document: the name of the template.
        data: what JSON can hold; read in the template as ``data``. ``lang`` (es, pt, en) and
            ``title`` are always needed. Texts are shown as they are and never understood as markup.

    Raises:
        NotSet: the template is unknown, or does not fit the data.
    """
    if not _NAME.fullmatch(document):
        raise NotSet(document)
    said = json.dumps({"document": document, "data": data}).encode()
    answer = children.run("typst_child", said, _CPU_SECONDS)
    if answer.failed or not answer.output:
        raise NotSet(document)
    return answer.output
