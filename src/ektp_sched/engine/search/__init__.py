"""The search over stops: a first plan, then stops taken out and put in again.

Begin with `insertion.py` (the first plan) and `improve.py` (the slices in which `ruin.py` runs).
"""
