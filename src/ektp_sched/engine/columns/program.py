"""A linear program to be maximised that grows by rows and columns (HiGHS)."""

import math
import threading
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from ektp_sched.engine.budget import Budget
from ektp_sched.engine.instance.arrays import BoolArray

FloatArray = npt.NDArray[np.float64]
POLL_SECONDS = 0.05
NODES = 200  # of branch and bound in a deterministic run
SOLVED = {
    highspy.HighsModelStatus.kOptimal,
    # How HiGHS calls what an interior point left as close as it was asked for.
    highspy.HighsModelStatus.kUnknown,
}


@dataclass(frozen=True, slots=True)
class Optimum:
    """A solved linear program: dual prices are at least 0 for ≤ rows and at most 0 for ≥ rows."""

    value: float
    columns: FloatArray
    prices: FloatArray


@dataclass(frozen=True, slots=True)
class Whole:
    """A solution with whole columns, and whether it is the best but for the gap allowed."""

    value: float
    columns: FloatArray
    proven: bool


class LinearProgram:
    """Maximise a sum over columns of at least 0, each row within its limits."""

    def __init__(self) -> None:
        self._at_least, self._at_most = array("d"), array("d")  # by row
        self._whole_only: list[int] = []  # rows
        self._gain = array("d")  # by column
        self._row, self._column, self._entry = array("q"), array("q"), array("d")

    @property
    def right_sides(self) -> FloatArray:
        """The finite limit of each row."""
        at_most, at_least = np.array(self._at_most), np.array(self._at_least)
        return np.where(np.isfinite(at_most), at_most, at_least)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self._at_most)

    @property
    def entries(self) -> int:
        """Number of entries."""
        return len(self._entry)

    def add_row(
        self, *, at_most: float = math.inf, at_least: float = -math.inf, whole_only: bool = False
    ) -> int:
        """Add an empty row with one finite limit (or two equal ones); returns its index.

        One that is `whole_only` has no limit while columns may be fractions.
        """
        if whole_only:
            self._whole_only.append(self.rows)
        self._at_most.append(at_most)
        self._at_least.append(at_least)
        return len(self._at_most) - 1

    def fill_row(self, row: int, entries: Mapping[int, float]) -> None:
        """Give a row entries in columns where it has none yet."""
        for column, entry in entries.items():
            self._add_entry(row, column, entry)

    def add_column(self, entries: Mapping[int, float], gain: float) -> int:
        """Add a column by its entries in rows and in the objective; returns its index."""
        self._gain.append(gain)
        column = len(self._gain) - 1
        for row, entry in entries.items():
            self._add_entry(row, column, entry)
        return column

    def reduced_costs(self, prices: FloatArray) -> FloatArray:
        """What each column gains beyond what it pays at these prices."""
        paid = np.bincount(
            np.array(self._column),
            weights=np.array(self._entry) * prices[np.array(self._row)],
            minlength=len(self._gain),
        )
        gained: FloatArray = np.array(self._gain) - paid
        return gained

    def solve(
        self,
        budget: Budget,
        *,
        time_limit: float,
        tolerance: float = 1e-7,
        without: BoolArray | None = None,
        unlimited: Sequence[int] = (),
    ) -> Optimum | None:
        """Solve it by an interior point, without a vertex; None if the time was too short.

        The dual prices lie amid all that are optimal, or nearly so, and column generation needs
        far fewer rounds with them than with those of a vertex (Gondzio, González-Brevis and Munari,
        European Journal of Operational Research 224, 2013).

        Parameters
        ----------
        tolerance
            Relative gap between primal and dual value at which to end.
        without
            Which of the first columns to leave at 0.
        unlimited
            Rows to leave aside.
        """
        highs = _highs(time_limit)
        highs.setOptionValue("solver", "ipm")
        highs.setOptionValue("run_crossover", "off")
        highs.setOptionValue("ipm_optimality_tolerance", tolerance)
        columns, part = np.zeros(len(self._gain)), np.ones(len(self._gain), dtype=np.bool_)
        if without is not None:
            part[: len(without)] = ~without
        model = self._model(part, columns)
        least, most = np.array(self._at_least), np.array(self._at_most)
        most[[*self._whole_only, *unlimited]] = math.inf
        least[list(unlimited)] = -math.inf
        model.row_lower_, model.row_upper_ = least, most
        highs.passModel(model)
        _run_heard(highs, budget)
        if not _is_solved(highs) and not budget.token.cancelled:
            highs.setOptionValue("solver", "simplex")
            _run_heard(highs, budget)
        if not _is_solved(highs):
            return None
        solution = highs.getSolution()
        columns[part] = np.maximum(0.0, np.array(solution.col_value))
        prices = -np.array(solution.row_dual)
        at_most, at_least = np.array(self._at_most), np.array(self._at_least)
        return Optimum(
            value=-highs.getInfo().objective_function_value,
            columns=columns,
            prices=np.clip(
                prices,
                np.where(np.isfinite(at_least), -np.inf, 0.0),
                np.where(np.isfinite(at_most), np.inf, 0.0),
            ),
        )

    def solve_whole(
        self,
        free: Sequence[int],
        whole: Sequence[int],
        budget: Budget,
        *,
        time_limit: float,
        gap: float,
        start: Mapping[int, float],
        held: Mapping[int, float],
    ) -> Whole | None:
        """Maximise with some columns whole; None if no solution was found.

        Parameters
        ----------
        free, whole
            Columns that are whole and may change, and all that are whole.
        start
            Values of free columns in a solution to start from.
        held
            Values of whole columns that stay, on top of what is free.
        """
        highs = _highs(time_limit)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("random_seed", budget.seed)
        if budget.deterministic:
            highs.setOptionValue("mip_max_nodes", NODES)
            highs.setOptionValue("time_limit", math.inf)
        base = np.zeros(len(self._gain))
        base[list(held)] = list(held.values())
        part = np.ones(len(self._gain), dtype=np.bool_)
        part[list(whole)] = False
        part[list(free)] = True
        index = np.cumsum(part) - 1
        kinds = np.full(int(part.sum()), highspy.HighsVarType.kContinuous)
        kinds[index[list(free)]] = highspy.HighsVarType.kInteger
        model = self._model(part, base)
        model.integrality_ = kinds.tolist()
        highs.passModel(model)
        places = index[np.array(list(start), dtype=np.int64)].astype(np.int32)
        highs.setSolution(len(start), places, np.array(list(start.values())))
        _run_heard(highs, budget)
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        base[part] += np.array(highs.getSolution().col_value)
        proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Whole(float(np.array(self._gain) @ base), base, proven)

    def _add_entry(self, row: int, column: int, entry: float) -> None:
        self._row.append(row)
        self._column.append(column)
        self._entry.append(entry)

    def _model(self, part: BoolArray, base: FloatArray) -> highspy.HighsLp:
        """The program for HiGHS: some columns alone (`part`), beside fixed values (`base`)."""
        row, column, entry = np.array(self._row), np.array(self._column), np.array(self._entry)
        taken = np.bincount(row, weights=entry * base[column], minlength=self.rows)
        kept = part[column]
        row, column, entry = row[kept], (np.cumsum(part) - 1)[column[kept]], entry[kept]
        gain = np.array(self._gain)[part]
        order = np.argsort(column, kind="stable")
        counts = np.bincount(column, minlength=len(gain))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(gain), self.rows
        model.col_cost_ = -gain  # HiGHS minimises
        model.col_lower_, model.col_upper_ = np.zeros(len(gain)), np.full(len(gain), math.inf)
        model.row_lower_ = np.array(self._at_least) - taken
        model.row_upper_ = np.array(self._at_most) - taken
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)])
        model.a_matrix_.index_ = row[order]
        model.a_matrix_.value_ = entry[order]
        return model


def _highs(time_limit: float) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", time_limit)
    highs.setOptionValue("threads", 1)
    return highs


def _is_solved(highs: highspy.Highs) -> bool:
    return highs.getModelStatus() in SOLVED and bool(highs.getSolution().dual_valid)


def _run_heard(highs: highspy.Highs, budget: Budget) -> None:
    """Run in a thread of its own, so that a cancel is heard."""
    highs.HandleUserInterrupt = True
    thread = threading.Thread(target=highs.solve, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
        if budget.token.cancelled:
            highs.cancelSolve()
