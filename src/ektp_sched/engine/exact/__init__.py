"""The direct CP-SAT model: every rule, every tier. Exact on tiny problems, a reference in tests.

`variables.py` has the decisions, `constraints.py` a function for each rule, `objective.py` one for
each term; `model.py` puts them together.
"""
