"""A country in figures: what became of each office, without its plan."""

from pydantic import Field

from ektp_sched.domain import Location, Plan, Problem
from ektp_sched.domain.scalars import Value
from ektp_sched.offices.planning import OfficePlan
from ektp_sched.offices.pool import Pool, Sharing
from ektp_sched.offices.today import cards_by_province, floors_in_cards
from ektp_sched.rulebook import check
from ektp_sched.solve import TierResult
from ektp_sched.texts.language import ngettext


class OfficeRecord(Value):
    """An office in figures.

    `recorded` counts pupils of firm visits. `value` and `bound` are those of the tier that counts
    pupils (times priority), and the same where priorities are 1; where nothing is proven, the bound
    is all pupils due. `blanks` may be drawn for schools until the plan ends, `drawn` are, `sent`
    came from the pool. `failure` says why there is no plan. `left_alone` says what a
    person changed in the office's folder, so that its plan was left as it is.
    """

    office: str
    province: str = ""
    location: Location | None = None
    schools: int = 0
    pupils: int = 0
    recorded: int = 0
    value: int = 0
    bound: int = 0
    blanks: int = 0
    drawn: int = 0
    sent: int = 0
    seconds: float = 0.0
    failure: str = ""
    left_alone: str = ""

    @property
    def left(self) -> int:
        """Pupils who are due and not recorded."""
        return self.pupils - self.recorded

    @property
    def failure_in_short(self) -> str:
        """The first line of why there is no plan, or none anew."""
        first, *more = (self.failure or self.left_alone).splitlines() or [""]
        if not more:
            return first
        return ngettext("{first} (and {n} more)", "{first} (and {n} more)", len(more), first=first)

    @property
    def gap(self) -> float:
        """What the value lacks to the bound, as a share of the value."""
        return gap_of(self.value, self.bound)


class FloorRecord(Value):
    """A province's floor: cards that it gets at least, and those it gets."""

    province: str
    percent: int
    least: int
    cards: int


class CountryRecord(Value):
    """Offices in figures and, where blanks were shared out, the sharing."""

    offices: tuple[OfficeRecord, ...]
    sharing: Sharing | None = None
    floors: tuple[FloorRecord, ...] = Field(default=())

    def total(self, name: str) -> int:
        """The sum of a figure over all offices."""
        total: int = sum(getattr(one, name) for one in self.offices)
        return total

    @property
    def gap(self) -> float:
        """That of all offices together."""
        return gap_of(self.total("value"), self.total("bound"))

    @property
    def box_worth(self) -> dict[str, float]:
        """What one box more is worth, by office."""
        shares = () if self.sharing is None else self.sharing.offices
        return {one.office: one.box_worth for one in shares}

    @property
    def failed(self) -> tuple[OfficeRecord, ...]:
        """Offices without a plan."""
        return tuple(one for one in self.offices if one.failure)

    @property
    def not_planned(self) -> tuple[OfficeRecord, ...]:
        """Offices whose plan stands as a person changed it."""
        return tuple(one for one in self.offices if one.left_alone)

    @property
    def not_shared(self) -> tuple[OfficeRecord, ...]:
        """Offices that have a plan, but had none when the pool was shared out, with the reason."""
        failures = {} if self.sharing is None else self.sharing.failures
        return tuple(
            one.model_copy(update={"failure": failures[one.office]})
            for one in self.offices
            if one.office in failures and not one.failure
        )


def gap_of(value: int, bound: int) -> float:
    """The relative gap, as everywhere: ``|bound − value| / max(1, |value|)``."""
    return abs(bound - value) / max(1, abs(value))


def record_of(problem: Problem, done: OfficePlan, *, province: str, sent: int) -> OfficeRecord:
    """The figures of an office whose problem could be read.

    Parameters
    ----------
    problem
        With the deliveries that the pool sends.
    sent
        Cards of these that are confirmed.
    """
    due = [cohort for school in problem.schools for cohort in school.cohorts]
    known = {
        "office": done.office,
        "province": province,
        "location": problem.bases[0].location,
        "schools": len(problem.schools),
        "pupils": sum(cohort.students for cohort in due),
        "bound": sum(cohort.students * cohort.priority for cohort in due),
        "sent": sent,
        "failure": "" if done.standing else done.failure,
        "left_alone": done.failure if done.standing else "",
    }
    result, plan = done.result, done.standing
    tiers: tuple[TierResult, ...] = ()
    if result is not None:
        plan, tiers, known["seconds"] = result.plan, result.tiers, result.runtime_seconds
    if plan is None:
        return OfficeRecord.model_validate(known)
    report = check(problem, plan)
    bound = next((one.bound for one in tiers if one.term == "students"), None)
    rows = report.ledger.rows
    drawn = sum(row.schools for row in rows)
    return OfficeRecord.model_validate(
        known
        | {
            "recorded": _recorded(plan),
            "value": report.score.students,
            "bound": known["bound"] if bound is None else bound,
            "drawn": drawn,
            "blanks": drawn + max(0, rows[-1].closing - rows[-1].reserve),
        }
    )


def _recorded(plan: Plan) -> int:
    return sum(visit.recorded for visit in plan.firm)


def floors_of(pool: Pool, sharing: Sharing) -> tuple[FloorRecord, ...]:
    """How the floors of a pool's provinces are kept by a sharing."""
    by_pupils = next(rule for rule in sharing.rules if rule.rule == "pupils")
    least = floors_in_cards(pool, by_pupils.shipments)
    got = cards_by_province(pool, sharing.shipments)
    return tuple(
        FloorRecord(
            province=floor.province,
            percent=floor.percent,
            least=least[floor.province],
            cards=got[floor.province],
        )
        for floor in pool.floors
    )
