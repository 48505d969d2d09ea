"""Every tour of one team-day by trying all stays, from the network alone and without any kernel."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ektp_sched.engine.instance import Network

Stay = tuple[int, int, int]  # school, start, end
NEVER = 1_000_000


@dataclass(frozen=True)
class TeamDay:
    """A team-day of a network; it visits schools of `open_to` only, besides committed ones."""

    network: Network
    number: int
    open_to: frozenset[int]

    @property
    def day(self) -> int:
        return int(self.network.td_day[self.number])

    @property
    def promised(self) -> dict[int, Stay]:
        visits = (v for v in self.network.confirmed if v.team_day == self.number)
        return {v.school: (v.school, v.start, v.end) for v in visits}

    def tours(self) -> list[tuple[Stay, ...]]:
        """All tours with at least one stop that keep R2, R3, R4, R5, R12, R13 and R14."""
        return [tour for tour in self._sequences(()) if tour and self.is_allowed(tour)]

    def is_allowed(self, tour: tuple[Stay, ...]) -> bool:
        gaps = self._gaps(tour)
        return (
            set(self.promised.values()) <= set(tour)
            and all(until - since >= minutes for since, until, minutes in gaps)
            and self.driven(tour) <= self.network.td_max_travel[self.number]
            and len(tour) <= self.network.td_max_visits[self.number]
            and self._has_break(gaps)
        )

    def driven(self, tour: tuple[Stay, ...]) -> int:
        return sum(minutes for _, _, minutes in self._gaps(tour))

    def _sequences(self, begun: tuple[Stay, ...]) -> Iterator[tuple[Stay, ...]]:
        yield begun
        now = begun[-1][2] if begun else 0
        been = {school for school, _, _ in begun}
        for school in sorted((self.open_to | self.promised.keys()) - been):
            for stay in self._stays(school):
                if stay[1] >= now:
                    yield from self._sequences((*begun, stay))

    def _stays(self, school: int) -> Iterator[Stay]:
        if school in self.promised:
            yield self.promised[school]
            return
        step = self.network.step
        for first, last in self.network.windows(school, self.day):
            for start in range(first, last, step):
                yield from ((school, start, end) for end in range(start + step, last + 1, step))

    def _gaps(self, tour: tuple[Stay, ...]) -> list[tuple[int, int, int]]:
        """Since, until and minutes driven between base, stays and base."""
        net, j = self.network, self.number
        places = [net.home(j), *(net.place(school) for school, _, _ in tour), net.home(j)]
        since = [int(net.shift_start[j]), *(end for _, _, end in tour)]
        until = [*(start for _, start, _ in tour), int(net.shift_end[j])]
        ways = [int(net.travel[a, b]) for a, b in pairwise(places)]
        return list(zip(since, until, ways, strict=True))

    def _has_break(self, gaps: list[tuple[int, int, int]]) -> bool:
        """Before or after the drive of some gap; at base it may lie outside the shift."""
        net, j = self.network, self.number
        rest, opens, closes = net.break_minutes[j], net.break_earliest[j], net.break_latest[j]
        free = []
        for number, (since, until, minutes) in enumerate(gaps):
            free.append((since if number else -NEVER, until - minutes))
            free.append((since + minutes, until if number < len(gaps) - 1 else NEVER))
        return rest == 0 or any(min(b, closes) - max(a, opens) >= rest for a, b in free)
