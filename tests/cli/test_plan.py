import errno
import json
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from ektp_sched.domain import Closed, Problem, Stock
from ektp_sched.files import load_plan, load_problem
from ektp_sched.files.outputs import HIDDEN
from ektp_sched.solve import CancelToken, Result
from tests.builders import TUESDAY, a_plan, a_problem, a_school, a_team, a_visit
from tests.cli.fakes import A_PLAN, UseSolver, a_result, no_result, solves_to
from tests.cli.running import Terminal, is_clear

OUT = Path("out")
PLAN, RESULT = OUT / "plan.json", OUT / "result.json"


def test_a_small_office_is_planned_for_real(problem_file: Path, terminal: Terminal) -> None:
    ran = terminal.run("plan", problem_file, "-o", "a/b", "--time-limit", 600)
    assert ran.code == 0
    assert "Pupils: 67 recorded, 0 left of 67." in ran.out
    assert "Every school with pupils has a visit." in ran.out
    assert "67 pupils recorded: proven, no plan can do better" in ran.out
    assert "It is proven that no plan is better." in ran.out
    plan = load_plan("a/b/plan.json", load_problem(problem_file))
    assert sum(visit.recorded for visit in plan.visits) == 67
    assert json.loads(Path("a/b/result.json").read_text(encoding="utf-8"))["status"] == "optimal"
    assert terminal.run("check", problem_file, "a/b/plan.json").code == 0


def test_the_summary(problem_file: Path, terminal: Terminal, use_solver: UseSolver) -> None:
    use_solver(solves_to(a_result()))
    ran = terminal.run("plan", problem_file, "--output", OUT)
    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    for line in (
        "Test, 2024-08-05 to 2024-08-09",
        "2024-08-05 Mon Team A 08:00-10:00 SMA 1 40",
        "Pupils: 40 recorded, 27 left of 67.",
        "Schools without a visit: 1",
        "SMK [Dua] S2 7",
        "Blank cards: 1,000 at the start, 960 at the end; lowest with 960 on Mon 2024-08-05; "
        "0 are the reserve.",
        "40 pupils recorded: no plan can record more than 10 pupils more (gap 25%)",
        "The time given is used up. 1.2 s, method: exact.",
        "Written: out/plan.json, out/result.json",
    ):
        assert line in lines


def test_what_a_guard_found_is_told_and_the_plan_is_written(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result(faults=("wait reaches 0, past the bound 40.",))))
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert (ran.code, ran.err) == (0, "fault of ektp-sched: wait reaches 0, past the bound 40.\n")
    assert load_plan(PLAN, load_problem(problem_file)) == A_PLAN


def test_json_and_nothing_else(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result()))
    ran = terminal.run("plan", problem_file, "-o", OUT, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == RESULT.read_text(encoding="utf-8")
    assert json.loads(ran.out)["tiers"][0]["bound"] == 50
    assert load_plan(PLAN, load_problem(problem_file)) == A_PLAN


def test_options_reach_the_solver(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    seen: dict[str, object] = {}

    def solve(problem: Problem, **options: object) -> Result:
        seen.update(options)
        return a_result()

    use_solver(solve)
    assert terminal.run("plan", problem_file, "-o", OUT).code == 0
    assert isinstance(seen.pop("cancel"), CancelToken)
    assert callable(seen.pop("on_progress"))
    assert seen.pop("warm_start") is None
    usual = {"time_limit": 60, "gap": 0.001, "seed": 0, "workers": None}
    assert seen == {**usual, "deterministic": False}
    options = ("--time-limit", 5, "--gap", 0.5, "--seed", 7, "--workers", 3, "--deterministic")
    assert terminal.run("plan", problem_file, "-o", OUT, *options).code == 0
    assert (seen["time_limit"], seen["gap"], seen["seed"], seen["workers"]) == (5, 0.5, 7, 3)
    assert seen["deterministic"] is True


def test_options_out_of_range(problem_file: Path, terminal: Terminal) -> None:
    ran = terminal.run("plan", problem_file, "-o", OUT, "--time-limit", "nan", "--gap", -1)
    assert ran.code == 2
    assert ran.complaints == [
        "error: time_limit: nan is out of range. Give a number above 0.",
        "error: gap: -1.0 is out of range. Give a number from 0 on and below 1.",
    ]


def test_promises_that_contradict_the_rules(terminal: Terminal) -> None:
    closed = a_school(closed=(Closed(start=TUESDAY, end=TUESDAY, reason="exam"),))
    promised = a_visit(date=TUESDAY, status="confirmed")
    problem = a_problem(schools=(closed,), commitments=(promised,))
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    ran = terminal.run("plan", "problem.json", "-o", OUT)
    assert ran.code == 1
    assert "No plan is allowed: the visits that were promised break the rules." in ran.out
    assert "R2" in ran.out
    assert "Written: out/result.json\n" in ran.out
    assert not PLAN.exists()
    assert json.loads(RESULT.read_text(encoding="utf-8"))["status"] == "infeasible"


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (no_result(), "It is a holiday."),
        (no_result(violations=()), "break the rules"),
        (no_result(status="unknown", stopped_by="time_limit"), "Give more time"),
    ],
)
def test_the_last_good_plan_survives(
    result: Result,
    words: str,
    problem_file: Path,
    terminal: Terminal,
    use_solver: UseSolver,
) -> None:
    use_solver(solves_to(a_result()))
    terminal.run("plan", problem_file, "-o", OUT)
    use_solver(solves_to(result))
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert ran.code == 1
    assert words in ran.out
    told = "out/plan.json and out/result.json are of an earlier run and were left as they are."
    assert told in ran.out
    assert load_plan(PLAN, load_problem(problem_file)) == A_PLAN
    assert json.loads(RESULT.read_text(encoding="utf-8"))["status"] == "feasible"
    assert terminal.run("plan", problem_file, "-o", OUT, "--json").code == 1


def test_contingent_visits_are_shown_apart(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    late = a_visit("S2", date=TUESDAY, students=7, status="contingent")
    use_solver(solves_to(a_result(a_plan(a_visit(status="confirmed"), late))))
    ran = terminal.run("plan", problem_file, "-o", OUT)
    firm, contingent = ran.out.split("Only if the unconfirmed deliveries arrive:")
    assert "confirmed" in firm
    assert "contingent" in contingent
    assert "40 recorded, 27 left" in contingent


def test_a_plan_without_visits(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result(a_plan(), tiers=())))
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert ran.code == 0
    assert "No visits." in ran.out
    assert "Schools without a visit: 2" in ran.out


def test_a_second_run_begins_from_the_first_plan_and_tells_what_moved(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    former, moved = a_visit(students=40), a_visit(date=TUESDAY, students=40)
    seen: list[object] = []

    def solve(problem: Problem, **options: object) -> Result:
        seen.append(options["warm_start"])
        return a_result(a_plan(moved if seen[1:] else former))

    use_solver(solve)
    assert "begins" not in terminal.run("plan", problem_file, "-o", OUT).err
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert seen == [None, a_plan(former)]
    assert ran.err.startswith("Planning begins from the plan in out/plan.json: 1 visit.\n")
    assert (
        "What has moved since the plan that the search began from:\n"
        "  SMA 1: moved from Mon 5 Aug 08:00 (Team A) to Tue 6 Aug 08:00 (Team A), 40 pupils\n"
        "Visits: 0 stay as they were, 1 moved, 0 with other pupils, 0 cancelled, 0 new."
    ) in ran.out
    kept = list(OUT.glob("backup/*/plan.json"))
    assert [load_plan(path, load_problem(problem_file)) for path in kept] == [a_plan(former)]
    assert f"What stood there before is kept in {kept[0].parent}: plan.json, result.json" in ran.err
    again = terminal.run("plan", problem_file, "-o", OUT)
    assert "Nothing has moved: this is the plan that the search began from." in again.out
    assert list(OUT.glob("backup/*/plan.json")) == kept


@pytest.mark.parametrize("option", ["--fresh", "--deterministic"])
def test_a_run_may_begin_from_nothing(
    option: str, problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    seen: list[object] = []

    def solve(problem: Problem, **options: object) -> Result:
        seen.append(options["warm_start"])
        return a_result()

    use_solver(solve)
    for _ in range(2):
        ran = terminal.run("plan", problem_file, "-o", OUT, option)
    assert seen == [None, None]
    assert "begin" not in ran.err + ran.out


def test_of_a_plan_that_no_longer_fits_what_still_stands_is_the_start(
    problem_file: Path, office: Problem, terminal: Terminal, use_solver: UseSolver
) -> None:
    former = a_plan(a_visit(students=40), a_visit("S2", date=TUESDAY, students=7))
    use_solver(solves_to(a_result(former)))
    terminal.run("plan", problem_file, "-o", OUT)
    changed = office.model_copy(update={"holidays": (date.fromisoformat(TUESDAY),)})
    problem_file.write_text(changed.model_dump_json(), encoding="utf-8")
    seen: list[object] = []

    def solve(problem: Problem, **options: object) -> Result:
        seen.append(options["warm_start"])
        return a_result()

    use_solver(solve)
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert seen == [A_PLAN]
    assert "The problem has changed since: 1 of its 2 visits can stay." in ran.err
    assert "SMK [Dua]: no longer on Tue 6 Aug 08:00 (Team A), 7 pupils" in ran.out


def test_a_plan_that_names_a_school_that_is_gone_is_a_start_all_the_same(
    problem_file: Path, office: Problem, terminal: Terminal, use_solver: UseSolver
) -> None:
    former = a_plan(a_visit(students=40), a_visit("S2", date=TUESDAY, students=7))
    use_solver(solves_to(a_result(former)))
    terminal.run("plan", problem_file, "-o", OUT)
    smaller = a_problem(schools=office.schools[:1])
    problem_file.write_text(smaller.model_dump_json(), encoding="utf-8")
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert "1 of its 2 visits can stay." in ran.err


def test_a_plan_of_another_problem_is_no_start(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result()))
    terminal.run("plan", problem_file, "-o", OUT)
    other = a_problem(schools=(a_school("X1"),), teams=(a_team("Z"),))
    problem_file.write_text(other.model_dump_json(), encoding="utf-8")
    use_solver(solves_to(a_result(a_plan())))
    ran = terminal.run("plan", problem_file, "-o", OUT)
    told = "Planning begins from nothing: no visit of the plan in out/plan.json can stay.\n"
    assert ran.err.startswith(told)
    assert [path.name for path in OUT.glob("backup/*/plan.json")] == ["plan.json"]


def test_a_plan_changed_by_hand_is_replaced_only_if_asked_for_and_is_the_start_then(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result()))
    terminal.run("plan", problem_file, "-o", OUT)
    by_hand = a_plan(a_visit(students=39, start="09:00", end="11:00", status="confirmed"))
    PLAN.write_text(by_hand.model_dump_json(), encoding="utf-8")
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert is_clear(ran, PLAN, "a plan is here already, changed", "--replace")
    ran = terminal.run("plan", problem_file, "-o", OUT, "--replace")
    assert ran.code == 0
    assert "Planning begins from the plan in out/plan.json: 1 visit." in ran.err
    assert (
        "warning: out/plan.json: 1 visit is confirmed in the plan but not in the problem" in ran.err
    )
    assert "SMA 1: moved from Mon 5 Aug 09:00" in ran.out


def test_what_looks_wrong_is_warned_of(terminal: Terminal, use_solver: UseSolver) -> None:
    use_solver(solves_to(a_result()))
    problem = a_problem(schools=(a_school(hours=()),), stock=Stock(opening=0, reserve=10))
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    ran = terminal.run("plan", "problem.json", "-o", OUT)
    assert ran.code == 0
    assert ran.complaints
    assert all(line.startswith("warning: problem.json: ") for line in ran.complaints)
    assert any("SMA 1 can never be visited" in line for line in ran.complaints)


def test_of_very_many_warnings_some_of_each_kind_are_told(
    terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result()))
    schools = tuple(a_school(f"S{n}", hours=()) for n in range(1, 31))
    problem = a_problem(schools=schools, stock=Stock(opening=0, reserve=10))
    Path("problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    lines = terminal.run("plan", "problem.json", "-o", OUT).complaints
    assert len(lines) == 21
    assert sum("can never be visited" in line for line in lines) == 19
    assert sum("below the reserve" in line for line in lines) == 1
    assert lines[-1] == "warning: problem.json: and 11 more warnings of these kinds"


def test_output_folder_is_a_file(problem_file: Path, terminal: Terminal) -> None:
    Path("taken").touch()
    ran = terminal.run("plan", problem_file, "-o", "taken")
    assert is_clear(ran, "taken", "cannot write: file exists", "Choose another folder")
    ran = terminal.run("plan", problem_file, "-o", "taken/out")
    assert is_clear(ran, "taken/out", "not a directory", "Choose a folder")


def test_output_folder_cannot_be_written_to(
    problem_file: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert is_clear(ran, OUT, "cannot write: permission denied", "Ask for permission")


@pytest.mark.parametrize("taken", [PLAN, RESULT])
def test_a_folder_in_a_files_place_is_told_before_the_search(
    taken: Path, problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("searched for nothing")

    use_solver(never)
    taken.mkdir(parents=True)
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert is_clear(ran, taken, "no ordinary file", "another place")


def test_the_disk_fills_up_while_writing(
    problem_file: Path,
    terminal: Terminal,
    use_solver: UseSolver,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_solver(solves_to(a_result(a_plan())))
    terminal.run("plan", problem_file, "-o", OUT)
    former = PLAN.read_bytes()

    def full(_number: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    use_solver(solves_to(a_result(a_plan(a_visit(date=TUESDAY)))))
    monkeypatch.setattr("os.fsync", full)
    ran = terminal.run("plan", problem_file, "-o", OUT)
    assert "no space left on device. Make room" in ran.err  # nor is there room elsewhere
    assert PLAN.read_bytes() == former
    assert sorted(path.name for path in OUT.glob("*.*")) == [HIDDEN, "plan.json", "result.json"]
    assert sorted(path.name for path in (OUT / HIDDEN).iterdir()) == ["lock", "written.json"]


def test_options_out_of_range_are_told_before_all_else(
    problem_file: Path, terminal: Terminal, use_solver: UseSolver
) -> None:
    use_solver(solves_to(a_result()))
    assert terminal.run("plan", problem_file, "-o", "out").code == 0
    ran = terminal.run("plan", problem_file, "-o", "out", "--workers", "0")
    assert ran.code == 2
    assert len(ran.complaints) == 1


def test_a_floor_without_any_school(terminal: Terminal) -> None:
    floor = {"by": "kind", "value": "SLB", "percent": 100}
    office = a_problem().model_dump(mode="json") | {"schools": []}
    office["policy"]["floors"], office["travel"] = [floor], {"kind": "estimate"}
    Path("empty.json").write_text(json.dumps(office), encoding="utf-8")
    ran = terminal.run("plan", "empty.json", "-o", "out")
    assert ran.code == 2
    assert "There is no school yet" in ran.err
