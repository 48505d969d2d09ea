"""review(): warnings of what is allowed but suspicious."""

from pathlib import Path
from typing import Any

import pytest

from ektp_sched.domain import ExtraHours, Floor, Location, Policy, Problem, Stock
from ektp_sched.files import load_problem
from ektp_sched.rulebook import Advice, review
from ektp_sched.texts.language import speaking
from tests.builders import (
    FRIDAY,
    MONDAY,
    TUESDAY,
    a_break,
    a_cohort,
    a_delivery,
    a_problem,
    a_range,
    a_school,
    a_shift,
    a_team,
    a_visit,
    some_hours,
    some_travel,
)

PROBLEMS = Path(__file__).parents[1] / "regression" / "problems"


def codes(problem: Problem) -> list[str]:
    return [advice.code for advice in review(problem)]


def one(problem: Problem) -> Advice:
    (advice,) = review(problem)
    return advice


def test_nothing_to_say() -> None:
    assert review(a_problem()) == ()


# Positions


def placed(*lats: float, district: str = "Kota") -> Problem:
    """Schools on one meridian; a hundredth of a degree is 1.1 km."""
    schools = tuple(
        a_school(f"S{n}", district=district, location=Location(lon=102.0, lat=lat))
        for n, lat in enumerate(lats)
    )
    return a_problem(schools=schools)


def test_a_school_far_from_its_districts_others() -> None:
    advice = one(placed(0.0, 0.01, 0.02, 0.11))
    assert (advice.code, advice.where) == ("location_far", "SMA 3")
    assert advice.message == (
        "SMA 3 lies 11 km from the middle of the other schools in Kota; check its position"
    )


def test_within_10_km_too_few_others_or_one_point_need_no_warning() -> None:
    assert codes(placed(0.0, 0.01, 0.02, 0.0995)) == []
    assert codes(placed(0.0, 0.01, 0.5)) == []
    assert codes(placed(0.0, 0.0, 0.0, 0.0)) == []


def test_the_limit_is_10_km() -> None:
    assert codes(placed(0.0, 0.01, 0.02, 0.1005)) == ["location_far"]  # 10.06 km from 0.01


def test_a_school_does_not_count_as_its_own_neighbour() -> None:
    # The median of the first one's others is 0.11°, 12.2 km away.
    assert review(placed(0.0, 0.01, 0.02, 0.2, 0.21))[0].message.startswith("SMA 0 lies 12 km")


def test_other_districts_do_not_count() -> None:
    near, far = placed(0.0, 0.01, 0.02), placed(0.9, district="Desa").schools[0]
    schools = (*near.schools, far.model_copy(update={"id": "S9"}))
    assert codes(a_problem(schools=schools)) == []


# Birthdays, teams, floors, history


def test_a_16th_birthday_without_a_17th() -> None:
    both = a_cohort("X", record_from="2024-01-01", card_from="2025-01-01")
    half = a_cohort("XI", record_from="2024-01-01")
    advice = one(a_problem(schools=(a_school(cohorts=(both, half)),)))
    assert (advice.code, advice.where) == ("card_from_missing", "SMA 1, XI")


def test_a_team_that_never_works() -> None:
    idle = [
        a_team("C", shifts=()),
        a_team("D", shifts=(a_shift(days=("sat",)),)),
        a_team("E", off=(a_range(MONDAY, FRIDAY),)),
    ]
    found = review(a_problem(teams=(a_team("A"), *idle)))
    assert [advice.code for advice in found] == ["team_idle"] * 3
    assert [advice.message for advice in found] == [
        "Team C never works from 2024-08-05 to 2024-08-09; check shifts and off",
        "Team D never works from 2024-08-05 to 2024-08-09; check shifts and off",
        "Team E never works from 2024-08-05 to 2024-08-09: Team E is off from Mon 2024-08-05 to Fri"
        " 2024-08-09",
    ]
    nearly = a_team("E", off=(a_range(MONDAY, "2024-08-08"),))
    assert codes(a_problem(teams=(nearly,))) == []


def test_a_shift_that_is_never_worked() -> None:
    shifts = (a_shift(days=("mon", "tue")), a_shift("08:00", "11:00", days=("fri",)))
    friday_off = a_team(shifts=shifts, off=(a_range(FRIDAY, FRIDAY),))
    advice = one(a_problem(teams=(friday_off,)))
    assert (advice.code, advice.message) == (
        "shift_unused",
        "Team A never works its shift from 08:00 to 11:00: all its dates are holidays or off; "
        "check them",
    )
    assert codes(a_problem(teams=(friday_off,), end=TUESDAY)) == []  # no Friday is planned
    assert codes(a_problem(teams=(friday_off,), end="2024-08-16")) == []  # the next one is worked


@pytest.mark.parametrize(
    ("minutes", "earliest", "latest", "told"),
    [
        (30, "05:00", "06:00", "can be over before the shift begins at 07:00"),
        (30, "06:30", "12:00", "can be over before the shift begins at 07:00"),
        (30, "06:35", "12:00", ""),
        (60, "17:00", "18:00", "can begin after the shift ends at 16:00"),
        (60, "12:00", "17:00", "can begin after the shift ends at 16:00"),
        (60, "12:00", "16:55", ""),
        (60, "06:30", "07:45", "lies partly outside the shift from 07:00 to 16:00"),
        (60, "15:30", "16:45", "lies partly outside the shift from 07:00 to 16:00"),
        (60, "15:00", "16:45", ""),
        (540, "07:00", "16:00", ""),
    ],
)
def test_a_break_that_need_not_fall_into_the_shift(
    minutes: int, earliest: str, latest: str, told: str
) -> None:
    problem = a_problem(teams=(a_team(breaks=(a_break(minutes, earliest, latest),)),))
    found = [one for one in review(problem) if one.code == "break_outside_shift"]
    assert [
        f"{minutes} minutes between {earliest} and {latest} {told}" in one.message for one in found
    ] == ([True] if told else [])


def test_a_break_on_weekdays_without_a_shift_is_nothing_to_warn_of() -> None:
    team = a_team(breaks=(a_break(30, "05:00", "06:00", days=("sat",)),))
    assert codes(a_problem(teams=(team,))) == []


def test_a_break_before_the_shift_is_warned_of_in_both_languages() -> None:
    problem = load_problem(PROBLEMS / "vroom920_break_before_shift.json")
    assert one(problem).message == (
        "T1: the break of 30 minutes between 05:00 and 06:00 can be over before the shift begins at"
        " 07:00, so that it never takes working time; check both"
    )
    with speaking("id"):
        assert one(problem).message == (
            "T1: istirahat 30 menit antara 05:00 dan 06:00 dapat selesai sebelum jam kerja mulai "
            "pukul 07:00, sehingga tidak pernah memakai jam kerja; periksa keduanya"
        )


def test_extra_hours_that_do_not_count() -> None:
    extra = ExtraHours.model_validate({"date": TUESDAY, "start": "08:00", "end": "12:00"})
    closed = a_school(extra_hours=(extra,), closed=(a_range(TUESDAY, TUESDAY),))
    advice = one(a_problem(schools=(closed,)))
    assert (advice.code, advice.where) == ("extra_hours_ignored", "SMA 1")
    assert codes(schooled(extra_hours=(extra,))) == []
    assert codes(a_problem(schools=(closed,), end=MONDAY)) == []


def test_a_floor_that_no_plan_can_reach() -> None:
    cohorts = (a_cohort("XI", 50, record_from="2024-08-10", card_from="2025-08-10"),)
    problem = a_problem(
        schools=(a_school(cohorts=(*cohorts, a_cohort("XII", 50))),),
        policy=Policy(floors=(Floor(by="kind", value="SMA", percent=51),)),
    )
    advice = one(problem)
    assert (advice.code, advice.where) == ("floor_out_of_reach", "kind SMA")
    assert "1 pupil too few are 16 by 2024-08-09" in advice.message
    last_day = a_cohort("XI", 50, record_from=FRIDAY, card_from="2025-08-09")
    in_time = (a_school(cohorts=(last_day, a_cohort("XII", 50))),)
    assert codes(problem.model_copy(update={"schools": in_time})) == []
    half = Policy(floors=(Floor(by="kind", value="SMA", percent=50),))
    assert codes(problem.model_copy(update={"policy": half})) == []


def test_done_visits_with_more_pupils_than_there_are() -> None:
    past = [a_visit(date=f"2024-07-{day}", students=60, status="done") for day in (29, 30)]
    problem = a_problem(commitments=past, schools=(a_school(cohorts=(a_cohort("XII", 119),)),))
    advice = one(problem)
    assert (advice.code, advice.where) == ("done_too_many", "SMA 1, XII")
    enough = a_problem(commitments=past, schools=(a_school(cohorts=120),))
    assert codes(enough) == []


# Blank cards


def test_counters_that_break_the_reserve_alone() -> None:
    stock = Stock(opening=35, reserve=10, walk_in_per_day=10)
    advice = one(a_problem(stock=stock))
    # Levels 25, 15, 5, −5, −15.
    assert (advice.code, advice.where) == ("counters_break_reserve", "Blank cards")
    assert advice.message == (
        "Blank cards without any further visit fall below the reserve from 2024-08-07, at worst by"
        " 25 cards on 2024-08-09; schools get none on such dates"
    )
    assert codes(a_problem(stock=Stock(opening=60, reserve=10, walk_in_per_day=10))) == []


def test_history_that_breaks_the_reserve() -> None:
    stock, visit = Stock(opening=35), a_visit(students=40, status="done")
    advice = one(a_problem(stock=stock, commitments=(visit,)))
    assert advice.code == "counters_break_reserve"
    assert "at worst by 5 cards on 2024-08-05" in advice.message
    promised = visit.model_copy(update={"status": "confirmed"})
    assert codes(a_problem(stock=stock, commitments=(promised,))) == []


def test_a_delivery_before_the_start() -> None:
    stock = Stock(opening=1, deliveries=(a_delivery("2024-08-04", 5), a_delivery(MONDAY, 5)))
    advice = one(a_problem(stock=stock))
    assert advice.code == "delivery_before_start"
    assert advice.where == "Delivery of 5 cards on 2024-08-04"


def test_an_override_where_the_counters_are_shut() -> None:
    overrides = {MONDAY: 3, TUESDAY: 3, "2024-08-10": 3, "2024-08-17": 3}
    stock = Stock.model_validate({"opening": 99, "walk_in_overrides": overrides})
    problem = a_problem(stock=stock, holidays=(TUESDAY,), end="2024-08-11")
    found = review(problem)
    assert [advice.code for advice in found] == ["override_ignored"] * 2
    assert [advice.where[-10:] for advice in found] == [TUESDAY, "2024-08-10"]


# Commitments


@pytest.mark.parametrize(
    ("status", "date", "code"),
    [
        ("proposed", MONDAY, "commitment_not_firm"),
        ("contingent", MONDAY, "commitment_not_firm"),
        ("confirmed", MONDAY, None),
        ("confirmed", "2024-08-02", "confirmed_outside"),
        ("confirmed", "2024-08-12", "confirmed_outside"),
        ("done", "2024-08-02", None),
        ("done", MONDAY, None),
        ("done", FRIDAY, None),
        ("done", "2024-08-12", "done_after_end"),
    ],
)
def test_commitments(status: str, date: str, code: str | None) -> None:
    problem = a_problem(commitments=(a_visit(date=date, status=status),))
    assert codes(problem) == ([code] if code else [])


# Schools that nobody can ever visit


def schooled(**fields: Any) -> Problem:
    return a_problem(schools=(a_school(**fields),))


def teamed(**fields: Any) -> Problem:
    return a_problem(teams=(a_team(**fields),))


def test_nobody_to_record() -> None:
    too_young = a_cohort(record_from="2024-08-10", card_from="2025-08-10")
    in_time = a_cohort(record_from=FRIDAY, card_from="2025-08-10")
    assert codes(schooled(cohorts=())) == ["nobody_due"]
    assert codes(schooled(cohorts=0)) == ["nobody_due"]
    advice = one(schooled(cohorts=(too_young, a_cohort("XI", 0))))
    assert advice.code == "nobody_due"
    assert advice.message == ("SMA 1 can never be visited: none of its pupils is 16 by 2024-08-09")
    assert codes(schooled(cohorts=(in_time,))) == []


def test_nobody_left_after_done_visits_is_a_success() -> None:
    done = a_visit(date="2024-07-30", students=100, status="done")
    assert codes(a_problem(commitments=(done,), schools=(a_school(hours=()),))) == []


def test_no_visit_allowed_or_left() -> None:
    assert codes(schooled(max_visits=0)) == ["no_visits_left"]
    done = a_visit(date="2024-07-30", status="done")
    used = a_problem(commitments=(done,), schools=(a_school(max_visits=1),))
    assert one(used).message == ("SMA 1 can never be visited: max_visits is 1 and 1 visit done")


def test_needs_that_no_team_has() -> None:
    teams = (a_team("A", skills={"slb"}), a_team("C", skills={"boat"}))
    school = a_school(needs={"slb", "boat"})
    advice = one(a_problem(schools=(school,), teams=teams))
    assert advice.code == "no_skills"
    assert advice.message.endswith("no team offers all it needs (boat, slb)")
    able = a_team("D", skills={"slb", "boat"})
    assert codes(a_problem(schools=(school,), teams=(*teams, able))) == []


def test_never_open_when_a_team_works_and_pupils_are_due() -> None:
    assert codes(schooled(hours=())) == ["no_open_hours"]
    monday = a_school(hours=(some_hours(days=("mon",)),))
    tuesday_team = a_team(shifts=(a_shift(days=("tue",)),))
    assert codes(a_problem(schools=(monday,), teams=(tuesday_team,))) == ["no_open_hours"]
    friday_pupils = a_cohort(record_from=FRIDAY, card_from="2025-08-10")
    both = {"cohorts": (friday_pupils,), "hours": (some_hours(days=("thu",)),)}
    assert codes(schooled(**both)) == ["no_open_hours"]


def test_a_school_that_is_closed_all_the_time_is_told_with_the_ranges_and_their_reasons() -> None:
    exam = a_range("2024-07-01", TUESDAY, reason="exam")
    rest, later = a_range("2024-08-07", FRIDAY), a_range("2024-09-01", "2024-09-30", reason="no")
    advice = one(schooled(closed=(rest, later, exam)))
    assert (advice.code, advice.message) == (
        "closed",
        "SMA 1 can never be visited: it is closed from Mon 2024-07-01 to Tue 2024-08-06 (exam) and "
        "from Wed 2024-08-07 to Fri 2024-08-09",
    )


def test_a_closed_date_of_several_is_not_why_a_school_is_never_open() -> None:
    """Without it there would be no date either: the only team works on other days."""
    monday = a_school(hours=(some_hours(days=("mon",)),), closed=(a_range(MONDAY, MONDAY),))
    tuesday_team = a_team(shifts=(a_shift(days=("tue",)),))
    assert codes(a_problem(schools=(monday,), teams=(tuesday_team,))) == ["no_open_hours"]


@pytest.mark.parametrize(
    ("season", "told"),
    [
        ({"not_after": "2024-08-04"}, "it may not be visited after Sun 2024-08-04"),
        ({"not_before": "2024-08-10"}, "it may not be visited before Sat 2024-08-10"),
        (
            {"not_before": "2024-09-01", "not_after": "2024-09-30"},
            "it may be visited from Sun 2024-09-01 to Mon 2024-09-30 only",
        ),
    ],
)
def test_a_school_out_of_season_is_told_with_its_dates(season: dict[str, str], told: str) -> None:
    advice = one(schooled(**season))
    assert (advice.code, advice.message) == (
        "out_of_season",
        f"SMA 1 can never be visited: {told}",
    )


def test_a_school_open_on_a_holiday_only() -> None:
    monday = a_school(hours=(some_hours(days=("mon",)),))
    advice = one(a_problem(schools=(monday,), holidays=(MONDAY,)))
    assert advice.code == "holidays"
    assert advice.message.endswith("on holidays only")


def test_a_school_open_only_when_its_teams_are_off() -> None:
    monday = a_school(hours=(some_hours(days=("mon",)),))
    away = a_team(off=(a_range(MONDAY, MONDAY, reason="training"),))
    advice = one(a_problem(schools=(monday,), teams=(away,)))
    assert (advice.code, advice.message) == (
        "teams_off",
        "SMA 1 can never be visited: no team is at work when it is open and pupils are due: Team A "
        "is off on Mon 2024-08-05 (training)",
    )


@pytest.mark.parametrize(("end", "fits"), [("08:05", True), ("08:00", False)])
def test_hours_too_short_for_the_fewest_pupils(end: str, fits: bool) -> None:
    # 30 + 15 minutes and ceil(10 × 210 ÷ 120) = 18 for ten pupils: 63, on the grid 65.
    problem = schooled(hours=(some_hours("07:00", end),))
    assert codes(a_problem(schools=problem.schools, travel=0)) == (
        [] if fits else ["hours_too_short"]
    )


def test_the_fewest_pupils_are_those_that_are_left() -> None:
    hours = (some_hours("08:00", "08:50"),)  # room for one or two pupils
    assert codes(schooled(hours=hours)) == ["hours_too_short"]
    assert codes(schooled(hours=hours, cohorts=2)) == []
    done = a_visit(date="2024-07-30", students=98, status="done")
    assert codes(a_problem(schools=(a_school(hours=hours),), commitments=(done,))) == []


@pytest.mark.parametrize(
    ("pupils", "end", "fits"),
    [
        (1, "07:47", True),  # 45 minutes and ceil(1.75)
        (1, "07:46", False),
        (40, "08:55", True),  # 45 minutes and 40 × 210 ÷ 120 = 70
        (40, "08:54", False),
    ],
)
def test_the_shortest_visit_to_the_minute(pupils: int, end: str, fits: bool) -> None:
    school = a_school(cohorts=pupils, min_students=pupils, hours=(some_hours("07:00", end),))
    found = codes(a_problem(schools=(school,), travel=0, time_step=1))
    assert found == ([] if fits else ["hours_too_short"])


def test_hours_that_miss_the_grid() -> None:
    hours = (some_hours("08:01", "09:07"),)  # 66 minutes, but 08:05 to 09:05 on the grid
    assert codes(schooled(hours=hours)) == ["hours_too_short"]


def test_a_shift_that_misses_the_hours() -> None:
    problem = schooled(hours=(some_hours("14:00", "20:00"),))
    assert codes(problem) == []
    evening = schooled(hours=(some_hours("15:00", "20:00"),))
    assert codes(evening) == ["outside_shifts"]


@pytest.mark.parametrize(("minutes", "fits"), [(235, True), (240, False)])
def test_too_far_for_every_shift(minutes: int, fits: bool) -> None:
    # A shift of 540 minutes less 65 for a visit leaves 475 for two drives.
    assert codes(a_problem(travel=minutes)) == ([] if fits else ["too_far"])


@pytest.mark.parametrize(("most", "fits"), [(30, True), (29, False)])
def test_more_driving_than_allowed(most: int, fits: bool) -> None:
    ways = {("B", "S1"): 10, ("S1", "B"): 20}
    problem = a_problem(
        teams=(a_team(max_travel_minutes=most),), travel=some_travel(["B", "S1"], ways=ways)
    )
    assert codes(problem) == ([] if fits else ["max_travel"])


def test_a_school_that_a_team_reaches_sooner_by_way_of_another_may_be_visited() -> None:
    """Directly the drive takes longer than the shift leaves."""
    schools = (a_school("S1"), a_school("S2"))
    far = {("B", "S1"): 500, ("S1", "B"): 20}
    near = {**far, ("B", "S2"): 30, ("S2", "S1"): 30}
    long_way = {**far, ("B", "S2"): 300, ("S2", "S1"): 300}
    for ways, expected in ((near, []), (long_way, ["too_far"])):
        travel = some_travel(["B", "S1", "S2"], ways=ways)
        assert codes(a_problem(schools=schools, travel=travel)) == expected


@pytest.mark.parametrize(("minutes", "fits"), [(55, True), (60, False)])
def test_no_time_for_the_break(minutes: int, fits: bool) -> None:
    # A visit of 65 minutes from 11:00 leaves 12:05–13:00, one from 11:55 leaves 11:00–11:55.
    problem = a_problem(
        schools=(a_school(hours=(some_hours("11:00", "13:00"),)),),
        teams=(
            a_team(
                breaks=(a_break(minutes, "11:00", "13:00"),), shifts=(a_shift("10:00", "17:00"),)
            ),
        ),
        travel=60,
    )
    assert codes(problem) == ([] if fits else ["no_break"])


def test_the_nearest_miss_of_all_teams_and_dates_is_told() -> None:
    far, early = a_team("A"), a_team("C", shifts=(a_shift("04:00", "06:00"),))
    assert codes(a_problem(teams=(early,), travel=300)) == ["outside_shifts"]
    assert codes(a_problem(teams=(far, early), travel=300)) == ["too_far"]
    assert codes(a_problem(teams=(early, far), travel=300)) == ["too_far"]


def test_a_school_that_stands_there_twice() -> None:
    schools = (a_school("S1", name="SMAN 1"), a_school("S2", name="sman  1"), a_school("S3"))
    advice = one(a_problem(schools=schools))
    assert (advice.code, advice.at) == ("school_twice", ("schools", 1, "id"))
    assert "as S1 and as S2" in advice.message
    elsewhere = a_school("S2", name="SMAN 1", district="Another")
    assert codes(a_problem(schools=(schools[0], elsewhere))) == []
