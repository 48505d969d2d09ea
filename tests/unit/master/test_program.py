"""Linear programs and whole columns, on programs small enough to solve by hand."""

import numpy as np
import pytest

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.columns.program import LinearProgram


def knapsack() -> tuple[LinearProgram, list[int]]:
    """Two rows: 2x + 3y ≤ 12 and x ≥ 1; x gains 2, y gains 4."""
    program = LinearProgram()
    weight, least = program.add_row(at_most=12), program.add_row(at_least=1)
    columns = [program.add_column({weight: 2, least: 1}, 2.0), program.add_column({weight: 3}, 4.0)]
    return program, columns


def test_value_columns_and_prices() -> None:
    program, _ = knapsack()
    optimum = program.solve(Budget(60), time_limit=10, tolerance=1e-9)
    assert optimum is not None
    assert optimum.value == pytest.approx(2 + 40 / 3, abs=1e-5)
    assert optimum.columns == pytest.approx([1, 10 / 3], abs=1e-5)
    assert optimum.prices == pytest.approx([4 / 3, 2 - 8 / 3], abs=1e-5)


def test_prices_of_rows_with_one_limit_have_the_sign_of_that_limit() -> None:
    program, _ = knapsack()
    optimum = program.solve(Budget(60), time_limit=10)
    assert optimum is not None
    assert optimum.prices[0] >= 0 >= optimum.prices[1]


def test_reduced_costs_are_what_a_column_gains_beyond_what_it_pays() -> None:
    program, _ = knapsack()
    assert program.reduced_costs(np.array([1.0, -3.0])).tolist() == [2 - 2 + 3, 4 - 3]


def test_a_row_can_get_entries_later() -> None:
    program, columns = knapsack()
    row = program.add_row(at_most=2)
    program.fill_row(row, {columns[1]: 1.0})
    optimum = program.solve(Budget(60), time_limit=10, tolerance=1e-9)
    assert optimum is not None
    assert optimum.columns == pytest.approx([3, 2], abs=1e-5)


def test_columns_can_be_left_out() -> None:
    program, _ = knapsack()
    optimum = program.solve(
        Budget(60), time_limit=10, tolerance=1e-9, without=np.array([False, True])
    )
    assert optimum is not None
    assert optimum.columns == pytest.approx([6, 0], abs=1e-5)


def test_an_impossible_program_has_no_optimum() -> None:
    program = LinearProgram()
    program.add_row(at_least=1)
    assert program.solve(Budget(60), time_limit=10) is None


def whole(program: LinearProgram, free: list[int], every: list[int], **given: float) -> list[float]:
    held = {int(name[1:]): value for name, value in given.items()}
    found = program.solve_whole(free, every, Budget(60), time_limit=10, gap=0, start={}, held=held)
    assert found is not None
    assert found.proven
    assert found.value == pytest.approx(2 * found.columns[0] + 4 * found.columns[1])
    return [float(value) for value in found.columns.round(6)]


def test_whole_columns() -> None:
    program, columns = knapsack()
    assert whole(program, columns, columns) == [1, 3]


def test_what_is_held_stays_beside_what_is_free() -> None:
    program, columns = knapsack()
    assert whole(program, [columns[0]], columns, c1=2.0) == [3, 2]


def test_whole_columns_that_are_not_free_are_none() -> None:
    program, columns = knapsack()
    assert whole(program, [columns[0]], columns) == [6, 0]


def test_a_solution_to_start_from_is_taken() -> None:
    program, columns = knapsack()
    found = program.solve_whole(
        columns, columns, Budget(60), time_limit=10, gap=0, start={columns[0]: 6.0}, held={}
    )
    assert found is not None
    assert found.columns.round(6).tolist() == [1, 3]
