"""The planner's week: agree on dates, repair a plan, explain it.

One module for each thing she does, named after it: `offer.py`, `agree.py`, `replan/`, `explain/`,
`worth.py`, `stock.py`, `call_up.py`, `follow_up.py`. What happens to her is in `changes.py`. All
of them take a problem and a plan and give values; none reads files or prints.
"""
