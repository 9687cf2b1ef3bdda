"""Planning and delivering a milestone as forms."""

from flask_babel import lazy_gettext as _l

from app.web.forms import Form, day, paragraph, text, web_address


class MilestoneForm(Form):
    """What is delivered by a day."""

    title = text(_l("What is delivered"), 160, required=True)
    due_on = day(_l("Due on"), required=True)
    description = paragraph(_l("How one sees that it is done"), 3000)


class EvidenceForm(Form):
    """The proof that a milestone was delivered."""

    evidence = paragraph(
        _l("Evidence"),
        4000,
        required=True,
        hint=_l("What was done, and where the other side can see it."),
    )
    evidence_url = web_address(_l("Address of the evidence"))
