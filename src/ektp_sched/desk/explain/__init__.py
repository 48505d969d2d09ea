"""explain(): why a school is not served, or not fully, and the least that would serve it.

`case.py` is the question, `reasons.py` and `limits.py` find why, `remedies.py` what would help,
each shown by a plan; `overview.py` looks at all schools at once. Begin with `explain.py`.
"""
