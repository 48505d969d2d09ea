"""The turns of a visit: when its kits come to the first pupil, the second, and so on.

All kits together record a pupil in `seconds / kits`, as R9 reckons, from the end of set-up on. The
n-th turn of that length is the n-th pupil's. Pupils are called at times on the grid, or as set-up
ends; whoever is called waits less than a step for the turn. So at a call there wait at most as many
pupils called before as the kits record in one step, rounded up: the waiting buffer.
"""

from dataclasses import dataclass

from ektp_sched.domain import Problem, School, Team, Visit, minute_of

CALL_STEP = 5  # minutes: the grid of calls, where that of visits is coarser


@dataclass(frozen=True, slots=True)
class Turns:
    """Recording in [start, end), minutes after midnight."""

    start: int
    end: int
    kits: int
    seconds: int
    step: int

    @property
    def room(self) -> int:
        """Turns in all (R9)."""
        return (self.end - self.start) * 60 * self.kits // self.seconds

    def call(self, first: int) -> int:
        """Minute at which the pupil of a turn is called: the last one on the grid before it."""
        begins = self.start + first * self.seconds // (60 * self.kits)
        return max(self.start, begins // self.step * self.step)

    def over(self, last: int) -> int:
        """Minute by which a turn is over."""
        return self.start + -(-(last + 1) * self.seconds // (60 * self.kits))


def turns_of(problem: Problem, school: School, team: Team, visit: Visit) -> Turns:
    """The turns of a visit, between set-up and pack-up."""
    return Turns(
        start=minute_of(visit.start) + school.setup_minutes,
        end=minute_of(visit.end) - school.teardown_minutes,
        kits=team.kits,
        seconds=school.seconds_per_student or team.seconds_per_student,
        step=min(CALL_STEP, problem.time_step),
    )
