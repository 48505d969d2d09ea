"""Collecting what is wrong with a workbook, each cell once."""

from ektp_sched.errors import Complaint
from ektp_sched.io.excel.cells import CellError

MOST = 2_000


class Complaints:
    """Everything found so far. Of very many faults the first ones are kept."""

    def __init__(self) -> None:
        self._by_place: dict[str, Complaint] = {}

    def add(self, where: str, what: str, remedy: str) -> None:
        """Complain about a place, unless there is a complaint about it already."""
        if len(self._by_place) < MOST:
            self._by_place.setdefault(where, Complaint(where, what, remedy))

    def add_error(self, where: str, error: CellError) -> None:
        """Complain of a cell that cannot be read."""
        self.add(where, error.what, error.remedy)

    def __bool__(self) -> bool:
        return bool(self._by_place)

    def all(self) -> list[Complaint]:
        """The complaints in the order in which they were found."""
        return list(self._by_place.values())
