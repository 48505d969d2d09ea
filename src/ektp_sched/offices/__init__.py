"""Many offices at once, on any executor, and blank cards shared out among them.

`planning.py` plans the offices of a folder, `rounds.py` shares a pool out; `crew.py` hands the
work out.
"""

from ektp_sched.offices.crew import Crew
from ektp_sched.offices.planning import OfficePlan, plan_offices
from ektp_sched.offices.pool import (
    OfficeShare,
    Pool,
    PoolOffice,
    ProvinceFloor,
    Rule,
    RuleShare,
    Sharing,
    SharingProgress,
    Shipment,
    load_pool,
    load_sharing,
    pool_schema,
    save_pool,
    save_sharing,
)
from ektp_sched.offices.rounds import share_out
from ektp_sched.offices.today import shared_today

__all__ = [
    "Crew",
    "OfficePlan",
    "OfficeShare",
    "Pool",
    "PoolOffice",
    "ProvinceFloor",
    "Rule",
    "RuleShare",
    "Sharing",
    "SharingProgress",
    "Shipment",
    "load_pool",
    "load_sharing",
    "plan_offices",
    "pool_schema",
    "save_pool",
    "save_sharing",
    "share_out",
    "shared_today",
]
