"""Names that travel in mails: what they may hold, and the readable address made from them."""

import re
from collections.abc import Iterator
from itertools import count

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from slugify import slugify
from wtforms import ValidationError
from wtforms.fields.core import Field

LONGEST_SLUG = 60
RESERVED_SLUGS = frozenset({"new", "none", "organization"})
_LINK = re.compile(r"://|www\.|[@/\\<>]", re.IGNORECASE)


def without_link(form: FlaskForm, field: Field) -> None:
    """Refuse a name that would become a link in a mail to somebody else."""
    if _LINK.search(field.data or ""):
        raise ValidationError(_l("Write only the name, without addresses or links."))


def slugs(name: str) -> Iterator[str]:
    """Yield readable addresses for ``name``, the plain one first, then numbered ones."""
    base = slugify(name, max_length=LONGEST_SLUG, word_boundary=True) or "organization"
    if base not in RESERVED_SLUGS:
        yield base
    for number in count(2):
        yield f"{base}-{number}"
