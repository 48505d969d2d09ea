"""Why each school is not fully served: at a glance, or what is found in a given time."""

import datetime as dt

from ektp_sched.desk.explain.case import Case, firm_plan
from ektp_sched.desk.explain.gaps import TeamDay, ceiling, team_days
from ektp_sched.desk.explain.limits import lowest
from ektp_sched.desk.explain.reasons import reasons, too_young
from ektp_sched.desk.explain.subproblem import Serving
from ektp_sched.desk.explain.values import Code, LeftOver, Reason, Tag
from ektp_sched.desk.searching import budget_of
from ektp_sched.domain import Plan, Problem, Visit
from ektp_sched.domain.scalars import clock_of
from ektp_sched.domain.words import amount, day_in_words
from ektp_sched.engine.budget import Budget, CancelToken
from ektp_sched.rulebook import check, obstacle
from ektp_sched.texts.language import _

TRIED = 3  # team-days on which one more visit is tried, those with most time


def left_over(problem: Problem, plan: Plan) -> tuple[LeftOver, ...]:
    """Schools with pupils left over, most pupils first, and why; explain() looks deeper.

    Raises
    ------
    RequestError
        The plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    """
    return tuple(map(_line, cases_left_over(problem, plan)))


def cases_left_over(problem: Problem, plan: Plan) -> list[Case]:
    """A case for each school with pupils left over, most pupils first, and no time to solve."""
    firm, nobody = firm_plan(problem, plan), Serving(Budget(0))
    cases = (Case(problem, firm, school.id, nobody) for school in problem.schools)
    return sorted(
        (case for case in cases if case.left), key=lambda one: (-sum(one.left.values()), one.name)
    )


def likely_reason(case: Case) -> Reason:
    """The likeliest reason, where there was no time to find one by solving."""
    code, tag, words = _guess(case)
    return Reason(
        code=code,
        tag=tag,
        beside="nothing" if tag == "proven" else "plan",
        pupils=sum(case.left.values()),
        sentence=f"{words[0].upper()}{words[1:]}.",
        details={},
    )


def _rooms(case: Case) -> list[tuple[int, TeamDay]]:
    """The team-days with time for one more stay, each with how many pupils; most first."""
    days = team_days(case.index, case.school, case.plan.visits)
    rooms = ((day.most(), day) for day in days)
    return sorted((pair for pair in rooms if pair[0]), key=lambda pair: -pair[0])


def _fitting_visit(case: Case, rooms: list[tuple[int, TeamDay]]) -> Visit | None:
    """One more visit that fits into the plan as it is and keeps all rules: the first of a few."""
    for room, day in rooms[:TRIED]:
        for most in sorted({room, min(room, _blanks_from(case, day.date))}, reverse=True):
            visit = _visit_on(case, day, most)
            if visit and _fits(case, visit):
                return visit
    return None


def _blanks_from(case: Case, date: dt.date) -> int:
    """Blanks that the plan leaves above the reserve on each date from this one on."""
    rows = (row for row in case.report.ledger.rows if row.date >= date)
    return max(0, min(row.closing - row.reserve for row in rows))


def _visit_on(case: Case, day: TeamDay, most: int) -> Visit | None:
    """The longest stay on a team-day, for at most so many of those who are left over."""
    stay, students = day.longest(), {}
    for cohort in case.school.cohorts:
        if not cohort.record_from or cohort.record_from <= day.date:
            students[cohort.name] = min(most, case.left.get(cohort.name, 0))
            most -= students[cohort.name]
    if stay is None or not any(students.values()):
        return None
    start, end = map(clock_of, stay)
    school, team = case.school.id, day.team.id
    return Visit(school=school, team=team, date=day.date, start=start, end=end, students=students)


def _fits(case: Case, visit: Visit) -> bool:
    return check(case.problem, Plan(visits=(*case.plan.visits, visit))).ok


def _line(case: Case) -> LeftOver:
    code, tag, words = _guess(case)
    return LeftOver(
        school=case.school.id,
        name=case.name,
        recorded=case.recorded,
        left=sum(case.left.values()),
        code=code,
        tag=tag,
        words=words,
    )


def _guess(case: Case) -> tuple[Code, Tag, str]:
    """The first that fits: what the rules show, then what the plan makes likely."""
    left = sum(case.left.values())
    young = sum(reason.pupils for reason in too_young(case))
    if young == left:
        return "not_yet_16", "proven", _("nobody who is left is 16 in time")
    if not case.own and (found := obstacle(case.problem, case.school)):
        code: Code = found[0]  # type: ignore[assignment]
        return code, "proven", _("no team can visit it: {reason}", reason=found[1])
    most = case.school.max_visits
    if len(case.own) >= most and ceiling(case.school, _empty_days(case), ()) < case.pupils:
        words = _("all {visits} allowed are used up", visits=amount(most, "visits"))
        return "visits_used_up", "likely", words
    low = lowest(case.report.ledger.rows)
    used_up = low.closing <= low.reserve and case.problem.stock.cards == "reserve"
    if used_up and _without_card(case) < max(1, min(case.school.min_students, left)):
        words = _(
            "the blanks are used up (none above the reserve is left on {day})",
            day=day_in_words(low.date),
        )
        return "blanks", "likely", words
    return _guess_by_trying(case)


def _guess_by_trying(case: Case) -> tuple[Code, Tag, str]:
    """What one more visit shows, where it can be tried."""
    most, rooms = case.school.max_visits, _rooms(case)
    if visit := _fitting_visit(case, rooms):
        words = _(
            "the plan leaves room ({pupils} more on {day})",
            pupils=amount(visit.recorded, "pupils"),
            day=day_in_words(visit.date),
        )
        return "room_left", "proven", words
    if len(case.own) >= most:
        words = _(
            "all {visits} allowed are used up; others in their place may record more",
            visits=amount(most, "visits"),
        )
        return "visits_used_up", "likely", words
    if rooms:
        words = _("the teams have time, but no visit more was found that keeps all other rules")
        return "several", "likely", words
    return "time", "likely", _("the teams' time goes to other schools")


def _empty_days(case: Case) -> list[TeamDay]:
    return team_days(case.index, case.school, ())


def _without_card(case: Case) -> int:
    """Pupils left over whose card is not due in the horizon, so that they need no blank."""
    due_later = {
        cohort.name
        for cohort in case.school.cohorts
        if cohort.card_from and cohort.card_from > case.problem.end
    }
    return sum(count for name, count in case.left.items() if name in due_later)


# What a school needs at least for more than its likeliest reason, in seconds, and the share of it
# that a single solve may take.
LEAST = 4.0
SHARE = 0.25


def why_left_over(
    problem: Problem,
    plan: Plan,
    *,
    time_limit: float = 0,
    seed: int = 0,
    workers: int | None = None,
    deterministic: bool = False,
    cancel: CancelToken | None = None,
) -> dict[str, tuple[Reason, ...]]:
    """Say why pupils are left over, by the id of their school, most pupils left first.

    The time is shared out evenly. Where that would be too little to find anything, the schools with
    most pupils left get what they need, one after the other. A school for which nothing else is
    found has its likeliest reason; explain() looks deeper into a single one. Contingent visits are
    left out.

    Parameters
    ----------
    time_limit
        Seconds in all, or units of work as in explain(). With 0 nothing is solved: each school has
        its likeliest reason, at once.
    seed, workers, deterministic
        As in explain().
    cancel
        Stops the search from another thread; schools still to come have their likeliest reason.

    Raises
    ------
    RequestError
        The plan breaks rules.
    PlanError
        The plan names what the problem does not know.
    SettingsError
        A number is out of range.
    """
    cases, whole = cases_left_over(problem, plan), Budget(0)
    if time_limit:
        whole = budget_of(
            time_limit, seed=seed, workers=workers, deterministic=deterministic, cancel=cancel
        )
    found: dict[str, tuple[Reason, ...]] = {}
    for turn, case in enumerate(cases):
        share = Budget(
            min(whole.remaining, max(LEAST, whole.remaining / (len(cases) - turn))),
            token=whole.token,
            deterministic=whole.deterministic,
            workers=whole.workers,
            seed=whole.seed,
        )
        case.serving = Serving(share, SHARE)
        found[case.school.id] = (() if share.over else reasons(case)) or (likely_reason(case),)
        whole.charge(share.used)
    return found
