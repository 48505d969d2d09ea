"""R1 calendar, R2 hours, R3 shift and R14 grid: a visit comes at a time when it can be done."""

import datetime as dt
from collections.abc import Iterator

from ektp_sched.domain import Team, minute_of
from ektp_sched.language import _, all_of
from ektp_sched.rulebook.calendar import Span, covering, merged, shift_on
from ektp_sched.rulebook.facts import Breach, Facts, Index, Stay
from ektp_sched.rulebook.words import amount, clock, span


def r1_calendar(facts: Facts) -> Iterator[Breach]:
    """R1: a visit's date is in the horizon, no holiday, and the team works that day.

    "A visit's date lies in [start, end], is no holiday, and the team has a shift that day and is
    not off."
    """
    for stay in facts.live:
        for by, what in _idle_reasons(facts.index, stay.team, stay.visit.date):
            yield facts.at_stay(stay, by, "days", what)


def _idle_reasons(index: Index, team: Team, day: dt.date) -> Iterator[tuple[int, str]]:
    problem = index.problem
    if not index.in_horizon(day):
        by = (problem.start - day if day < problem.start else day - problem.end).days
        what = _(
            "{days} outside the dates that are planned ({start} to {end})",
            days=amount(by, "days"),
            start=problem.start,
            end=problem.end,
        )
        yield by, what
    if day in index.holidays:
        yield 1, _("the date is a holiday")
    if shift_on(team, day) is None:
        yield 1, _("the team has no shift on this weekday")
    if away := covering(team.off, day):
        yield 1, _with_reason(_("the team is off"), away.reason)


def _with_reason(what: str, reason: str) -> str:
    return f"{what}: {reason}" if reason else what


def r2_hours(facts: Facts) -> Iterator[Breach]:
    """R2: the whole stay lies inside one merged open interval of the school.

    "The whole stay, from set-up to pack-up, lies inside one of the school's open intervals of that
    date (weekly hours and extra hours, minus closed ranges, not_before, not_after; touching or
    overlapping intervals are one)."
    """
    for stay in facts.live:
        open_spans = merged(facts.index.openings(stay.school, stay.visit.date))
        start, end = stay.span
        inside = max((min(end, b) - max(start, a) for a, b in open_spans), default=0)
        by = end - start - max(0, inside)
        if by:
            what = _(
                "{minutes} of the stay {times} lie outside open hours ({why})",
                minutes=amount(by, "minutes"),
                times=span(stay.span),
                why=_open_when(stay, open_spans),
            )
            yield facts.at_stay(stay, by, "minutes", what)


def _open_when(stay: Stay, open_spans: list[Span]) -> str:
    if open_spans:
        return _("open {hours}", hours=all_of(map(span, open_spans)))
    shut = covering(stay.school.closed, stay.visit.date)
    return _with_reason(_("not open on this date"), shut.reason if shut else "")


def r3_shift(facts: Facts) -> Iterator[Breach]:
    """R3: a team leaves its base not before its shift starts and is back before it ends."""
    for day in facts.team_days:
        shift = shift_on(day.team, day.date)
        if shift is None:  # that is R1's to say
            continue
        first, last = day.stays[0], day.stays[-1]
        starts, ends = minute_of(shift.start), minute_of(shift.end)
        early = starts - (first.span[0] - day.legs[0])
        late = last.span[1] + day.legs[-1] - ends
        if early > 0:
            what = _(
                "to reach {school} by {time}, {drive} away, the team has to leave {minutes} before "
                "its shift starts at {start}",
                school=facts.index.school_names[first.school.id],
                time=clock(first.span[0]),
                drive=amount(day.legs[0], "minutes"),
                minutes=amount(early, "minutes"),
                start=clock(starts),
            )
            yield facts.on_day(day, early, "minutes", what)
        if late > 0:
            what = _(
                "leaving {school} at {time}, {drive} from its base, the team is back {minutes} "
                "after its shift ends at {end}",
                school=facts.index.school_names[last.school.id],
                time=clock(last.span[1]),
                drive=amount(day.legs[-1], "minutes"),
                minutes=amount(late, "minutes"),
                end=clock(ends),
            )
            yield facts.on_day(day, late, "minutes", what)


def r14_grid(facts: Facts) -> Iterator[Breach]:
    """R14: starts and ends are multiples of time_step minutes after midnight (not history's)."""
    step = facts.problem.time_step
    for stay in facts.live:
        by = sum(minute % step for minute in stay.span)
        if by:
            what = _(
                "{times} does not start and end on multiples of {step}",
                times=span(stay.span),
                step=amount(step, "minutes"),
            )
            yield facts.at_stay(stay, by, "minutes", what)
