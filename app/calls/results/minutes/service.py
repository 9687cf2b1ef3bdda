"""The minutes of a result as a PDF, set once in the worker when the chair has approved it.

The page of the result shows the SHA-256 of the file, so that any copy can be checked.
"""

from flask_babel import force_locale
from flask_babel import gettext as _

from app import audit
from app.calls.locking import hold
from app.calls.results.minutes import call_part, result_part
from app.calls.results.models import Result
from app.domain.actors import SYSTEM
from app.domain.call_states import ResultStatus
from app.domain.call_vocabulary import ResultStage
from app.extensions import db
from app.files.service import store
from app.files.typesetting import typeset
from app.jobs.service import reading
from app.web.language import LOCALES

_PDF = "application/pdf"


def set_minutes(result_id: int) -> bool:
    """Set and keep the minutes of an approved result that has none; tell whether it was so.

    Setting takes a second or two: nobody is kept from writing meanwhile.
    """
    with reading():
        found = db.session.get(Result, result_id)
        if found is None or not _lacks_minutes(found):
            return False
        name, content = _name(found), typeset("minutes", data_of(found))
    result = db.session.get_one(Result, result_id)
    hold(result.call)
    db.session.refresh(result)
    if not _lacks_minutes(result):
        return False
    file = store(name, content, _PDF, actor_id=None)
    result.minutes_id = file.id
    audit.record(result, "keep_minutes", SYSTEM, digest=file.sha256)
    return True


def _lacks_minutes(result: Result) -> bool:
    return result.status is ResultStatus.APPROVED and result.minutes_id is None


def _name(result: Result) -> str:
    return f"{result.call.country.value}-{result.call.year}-{result.stage.value}.pdf"


def data_of(result: Result) -> dict[str, object]:
    """Return what the template of the minutes shows, in the language of the call."""
    call = result.call
    with force_locale(LOCALES[call.lang.value]):
        final = result.stage is ResultStage.FINAL
        return {
            "lang": call.lang.value,
            "title": _("Minutes of the final result: %(call)s", call=call.title)
            if final
            else _("Minutes of the preliminary result: %(call)s", call=call.title),
            "issuer": call.organization.name,
            "footer": _("Identifier: %(id)s", id=result.public_id),
            "none": _("None."),
            "blocks": [
                call_part.approval(result),
                call_part.dates(call),
                call_part.changes(call),
                result_part.members(result),
                call_part.absences(call),
                call_part.recusals(call),
                call_part.late_entries(call),
                call_part.not_admitted(call),
                result_part.criteria(result),
                result_part.counting(result),
                result_part.scores(result),
                result_part.ranking(result),
                result_part.ties(result),
                result_part.quotas(result),
                result_part.dissent(result),
                *([call_part.appeals(call), result_part.moves(result)] if final else []),
                result_part.lot(result),
            ],
        }
