"""Problem → integer arrays on the time grid, for everything that solves."""

from ektp_sched.network.arrays import FixedVisit, Network
from ektp_sched.network.build import build_network
from ektp_sched.network.visits import index_visits, plan_of, visit_of

__all__ = ["FixedVisit", "Network", "build_network", "index_visits", "plan_of", "visit_of"]
