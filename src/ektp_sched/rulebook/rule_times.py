"""R1 calendar, R2 hours, R3 shift and R14 grid: a visit comes at a time when it can be done."""

import datetime as dt
from collections.abc import Iterator

from ektp_sched.domain import Team, minute_of
from ektp_sched.rulebook.calendar import covering, merged, shift_on
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
        plan = f"{problem.start} to {problem.end}"
        yield by, f"{amount(by, 'days')} outside the dates that are planned ({plan})"
    if day in index.holidays:
        yield 1, "the date is a holiday"
    if shift_on(team, day) is None:
        yield 1, "the team has no shift on this weekday"
    if away := covering(team.off, day):
        yield 1, f"the team is off{f': {away.reason}' if away.reason else ''}"


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
            hours = " and ".join(map(span, open_spans))
            why = f"open {hours}" if hours else _closed_because(stay)
            what = f"{amount(by, 'minutes')} of the stay {span(stay.span)} lie outside open hours"
            yield facts.at_stay(stay, by, "minutes", f"{what} ({why})")


def _closed_because(stay: Stay) -> str:
    shut = covering(stay.school.closed, stay.visit.date)
    reason = shut.reason if shut else ""
    return f"not open on this date{f': {reason}' if reason else ''}"


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
            drive = amount(day.legs[0], "minutes")
            name = facts.index.school_names[first.school.id]
            what = f"to reach {name} by {clock(first.span[0])}, {drive} away, the team has to leave"
            what += f" {amount(early, 'minutes')} before its shift starts at {clock(starts)}"
            yield facts.on_day(day, early, "minutes", what)
        if late > 0:
            drive = amount(day.legs[-1], "minutes")
            name = facts.index.school_names[last.school.id]
            what = f"leaving {name} at {clock(last.span[1])}, {drive} from its base, the team is"
            what += f" back {amount(late, 'minutes')} after its shift ends at {clock(ends)}"
            yield facts.on_day(day, late, "minutes", what)


def r14_grid(facts: Facts) -> Iterator[Breach]:
    """R14: starts and ends are multiples of time_step minutes after midnight (not history's)."""
    step = facts.problem.time_step
    for stay in facts.live:
        by = sum(minute % step for minute in stay.span)
        if by:
            what = f"{span(stay.span)} does not start and end on multiples of"
            yield facts.at_stay(stay, by, "minutes", f"{what} {amount(step, 'minutes')}")
