"""Problem → integer arrays on the time grid, for everything that solves.

Shapes, units and index spaces stand with the fields in `arrays.py`; `build.py` makes them.
"""

from ektp_sched.engine.instance.arrays import FixedVisit, Network, index_visits, plan_of, visit_of
from ektp_sched.engine.instance.build import build_network

__all__ = ["FixedVisit", "Network", "build_network", "index_visits", "plan_of", "visit_of"]
