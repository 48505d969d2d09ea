"""The ledger balances, and no card is lost, whatever the stock and the visits."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ektp_sched.domain import Delivery, Plan, Problem, Stock, Visit
from ektp_sched.rulebook import check
from tests.builders import a_cohort, a_problem, a_school, a_visit

START = date(2024, 8, 5)
DAYS = 12
SCHOOLS = ("S1", "S2")
COHORTS = ("XI", "XII")

amounts = st.integers(0, 60)
some_days = st.integers(-3, DAYS + 2).map(lambda n: START + timedelta(days=n))
horizon_days = st.integers(0, DAYS - 1).map(lambda n: START + timedelta(days=n))


@st.composite
def stocks(draw: st.DrawFn, cards: st.SearchStrategy[str]) -> Stock:
    deliveries = st.builds(Delivery, date=some_days, cards=amounts, confirmed=st.booleans())
    fields = {
        "opening": draw(st.integers(0, 150)),
        "reserve": draw(st.integers(0, 40)),
        "walk_in_per_day": draw(st.integers(0, 15)),
        "walk_in_overrides": draw(st.dictionaries(some_days, amounts, max_size=3)),
        "deliveries": draw(st.lists(deliveries, max_size=4)),
        "cards": draw(cards),
    }
    return Stock.model_validate(fields)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    return a_visit(
        draw(st.sampled_from(SCHOOLS)),
        date=draw(some_days).isoformat(),
        students=draw(st.dictionaries(st.sampled_from(COHORTS), st.integers(1, 50), min_size=1)),
        status=draw(st.sampled_from(("proposed", "confirmed", "done", "contingent"))),
    )


@st.composite
def plans(draw: st.DrawFn, cards: st.SearchStrategy[str]) -> tuple[Problem, Plan]:
    """Any stock and any visits, allowed by the other rules or not."""
    schools = tuple(
        a_school(
            school,
            cohorts=tuple(
                a_cohort(
                    name,
                    priority=draw(st.integers(0, 2)),
                    card_from=draw(st.none() | some_days),
                )
                for name in COHORTS
            ),
        )
        for school in SCHOOLS
    )
    problem = a_problem(
        schools=schools,
        end=START + timedelta(days=DAYS - 1),
        holidays=tuple(draw(st.lists(horizon_days, max_size=2))),
        stock=draw(stocks(cards)),
    )
    return problem, Plan(visits=tuple(draw(st.lists(visits(), max_size=6))))


every_way = st.sampled_from(("reserve", "later", "none"))


@given(plans(every_way))
def test_each_row_balances_and_hands_its_level_on(case: tuple[Problem, Plan]) -> None:
    problem, plan = case
    rows = check(problem, plan).ledger.rows
    assert [row.date for row in rows] == [START + timedelta(days=n) for n in range(DAYS)]
    assert rows[0].opening == problem.stock.opening
    for row in rows:
        assert row.closing == row.opening + row.delivered - row.counters - row.schools
    for row, following in pairwise(rows):
        assert following.opening == row.closing


@given(plans(every_way))
def test_rows_and_printings_tell_the_same(case: tuple[Problem, Plan]) -> None:
    ledger = check(*case).ledger
    for row in ledger.rows:
        assert row.schools == sum(p.cards for p in ledger.printings if p.printed == row.date)
    assert ledger.backlog == sum(p.cards for p in ledger.printings if p.printed is None)


def due_cards(problem: Problem, plan: Plan) -> int:
    """Pupils of firm visits who are 17 and recorded by some date of the horizon."""
    card_from = {(s.id, c.name): c.card_from for s in problem.schools for c in s.cohorts}
    total = 0
    for visit in plan.visits:
        past = visit.status == "done" and visit.date < problem.start
        if past or visit.status == "contingent":
            continue
        for name, students in visit.students.items():
            due = max(visit.date, card_from[visit.school, name] or visit.date)
            total += students if problem.start <= due <= problem.end else 0
    return total


@given(plans(st.sampled_from(("reserve", "later"))))
def test_what_is_due_is_printed_or_in_the_backlog(case: tuple[Problem, Plan]) -> None:
    ledger = check(*case).ledger
    assert sum(row.schools for row in ledger.rows) + ledger.backlog == due_cards(*case)
    assert ledger.backlog == 0 or case[0].stock.cards == "later"


@given(plans(st.just("later")))
def test_later_breaks_the_reserve_only_where_the_counters_alone_do(
    case: tuple[Problem, Plan],
) -> None:
    ledger = check(*case).ledger
    for number, row in enumerate(ledger.rows):
        drawn = sum(earlier.schools for earlier in ledger.rows[: number + 1])
        assert row.short == max(0, row.reserve - (row.closing + drawn))
        assert row.closing >= row.reserve or row.short


@given(plans(st.just("later")))
def test_later_keeps_nobody_waiting_who_could_be_served(case: tuple[Problem, Plan]) -> None:
    ledger = check(*case).ledger
    for number, row in enumerate(ledger.rows):
        waiting = any(
            p.due <= row.date and (p.printed is None or p.printed > row.date)
            for p in ledger.printings
        )
        # What every date to come would keep if nothing were printed after this one.
        kept, printed = [], 0
        for later in ledger.rows[number:]:
            printed += later.schools if later is not row else 0
            kept.append(later.closing + printed)
        assert not waiting or min(kept) <= row.reserve


@given(plans(st.just("later")))
def test_later_prints_nobody_too_early_and_the_important_first(
    case: tuple[Problem, Plan],
) -> None:
    problem, plan = case
    priority = {(s.id, c.name): c.priority for s in problem.schools for c in s.cohorts}
    printings = check(problem, plan).ledger.printings
    assert all(p.printed is None or p.printed >= p.due for p in printings)
    end = problem.end + timedelta(days=1)
    for first in printings:
        for other in printings:
            higher = priority[first.school, first.cohort] > priority[other.school, other.cohort]
            if higher and other.printed and first.due <= other.printed:
                assert (first.printed or end) <= other.printed


@given(plans(st.just("reserve")))
def test_reserve_holds_where_r11_does_unless_history_alone_breaks_it(
    case: tuple[Problem, Plan],
) -> None:
    problem, plan = case
    report = check(problem, Plan(visits=tuple(v for v in plan.visits if v.status != "contingent")))
    if not any(v.rule == "R11" for v in report.violations):
        assert all(row.closing >= row.reserve or row.short for row in report.ledger.rows)
    else:
        assert any(row.closing < row.reserve for row in report.ledger.rows)
