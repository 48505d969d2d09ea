"""The master problem of a pool: which office is sent how many boxes of which arrival.

Offices have nothing in common but the pool's cards. What each records is a concave function of what
it is sent but for whole pupils and visits; the master problem has it from above, by the cuts of
the office's appraisals (Benders' decomposition), and from below, by their plans as columns
(Dantzig and Wolfe's). The first gives the national bound and what is worth trying next, the
second the best sharing among plans that are there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from ortools.math_opt.python import mathopt

from ektp_sched.offices.appraisal import Appraised, Sent, whole
from ektp_sched.offices.pool import Pool

CARDS_COST = 0.1  # pupils, for all cards of the pool: those that bring none are not sent
PRECISE = 1e-7  # relative gap at which a program is solved
NODES = 2_000  # of branch and bound in a deterministic run

Boxes = Mapping[str, Sequence[mathopt.Variable]]  # by office, by arrival


class Division(NamedTuple):
    """Boxes by office, and a bound on the pupils of the program that says so."""

    sent: Mapping[str, Sent]
    bound: int


@dataclass(frozen=True, slots=True)
class Divider:
    """Divides a pool among offices.

    Parameters
    ----------
    least
        Cards that a province's offices get together at least.
    seconds
        For each program; None where a run must be repeatable.
    """

    pool: Pool
    offices: Sequence[Appraised]
    least: Mapping[str, int]
    seconds: float | None
    seed: int

    def most_recorded(self) -> Division | None:
        """The division by all cuts, and the national bound; None where time was too short."""
        model = mathopt.Model()
        boxes = self._confirmed(model)
        pupils = [self._bounded(model, office, boxes) for office in self.offices]
        return self._solved(model, boxes, pupils)

    def best_known(self) -> Division | None:
        """The division that suits the plans best that are known; None as above."""
        model = mathopt.Model()
        boxes = self._confirmed(model)
        pupils = [_planned(model, office, self._cards(office, boxes)) for office in self.offices]
        return self._solved(model, boxes, pupils)

    def with_unconfirmed(self, sent: Mapping[str, Sent]) -> Division | None:
        """Share what is not confirmed on top of what is sent; None as above."""
        model = mathopt.Model()
        boxes = self._boxes(model)
        self._within_pool(model, boxes, confirmed=False)
        for office, firm in sent.items():
            for box, count, arrival in zip(boxes[office], firm, self.pool.in_order, strict=True):
                if arrival.confirmed:
                    box.lower_bound = box.upper_bound = count
        pupils = [self._bounded(model, office, boxes) for office in self.offices]
        return self._solved(model, boxes, pupils)

    @property
    def _all_cards(self) -> int:
        return sum(arrival.cards for arrival in self.pool.arrivals)

    def _confirmed(self, model: mathopt.Model) -> Boxes:
        """Boxes within the pool and the limits of offices and provinces; none unconfirmed."""
        boxes = self._boxes(model)
        self._within_pool(model, boxes, confirmed=True)
        together: dict[str, list[mathopt.LinearBase]] = defaultdict(list)
        for office in self.offices:
            one, row = office.office, boxes[office.name]
            most = one.most_boxes(self.pool.cards)
            model.add_linear_constraint(lb=one.least_boxes, ub=most, expr=mathopt.fast_sum(row))
            together[one.province].append(one.lot * mathopt.fast_sum(row))
            for box, arrival in zip(row, self.pool.in_order, strict=True):
                if not arrival.confirmed:
                    box.upper_bound = 0
        for province, cards in self.least.items():
            model.add_linear_constraint(mathopt.fast_sum(together[province]) >= cards)
        return boxes

    def _boxes(self, model: mathopt.Model) -> Boxes:
        arrivals, cards = self.pool.in_order, self._all_cards
        return {
            office.name: [
                model.add_integer_variable(lb=0, ub=cards // office.office.lot) for _ in arrivals
            ]
            for office in self.offices
        }

    def _within_pool(self, model: mathopt.Model, boxes: Boxes, *, confirmed: bool) -> None:
        """What is sent up to each arrival has arrived."""
        arrived, sent = 0, []
        for number, arrival in enumerate(self.pool.in_order):
            if arrival.confirmed is confirmed:
                arrived += arrival.cards
                sent += [o.office.lot * boxes[o.name][number] for o in self.offices]
                model.add_linear_constraint(mathopt.fast_sum(sent) <= arrived)

    @staticmethod
    def _cards(office: Appraised, boxes: Boxes) -> list[mathopt.LinearBase]:
        """Cards sent up to each span."""
        row = boxes[office.name]
        return [office.office.lot * mathopt.fast_sum(row[:n]) for n in range(len(row) + 1)]

    def _bounded(self, model: mathopt.Model, office: Appraised, boxes: Boxes) -> mathopt.Variable:
        """An office's pupils, by its cuts and by what was tried."""
        most, cards = office.ceiling(self._all_cards), self._cards(office, boxes)
        pupils = model.add_variable(lb=0, ub=max(0.0, most))
        for cut in office.cuts:
            gained: list[mathopt.LinearBase] = []
            for level in cut.levels:
                blanks = model.add_variable(lb=0)
                gained.append(level.price * blanks)
                for span, left in level.limits:
                    model.add_linear_constraint(blanks <= left + cards[span])
            model.add_linear_constraint(pupils <= cut.base + mathopt.fast_sum(gained))
        for at, tried in office.tried.items():
            if tried + 0.5 < min(cut.at(at) for cut in office.cuts):
                # More than what was found with this is recorded only where more is sent.
                beyond = []
                for span in office.spans - {0}:
                    more = model.add_binary_variable()
                    least = at[span] + office.office.lot
                    model.add_linear_constraint(cards[span] >= least * more)
                    beyond.append(more)
                raised = (most - tried) * mathopt.fast_sum(beyond)
                model.add_linear_constraint(pupils <= tried + raised)
        return pupils

    def _solved(
        self,
        model: mathopt.Model,
        boxes: Boxes,
        pupils: Sequence[mathopt.LinearBase],
    ) -> Division | None:
        cost = CARDS_COST / max(1, self._all_cards)
        sent = [o.office.lot * box for o in self.offices for box in boxes[o.name]]
        model.maximize(mathopt.fast_sum(pupils) - cost * mathopt.fast_sum(sent))
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=self._parameters())
        if not result.has_primal_feasible_solution():
            return None
        values = result.variable_values()
        return Division(
            {office: tuple(round(values[box]) for box in row) for office, row in boxes.items()},
            whole(result.best_objective_bound() + CARDS_COST),
        )

    def _parameters(self) -> mathopt.SolveParameters:
        return mathopt.SolveParameters(
            time_limit=None if self.seconds is None else timedelta(seconds=self.seconds),
            node_limit=NODES if self.seconds is None else None,
            relative_gap_tolerance=PRECISE,
            random_seed=self.seed,
        )


def _planned(
    model: mathopt.Model, office: Appraised, cards: Sequence[mathopt.LinearBase]
) -> mathopt.LinearBase:
    """An office's pupils, by one of its plans or none."""
    row = [(column, model.add_binary_variable()) for column in office.columns]
    model.add_linear_constraint(mathopt.fast_sum(one for _, one in row) <= 1)
    for span in range(1, len(cards)):
        needed = mathopt.fast_sum(column.needs[span] * one for column, one in row)
        model.add_linear_constraint(needed <= cards[span])
    return mathopt.fast_sum(column.pupils * one for column, one in row)
