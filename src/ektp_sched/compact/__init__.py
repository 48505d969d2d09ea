"""The direct CP-SAT model: every rule, every tier. Exact on tiny problems, a reference in tests."""

from ektp_sched.compact.model import CompactModel, arcs_of

__all__ = ["CompactModel", "arcs_of"]
