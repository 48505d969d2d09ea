"""Entries of random plans, one after the other, as calendars would keep them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ektp_sched.domain import Plan, Visit
from ektp_sched.files.icalendar import Entry
from ektp_sched.report.calendars import entries_of, updated
from tests.builders import MONDAY, a_plan, a_problem, a_school, a_team, a_visit

SCHOOLS, TEAMS = ("S1", "S2", "S3"), ("A", "B")
PROBLEM = a_problem(
    schools=tuple(a_school(name) for name in SCHOOLS),
    teams=tuple(a_team(name) for name in TEAMS),
)
FIRST_MOMENT = datetime(2024, 7, 1, tzinfo=UTC)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """A visit somewhere in the week, or in the week before."""
    hour = draw(st.integers(7, 12))
    return a_visit(
        draw(st.sampled_from(SCHOOLS)),
        draw(st.sampled_from(TEAMS)),
        str(date.fromisoformat(MONDAY) + timedelta(days=draw(st.integers(-3, 4)))),
        f"{hour:02}:00",
        f"{hour + 2:02}:00",
        students=draw(st.sampled_from([20, 30])),
        status=draw(st.sampled_from(["proposed", "confirmed"])),
    )


PLANS = st.lists(visits(), max_size=6, unique_by=lambda v: (v.team, v.date, v.start)).map(
    lambda some: a_plan(*some)
)


def given_out(former: list[Entry], plan: Plan, number: int) -> list[Entry]:
    moment = FIRST_MOMENT + timedelta(days=number)
    entries = entries_of(PROBLEM, plan, language="id", changed=moment)
    return updated(former, entries, first_day=PROBLEM.start, changed=moment, language="id")


def place(entry: Entry | Visit) -> object:
    if isinstance(entry, Entry):
        return (entry.school, entry.team, entry.start.date(), entry.start.time())
    return (entry.school, entry.team, entry.date, entry.start)


def running(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.status != "CANCELLED"]


def coming(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in running(entries) if entry.start.date() >= PROBLEM.start]


@given(PLANS, PLANS)
def test_the_order_of_visits_changes_nothing(first: Plan, plan: Plan) -> None:
    former = given_out([], first, 0)
    turned = a_plan(*reversed(plan.visits))
    one, other = given_out(former, plan, 1), given_out(former[::-1], turned, 1)
    assert sorted(one, key=lambda e: e.uid) == sorted(other, key=lambda e: e.uid)


@given(st.lists(PLANS, min_size=1, max_size=4))
def test_calendars_always_show_the_last_plan(plans: list[Plan]) -> None:
    entries: list[Entry] = []
    for number, plan in enumerate(plans):
        entries = given_out(entries, plan, number)
        assert len({entry.uid for entry in entries}) == len(entries)
        shown = Counter(map(place, running(entries)))
        assert shown >= Counter(map(place, plan.visits))
        history = (entry for entry in running(entries) if entry.start.date() < PROBLEM.start)
        others = shown - Counter(map(place, plan.visits))
        assert others <= Counter(map(place, history))


@given(st.lists(PLANS, min_size=2, max_size=4))
def test_a_client_that_reads_every_file_or_the_last_one_sees_the_same(plans: list[Plan]) -> None:
    held: dict[str, Entry] = {}
    entries: list[Entry] = []
    for number, plan in enumerate(plans):
        entries = given_out(entries, plan, number)
        for entry in entries:
            if entry.uid not in held or entry.sequence > held[entry.uid].sequence:
                held[entry.uid] = entry
    assert held == {entry.uid: entry for entry in entries}


@given(PLANS, PLANS)
def test_only_what_changed_is_newer(first: Plan, second: Plan) -> None:
    before = {entry.uid: entry for entry in given_out([], first, 0)}
    after = {entry.uid: entry for entry in given_out(list(before.values()), second, 1)}
    assert before.keys() <= after.keys()
    for uid, old in before.items():
        new = after[uid]
        if new == old:
            continue
        assert (new.sequence, new.changed) == (old.sequence + 1, FIRST_MOMENT + timedelta(days=1))
        assert (new.school, new.team) == (old.school, old.team)


@given(PLANS, PLANS)
def test_what_stays_where_it_was_keeps_its_entry(first: Plan, second: Plan) -> None:
    before = given_out([], first, 0)
    after = {entry.uid: entry for entry in given_out(before, second, 1)}
    stayed = set(map(place, second.visits))
    for old in before:
        if place(old) in stayed:
            assert place(after[old.uid]) == place(old)


@given(PLANS, PLANS)
def test_no_more_is_cancelled_than_has_to_be(first: Plan, second: Plan) -> None:
    before = given_out([], first, 0)
    gone = [entry for entry in given_out(before, second, 1) if entry.status == "CANCELLED"]
    ways = Counter((visit.school, visit.team) for visit in second.visits)
    for (school, team), count in Counter((entry.school, entry.team) for entry in gone).items():
        were = sum((entry.school, entry.team) == (school, team) for entry in coming(before))
        assert were - count <= ways[school, team]
        assert count <= were


@given(PLANS)
def test_the_same_plan_again_changes_nothing(plan: Plan) -> None:
    before = given_out([], plan, 0)
    assert sorted(given_out(before, plan, 1), key=lambda e: e.uid) == sorted(
        before, key=lambda e: e.uid
    )
