"""Small instances of both formats, made up here."""

from benchmarks.published import mctopmtw, toptw
from benchmarks.published.instance import Instance

# Depot at (0, 0), open 0 to 60; vertex 2 is 5 away, vertex 3 is 1.4142… away, vertex 4 is 5 away.
WINDOWS = """\
3 3 20  1 2 9 9 9 9 9 9 9 9
0 0.0 0.0 0.0 0.0 0 60

2 3.0 4.0 10.0 7.0  6 12.5 20 30 40.5  1  8  1 0 0 0 0 0 0 0 0 0
3 1.0 1.0  2.5 5.0  0 10 20.2 30 50    0 12  0 1 0 0 0 0 0 0 0 0
4 0.0 5.0  1.0 4.0  0 15 30 45 60      1  5  1 1 0 0 0 0 0 0 0 0
"""

# Depot at (1, 1), open 2 to 50; vertex 2 needs no service.
PLAIN = """\
4 9 3 1
0 200
0  1.00 1.00  0.00  0.00  0 0 0    2 50
1  4.00 5.00  8.00 20.00  1 1 1    5 9
2  1.00 3.00  0.00 30.00  1 2 1 2  3 4
3 10.00 1.00  2.00 40.00  1 1 1   10 30
"""


def windows(text: str = WINDOWS) -> Instance:
    """An instance with windows that open by turns, a budget and caps."""
    return mctopmtw.parse(text)


def plain(tours: int = 2) -> Instance:
    """An instance with one window a vertex."""
    return toptw.parse(PLAIN, tours)
