"""The direct CP-SAT model: every rule, every tier. Exact on tiny problems, a reference in tests."""

from ektp_sched.compact.model import CompactModel, arcs_of
from ektp_sched.compact.search import TierOutcome, improve

__all__ = ["CompactModel", "TierOutcome", "arcs_of", "improve"]
