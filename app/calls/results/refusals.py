"""What people read when a rule of results refuses what they do, and in their histories."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

SENTENCES = {
    "result_exists": _l("There is a result of this stage already. Take it back first."),
    "preliminary_not_published": _l(
        "The preliminary result must be public before a final one is proposed."
    ),
    "appeals_still_open": _l("Cities can still appeal: wait until that time is over."),
    "appeals_undecided": _l("These appeals wait for a decision: %(numbers)s."),
    "scores_changed_without_appeal": _l(
        "Scores changed since the preliminary result without an upheld appeal: %(numbers)s."
    ),
    "admissibility_open": _l(
        "These applications are neither admitted nor not admitted yet: %(numbers)s."
    ),
    "nothing_to_rank": _l("No application was admitted: close the call with no award."),
    "evaluation_not_over": _l(
        "The evaluation is not over: %(count)s applications still wait for a review."
    ),
    "consensus_missing": _l("The committee must agree first on: %(numbers)s."),
    "conflict_in_call": _l(
        "You have a conflict of interest in this call, so you take no part in its result. You can "
        "read it once it is public."
    ),
    "reviews_first": _l("Send your own reviews first."),
    "opinion_missing": _l("Say why you vote against it: the minutes keep your opinion."),
    "result_provisional": _l(
        "This table is provisional: there are not enough reviews of %(numbers)s. Take it back, get "
        "the reviews and propose it again."
    ),
    "result_outdated": _l(
        "Scores changed since this was proposed. Take it back and propose it again."
    ),
    "result_not_carried": _l(
        "More than half of the members without a conflict of interest must vote, and more of them "
        "in favour than against."
    ),
    "no_time_to_appeal": _l(
        "The time for appeals would be over before the result is public. Move that date first."
    ),
    "result_published": _l("This result is public. It can be changed by appeals only."),
    "letter_sent": _l("This letter was sent, so it stands."),
    "appeals_closed": _l("The time for appeals is not open."),
    "appealed_already": _l("Your city has filed its appeal already."),
    "not_in_result": _l("Your application has no place in the preliminary result."),
    "criteria_unknown": _l("Choose at least one criterion."),
}
ACTS = {
    "propose": _lp("result, history", "Proposed"),
    "vote": _lp("result, history", "Vote cast"),
    "announce": _lp("result, history", "Published"),
    "keep_minutes": _lp("result, history", "Minutes kept"),
    "edit_letter": _lp("result, history", "Letter edited"),
    "review_letter": _lp("result, history", "Letter reviewed"),
    "file": _lp("appeal, history", "Filed"),
}
