"""R2 and R14, and the lessons that a stay costs (T4)."""

from ortools.sat.python import cp_model

from ektp_sched.compact.variables import Option, Variables, most_pupils
from ektp_sched.network import Network


def keep_hours(network: Network, variables: Variables) -> None:
    """R2: a stay lies inside one open interval of its date; an absent visit stands still."""
    model = variables.model
    for option in variables.options:
        inside = []
        for start, end in network.windows(option.school, option.day):
            chosen = model.new_bool_var("")
            model.add(option.start >= start).only_enforce_if(chosen)
            model.add(option.end <= end).only_enforce_if(chosen)
            inside.append(chosen)
        model.add_exactly_one(*inside, option.present.negated())
        model.add(option.end > option.start).only_enforce_if(option.present)
        for variable in (option.first_step, option.last_step, *option.take.values()):
            model.add(variable == 0).only_enforce_if(option.present.negated())


def count_lessons(network: Network, variables: Variables) -> None:
    """T4: recorded pupils times the percent of the interval that holds most of their stay."""
    for option in variables.options:
        pieces = network.pieces(option.school, option.day)
        if len({percent for _, _, percent in pieces}) == 1:
            variables.lesson_percents.append(pieces[0][2] * option.recorded)
        else:
            _count_by_piece(network, variables, option, pieces)


def _count_by_piece(
    network: Network, variables: Variables, option: Option, pieces: list[tuple[int, int, int]]
) -> None:
    model = variables.model
    overlaps = [_overlap(model, option, start, end) for start, end, _ in pieces]
    chosen = [model.new_bool_var("") for _ in pieces]
    model.add_exactly_one(*chosen, option.present.negated())
    for index, literal in enumerate(chosen):
        for other, overlap in enumerate(overlaps):
            # Pieces come in order of start, so a tie goes to the earlier.
            margin = 1 if other < index else 0
            model.add(overlaps[index] >= overlap + margin).only_enforce_if(literal)
    most = most_pupils(network, option)
    for literal, (_, _, percent) in zip(chosen, pieces, strict=True):
        if percent:
            pupils = model.new_int_var(0, most, "")
            model.add(pupils == option.recorded).only_enforce_if(literal)
            model.add(pupils == 0).only_enforce_if(literal.negated())
            variables.lesson_percents.append(percent * pupils)


def _overlap(model: cp_model.CpModel, option: Option, start: int, end: int) -> cp_model.IntVar:
    day_long = 2 * 24 * 60
    until, since = model.new_int_var(0, end, ""), model.new_int_var(start, day_long, "")
    model.add_min_equality(until, [option.end, end])
    model.add_max_equality(since, [option.start, start])
    overlap = model.new_int_var(0, end - start, "")
    model.add_max_equality(overlap, [until - since, 0])
    return overlap
