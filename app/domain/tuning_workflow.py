"""How the settings of the matcher move between their states.

Read like ``workflows.py``, which joins this table to the others. One version at a time is tried,
one is in use, and the former ones stay as they were.
"""

from app.domain.permissions import Permission
from app.domain.states import TuningAction, TuningStatus
from app.domain.workflow import Workflow, row

_T, _TA, _P = TuningStatus, TuningAction, Permission
TUNING = Workflow(
    "tuning",
    _T,
    _TA,
    _T.TRIAL,
    (_T.TRIAL, _T.ACCEPTED),
    (
        row(_TA.ACCEPT, _T.TRIAL, _T.ACCEPTED, _P.MATCH_TUNE, needs_reason=True),
        row(_TA.DISCARD, _T.TRIAL, _T.DISCARDED, _P.MATCH_TUNE, final=True),
        row(_TA.REPLACE, _T.ACCEPTED, _T.REPLACED, _P.MATCH_PROGRESS),
    ),
)
