"""The receipt of an application as a document, in the language of the call."""

from typing import Any

from flask_babel import gettext as _

from app.calls.applications.models import Application, ApplicationVersion
from app.calls.models import Call
from app.calls.municipalities import tax_ids
from app.files.typesetting import typeset
from app.web.formats import long_datetime, number
from app.web.language import LOCALES, force_locale

_KILOBYTE = 1024


def receipt_pdf(application: Application, version: ApplicationVersion) -> bytes:
    """Return the receipt of one version as PDF; the same each time it is asked for."""
    call = application.call
    with force_locale(LOCALES[call.lang.value]):
        return typeset("receipt", _data(call, version))


def _data(call: Call, version: ApplicationVersion) -> dict[str, Any]:
    content = version.content
    items = content.get("items", {})
    received = long_datetime(version.submitted_at, call.timezone)
    rows = [
        [
            content["titles"][key],
            file["name"],
            number(file["pages"] or 0),
            f"{number(-(-file['size'] // _KILOBYTE))} kB",
            file["sha256"],
        ]
        for key, file in items.items()
        if key.startswith("document:") and file
    ]
    return {
        "lang": call.lang.value,
        "title": _("Receipt of application %(number)s", number=content["number"]),
        "issuer": call.organization.name,
        "footer": content["number"],
        "lead": _("The application of a municipality to this call was received complete."),
        "facts": [
            [_("Number"), _numbered(version)],
            [_("Call"), call.title],
            [_("Municipality"), items["legal_name"]],
            [_("Tax number"), tax_ids.shown(call.country, items["tax_id"])],
            [_("Received"), f"{received} · {version.submitted_at:%Y-%m-%d %H:%M:%S} UTC"],
            *([[_("Received late by permission"), content["late"]]] if content["late"] else []),
        ],
        "files_title": _("Documents"),
        "files_header": [_("Document"), _("File"), _("Pages"), _("Size"), "SHA-256"],
        "files": rows,
        "digest_title": _("Digest of the content"),
        "digest": version.digest,
        "digest_about": _(
            "SHA-256 of all that was handed in, as canonical JSON. The same text and the same "
            "files give the same digest; whoever changes one letter gets another."
        ),
    }


def _numbered(version: ApplicationVersion) -> str:
    number_of = str(version.content["number"])
    if version.number == 1:
        return number_of
    return str(_("%(number)s, version %(version)s", number=number_of, version=version.number))
