"""A linear program to be maximised that grows by rows and columns and keeps its basis (GLOP)."""

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt

from ektp_sched.budget import Budget

FloatArray = npt.NDArray[np.float64]
POLL_SECONDS = 0.05
NODES = 200  # of branch and bound in a deterministic run


@dataclass(frozen=True, slots=True)
class Optimum:
    """A solved linear program: dual prices are at least 0 for ≤ rows and at most 0 for ≥ rows."""

    value: float
    columns: FloatArray
    prices: FloatArray


class LinearProgram:
    """Maximise a sum over columns of at least 0, each row within its limits."""

    def __init__(self) -> None:
        self._model = mathopt.Model()
        self._model.objective.is_maximize = True
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        self._rows: list[mathopt.LinearConstraint] = []
        self._columns: list[mathopt.Variable] = []
        self.right_sides: list[float] = []

    def add_row(self, *, at_most: float = math.inf, at_least: float = -math.inf) -> int:
        """Add an empty row with one finite limit (or two equal ones); returns its index."""
        self._rows.append(self._model.add_linear_constraint(lb=at_least, ub=at_most))
        self.right_sides.append(at_most if at_most < math.inf else at_least)
        return len(self._rows) - 1

    def fill_row(self, row: int, entries: Mapping[int, float]) -> None:
        """Set the entries of a row by column."""
        for column, entry in entries.items():
            self._rows[row].set_coefficient(self._columns[column], entry)

    def add_column(self, entries: Mapping[int, float], gain: float) -> int:
        """Add a column by its entries in rows and in the objective; returns its index."""
        column = self._model.add_variable(lb=0.0)
        for row, entry in entries.items():
            self._rows[row].set_coefficient(column, entry)
        if gain:
            self._model.objective.set_linear_coefficient(column, gain)
        self._columns.append(column)
        return len(self._columns) - 1

    def change_entry(self, row: int, column: int, entry: float) -> None:
        """Set one entry of a row anew."""
        self._rows[row].set_coefficient(self._columns[column], entry)

    def close_column(self, column: int) -> None:
        """Hold a column at 0 from now on."""
        self._columns[column].upper_bound = 0.0

    def solve(self, time_limit: float) -> Optimum | None:
        """Solve it; None if the time was too short."""
        limits = mathopt.SolveParameters(time_limit=timedelta(seconds=time_limit))
        result = self._solver.solve(params=limits)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        return Optimum(
            value=result.objective_value(),
            columns=np.array(result.variable_values(self._columns)),
            prices=np.array(result.dual_values(self._rows)),
        )

    def solve_whole(
        self, whole: Sequence[int], budget: Budget, *, time_limit: float, gap: float
    ) -> FloatArray | None:
        """Maximise with some columns whole; the best columns found, None if none were.

        HiGHS does not hear a cancel: it is left behind to end at its own time limit.
        """
        for index in whole:
            self._columns[index].integer = True
        limits = mathopt.SolveParameters(
            relative_gap_tolerance=gap, random_seed=budget.seed, node_limit=None
        )
        if budget.deterministic:
            limits.node_limit = NODES
        else:
            limits.time_limit = timedelta(seconds=time_limit)
        found: list[mathopt.SolveResult] = []
        model = self._model

        def run() -> None:
            found.append(mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits))

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        while thread.is_alive() and not budget.token.cancelled:
            thread.join(POLL_SECONDS)
        if not found or not found[0].has_primal_feasible_solution():
            return None
        for index in whole:
            self._columns[index].integer = False
        return np.array(found[0].variable_values(self._columns))
