"""The small things that might serve a school more, each tried and verified in its turn."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from ektp_sched.desk.explain.case import Case
from ektp_sched.desk.explain.gaps import TeamDay, team_days
from ektp_sched.desk.explain.subproblem import Served, timeless
from ektp_sched.desk.explain.values import MoveVisit, Remedy
from ektp_sched.desk.interventions import (
    LongerHours,
    MoreBlanks,
    MoreKits,
    MoreSkills,
    MoreTeamDay,
    MoreVisits,
    Relief,
)
from ektp_sched.desk.promises import place_of
from ektp_sched.desk.revise import with_stock
from ektp_sched.desk.stand_ins import works_as_another
from ektp_sched.domain import Plan, Problem, Team, Visit
from ektp_sched.domain.scalars import clock_of
from ektp_sched.domain.words import amount, clock, day_in_words, span
from ektp_sched.errors import BrokenPlanError
from ektp_sched.rulebook import LedgerRow, check
from ektp_sched.rulebook.calendar import Span, covering, horizon, shift_on
from ektp_sched.rulebook.facts import Index
from ektp_sched.rulebook.reach import shortest_stay, working_shift
from ektp_sched.texts.language import N_, _


def served_with(case: Case, relief: Relief) -> Served:
    """What the school gets beside the plan's other visits in the problem with a relief."""
    problem = relief.apply(case.problem)
    return case.serving.best(problem, problem.school(case.school.id), case.kept("plan"))


def verified(case: Case, relief: Relief, words: str, *, smallest: bool) -> Remedy | None:
    """The relief as a remedy, None where no plan with it was found that serves the school more.

    Raises
    ------
    BrokenPlanError
        The plan breaks a rule: a fault of this library.
    """
    served = served_with(case, relief)
    if served.plan is None or served.recorded <= case.beside_plan.recorded:
        return None
    report = check(relief.apply(case.problem), served.plan)
    if not report.ok:
        raise BrokenPlanError(f"A plan with {relief.kind} breaks {report.violations[0].message}")
    return remedy(case, relief, served.plan, words, smallest=smallest)


def remedy(
    case: Case, relief: Relief | MoveVisit, plan: Plan, words: str, *, smallest: bool
) -> Remedy:
    """A relief with what its plan gives the school."""
    recorded = sum(visit.recorded for visit in plan.visits if visit.school == case.school.id)
    gain, left = recorded - case.recorded, case.pupils - recorded
    values = {"relief": words, "pupils": amount(gain, "pupils")}
    if left:
        told = _("{relief}: {pupils} more, {left} left", **values, left=left)
    else:
        told = _("{relief}: {pupils} more, all of them", **values)
    if room := case.beside_plan.recorded - case.recorded:
        told = _("{gain}; {pupils} of them without it, too", gain=told, pupils=room)
    sentence = f"{told}."
    return Remedy(reliefs=(relief,), gain=gain, smallest=smallest, sentence=sentence, plan=plan)


def holds(problem: Problem, plan: Plan) -> bool:
    """Whether a plan keeps all rules."""
    return check(problem, plan).ok


HOURS_TRIED = 4

Extension = tuple[int, LongerHours, str]


def longer_hours(case: Case) -> Remedy | None:
    """The shortest opening on one date that lets one visit record all who are left.

    Where none does, the shortest for the smallest visit allowed.
    """
    left = sum(case.left.values())
    fewest = max(1, min(case.school.min_students, left))
    for pupils in dict.fromkeys((left, fewest)):
        found = sorted(_extensions(case, pupils), key=lambda one: (one[0], one[1].date, one[2]))
        for number, (_minutes, relief, words) in enumerate(found[:HOURS_TRIED]):
            if remedy := verified(case, relief, words, smallest=number == 0):
                return remedy
    return None


def _extensions(case: Case, pupils: int) -> Iterator[Extension]:
    """For each stay of so many pupils that the teams have time for: the hours that it lacks."""
    step = case.problem.time_step
    for day in team_days(case.index, case.school, case.kept("plan")):
        if not _may_open(case, day):
            continue
        length = shortest_stay(case.school, day.team, pupils, step=step)
        windows = day.windows()
        for stay in day.stays(length):
            lacking = _outside(stay, windows)
            if lacking:
                minutes = sum(end - start for start, end in lacking)
                hull = lacking[0][0], lacking[-1][1]
                yield minutes, _relief(case, day, hull), _hours_in_words(case, day, hull, windows)


def _may_open(case: Case, day: TeamDay) -> bool:
    """Dates in season on which the school is not closed and the team is not there already."""
    school = case.school
    in_season = not (school.not_before and day.date < school.not_before)
    in_season = in_season and not (school.not_after and day.date > school.not_after)
    visited = any(visit.school == school.id for visit in day.kept)
    return in_season and not visited and covering(school.closed, day.date) is None


def _outside(stay: Span, windows: list[Span]) -> list[Span]:
    """The parts of a stay that no window covers."""
    parts, start = [], stay[0]
    for opens, closes in windows:
        if start < min(opens, stay[1]):
            parts.append((start, min(opens, stay[1])))
        start = max(start, closes)
    if start < stay[1]:
        parts.append((start, stay[1]))
    return parts


def _relief(case: Case, day: TeamDay, times: Span) -> LongerHours:
    start, end = map(clock_of, times)
    return LongerHours(school=case.school.id, date=day.date, start=start, end=end)


def _hours_in_words(case: Case, day: TeamDay, times: Span, windows: list[Span]) -> str:
    at = {"school": case.name, "day": day_in_words(day.date), "times": span(times)}
    for opens, closes in windows:
        if times[0] < opens and closes < times[1]:
            hours = span((opens, closes))
            return _("{school} open {times} on {day}, instead of {hours}", **at, hours=hours)
        if closes == times[0]:
            ends = {"until": clock(times[1]), "usual": clock(closes)}
            return _("{school} open until {until} on {day}, instead of {usual}", **at, **ends)
        if opens == times[1]:
            starts = {"since": clock(times[0]), "usual": clock(opens)}
            return _("{school} open from {since} on {day}, instead of {usual}", **at, **starts)
    if windows:
        return _("{school} open {times} on {day}, besides its hours", **at)
    return _("{school} open {times} on {day}, a day off", **at)


def more_blanks(case: Case) -> Remedy | None:
    """The fewest blanks that do as much as any number of them would.

    A plan without regard to blanks shows the goal, and its ledger how many are lacking from when
    on. Whether fewer would do is asked by bisection, each time of a plan made anew.
    """
    if case.problem.stock.cards != "reserve":
        return None
    plenty = with_stock(case.problem, lambda one: one.model_copy(update={"cards": "none"}))
    goal = case.serving.best(plenty, case.school, case.kept("plan"))
    if goal.recorded <= case.beside_plan.recorded:
        return None
    least = _lacking(case, goal)
    smallest = True
    low, high = 0, least.cards  # low is known, or taken, to be too few
    while low + 1 < high and not case.serving.budget.over:
        # One less is the likely answer: first shown to be too few, then bisected.
        cards = high - 1 if high == least.cards else (low + high) // 2
        fewer = served_with(case, MoreBlanks(date=case.problem.start, cards=cards))
        if fewer.recorded >= goal.recorded:
            least = _lacking(case, fewer)
            high = min(cards, least.cards)
            continue
        smallest = smallest and fewer.most is not None and fewer.most < goal.recorded
        low = cards
    if not least.cards:
        return None
    words = _(
        "{blanks} more by {day}",
        blanks=amount(least.cards, "blanks"),
        day=day_in_words(least.date),
    )
    return verified(case, least, words, smallest=smallest and low + 1 >= high)


def _lacking(case: Case, served: Served) -> MoreBlanks:
    """What a plan's ledger lacks: the most cards on any date, from the first such date on."""
    if served.plan is None:
        return MoreBlanks(date=case.problem.start, cards=0)
    rows = check(case.problem, served.plan).ledger.rows
    short = [row for row in rows if _lacks(row)]
    cards = max((row.reserve - row.closing for row in short), default=0)
    return MoreBlanks(date=short[0].date if short else case.problem.start, cards=cards)


def _lacks(row: LedgerRow) -> bool:
    """Whether visits draw more than there is for schools (R11); what counters lack is apart."""
    return row.closing < row.reserve - row.short


DAYS_TRIED = 2


def more_team_day(case: Case) -> Remedy | None:
    """One more day of one team on which the school is open, the most promising and earliest."""
    told = ((relief, _day_in_words(case, relief)) for relief in _promising_days(case))
    return next(
        filter(None, (verified(case, one, words, smallest=True) for one, words in told)), None
    )


def team_day_and_blanks(case: Case) -> Remedy | None:
    """One more team-day, and the blanks that it takes to make the most of it."""
    for day in _promising_days(case)[:1]:
        found = more_blanks(case.relieved(day))
        if found:
            words = _(
                "{team_day}, and {blanks}", team_day=_day_in_words(case, day), blanks=found.sentence
            )
            return found.model_copy(update={"reliefs": (day, *found.reliefs), "sentence": words})
    return None


def more_kits(case: Case) -> Remedy | None:
    """One more kit for the team with which it helps most."""
    names = case.index.team_names
    return _best(
        case,
        (
            (MoreKits(team=team.id), _("One more kit for {team}", team=names[team.id]))
            for team in _able(case)
        ),
    )


def more_visits(case: Case) -> Remedy | None:
    """One more visit than the school may have."""
    most = case.school.max_visits
    words = _(
        "{more} visits allowed to {school}, instead of {most}",
        more=most + 1,
        school=case.name,
        most=most,
    )
    return _best(case, [(MoreVisits(school=case.school.id), words)])


def more_skills(case: Case) -> Remedy | None:
    """A team that learns, or is given, what the school needs."""
    lacking = {team.id: case.school.needs - team.skills for team in case.problem.teams}
    return _best(
        case,
        (
            (
                MoreSkills(team=team, tags=tags),
                _(
                    "{team} able to do {needs}",
                    team=case.index.team_names[team],
                    needs=", ".join(sorted(tags)),
                ),
            )
            for team, tags in lacking.items()
            if tags
        ),
    )


def _best(case: Case, reliefs: Iterable[tuple[Relief, str]]) -> Remedy | None:
    found = (verified(case, relief, words, smallest=True) for relief, words in reliefs)
    return max(filter(None, found), key=lambda one: one.gain, default=None)


def _able(case: Case) -> list[Team]:
    return [team for team in case.problem.teams if case.school.needs <= team.skills]


def _spare_days(case: Case) -> list[MoreTeamDay]:
    """Dates on which a team does not work and the school is open, with the team's usual hours."""
    found = []
    for day in horizon(case.problem):
        if day in case.index.holidays or not case.index.openings(case.school, day):
            continue
        for team in _able(case):
            shift = shift_on(team, day) or next(iter(team.shifts), None)
            if works_as_another(case.problem, team, day):
                continue
            if shift and working_shift(case.index, team, day) is None:
                times = {"start": shift.start, "end": shift.end}
                found.append(MoreTeamDay(team=team.id, date=day, **times))
    return found


def _promising_days(case: Case) -> list[MoreTeamDay]:
    """The team-days with time for most pupils, the earliest first among equals."""
    rated = [(_promise(case, relief), relief) for relief in _spare_days(case)]
    rated.sort(key=lambda pair: (-pair[0], pair[1].date, pair[1].team))
    return [relief for promise, relief in rated[:DAYS_TRIED] if promise]


def _day_in_words(case: Case, relief: MoreTeamDay) -> str:
    week = (relief.date - case.problem.start).days // 7 + 1
    return _(
        "One more team-day in week {week}: {team} on {day}, {start}-{end}",
        week=week,
        team=case.index.team_names[relief.team],
        day=day_in_words(relief.date),
        start=relief.start,
        end=relief.end,
    )


def _promise(case: Case, relief: MoreTeamDay) -> int:
    """Pupils that the team-day could record at most, by its time."""
    index = Index(relief.apply(case.problem))
    team = TeamDay(index, case.school, index.teams[relief.team], relief.date, ())
    return min(team.most(), sum(case.left.values()))


VISITS_TRIED = 8


def move_visit(case: Case) -> Remedy | None:
    """The move of one visit, with all its pupils, that makes most room; proposed ones first."""
    if not _lacks_time(case):
        return None
    for visit in islice(_candidates(case), VISITS_TRIED):
        kept = [one for one in case.kept("plan") if one != visit]
        served = case.serving.best(_free_to(case.problem, visit), case.school, kept, moving=visit)
        if served.plan is None or served.recorded <= case.beside_plan.recorded:
            continue
        known = {place_of(one) for one in kept}
        moved = [
            one
            for one in served.plan.visits
            if one.school == visit.school and place_of(one) not in known
        ]
        if len(moved) == 1 and moved[0].students == visit.students:
            move = MoveVisit(visit=visit, to=moved[0])
            if holds(_free_to(case.problem, visit), served.plan):
                return remedy(case, move, served.plan, _move_in_words(case, move), smallest=True)
    return None


def _lacks_time(case: Case) -> bool:
    """Whether the school would have more if visits to others took no time."""
    kept = timeless(case.kept("plan"), case.school.id)
    return case.serving.best(case.problem, case.school, kept).recorded > case.beside_plan.recorded


def _candidates(case: Case) -> Iterator[Visit]:
    """Visits on whose team-days there would be room without them, and which have another place."""
    days = {(team.id, day) for day, team in case.chances}
    rivals = [
        visit
        for visit in case.others
        if visit.status != "done" and (visit.team, visit.date) in days
    ]
    rated = [(min(_room_without(case, one), sum(case.left.values())), one) for one in rivals]
    rated.sort(key=lambda pair: (pair[1].status == "confirmed", -pair[0], pair[1].recorded))
    for room, visit in rated:
        if room and _has_another_place(case, visit):
            yield visit


def _room_without(case: Case, visit: Visit) -> int:
    """Pupils that the school could have recorded on a visit's team-day, were it not there."""
    kept = [
        one
        for one in case.kept("plan")
        if one != visit and one.status != "done" and _team_day(one) == _team_day(visit)
    ]
    team = case.index.teams[visit.team]
    return TeamDay(case.index, case.school, team, visit.date, kept).most()


def _has_another_place(case: Case, visit: Visit) -> bool:
    kept = [one for one in case.kept("plan") if one != visit]
    school = case.index.schools[visit.school]
    return any(
        day.most() >= visit.recorded
        for day in team_days(case.index, school, kept)
        if (day.team.id, day.date) != _team_day(visit)
    )


def _team_day(visit: Visit) -> tuple[str, object]:
    """A visit's team-day."""
    return visit.team, visit.date


def _free_to(problem: Problem, visit: Visit) -> Problem:
    """The problem in which a visit is no promise."""
    promises = tuple(one for one in problem.commitments if place_of(one) != place_of(visit))
    return problem.model_copy(update={"commitments": promises})


def _move_in_words(case: Case, move: MoveVisit) -> str:
    names, teams = case.index.school_names, case.index.team_names
    former, new = (
        f"{day_in_words(one.date)} {one.start:%H:%M}-{one.end:%H:%M} ({teams[one.team]})"
        for one in (move.visit, move.to)
    )
    values = {"school": names[move.visit.school], "former": former, "new": new}
    if move.visit.status == "confirmed":
        return _("{school}, which is confirmed, moved from {former} to {new}", **values)
    return _("{school} moved from {former} to {new}", **values)


Finder = Callable[[Case], Remedy | None]

REMEDIES: dict[str, Finder] = {
    N_("more blanks"): more_blanks,
    N_("longer hours"): longer_hours,
    N_("one more team-day"): more_team_day,
    N_("moving another visit"): move_visit,
    N_("one more visit allowed"): more_visits,
    N_("one more kit"): more_kits,
    N_("a team that can do more"): more_skills,
    N_("one more team-day with more blanks"): team_day_and_blanks,
}
"""By the text for what is tried, in that order."""


def remedies(case: Case, tell: Callable[[str], None]) -> tuple[list[Remedy], list[str]]:
    """What helps, most pupils first, and what there was no time to try to the end."""
    found: list[Remedy] = []
    not_tried: list[str] = []
    most = 0
    for text, find in REMEDIES.items():
        words = _(text)
        tell(words)
        remedy = None if case.serving.budget.over else find(case)
        if remedy and (len(remedy.reliefs) == 1 or remedy.gain > most):
            found.append(remedy)
            most = max(most, remedy.gain)
        elif case.serving.budget.over:
            not_tried.append(words)
    return sorted(found, key=lambda one: -one.gain), not_tried
