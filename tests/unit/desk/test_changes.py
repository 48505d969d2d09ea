"""Changes applied to a problem, and lists of them that cannot be true."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter

from ektp_sched.desk.apply_changes import apply_changes
from ektp_sched.desk.changes import Change
from ektp_sched.desk.stand_ins import fewer_kits, works_as_another
from ektp_sched.domain import Problem, School
from ektp_sched.domain.words import names, names_of
from ektp_sched.errors import RequestError
from tests.builders import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    a_delivery,
    a_problem,
    a_range,
    a_school,
    a_team,
    a_visit,
    some_travel,
)

READER: TypeAdapter[Change] = TypeAdapter(Change)
DONE = {"kind": "visit_done", "school": "S1", "date": MONDAY, "recorded": {"XII": 30}}


def changed(problem: Problem, *changes: dict[str, Any]) -> Problem:
    return apply_changes(problem, [READER.validate_python(change) for change in changes])[-1]


def school_after(*changes: dict[str, Any], **fields: Any) -> School:
    return changed(an_office(**fields), *changes).schools[0]


def an_office(**fields: Any) -> Problem:
    """Two schools, teams A and B, a visit of S1 on Monday and of S2 on Tuesday, a delivery."""
    usual: dict[str, Any] = {
        "schools": (a_school("S1"), a_school("S2")),
        "teams": (a_team("A"), a_team("B")),
        "stock": {"opening": 1000, "deliveries": (a_delivery(WEDNESDAY, 500, confirmed=False),)},
        "commitments": (a_visit(), a_visit("S2", "A", TUESDAY)),
    }
    return a_problem(**{**usual, **fields})


def complaints(problem: Problem, *changes: dict[str, Any]) -> list[str]:
    with pytest.raises(RequestError) as caught:
        changed(problem, *changes)
    return [str(complaint) for complaint in caught.value.complaints]


def test_a_school_closes() -> None:
    change = {"kind": "school_closed", "school": "S1", "start": MONDAY, "end": TUESDAY}
    (closed,) = school_after({**change, "reason": "exams"}).closed
    assert (str(closed.start), str(closed.end), closed.reason) == (MONDAY, TUESDAY, "exams")


def test_a_school_that_asks_for_the_date_it_has_gets_it_promised() -> None:
    problem = changed(an_office(), {"kind": "school_asks", "school": "S1", "date": MONDAY})
    assert [visit.status for visit in problem.commitments] == ["confirmed", "proposed"]


def test_a_school_that_asks_may_open_for_that() -> None:
    wish = {"kind": "school_asks", "school": "S1", "date": "2024-08-10"}
    hours = {"start": "08:00", "end": "12:00"}
    school = school_after({**wish, **hours}, end="2024-08-11")
    assert [str(extra.date) for extra in school.extra_hours] == ["2024-08-10"]
    with pytest.raises(ValueError, match="only one"):
        READER.validate_python({**wish, "start": "08:00"})


def test_a_team_is_out_with_all_who_stand_in_for_it() -> None:
    kits = {"kind": "kits_out", "team": "A", "start": MONDAY, "end": WEDNESDAY}
    off = {"kind": "team_off", "team": "A", "start": TUESDAY, "end": TUESDAY}
    problem = changed(an_office(), kits, off)
    tuesday = date.fromisoformat(TUESDAY)
    at_work = [
        team.id
        for team in problem.teams
        if not any(one.start <= tuesday <= one.end for one in team.off)
    ]
    assert at_work == ["B"]


def test_a_crew_goes_out_as_one_team_on_each_date() -> None:
    dates = a_range(TUESDAY, WEDNESDAY)
    problem = fewer_kits(a_problem(teams=(a_team("A"), a_team("B"))), "A", dates, out=1)
    head, stand_in, other = problem.teams
    monday, tuesday = date.fromisoformat(MONDAY), date.fromisoformat(TUESDAY)
    absent = [
        [works_as_another(problem, team, day) for team in (head, stand_in, other)]
        for day in (monday, tuesday)
    ]
    assert absent == [[False, True, False], [True, False, False]]


def test_kits_out_make_a_team_stand_in() -> None:
    kits = {"kind": "kits_out", "team": "A", "start": TUESDAY, "end": WEDNESDAY}
    problem = changed(an_office(), kits)
    team, stand_in, _ = problem.teams
    assert (team.kits, stand_in.kits, stand_in.stands_in_for) == (2, 1, "A")
    assert names(problem.teams)[stand_in.id] == "Team A, 1 kit"
    works = {
        one.id: [
            day
            for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)
            if not any(str(off.start) <= day <= str(off.end) for off in one.off)
        ]
        for one in (team, stand_in)
    }
    assert works == {"A": [MONDAY, THURSDAY], stand_in.id: [TUESDAY, WEDNESDAY]}
    assert [visit.team for visit in problem.commitments] == ["A", stand_in.id]


def test_a_team_whose_id_begins_like_another_is_no_stand_in() -> None:
    """Two teams "Tim" and "Tim from Manna": leave of the first is none of the second."""
    office = an_office(teams=(a_team("Tim"), a_team("Tim from Manna")), commitments=())
    off = {"kind": "team_off", "team": "Tim", "start": TUESDAY, "end": TUESDAY}
    tim, manna = changed(office, off).teams
    assert (len(tim.off), len(manna.off)) == (1, 0)
    tuesday = date.fromisoformat(TUESDAY)
    assert not any(works_as_another(office, team, tuesday) for team in office.teams)
    kits = {"kind": "kits_out", "team": "Tim", "start": TUESDAY, "end": TUESDAY}
    after = changed(office, kits)
    assert [team.stands_in_for for team in after.teams] == [None, "Tim", None]
    assert not after.teams[2].off


def test_a_stand_in_never_takes_the_id_of_a_team() -> None:
    office = an_office(teams=(a_team("A"), a_team("A/1")), commitments=())
    kits = {"kind": "kits_out", "team": "A", "start": TUESDAY, "end": TUESDAY}
    assert [team.id for team in changed(office, kits).teams] == ["A", "A/2", "A/1"]


def test_kits_may_go_one_after_the_other() -> None:
    kits = {"kind": "kits_out", "team": "A", "start": TUESDAY, "end": WEDNESDAY}
    problem = an_office(teams=(a_team("A", kits=3),))
    after = changed(problem, kits, {**kits, "end": THURSDAY})
    called = names(after.teams)
    found = {called[team.id]: team.kits for team in after.teams}
    assert found == {"Team A": 3, "Team A, 2 kits": 2, "Team A, 1 kit": 1}
    assert len({team.id for team in after.teams}) == 4


def test_a_team_without_kits_is_off_instead() -> None:
    kits = {"kind": "kits_out", "team": "A", "kits": 2, "start": MONDAY, "end": MONDAY}
    (complaint,) = complaints(an_office(), kits)
    assert complaint.startswith("changes[0] (kits_out).kits: of 2 kits")
    assert "team_off" in complaint
    (complaint,) = complaints(an_office(), {**kits, "start": "2024-09-01", "end": "2024-09-02"})
    assert "works on no date" in complaint


def test_deliveries_are_late_partial_and_arrive() -> None:
    late = {"kind": "delivery_late", "date": WEDNESDAY, "new_date": FRIDAY}
    partial = {"kind": "delivery_partial", "date": WEDNESDAY, "cards": 200, "rest_on": FRIDAY}
    arrived = {"kind": "delivery_arrived", "date": WEDNESDAY, "cards": 450}
    found = [
        [(str(d.date), d.cards, d.confirmed) for d in changed(an_office(), one).stock.deliveries]
        for one in (late, partial, arrived)
    ]
    assert found == [
        [(FRIDAY, 500, False)],
        [(WEDNESDAY, 200, False), (FRIDAY, 300, False)],
        [(WEDNESDAY, 450, True)],
    ]


def test_a_delivery_must_be_there_and_one() -> None:
    two = (a_delivery(MONDAY, 1), a_delivery(MONDAY, 2))
    problem = an_office(stock={"opening": 1, "deliveries": two})
    arrived = {"kind": "delivery_arrived", "date": MONDAY}
    assert "Say which one" in complaints(problem, arrived)[0]
    after = changed(problem, {**arrived, "announced": 2, "cards": 9})
    assert [one.cards for one in after.stock.deliveries] == [1, 9]
    assert "no delivery of 3 cards" in complaints(problem, {**arrived, "announced": 3})[0]
    rest = {"kind": "delivery_partial", "date": MONDAY, "announced": 2, "cards": 2}
    assert "no rest" in complaints(problem, {**rest, "rest_on": FRIDAY})[0]


def test_a_done_visit_becomes_history_with_its_actual_pupils() -> None:
    problem = changed(an_office(), DONE)
    done, other = problem.commitments
    assert (done.status, dict(done.students), other.status) == ("done", {"XII": 30}, "proposed")


def test_those_who_have_a_card_are_due_no_longer_and_the_missed_still_are() -> None:
    missed = {"absent": {"XII": 5}, "failed": {"XII": 2}, "already": {"XII": 20}}
    (cohort,) = school_after({**DONE, **missed}).cohorts
    assert cohort.students == 80  # of 100; 30 of them recorded, 50 still due


def test_those_under_16_are_due_later() -> None:
    young = {"under_16": {"XII": 4}}
    now, later = school_after({**DONE, **young}).cohorts
    assert (now.students, later.students) == (96, 4)
    assert str(later.record_from) == "2024-08-10"  # not in this horizon
    known = school_after({**DONE, **young, "sixteen_on": THURSDAY}).cohorts[1]
    assert (str(known.record_from), known.card_from) == (THURSDAY, date(2025, 8, 8))


def test_those_under_16_of_two_visits_are_one_cohort() -> None:
    problem = an_office(commitments=(a_visit(), a_visit(date=TUESDAY)))
    first = {**DONE, "under_16": {"XII": 4}}
    after = changed(problem, first, {**first, "date": TUESDAY})
    assert [cohort.students for cohort in after.schools[0].cohorts] == [92, 8]


def test_more_pupils_than_are_due_are_refused() -> None:
    (complaint,) = complaints(an_office(), {**DONE, "absent": {"XII": 71}})
    assert "101 pupils of cohort 'XII' are told of, but 100 are due" in complaint
    counted = {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 101}
    assert changed(an_office(), counted, {**DONE, "absent": {"XII": 71}})
    assert "no cohort 'X'" in complaints(an_office(), {**DONE, "absent": {"X": 1}})[0]


def test_a_done_visit_must_have_been_planned() -> None:
    assert (
        "no visit of school 'S1' is planned" in complaints(an_office(), {**DONE, "date": FRIDAY})[0]
    )
    done = changed(an_office(), DONE)
    assert "done already" in complaints(done, DONE)[0]
    twins = (a_visit(), a_visit(team="B"))
    assert "Say which one" in complaints(an_office(commitments=twins), DONE)[0]
    assert changed(an_office(commitments=twins), {**DONE, "team": "B"})


def test_pupils_are_counted_anew() -> None:
    counted = {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 120}
    (cohort,) = school_after(counted).cohorts
    assert cohort.students == 120
    _, new = school_after({**counted, "cohort": "XI", "record_from": TUESDAY}).cohorts
    assert (new.name, new.students, str(new.record_from)) == ("XI", 120, TUESDAY)


def test_what_no_problem_may_be_is_refused() -> None:
    counted = {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 120}
    dates = {"record_from": FRIDAY, "card_from": MONDAY}
    (complaint,) = complaints(an_office(), {**counted, **dates})
    assert "card_from 2024-08-05 is before record_from" in complaint


def test_holidays_come_go_and_move() -> None:
    problem = changed(an_office(), {"kind": "holiday_added", "date": MONDAY})
    moved = changed(problem, {"kind": "holiday_moved", "date": MONDAY, "new_date": FRIDAY})
    assert [str(day) for day in moved.holidays] == [FRIDAY]
    assert changed(moved, {"kind": "holiday_removed", "date": FRIDAY}).holidays == ()
    assert "holiday already" in complaints(problem, {"kind": "holiday_added", "date": MONDAY})[0]
    assert "no holiday" in complaints(problem, {"kind": "holiday_removed", "date": FRIDAY})[0]


def test_a_school_is_added_with_its_ways() -> None:
    new = a_school("S3").model_dump()
    ways = {"B": 10, "S1": 5, "S2": 5}
    problem = changed(an_office(), {"kind": "school_added", "school": new, "minutes": ways})
    assert problem.travel == some_travel(
        ["B", "S1", "S2", "S3"],
        ways={("S1", "S3"): 5, ("S3", "S1"): 5, ("S2", "S3"): 5, ("S3", "S2"): 5},
    )
    lacking = {"kind": "school_added", "school": new, "minutes": {"B": 1}}
    assert "the way to 'S1' is not given" in complaints(an_office(), lacking)[0]
    estimated = an_office(travel={"kind": "estimate"})
    assert len(changed(estimated, lacking).travel.overrides) == 2
    assert "no base or school" in complaints(estimated, {**lacking, "minutes": {"X": 1}})[0]
    known = {**lacking, "school": a_school("S1").model_dump()}
    assert "used by more than one" in complaints(estimated, known)[0]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "school_closed", "school": "X", "start": MONDAY, "end": MONDAY},
        {"kind": "school_asks", "school": "X", "date": MONDAY},
        {"kind": "school_asks", "school": "S1", "date": "2025-01-01"},
        {"kind": "team_off", "team": "X", "start": MONDAY, "end": MONDAY},
        {"kind": "kits_out", "team": "X", "start": MONDAY, "end": MONDAY},
        {"kind": "delivery_late", "date": MONDAY, "new_date": FRIDAY},
        {**DONE, "school": "X"},
        {"kind": "pupils_counted", "school": "X", "cohort": "XII", "students": 1},
        {"kind": "holiday_added", "date": "2025-01-01"},
    ],
)
def test_what_is_not_there_is_told_with_the_change(change: dict[str, Any]) -> None:
    fine = {"kind": "holiday_added", "date": FRIDAY}
    assert complaints(an_office(), fine, change)[0].startswith(f"changes[1] ({change['kind']}).")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DONE, DONE),
        (DONE, {"kind": "team_off", "team": "A", "start": MONDAY, "end": FRIDAY}),
        (DONE, {"kind": "school_closed", "school": "S1", "start": MONDAY, "end": MONDAY}),
        (
            {"kind": "school_asks", "school": "S2", "date": FRIDAY},
            {"kind": "school_closed", "school": "S2", "start": MONDAY, "end": FRIDAY},
        ),
        ({"kind": "holiday_added", "date": FRIDAY}, {"kind": "holiday_added", "date": FRIDAY}),
        (
            {"kind": "delivery_late", "date": WEDNESDAY, "new_date": FRIDAY},
            {"kind": "delivery_arrived", "date": WEDNESDAY},
        ),
        (
            {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 1},
            {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 2},
        ),
    ],
)
def test_changes_that_cannot_both_be_true(one: dict[str, Any], other: dict[str, Any]) -> None:
    told = complaints(an_office(), one, other)
    contradiction = f"changes[1] ({other['kind']}): it contradicts changes[0] ({one['kind']})."
    assert any(complaint.startswith(contradiction) for complaint in told)


def test_changes_of_different_things_or_dates_go_together() -> None:
    assert changed(
        an_office(),
        DONE,
        {"kind": "team_off", "team": "A", "start": TUESDAY, "end": TUESDAY},
        {"kind": "team_off", "team": "B", "start": MONDAY, "end": MONDAY},
        {"kind": "school_closed", "school": "S1", "start": TUESDAY, "end": FRIDAY},
    )


def test_changes_say_themselves() -> None:
    said = [
        READER.validate_python(change).said(names_of(an_office()))
        for change in (
            {"kind": "school_closed", "school": "S1", "start": MONDAY, "end": TUESDAY},
            {"kind": "school_asks", "school": "S2", "date": FRIDAY},
            {"kind": "team_off", "team": "A", "start": MONDAY, "end": MONDAY},
            {"kind": "kits_out", "team": "A", "start": MONDAY, "end": TUESDAY},
            {"kind": "delivery_late", "date": WEDNESDAY, "new_date": FRIDAY},
            {"kind": "delivery_partial", "date": WEDNESDAY, "cards": 1, "rest_on": FRIDAY},
            {"kind": "delivery_arrived", "date": WEDNESDAY},
            DONE,
            {"kind": "pupils_counted", "school": "S1", "cohort": "XII", "students": 7},
            {"kind": "holiday_added", "date": FRIDAY},
            {"kind": "holiday_removed", "date": FRIDAY},
            {"kind": "holiday_moved", "date": FRIDAY, "new_date": MONDAY},
            {"kind": "school_added", "school": a_school("S1").model_dump()},
        )
    ]
    assert said == [
        "SMA 1 closed from Mon 5 Aug to Tue 6 Aug",
        "SMA 2 asks for Fri 9 Aug",
        "Team A out on Mon 5 Aug",
        "1 kit of Team A out from Mon 5 Aug to Tue 6 Aug",
        "delivery of Wed 7 Aug only on Fri 9 Aug",
        "delivery of Wed 7 Aug brings 1 card, the rest on Fri 9 Aug",
        "delivery of Wed 7 Aug arrived",
        "SMA 1 done on Mon 5 Aug with 30 pupils",
        "SMA 1 counted 7 pupils in XII",
        "holiday on Fri 9 Aug",
        "no holiday on Fri 9 Aug",
        "holiday of Fri 9 Aug now on Mon 5 Aug",
        "SMA 1 added",
    ]
