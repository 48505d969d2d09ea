"""R8: how often, how close together and by how many teams a school is visited; resources."""

from collections import defaultdict

from ortools.sat.python import cp_model

from ektp_sched.compact.variables import Option, Variables
from ektp_sched.network import Network


def space_visits(network: Network, variables: Variables) -> None:
    """R8 for every school; done visits count for the others. And the limits of resources."""
    for school, options in variables.by_school.items():
        history = [visit.day for visit in network.done if visit.school == school]
        most = max(0, int(network.max_visits[school]) - len(history))
        variables.model.add(sum(option.present for option in options) <= most)
        by_day: dict[int, list[Option]] = defaultdict(list)
        for option in options:
            by_day[option.day].append(option)
        for day, on_day in by_day.items():
            room = max(0, int(network.max_teams[school]) - history.count(day))
            variables.model.add(sum(option.present for option in on_day) <= room)
        _keep_apart(variables.model, by_day, history, int(network.min_gap[school]))
    rows = zip(network.resource_use.tolist(), network.resource_limit.tolist(), strict=True)
    for use, limit in rows:
        used = sum(use[option.school] * option.present for option in variables.options)
        variables.model.add(used <= limit)


def _keep_apart(
    model: cp_model.CpModel, by_day: dict[int, list[Option]], history: list[int], gap: int
) -> None:
    """Of any gap + 1 days in a row only one is a visiting day."""
    if gap == 0:
        return
    visited = {}
    for day, options in by_day.items():
        visited[day] = model.new_bool_var("")
        for option in options:
            model.add_implication(option.present, visited[day])
        if any(0 < abs(day - done) <= gap for done in history):
            model.add(visited[day] == 0)
    for first in visited:
        near = [literal for day, literal in visited.items() if first <= day <= first + gap]
        model.add_at_most_one(near)
