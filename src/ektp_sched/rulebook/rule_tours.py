"""R4 travel, R5 break and R12 team limits: a team can do its tour in one day."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from ektp_sched.domain import Break, Shift, minute_of
from ektp_sched.language import _
from ektp_sched.rulebook.calendar import Span, break_on, shift_on
from ektp_sched.rulebook.facts import Breach, Facts, TeamDay
from ektp_sched.rulebook.words import amount, clock, span


def r4_travel(facts: Facts) -> Iterator[Breach]:
    """R4: between two stays of a team, at least the travel time passes; stays never overlap.

    "Between two stays of a team, and between base and first and last stay, at least the travel
    time passes. Waiting is allowed anywhere." What the drives from and to base may use is the
    shift's to say, R3.
    """
    for day in facts.team_days:
        for (a, b), leg in zip(pairwise(day.stays), day.legs[1:], strict=False):
            by = a.span[1] + leg - b.span[0]
            if by > 0:
                here, there = (facts.index.school_names[stay.school.id] for stay in (a, b))
                what = _(
                    "the drive from {here} (until {end}) to {there} (from {start}) takes {drive}: "
                    "{minutes} missing",
                    here=here,
                    end=clock(a.span[1]),
                    there=there,
                    start=clock(b.span[0]),
                    drive=amount(leg, "minutes"),
                    minutes=amount(by, "minutes"),
                )
                pair = TeamDay(day.team, day.date, (a, b), (leg,))
                yield facts.on_day(pair, by, "minutes", what)


def r5_break(facts: Facts) -> Iterator[Breach]:
    """R5: some interval of the break's length inside its window has no stay and no driving.

    "If the team has a break rule that day, some interval of `minutes` inside [earliest, latest] is
    free of stays and of driving. A drive is not interrupted by the break; it may come before or
    after it."
    """
    for day in facts.team_days:
        rest, shift = break_on(day.team, day.date), shift_on(day.team, day.date)
        if rest is None or shift is None:  # no shift is R1's to say
            continue
        by = missing_rest(rest, shift, [stay.span for stay in day.stays], day.legs)
        if by:
            what = _(
                "no free {length} for the break within {window}, {minutes} missing",
                length=amount(rest.minutes, "minutes"),
                window=span((minute_of(rest.earliest), minute_of(rest.latest))),
                minutes=amount(by, "minutes"),
            )
            yield facts.on_day(day, by, "minutes", what)


def missing_rest(rest: Break, shift: Shift, spans: Sequence[Span], legs: Sequence[int]) -> int:
    """Minutes that the longest possible rest of a tour lacks; 0 where the break fits.

    Parameters
    ----------
    spans
        The tour's stays in order of time.
    legs
        Minutes of its drives: to the first stay, between stays, from the last.
    """
    earliest, latest = minute_of(rest.earliest), minute_of(rest.latest)
    longest = max(
        min(end, latest) - max(start, earliest) for start, end in _quiet_spans(shift, spans, legs)
    )
    return max(0, rest.minutes - max(0, longest))


def _quiet_spans(shift: Shift, spans: Sequence[Span], legs: Sequence[int]) -> Iterator[Span]:
    """What each gap leaves when its drive comes as late, or as early, as it can.

    The shift bounds the driving only: before the drive out and after the drive home the team is
    free all day.
    """
    leaves = minute_of(shift.start)
    first = spans[0][0]
    yield 0, first - legs[0]
    yield leaves + legs[0], first
    # A running maximum, since stays that overlap (R4) may end out of order.
    ends = list(accumulate((end for _start, end in spans), max))
    for free, (start, _end), leg in zip(ends, spans[1:], legs[1:], strict=False):
        yield free, start - leg
        yield free + leg, start
    yield ends[-1], minute_of(shift.end) - legs[-1]
    yield ends[-1] + legs[-1], 24 * 60


def r12_limits(facts: Facts) -> Iterator[Breach]:
    """R12: max_visits_per_day, max_travel_minutes (all driving of the day, base to base)."""
    for day in facts.team_days:
        most, furthest = day.team.max_visits_per_day, day.team.max_travel_minutes
        visits, driven = len(day.stays), sum(day.legs)
        if most is not None and visits > most:
            what = _(
                "{visits}, {by} more than the {most} allowed",
                visits=amount(visits, "visits"),
                by=visits - most,
                most=most,
            )
            yield facts.on_day(day, visits - most, "visits", what)
        if furthest is not None and driven > furthest:
            by = driven - furthest
            what = _(
                "{minutes} of driving, {by} more than the {most} allowed",
                minutes=amount(driven, "minutes"),
                by=by,
                most=furthest,
            )
            yield facts.on_day(day, by, "minutes", what)
