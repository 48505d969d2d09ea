"""The page's headline figures, each a number with what it is and a line that puts it in place."""

from typing import NamedTuple

from ektp_sched.language import Language
from ektp_sched.report.dates import short_day
from ektp_sched.report.numerals import number
from ektp_sched.report.outcome import Outcome
from ektp_sched.report.texts import text


class Figure(NamedTuple):
    """A number in large type, its name, and more about it."""

    value: str
    name: str
    more: str


def figures(outcome: Outcome, language: Language) -> list[Figure]:
    """The figures of the firm plan; what contingent visits add is told with the first."""
    return [
        _pupils(outcome, language),
        _schools(outcome, language),
        _visits(outcome, language),
        _blanks(outcome, language),
        _driving(outcome, language),
        _lessons(outcome, language),
    ]


def _pupils(outcome: Outcome, language: Language) -> Figure:
    every = sum(one.pupils for one in outcome.schools)
    recorded = sum(visit.recorded for visit in outcome.firm)
    left = sum(one.left for one in outcome.schools)
    shown = {"all": number(every, language), "left": number(left, language)}
    more = text("of_pupils", language, **shown)
    if contingent := sum(visit.recorded for visit in outcome.contingent):
        more += f"; {text('contingent_more', language, n=number(contingent, language))}"
    return Figure(number(recorded, language), text("recorded", language), more)


def _schools(outcome: Outcome, language: Language) -> Figure:
    with_pupils = [one for one in outcome.schools if one.pupils]
    visited = {visit.school for visit in outcome.firm}
    more = text(
        "of_schools",
        language,
        all=number(len(with_pupils), language),
        served=number(outcome.count("served"), language),
        partly=number(outcome.count("partly"), language),
        unserved=number(outcome.count("not"), language),
    )
    return Figure(number(len(visited), language), text("schools_visited", language), more)


def _visits(outcome: Outcome, language: Language) -> Figure:
    days = number(outcome.report.score.team_days, language)
    count = number(len(outcome.firm), language)
    return Figure(count, text("visits", language), text("on_team_days", language, n=days))


def _blanks(outcome: Outcome, language: Language) -> Figure:
    rows = outcome.report.ledger.rows
    low = min(rows, key=lambda row: row.closing)
    more = text(
        "blanks_low",
        language,
        low=number(low.closing, language),
        day=short_day(low.date, language),
        reserve=number(low.reserve, language),
    )
    return Figure(number(rows[-1].closing, language), text("blanks_at_end", language), more)


def _driving(outcome: Outcome, language: Language) -> Figure:
    score = outcome.report.score
    each = number(score.travel / max(1, score.team_days), language)
    hours = number(score.travel / 60, language, decimals=1)
    return Figure(hours, text("hours_driven", language), text("per_team_day", language, n=each))


def _lessons(outcome: Outcome, language: Language) -> Figure:
    minutes = outcome.report.score.lessons / 100
    recorded = sum(visit.recorded for visit in outcome.firm if visit.status != "done")
    each = number(minutes / max(1, recorded), language, decimals=1)
    hours = number(minutes / 60, language)
    return Figure(hours, text("lesson_hours", language), text("per_pupil", language, n=each))
