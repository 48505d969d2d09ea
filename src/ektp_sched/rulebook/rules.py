"""The rules R1 to R14, each a function from facts to the ways in which it is broken."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import accumulate, groupby, pairwise

from ektp_sched.domain import Break, School, Shift, Team, Visit, minute_of
from ektp_sched.domain.words import amount, clock, span, status_in_words
from ektp_sched.rulebook.calendar import Span, break_on, covering, horizon, merged, shift_on
from ektp_sched.rulebook.facts import Breach, Facts, Index, Stay, TeamDay
from ektp_sched.rulebook.ledger import Draw, daily, draws, levels_without_plan, supply
from ektp_sched.texts.language import _, all_of


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


def r6_skills(facts: Facts) -> Iterator[Breach]:
    """R6: the team's skills contain all of the school's needs."""
    for stay in facts.live:
        missing = sorted(stay.school.needs - stay.team.skills)
        if missing:
            what = _(
                "the school needs {needs}, which the team does not offer", needs=", ".join(missing)
            )
            yield facts.at_stay(stay, len(missing), "skills", what)


def r7_pupils(facts: Facts) -> Iterator[Breach]:
    """R7: no more pupils than a cohort has, and none before its record_from.

    "Per school and cohort, the visits together record at most the cohort's students, and none
    before its record_from."
    """
    for stays in facts.by_school.values():
        yield from _too_many(facts, stays)
    for stay in facts.live:
        yield from _too_young(facts, stay)


def _too_many(facts: Facts, stays: list[Stay]) -> Iterator[Breach]:
    school = stays[0].school
    for cohort in school.cohorts:
        recording = [stay for stay in stays if cohort.name in stay.visit.students]
        total = sum(stay.visit.students[cohort.name] for stay in recording)
        by = total - cohort.students
        if by > 0 and not all(stay.done for stay in recording):
            what = _(
                "{pupils} of {cohort} recorded, {by} more than the {stated} there are",
                pupils=amount(total, "pupils"),
                cohort=cohort.name,
                by=by,
                stated=cohort.students,
            )
            yield facts.at_school(recording, by, "pupils", what)


def _too_young(facts: Facts, stay: Stay) -> Iterator[Breach]:
    for name, students in stay.visit.students.items():
        since = facts.index.cohorts[stay.school.id, name].record_from
        if since and stay.visit.date < since:
            what = _(
                "{pupils} of {cohort} recorded, who are 16 only from {since}",
                pupils=amount(students, "pupils"),
                cohort=name,
                since=since,
            )
            yield facts.at_stay(stay, students, "pupils", what)


def r9_capacity(facts: Facts) -> Iterator[Breach]:
    """R9: a visit records no more pupils than its kits can in the time between set-up and pack-up.

    "A visit records at most floor((stay − setup − teardown minutes) × 60 × kits ÷
    seconds_per_student) pupils."
    """
    for stay in facts.live:
        room = capacity(stay.school, stay.team, stay.span[1] - stay.span[0])
        by = stay.recorded - room
        if by > 0:
            what = _(
                "{pupils} more than fit in the stay (capacity {room})",
                pupils=amount(by, "pupils"),
                room=room,
            )
            yield facts.at_stay(stay, by, "pupils", what)


def capacity(school: School, team: Team, minutes: int) -> int:
    """Pupils that the team can record at the school in a stay of that many minutes (R9)."""
    recording = max(0, minutes - school.setup_minutes - school.teardown_minutes)
    return recording * 60 * team.kits // pace(school, team)


def pace(school: School, team: Team) -> int:
    """Seconds a pupil takes at one kit: the school's where it states them, else the team's."""
    return school.seconds_per_student or team.seconds_per_student


def r10_size(facts: Facts) -> Iterator[Breach]:
    """R10: a visit is worth the trouble, or takes all who are left.

    "A visit records at least min(min_students, the pupils of the school that could be recorded on
    that date and were not by earlier visits) pupils, and at least 1."
    """
    for stays in facts.by_school.values():
        recorded: Counter[str] = Counter()
        for stay in stays:
            if not stay.done:
                yield from _too_small(facts, stay, _left(stay, recorded))
            recorded.update(stay.visit.students)


def _left(stay: Stay, recorded: Counter[str]) -> int:
    return sum(
        max(0, cohort.students - recorded[cohort.name])
        for cohort in stay.school.cohorts
        if cohort.record_from is None or cohort.record_from <= stay.visit.date
    )


def _too_small(facts: Facts, stay: Stay, left: int) -> Iterator[Breach]:
    least = max(1, min(stay.school.min_students, left))
    by = least - stay.recorded
    if by > 0:
        what = _(
            "{pupils} recorded, {by} fewer than the {least} that make a visit worthwhile "
            "({left} left)",
            pupils=amount(stay.recorded, "pupils"),
            by=by,
            least=least,
            left=left,
        )
        yield facts.at_stay(stay, by, "pupils", what)


def r8_visits(facts: Facts) -> Iterator[Breach]:
    """R8: how many visits of a school, how far apart, and how many on one date.

    "At most max_visits per school, on dates at least min_gap_days + 1 apart unless on the same
    date; at most max_teams_per_day visits of a school on one date; a team visits a school at most
    once a day."
    """
    for stays in facts.by_school.values():
        school = stays[0].school
        yield from _beyond(facts, stays, school.max_visits, _("visits of the school"))
        yield from _too_close(facts, stays)
        for same_day in _groups(stays, lambda stay: stay.visit.date):
            date = same_day[0].visit.date
            on = _("visits of the school on {date}", date=date)
            yield from _beyond(facts, same_day, school.max_teams_per_day, on)
            for same_team in _groups(same_day, lambda stay: stay.team.id):
                team = facts.index.team_names[same_team[0].team.id]
                by = _("visits of the school on {date} by {team}", date=date, team=team)
                yield from _beyond(facts, same_team, 1, by)


def _groups(stays: list[Stay], key: Callable[[Stay], Hashable]) -> list[list[Stay]]:
    groups: dict[Hashable, list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[key(stay)].append(stay)
    return list(groups.values())


def _beyond(facts: Facts, stays: list[Stay], most: int, noun: str) -> Iterator[Breach]:
    """The visits beyond `most`, as far as they are not done."""
    live = [stay for stay in stays if not stay.done]
    by = min(len(live), len(stays) - most)
    if by > 0:
        what = _(
            "{visits}: {count}, where at most {most} may be",
            visits=noun,
            count=len(stays),
            most=most,
        )
        yield facts.at_school(live[-by:], by, "visits", what)


def _too_close(facts: Facts, stays: list[Stay]) -> Iterator[Breach]:
    apart = stays[0].school.min_gap_days + 1
    for earlier, later in pairwise(_groups(stays, lambda stay: stay.visit.date)):
        pair = earlier + later
        first, second = earlier[0].visit.date, later[0].visit.date
        by = apart - (second - first).days
        if by > 0 and not all(stay.done for stay in pair):
            what = _(
                "the visits on {first} and {second} are {days} too close (at least {apart} apart)",
                first=first,
                second=second,
                days=amount(by, "days"),
                apart=apart,
            )
            yield facts.at_school(pair, by, "days", what)


def r13_commitments(facts: Facts) -> Iterator[Breach]:
    """R13: each confirmed or done visit of the problem is in the plan unchanged.

    And history is the problem's to state: the plan has no done visit that the problem has not.
    """
    visits = facts.plan.visits
    unmatched = Counter(map(_identity, visits))
    likest: dict[Hashable, list[int]] = defaultdict(list)
    for number, visit in enumerate(visits):
        likest[_occasion(visit)].append(number)
    for promise in facts.problem.commitments:
        if promise.status in {"confirmed", "done"}:
            if unmatched[_identity(promise)]:
                unmatched[_identity(promise)] -= 1
            else:
                yield _broken_promise(facts, promise, likest[_occasion(promise)])
    for number, visit in enumerate(visits):
        if visit.status == "done" and unmatched[_identity(visit)]:
            unmatched[_identity(visit)] -= 1
            what = _("marked done, but the problem's commitments have no such visit")
            yield Breach(visit.date, facts.index.where(visit), 1, "visits", what, (number,))


def _identity(visit: Visit) -> Hashable:
    return (
        visit.school,
        visit.team,
        visit.date,
        visit.start,
        visit.end,
        frozenset(visit.students.items()),
        visit.status,
    )


def _occasion(visit: Visit) -> Hashable:
    return visit.school, visit.team, visit.date


def _broken_promise(facts: Facts, promise: Visit, likest: list[int]) -> Breach:
    status = status_in_words(promise)
    if likest:
        changes = all_of(_differences(promise, facts.plan.visits[likest[0]]))
        what = _(
            "the {status} visit is in the plan with another {changes}",
            status=status,
            changes=changes,
        )
    else:
        what = _("the {status} visit is not in the plan", status=status)
    where = facts.index.where(promise)
    return Breach(promise.date, where, 1, "visits", what, tuple(likest[:1]))


def _differences(promise: Visit, visit: Visit) -> Iterator[str]:
    nouns = {
        "start": _("start"),
        "end": _("end"),
        "students": _("set of pupils"),
        "status": _("status"),
    }
    for field, noun in nouns.items():
        if getattr(promise, field) != getattr(visit, field):
            yield noun


def r11_blanks(facts: Facts) -> Iterator[Breach]:
    """R11: where cards are reserved, the level never falls below the reserve for a visit's sake.

    "On each date d: level(d) = opening + confirmed deliveries up to d − walk-ins on the office's
    working days up to d − cards drawn up to d, and level(d) ≥ reserve must hold for every d of the
    horizon, counters served first." Where counters and history alone break the reserve, the
    "allowance for schools" is 0. Consecutive dates that lack blanks make one breach, as bad as
    the worst of them.
    """
    stock = facts.problem.stock
    if stock.cards != "reserve":
        return
    live = [draw for draw in draws(facts) if not draw.stay.done]
    levels = levels_without_plan(facts, supply(facts))
    drawn = accumulate(daily(facts, live))
    lacking = [d - max(0, level - stock.reserve) for d, level in zip(drawn, levels, strict=True)]
    for is_lacking, group in groupby(enumerate(lacking), lambda item: item[1] > 0):
        if is_lacking:
            yield _lack_of_blanks(facts, list(group), live)


def _lack_of_blanks(facts: Facts, run: list[tuple[int, int]], live: list[Draw]) -> Breach:
    days = horizon(facts.problem)
    by = max(lacking for _day, lacking in run)
    first, last = days[run[0][0]], days[run[-1][0]]
    if first == last:
        where = _("Blank cards on {day}", day=first)
    else:
        where = _("Blank cards from {first} to {last}", first=first, last=last)
    cards = amount(by, "cards")
    if facts.contingent:
        what = _(
            "visits draw up to {cards} more than there are for schools, "
            "with every delivery announced",
            cards=cards,
        )
    else:
        what = _("visits draw up to {cards} more than there are for schools", cards=cards)
    drawing = sorted({draw.stay.number for draw in live if draw.day <= run[-1][0]})
    return Breach(first, where, by, "cards", what, tuple(drawing))


RULES: dict[str, Callable[[Facts], Iterator[Breach]]] = {
    "R1": r1_calendar,
    "R2": r2_hours,
    "R3": r3_shift,
    "R4": r4_travel,
    "R5": r5_break,
    "R6": r6_skills,
    "R7": r7_pupils,
    "R8": r8_visits,
    "R9": r9_capacity,
    "R10": r10_size,
    "R11": r11_blanks,
    "R12": r12_limits,
    "R13": r13_commitments,
    "R14": r14_grid,
}
