"""The linear master over tours, its columns and bounds, and plans made of whole tours.

Begin with `relaxation.py` (rows and bound) and `generate.py` (column generation); docs/design.md
names every row.
"""
