"""What people read when a rule of the committee refuses what they do, and in its histories."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

SENTENCES = {
    "already_in_committee": _l("This person sits in the committee already, or is invited to it."),
    "committee_full": _l("A committee has at most %(most)s members."),
    "chair_taken": _l(
        "Somebody else is to preside the committee. Invite this person as a member, then hand the "
        "presidency over when they have joined."
    ),
    "member_left": _l("This person does not sit in the committee."),
    "scores_settled": _l("A result was approved with the scores as they are: they stand."),
    "not_evaluating": _l("This is possible only during the evaluation. The call is “%(status)s”."),
    "evaluation_over": _l(
        "The time for reviews is over, so this was not saved. What you wrote is still here. Ask "
        "the coordination whether the date will move."
    ),
    "review_not_writable": _l(
        "This review cannot be written now: its state is “%(status)s”. What you wrote is still "
        "here."
    ),
    "score_off_scale": _l("The score of “%(name)s” goes from 0 to %(scale)s."),
    "scores_missing": _l("Give every criterion a score first. Still missing: %(names)s."),
    "sent_stands": _l(
        "A review that was sent stands, unless a conflict of interest comes to light. It can be "
        "reopened by who presides the committee."
    ),
    "recuse_instead": _l("Recuse yourself instead: then the reason is on record."),
    "consensus_stands": _l("The committee agreed on this application. Reopen the consensus first."),
    "consensus_known": _l("The consensus on this application is open already."),
    "nothing_reviewed": _l("No review of this application was sent yet."),
    "reviews_pending": _l(
        "Individual reviews come first: wait until all were sent, or the evaluation has ended."
    ),
    "conflict_known": _l("This conflict of interest is on record already."),
    "no_conflict": _l("A lack of time is no conflict of interest."),
    "reviews_already": _l("This person reviews the application already."),
    "cannot_review_member_left": _l("This person does not sit in the committee any more."),
    "cannot_review_conflict": _l("This person has a conflict of interest in the application."),
    "cannot_review_same_organization": _l("This person belongs to the city that applies."),
    "cannot_review_recused": _l("This person recused themself from the application."),
    "cannot_review_reads_scores": _l(
        "This person may read what others said of the application, so they cannot judge it any "
        "more."
    ),
    "reminded_lately": _l("The members were reminded in the last twelve hours."),
}
ACTS = {
    "invite_member": _lp("committee, history", "Invited to the committee"),
    "join_committee": _lp("committee, history", "Joined the committee"),
    "remove_member": _lp("committee, history", "Taken out of the committee"),
    "appoint_chair": _lp("committee, history", "Made to preside the committee"),
    "remind_committee": _lp("committee, history", "Committee reminded"),
    "declare_conflict": _lp("conflict, history", "Declared"),
    "lift_conflict": _lp("conflict, history", "Taken back"),
    "assign": _lp("review, history", "Assigned"),
    "open_consensus": _lp("consensus, history", "Opened"),
}
