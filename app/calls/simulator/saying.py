"""What a trial of rules means, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.calls.simulator.trial import Effect, Trial
from app.domain.call_vocabulary import OutcomeReason, TieBreak
from app.domain.ranking import CRITERION, Place, RankingRules
from app.web.labels import label


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a trial; ``warns`` marks what the coordination should think about."""

    text: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Names of what the ranking knows by keys: criteria and applications."""

    criteria: Mapping[str, str]
    entries: Mapping[str, str]

    def question(self, asked: str) -> str:
        """Return one way of breaking ties in words."""
        if asked.startswith(CRITERION):
            name = self.criteria[asked.removeprefix(CRITERION)]
            return str(_("Higher score: %(criterion)s", criterion=name))
        return str(label(TieBreak(asked)))

    def tie(self, place: Place) -> str:
        """Return with whom an application is equal and what decided."""
        if place.tie is None:
            return ""
        others = ", ".join(self.entries[key] for key in place.tie.with_keys)
        decided = self.question(place.tie.decided_by)
        return str(_("Same total as %(others)s. Decided by: %(how)s", others=others, how=decided))


def findings(rules: RankingRules, trial: Trial, words: Words) -> list[Finding]:
    """Return what a coordinator should know before publishing these rules."""
    return [
        *_seats(trial),
        *(_effect(effect, trial, words) for effect in trial.effects),
        *_ties(rules, trial, words),
    ]


def _seats(trial: Trial) -> Iterator[Finding]:
    if not trial.selected:
        yield Finding(_("These rules exclude everybody: nobody of this set is selected."), True)
    elif trial.selected == trial.entries:
        yield Finding(_("These rules choose nothing here: everybody is selected."), True)
    elif trial.selected < trial.seats:
        empty = trial.seats - trial.selected
        yield Finding(
            ngettext("%(num)s seat stays empty.", "%(num)s seats stay empty.", empty), True
        )
    missing = sum(one.reason is OutcomeReason.NO_QUORUM for one in trial.ranking.places)
    if missing:
        yield Finding(
            ngettext(
                "%(num)s application lacks reviews for the quorum, so the ranking is provisional.",
                "%(num)s applications lack reviews for the quorum, so the ranking is provisional.",
                missing,
            )
        )


def _effect(effect: Effect, trial: Trial, words: Words) -> Finding:
    name = {
        "cut_off": _("The cut-off score"),
        "minimum": _("The minimum of “%(name)s”", name=words.criteria.get(effect.name, "")),
        "quota": _("The quota “%(name)s”", name=effect.name),
    }[effect.kind]
    if not effect.changed:
        return Finding(_("%(rule)s changes nothing in this set.", rule=name), True)
    return Finding(
        ngettext(
            "%(rule)s changes the outcome of %(num)s application.",
            "%(rule)s changes the outcome of %(num)s applications.",
            effect.changed,
            rule=name,
        )
    )


def _ties(rules: RankingRules, trial: Trial, words: Words) -> Iterator[Finding]:
    if not trial.ties:
        yield Finding(_("No two totals are equal: the tie-breaks were not needed."))
        return
    for asked in dict.fromkeys((*rules.tie_breaks, *trial.ties)):
        if number := trial.ties.get(asked):
            yield Finding(
                ngettext(
                    "“%(how)s” decided the place of %(num)s application with an equal total.",
                    "“%(how)s” decided the places of %(num)s applications with equal totals.",
                    number,
                    how=words.question(asked),
                )
            )
        else:
            yield Finding(_("“%(how)s” was never needed.", how=words.question(asked)))
