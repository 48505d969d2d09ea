"""Everything that searches, and nothing else.

A problem becomes integer arrays (instance/). Tours of one team-day are timed, priced and listed in
tours/; columns/ is the linear master over them with its bounds and neighbourhoods, search/ moves
single stops, listing/ and exact/ are two exact models for small problems. `engine.py` says what
runs when, and who holds the best plan and the bounds. Its doors for solve/ and desk/ are
`engine.py`, instance/, `search/insertion.py`, `search/openings.py`, `search/pupils.py` and
`exact/model.py`; `budget.py` is light, and so nothing is imported here. No module knows the rule
book or writes for a reader.
"""
