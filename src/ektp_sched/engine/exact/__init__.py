"""The direct CP-SAT model: every rule, every tier. Exact on tiny problems, a reference in tests.

`variables.py` has the decisions, `constraints.py` a function for each rule, `objective.py` one for
each term; `model.py` puts them together.
"""

from ektp_sched.engine.exact.model import CompactModel, arcs_of

__all__ = ["CompactModel", "arcs_of"]
