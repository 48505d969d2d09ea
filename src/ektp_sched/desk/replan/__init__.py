"""replan(): repair a published plan after changes, near to what was published.

`standing.py` finds what of the plan still stands, `repair_search.py` looks for the best plan near
it. Begin with `replan.py`.
"""
