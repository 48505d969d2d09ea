"""Problem → integer arrays on the time grid, for everything that solves."""

from ektp_sched.network.arrays import FixedVisit, Network
from ektp_sched.network.build import build_network

__all__ = ["FixedVisit", "Network", "build_network"]
