"""The best plan among all tours there are: exact where a problem is small enough to list them.

A formulation of its own, apart from the compact model: that one decides arcs, starts and ends,
this one only which whole tours are driven and how many pupils their stops record.
"""

from ektp_sched.engine.listing.listing import Choice, Listing, choose

__all__ = ["Choice", "Listing", "choose"]
