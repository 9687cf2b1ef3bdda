"""Voting as a form."""

from flask_babel import lazy_gettext as _l

from app.domain.call_vocabulary import Ballot
from app.web.forms import Form, choice, paragraph


class VoteForm(Form):
    """A vote, with an opinion that the minutes keep."""

    ballot = choice(_l("Your vote"), Ballot)
    opinion = paragraph(
        _l("Your opinion"),
        4000,
        hint=_l("Needed for a vote against. The minutes keep it with your name."),
    )
