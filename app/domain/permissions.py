"""Who may do what: one table, default deny.

A permission is held when every predicate of at least one of its rules holds. A permission without
a rule is held by nobody. What depends on the status of the thing is in ``workflows.py``.
"""

from enum import StrEnum

from app.domain.actors import Actor, Subject
from app.domain.predicates import (
    Predicate,
    anyone,
    chair,
    coordination,
    coordinator,
    its_city,
    its_startup,
    of_city,
    of_startup,
    owner,
    party,
    public,
    received,
    reviewer,
    signed_in,
    system,
    unbiased,
    unowned,
    verified,
    without_organization,
    writes,
)


class Permission(StrEnum):
    """Every permission of the platform; a view, button or act names exactly one."""

    ACCOUNT_USE = "account:use"
    ORGANIZATION_CREATE = "organization:create"
    ORGANIZATION_VIEW = "organization:view"
    ORGANIZATION_EDIT = "organization:edit"
    ORGANIZATION_MANAGE_PEOPLE = "organization:manage-people"
    ORGANIZATION_VERIFY = "organization:verify"
    CHALLENGE_VIEW = "challenge:view"
    CHALLENGE_CREATE = "challenge:create"
    CHALLENGE_EDIT = "challenge:edit"
    CHALLENGE_SUBMIT = "challenge:submit"
    CHALLENGE_CLOSE = "challenge:close"
    CHALLENGE_REVIEW = "challenge:review"
    CHALLENGE_PROGRESS = "challenge:progress"
    SOLUTION_VIEW = "solution:view"
    SOLUTION_CREATE = "solution:create"
    SOLUTION_EDIT = "solution:edit"
    SOLUTION_SUBMIT = "solution:submit"
    SOLUTION_REVIEW = "solution:review"
    SUBMISSION_VIEW = "submission:view"
    SUBMISSION_CREATE = "submission:create"
    SUBMISSION_EDIT = "submission:edit"
    SUBMISSION_ASSESS = "submission:assess"
    SUBMISSION_PROGRESS = "submission:progress"
    MATCH_VIEW = "match:view"
    MATCH_DECIDE = "match:decide"
    MATCH_CONSENT_CITY = "match:consent-city"
    MATCH_CONSENT_STARTUP = "match:consent-startup"
    MATCH_PROGRESS = "match:progress"
    MATCH_DESK = "match:desk"
    MATCH_TUNE = "match:tune"
    PILOT_VIEW = "pilot:view"
    PILOT_OPEN = "pilot:open"
    PILOT_FOLLOW = "pilot:follow"
    PILOT_WORK = "pilot:work"
    PILOT_SIGN_CITY = "pilot:sign-city"
    PILOT_SIGN_STARTUP = "pilot:sign-startup"
    PILOT_RUN = "pilot:run"
    PILOT_DELIVER = "pilot:deliver"
    PILOT_ACCEPT = "pilot:accept"
    PILOT_DECIDE = "pilot:decide"
    PILOT_OVERSEE = "pilot:oversee"
    COMMITMENT_OVERSEE = "commitment:oversee"
    CALL_VIEW = "call:view"
    CALL_CREATE = "call:create"
    CALL_MANAGE = "call:manage"
    CALL_OVERSEE = "call:oversee"
    CALL_PROGRESS = "call:progress"
    COMMITTEE_VIEW = "committee:view"
    APPLICATION_VIEW = "application:view"
    APPLICATION_CREATE = "application:create"
    APPLICATION_EDIT = "application:edit"
    APPLICATION_ASSESS = "application:assess"
    APPLICATION_PROGRESS = "application:progress"
    REVIEW_VIEW = "review:view"
    REVIEW_WRITE = "review:write"
    REVIEW_CHAIR = "review:chair"
    REVIEW_OVERSEE = "review:oversee"
    RESULT_VIEW = "result:view"
    RESULT_PROPOSE = "result:propose"
    RESULT_VOTE = "result:vote"
    RESULT_APPROVE = "result:approve"
    APPEAL_FILE = "appeal:file"
    APPEAL_DECIDE = "appeal:decide"
    ENROLMENT_VIEW = "enrolment:view"
    ENROLMENT_SIGN = "enrolment:sign"
    ENROLMENT_MANAGE = "enrolment:manage"
    AUDIT_VIEW = "audit:view"
    MAILBOX_VIEW = "mailbox:view"


Rule = tuple[Predicate, ...]

_READ: tuple[Rule, ...] = ((public,), (party,), (coordination,))
_CITY_WRITES: Rule = (its_city, writes)
_STARTUP_WRITES: Rule = (its_startup, writes)
# Each network runs its own calls: the coordination of another one has no part in them.
_RUNS_THE_CALL: Rule = (coordinator, party, unbiased)

POLICY: dict[Permission, tuple[Rule, ...]] = {
    Permission.ACCOUNT_USE: ((signed_in,),),
    Permission.ORGANIZATION_CREATE: ((signed_in, without_organization),),
    Permission.ORGANIZATION_VIEW: _READ,
    Permission.ORGANIZATION_EDIT: ((party, writes), (coordinator,)),
    Permission.ORGANIZATION_MANAGE_PEOPLE: ((party, owner), (coordinator,)),
    Permission.ORGANIZATION_VERIFY: ((coordinator,),),
    Permission.CHALLENGE_VIEW: _READ,
    Permission.CHALLENGE_CREATE: ((of_city, writes),),
    Permission.CHALLENGE_EDIT: (_CITY_WRITES,),
    Permission.CHALLENGE_SUBMIT: ((its_city, writes, verified),),
    Permission.CHALLENGE_CLOSE: (_CITY_WRITES, (coordinator,)),
    Permission.CHALLENGE_REVIEW: ((coordinator,),),
    Permission.CHALLENGE_PROGRESS: ((system,),),
    Permission.SOLUTION_VIEW: _READ,
    Permission.SOLUTION_CREATE: ((of_startup, writes), (coordinator,)),
    Permission.SOLUTION_EDIT: (_STARTUP_WRITES, (coordinator, unowned)),
    Permission.SOLUTION_SUBMIT: ((its_startup, writes, verified), (coordinator, unowned)),
    Permission.SOLUTION_REVIEW: ((coordinator,),),
    Permission.SUBMISSION_VIEW: ((party,), (coordination, received)),
    Permission.SUBMISSION_CREATE: ((of_startup, writes, verified),),
    Permission.SUBMISSION_EDIT: ((its_startup, writes, verified),),
    Permission.SUBMISSION_ASSESS: (_CITY_WRITES,),
    Permission.SUBMISSION_PROGRESS: ((system,),),
    Permission.MATCH_VIEW: ((party,), (coordination,)),
    Permission.MATCH_DECIDE: ((coordinator,),),
    Permission.MATCH_CONSENT_CITY: ((its_city, writes, verified),),
    Permission.MATCH_CONSENT_STARTUP: ((its_startup, writes, verified),),
    Permission.MATCH_PROGRESS: ((system,),),
    Permission.MATCH_DESK: ((coordination,),),
    Permission.MATCH_TUNE: ((coordinator,),),
    Permission.PILOT_VIEW: _READ,
    Permission.PILOT_OPEN: (_CITY_WRITES, (coordinator,)),
    Permission.PILOT_FOLLOW: ((party,), (coordination,)),
    Permission.PILOT_WORK: (_CITY_WRITES, _STARTUP_WRITES),
    Permission.PILOT_SIGN_CITY: ((its_city, owner, verified),),
    Permission.PILOT_SIGN_STARTUP: ((its_startup, owner, verified),),
    Permission.PILOT_RUN: (_CITY_WRITES,),
    Permission.PILOT_DELIVER: (_STARTUP_WRITES, (its_city, writes, unowned)),
    Permission.PILOT_ACCEPT: (_CITY_WRITES,),
    Permission.PILOT_DECIDE: ((its_city, owner, verified),),
    Permission.PILOT_OVERSEE: ((coordinator,), (system,)),
    Permission.COMMITMENT_OVERSEE: ((coordination,),),
    Permission.CALL_VIEW: ((public,), (coordination, party), (reviewer,)),
    Permission.CALL_CREATE: ((coordinator,),),
    Permission.CALL_MANAGE: ((coordinator, party),),
    Permission.CALL_OVERSEE: ((coordination, party),),
    Permission.CALL_PROGRESS: ((system,),),
    Permission.COMMITTEE_VIEW: ((coordination, party), (reviewer,)),
    Permission.APPLICATION_VIEW: (
        (its_city,),
        (coordination, party, unbiased),
        (reviewer,),
        (chair,),
    ),
    Permission.APPLICATION_CREATE: ((of_city, writes),),
    Permission.APPLICATION_EDIT: (_CITY_WRITES,),
    Permission.APPLICATION_ASSESS: (_RUNS_THE_CALL,),
    Permission.APPLICATION_PROGRESS: ((system,),),
    Permission.REVIEW_VIEW: ((reviewer,), (chair,), (coordination, party, unbiased)),
    Permission.REVIEW_WRITE: ((reviewer,),),
    Permission.REVIEW_CHAIR: ((chair,),),
    Permission.REVIEW_OVERSEE: ((chair,), _RUNS_THE_CALL, (system,)),
    Permission.RESULT_VIEW: ((public,), (reviewer,), (coordination, party)),
    Permission.RESULT_PROPOSE: ((coordinator, party),),
    Permission.RESULT_VOTE: ((reviewer,),),
    Permission.RESULT_APPROVE: ((chair,),),
    Permission.APPEAL_FILE: (_CITY_WRITES,),
    Permission.APPEAL_DECIDE: ((chair,),),
    Permission.ENROLMENT_VIEW: ((its_city,), (coordination, party)),
    Permission.ENROLMENT_SIGN: ((its_city, owner),),
    Permission.ENROLMENT_MANAGE: ((coordinator, party), (system,)),
    Permission.AUDIT_VIEW: ((coordination,),),
    Permission.MAILBOX_VIEW: ((anyone,),),
}


def can(actor: Actor, permission: Permission, subject: Subject | None = None) -> bool:
    """Tell whether ``actor`` holds ``permission`` on ``subject`` (or at all, without one)."""
    rules = POLICY.get(permission, ())
    return any(all(predicate(actor, subject) for predicate in rule) for rule in rules)
