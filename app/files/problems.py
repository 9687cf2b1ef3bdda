"""Why a file was refused, in words that whoever handed it in can act on."""

from flask_babel import lazy_gettext as _l

from app.domain.errors import RuleBroken
from app.web.errors import add_sentences


class UnreadableFile(RuleBroken):
    """A file cannot be taken in; ``code`` says why."""


SENTENCES = {
    "file_empty": _l("This file is empty. Choose it again, or save it again from your program."),
    "file_not_pdf": _l("This file is not a PDF, whatever its name says. Save it as PDF and try."),
    "file_two_in_one": _l(
        "This file is a PDF and an archive at once. Save the document as PDF again, alone."
    ),
    "file_encrypted": _l(
        "This PDF is protected, so it cannot be checked. Save it without a password and try again."
    ),
    "file_damaged": _l(
        "This PDF could not be read: it is cut off or damaged. Save it as PDF again and try."
    ),
    "file_too_complex": _l(
        "This PDF could not be checked in the time and memory there is for one. Print it to PDF "
        "again and try."
    ),
    "file_active": _l(
        "This PDF carries a program that runs on opening. Print it to PDF again and try."
    ),
    "file_too_large": _l("This file is larger than %(megabytes)s MB."),
    "file_too_long": _l("This document has %(pages)s pages; at most %(largest)s are accepted."),
    "files_busy": _l("Many files are being checked just now. Try again in a minute."),
}
add_sentences(SENTENCES)
