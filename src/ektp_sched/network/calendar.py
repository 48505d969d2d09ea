"""Open intervals of schools and shifts of teams, day by day."""

from collections.abc import Iterable
from datetime import date, timedelta

from ektp_sched.domain import Closed, Problem, School, Team, Weekday, minute_of, weekday_of

Piece = tuple[int, int, int]  # start, end, lesson percent


def days_of(problem: Problem) -> list[date]:
    """Every date of the horizon."""
    length = (problem.end - problem.start).days + 1
    return [problem.start + timedelta(days=d) for d in range(length)]


def covered(day: date, ranges: Iterable[Closed]) -> bool:
    """Whether a date lies in one of the ranges."""
    return any(one.start <= day <= one.end for one in ranges)


def open_pieces(school: School, days: list[date]) -> list[list[Piece]]:
    """Open intervals of a school before merging, by day, ordered by start, end and percent."""
    weekly: dict[Weekday, list[Piece]] = {}
    for hours in school.hours:
        piece = (minute_of(hours.start), minute_of(hours.end), hours.lesson_percent)
        for weekday in hours.days:
            weekly.setdefault(weekday, []).append(piece)
    extra: dict[date, list[Piece]] = {}
    replaced = {hours.date for hours in school.extra_hours if hours.replaces}
    for more in school.extra_hours:
        piece = (minute_of(more.start), minute_of(more.end), more.lesson_percent)
        extra.setdefault(more.date, []).append(piece)
    first, last = school.not_before or days[0], school.not_after or days[-1]
    found: list[list[Piece]] = []
    for day in days:
        if not first <= day <= last or covered(day, school.closed):
            found.append([])
            continue
        usual = [] if day in replaced else weekly.get(weekday_of(day), [])
        found.append(sorted(usual + extra.get(day, [])))
    return found


def merged_on_grid(pieces: list[Piece], step: int) -> list[tuple[int, int]]:
    """Unite touching and overlapping intervals and cut each to the grid; drop what is empty."""
    united: list[list[int]] = []
    for start, end, _ in pieces:
        if united and start <= united[-1][1]:
            united[-1][1] = max(united[-1][1], end)
        else:
            united.append([start, end])
    on_grid = ((-(-start // step) * step, end // step * step) for start, end in united)
    return [(start, end) for start, end in on_grid if start < end]


def shift_on(team: Team, day: date, weekday: Weekday) -> tuple[int, int] | None:
    """A team's shift on a date, None where it does not work."""
    if covered(day, team.off):
        return None
    for shift in team.shifts:
        if weekday in shift.days:
            return minute_of(shift.start), minute_of(shift.end)
    return None


def break_on(team: Team, weekday: Weekday) -> tuple[int, int, int]:
    """Minutes, earliest and latest of a team's break on a weekday; minutes 0 where it has none."""
    for rest in team.breaks:
        if weekday in rest.days:
            return rest.minutes, minute_of(rest.earliest), minute_of(rest.latest)
    return 0, 0, 0
