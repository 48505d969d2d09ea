"""Problems made for measuring: pure functions of (suite, size, seed)."""

from benchmarks.generate.core import core_problem
from benchmarks.generate.country import Country
from benchmarks.generate.office import office_problem
from benchmarks.generate.size import Size, is_size
from benchmarks.generate.tiny import tiny_problem

__all__ = ["Country", "Size", "core_problem", "is_size", "office_problem", "tiny_problem"]
