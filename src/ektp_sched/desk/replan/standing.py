"""A plan after changes: what must stay, what cannot be, and as much of it as can be kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ortools.sat.python import cp_model

from ektp_sched.desk.promises import FIRM, in_order, place_of
from ektp_sched.domain import Cohort, Plan, Problem, Visit
from ektp_sched.domain.scalars import Value
from ektp_sched.engine.budget import Budget
from ektp_sched.engine.cpsat import make_solver
from ektp_sched.errors import Complaint, PlanError
from ektp_sched.rulebook import Violation, check
from ektp_sched.texts.language import _

OF_A_DAY = frozenset({"R3", "R4", "R5", "R12"})  # what a team's other visits of the date may mend
OF_NUMBERS = frozenset({"R7", "R9", "R11"})  # what fewer pupils may mend
SEARCH_UNITS = 5.0

Weight = Callable[[Visit], int]


def most_kept(
    problem: Problem,
    held: Sequence[Visit],
    others: Sequence[Visit],
    weight: Weight,
) -> list[Visit]:
    """The `others` of most weight that stand together beside the held ones, all unchanged."""
    search = _Search(problem, held, others, weight)
    dropped: frozenset[int] = frozenset()
    while search.learn(dropped):
        dropped = search.lightest()
    return [visit for index, visit in enumerate(others) if index not in dropped]


@dataclass(slots=True)
class _Search:
    """The lightest set of visits to drop, as far as the checker's answers so far tell."""

    problem: Problem
    held: Sequence[Visit]
    others: Sequence[Visit]
    weight: Weight
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    drop: list[cp_model.IntVar] = field(init=False)

    def __post_init__(self) -> None:
        self.drop = [self.model.new_bool_var("") for _ in self.others]
        self.model.minimize(
            sum(self.weight(v) * drop for v, drop in zip(self.others, self.drop, strict=True))
        )

    def learn(self, dropped: frozenset[int]) -> bool:
        """Ask the checker about a choice; whether what it says rules the choice out."""
        left = [index for index in range(len(self.others)) if index not in dropped]
        visits = [*self.held, *(self.others[index] for index in left)]
        learnt = False
        for violation in _violations(self.problem, visits):
            ours = [left[v - len(self.held)] for v in violation.visits if v >= len(self.held)]
            if violation.rule == "R8":  # the checker blames the latest; any of the school will do
                school = visits[violation.visits[0]].school
                ours = [index for index in left if self.others[index].school == school]
            if ours:
                self._forbid(violation, ours, dropped)
                learnt = True
        return learnt

    def lightest(self) -> frozenset[int]:
        """The choice of least weight that nothing learnt rules out."""
        solver = make_solver(Budget(SEARCH_UNITS, deterministic=True), limit=SEARCH_UNITS)
        solver.solve(self.model)
        return frozenset(n for n, drop in enumerate(self.drop) if solver.boolean_value(drop))

    def _forbid(self, violation: Violation, ours: Sequence[int], dropped: frozenset[int]) -> None:
        """Some concerned visit goes, or one comes back that would mend the rule."""
        first = self.others[ours[0]]
        back: Sequence[int] = ()
        if violation.rule == "R10":
            back = [n for n in dropped if self.others[n].school == first.school]
        elif violation.rule in OF_A_DAY:
            back = [n for n in dropped if _team_day(self.others[n]) == _team_day(first)]
        # Where pupils are too many, those dropped must be enough; else the search is long.
        by_pupils = violation.rule in {"R7", "R11"}
        pupils = [self.others[n].recorded if by_pupils else 1 for n in ours]
        need = min(violation.by, sum(pupils)) if by_pupils else 1
        gone = sum(number * self.drop[n] for number, n in zip(pupils, ours, strict=True))
        self.model.add(gone + need * sum(1 - self.drop[n] for n in back) >= need)


def with_other_pupils(problem: Problem, beside: Sequence[Visit], visit: Visit) -> Visit | None:
    """The visit at its time with as many of its pupils as it can still record, if any.

    The visits beside it break no rule by themselves. Whom it records no more: those of the lowest
    priority first, and among equals the last cohort. A visit that has become too small (R10) takes
    more of those who are left. A proposed visit ends earlier then, a promised one keeps its time.
    """
    cohorts = problem.school(visit.school).cohorts
    left = _left(cohorts, beside, visit)
    trial = _with_students(visit, {c: min(n, left[c]) for c, n in visit.students.items()})
    short = [one.by for one in _violations(problem, [*beside, trial]) if one.rule == "R10"]
    trial = _more(trial, max(short, default=0), left)
    while trial.recorded:
        broken = list(_violations(problem, [*beside, trial]))
        if not broken:
            return trial if visit.status == "confirmed" else _shortened(problem, trial)
        if any(violation.rule not in OF_NUMBERS for violation in broken):
            return None
        worst = max(broken, key=lambda violation: violation.by)
        trial = _less(trial, worst.by, _order(problem, cohorts, trial, worst.rule))
    return None


def _shortened(problem: Problem, visit: Visit) -> Visit:
    """The visit with an end as early as its pupils allow."""
    step = timedelta(minutes=problem.time_step)
    while True:
        end = (datetime.combine(visit.date, visit.end) - step).time()
        if end <= visit.start:
            return visit
        shorter = visit.model_copy(update={"end": end})
        if any(one.rule == "R9" for one in check(problem, Plan(visits=(shorter,))).violations):
            return visit
        visit = shorter


def _violations(problem: Problem, visits: Sequence[Visit]) -> Iterator[Violation]:
    """What visits break among themselves, whatever else the problem promises."""
    report = check(problem, Plan(visits=tuple(visits)))
    return (violation for violation in report.violations if violation.rule != "R13")


def _team_day(visit: Visit) -> tuple[object, ...]:
    return visit.team, visit.date


def _left(cohorts: Sequence[Cohort], beside: Sequence[Visit], visit: Visit) -> dict[str, int]:
    """Pupils of each cohort that a visit may record: not those beside, and none too young."""
    recorded: Counter[str] = Counter()
    for one in beside:
        if one.school == visit.school:
            recorded.update(one.students)
    return {
        one.name: 0
        if one.record_from and one.record_from > visit.date
        else max(0, one.students - recorded[one.name])
        for one in cohorts
    }


def _more(visit: Visit, by: int, left: Mapping[str, int]) -> Visit:
    students = dict(visit.students)
    for name, number in left.items():
        more = min(by, number - students.get(name, 0))
        by -= more
        students[name] = students.get(name, 0) + more
    return _with_students(visit, students)


def _order(problem: Problem, cohorts: Sequence[Cohort], visit: Visit, rule: str) -> list[str]:
    """Cohorts in the order in which pupils are given up; where blanks lack, those who draw one."""
    if rule == "R11":
        drawing = [
            one for one in cohorts if max(visit.date, one.card_from or visit.date) <= problem.end
        ]
        cohorts = drawing or cohorts
    ranked = sorted(enumerate(cohorts), key=lambda item: (item[1].priority, -item[0]))
    return [cohort.name for _, cohort in ranked]


def _less(visit: Visit, by: int, order: Sequence[str]) -> Visit:
    students = dict(visit.students)
    for name in order:
        gone = min(by, students.get(name, 0))
        by -= gone
        students[name] = students.get(name, 0) - gone
    changed = students != visit.students
    return _with_students(visit, students if changed else {})


def _with_students(visit: Visit, students: dict[str, int]) -> Visit:
    return visit.model_copy(update={"students": {c: n for c, n in students.items() if n}})


# To break one promise less is worth more than any visit, and so is a visit than any pupil.
PROMISE, AGREED, VISIT = 10**9, 10**6, 10**6


class ImpossiblePromise(Value):
    """A visit that had to stay and cannot, with the rules that say so.

    `change` is the index of the change after which it cannot; None where it could not before any.
    `now` is the visit as it is kept at its time with other pupils, None where it is given up.
    """

    visit: Visit
    rules: tuple[Violation, ...]
    change: int | None = None
    now: Visit | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A published plan under a problem that has changed.

    `held` must stay as they are: done, confirmed and frozen visits, broken promises with other
    pupils among them. `kept` are the other visits that still can. `broken` are the promises that
    cannot be kept as they were.
    """

    held: tuple[Visit, ...]
    kept: tuple[Visit, ...]
    broken: tuple[ImpossiblePromise, ...]

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All that stands."""
        return (*self.held, *self.kept)


def carrying(problem: Problem, plan: Plan) -> Problem:
    """The problem with all visits of the plan, contingent ones excepted, among its commitments.

    Raises
    ------
    PlanError
        The plan names what the problem does not know, has a visit twice, or history of its own.
    """
    problem.require_match(plan)
    promised = {place_of(v): v for v in problem.commitments if v.status in FIRM}
    complaints, seen = [], set()
    for number, visit in enumerate(plan.visits):
        occasion = (visit.school, visit.team, visit.date, visit.start)
        if occasion in seen:
            what = _("this visit is in the plan twice")
            complaints.append(Complaint(f"visits[{number}]", what, _("Keep one of them.")))
        if visit.status == "done" and place_of(visit) not in promised:
            what = _("it is marked done, but the problem's commitments have no such visit")
            remedy = _("Tell of it with the change visit_done.")
            complaints.append(Complaint(f"visits[{number}]", what, remedy))
        seen.add(occasion)
    if complaints:
        raise PlanError(complaints)
    others = (visit for visit in plan.firm if place_of(visit) not in promised)
    visits = tuple(sorted((*promised.values(), *others), key=in_order))
    return problem.model_copy(update={"commitments": visits})


def standing(problem: Problem, *, frozen_until: date | None) -> Standing:
    """What still stands of the visits that a problem carries: the fewest go, or change pupils."""
    done = [visit for visit in problem.commitments if visit.status == "done"]
    live = [visit for visit in problem.commitments if visit.status != "done"]
    promised = [visit for visit in live if must_stay(visit, frozen_until)]
    if _all_stand(problem):
        # Asked one by one, a visit could seem to break rules that others of the plan mend.
        free = [visit for visit in live if visit not in promised]
        return Standing((*done, *promised), tuple(free), ())
    kept_promises = most_kept(problem, done, promised, _weight_of_promise)
    gone = [visit for visit in promised if visit not in kept_promises]
    held = _resized(problem, [*done, *kept_promises], gone)
    free = [visit for visit in live if visit not in promised]
    places = {place_of(visit): visit for visit in held}
    broken = (
        ImpossiblePromise(
            visit=visit,
            rules=_reasons(problem, [*done, *kept_promises], visit),
            now=places.get(place_of(visit)),
        )
        for visit in gone
    )
    return Standing(tuple(held), tuple(beside(problem, held, free)), tuple(broken))


def still_allowed(problem: Problem, plan: Plan) -> Plan:
    """As much of a former plan as the problem allows now, as a plan to begin from.

    Where the problem is as it was, that is the plan itself; contingent visits are left aside.

    Raises
    ------
    PlanError
        As for carrying().
    """
    firm = Plan(visits=plan.firm)
    if check(problem, firm).ok:
        return firm
    return Plan(visits=standing(carrying(problem, plan), frozen_until=None).visits)


def beside(problem: Problem, held: Sequence[Visit], free: Sequence[Visit]) -> list[Visit]:
    """Of visits that may go, those that can stay beside the held ones, some with other pupils."""
    kept = most_kept(problem, held, free, lambda visit: VISIT + visit.recorded)
    gone = [visit for visit in free if visit not in kept]
    return _resized(problem, [*held, *kept], gone)[len(held) :]


def must_stay(visit: Visit, frozen_until: date | None) -> bool:
    """Whether a visit was promised or lies before the date until which all is frozen."""
    frozen = frozen_until is not None and visit.date < frozen_until
    return visit.status in FIRM or frozen


def _all_stand(problem: Problem) -> bool:
    return check(problem, Plan(visits=problem.commitments)).ok


def _reasons(problem: Problem, stand: list[Visit], visit: Visit) -> tuple[Violation, ...]:
    """The rules that a visit would break beside what stands."""
    violations = check(problem, Plan(visits=(*stand, visit))).violations
    return tuple(one for one in violations if one.rule != "R13")


def _weight_of_promise(visit: Visit) -> int:
    return PROMISE + (AGREED if visit.status == "confirmed" else 0) + visit.recorded


def _resized(problem: Problem, stand: list[Visit], gone: list[Visit]) -> list[Visit]:
    """What stands and, of what does not, the visits that can with other pupils, largest first."""
    stand = list(stand)
    for visit in sorted(gone, key=lambda visit: -visit.recorded):
        resized = with_other_pupils(problem, stand, visit)
        if resized is not None:
            stand.append(resized)
    return stand
