"""share_out() against all sharings of a tiny pool and all plans of its offices."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from itertools import accumulate, product

from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from ektp_sched.domain import Delivery, Policy, Problem, WeightedTerm
from ektp_sched.offices import Pool, PoolOffice, ProvinceFloor, Sharing, share_out, shared_today
from ektp_sched.offices.planning import with_deliveries
from ektp_sched.rulebook import check
from tests.oracle.brute_force import best_plan, plans_at_most
from tests.strategies import micro_problems

MOST_PLANS = 3_000
A_FEW = max(10, settings().max_examples // 4)
PUPILS = Policy(tiers=((WeightedTerm(term="students"),),))

Boxes = tuple[int, ...]  # by arrival
Case = tuple[Pool, dict[str, Problem]]


@st.composite
def poor_offices(draw: st.DrawFn) -> Problem:
    """A micro office that counts pupils, reserves a blank for each, and has few of them."""
    problem = draw(micro_problems())
    stock = problem.stock.model_copy(
        update={
            "cards": "reserve",
            "opening": problem.stock.reserve + draw(st.integers(0, 2)),
            "walk_in_per_day": 0,
            "walk_in_overrides": {},
        }
    )
    problem = problem.model_copy(update={"policy": PUPILS, "stock": stock})
    assume(plans_at_most(problem) <= MOST_PLANS)
    return problem


@st.composite
def tiny_pools(draw: st.DrawFn) -> Case:
    """Two or three offices and a few boxes for them."""
    problems = {
        f"O{n}": one for n, one in enumerate(draw(st.lists(poor_offices(), min_size=2, max_size=3)))
    }
    first = min(problem.start for problem in problems.values())
    arrivals = tuple(
        Delivery(date=first + timedelta(day), cards=cards, confirmed=confirmed)
        for day, cards, confirmed in draw(
            st.lists(
                st.tuples(
                    st.integers(-1, 4), st.integers(0, 4), st.sampled_from((True, True, False))
                ),
                min_size=1,
                max_size=3,
            )
        )
    )
    cards = sum(arrival.cards for arrival in arrivals if arrival.confirmed)
    offices = []
    for name in problems:
        lot = draw(st.integers(1, 2))
        least = draw(st.integers(0, cards // 6))
        offices.append(
            PoolOffice(
                office=name,
                province=draw(st.sampled_from(("North", "South"))),
                lot=lot,
                least=least,
                most=draw(st.none() | st.integers(least + 1, 6)),
                delivery_days=draw(
                    st.sampled_from((("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("tue",)))
                ),
                requested=draw(st.integers(0, 6)),
            )
        )
    floors = [
        ProvinceFloor(province=province, percent=draw(st.sampled_from((0, 50, 100))))
        for province in sorted({one.province for one in offices})
    ]
    return Pool(arrivals=arrivals, offices=tuple(offices), floors=tuple(floors)), problems


def deliveries(pool: Pool, office: PoolOffice, boxes: Boxes) -> list[Delivery]:
    return [
        Delivery(date=office.first_delivery(arrival.date), cards=count * office.lot, confirmed=True)
        for arrival, count in zip(pool.confirmed, boxes, strict=True)
    ]


def allowed(pool: Pool, problems: dict[str, Problem]) -> Iterator[tuple[Boxes, ...]]:
    """All sharings within the pool and the limits of its offices and provinces."""
    arrivals = pool.confirmed
    rows = []
    for office in pool.offices:
        counts = product(range(pool.cards // office.lot + 1), repeat=len(arrivals))
        least = -(-office.least // office.lot)
        most = pool.cards if office.most is None else office.most
        rows.append([row for row in counts if least <= sum(row) and sum(row) * office.lot <= most])
    floors = floors_of(pool, problems)
    for rows_of_all in product(*rows):
        cards = [
            [count * office.lot for count in row]
            for office, row in zip(pool.offices, rows_of_all, strict=True)
        ]
        sent = accumulate(map(sum, zip(*cards, strict=True)))
        arrived = accumulate(arrival.cards for arrival in arrivals)
        if all(a <= b for a, b in zip(sent, arrived, strict=True)) and all(
            sum(
                sum(row)
                for office, row in zip(pool.offices, cards, strict=True)
                if office.province == province
            )
            >= least
            for province, least in floors.items()
        ):
            yield rows_of_all


def floors_of(pool: Pool, problems: dict[str, Problem]) -> dict[str, float]:
    due = {
        name: sum(cohort.students for school in problem.schools for cohort in school.cohorts)
        for name, problem in problems.items()
    }
    province = {one.office: one.province for one in pool.offices}
    by_pupils = shared_today(pool, due, "pupils")
    return {
        floor.province: sum(
            one.cards for one in by_pupils if province[one.office] == floor.province
        )
        * floor.percent
        / 100
        for floor in pool.floors
    }


def best_of_all(pool: Pool, problems: dict[str, Problem]) -> int:
    """The most pupils that any sharing and any plans record."""

    @cache
    def pupils(number: int, boxes: Boxes) -> int:
        office = pool.offices[number]
        problem = with_deliveries(problems[office.office], deliveries(pool, office, boxes))
        plan, _ = best_plan(problem)
        assume(plan is not None)
        assert plan is not None
        return check(problem, plan).score.students

    return max(
        sum(pupils(number, boxes) for number, boxes in enumerate(rows))
        for rows in allowed(pool, problems)
    )


def shared(pool: Pool, problems: dict[str, Problem]) -> Sharing:
    note(pool.model_dump_json())
    for problem in problems.values():
        note(problem.model_dump_json())
    with ThreadPoolExecutor(1) as executor:
        return share_out(
            pool,
            problems,
            time_limit=600,
            executor=executor,
            workers=1,
            gap=0,
            deterministic=True,
        )


@settings(max_examples=A_FEW)
@given(tiny_pools())
def test_a_tiny_pool_is_shared_as_well_as_by_trying_all(case: Case) -> None:
    pool, problems = case
    best = best_of_all(pool, problems)
    sharing = shared(pool, problems)
    assert not sharing.failures
    assert sharing.pupils == best
    assert sharing.bound >= best
    for rule in sharing.rules:
        assert rule.pupils <= rule.bound
    # What is told is what the plans do.
    told = 0
    for office in sharing.offices:
        sent = [one.delivery for one in sharing.shipments if one.office == office.office]
        problem = with_deliveries(problems[office.office], [one for one in sent if one.confirmed])
        report = check(problem, sharing.plans[office.office])
        assert report.ok
        assert report.score.students == office.pupils <= office.bound
        told += office.pupils
    assert told == sharing.pupils
