"""A whole plan on one sheet: map, blank cards and calendar."""

from datetime import date

from ektp_sched.domain import Plan, Problem
from ektp_sched.language import Language, usual_language
from ektp_sched.report.dates import period, short_day
from ektp_sched.report.headline import figures
from ektp_sched.report.outcome import Outcome, outcome_in
from ektp_sched.report.pictures.common import Figure, plain, pyplot
from ektp_sched.report.pictures.gantt import gantt_height, plot_gantt
from ektp_sched.report.pictures.ledger import plot_ledger
from ektp_sched.report.pictures.map import plot_map
from ektp_sched.report.texts import text

_WIDTH, _TOP = 10.0, 5.2  # inches: the sheet, and what stands above the calendar
_FIGURES_TOLD = 3


def plot_plan(
    problem: Problem, plan: Plan, *, day: date | None = None, language: Language | None = None
) -> Figure:
    """Draw map, blank cards and calendar together, with the figures that matter above them.

    Parameters
    ----------
    day
        A day whose routes the map shows.

    Raises
    ------
    PlanError
        The plan names things that the problem does not know.
    """
    language = language or usual_language()
    outcome = outcome_in(language, problem, plan)
    calendar = gantt_height(len(outcome.routes))
    figure = pyplot.figure(figsize=(_WIDTH, _TOP + calendar), layout="constrained")
    grid = figure.add_gridspec(2, 2, height_ratios=[_TOP, calendar], width_ratios=[4, 5])
    chart = plot_map(problem, plan, figure.add_subplot(grid[0, 0]), day=day, language=language)
    chart.set_title(_title_of_map(day, language))
    chart = plot_ledger(problem, plan, figure.add_subplot(grid[0, 1]), language=language)
    chart.set_title(text("ledger", language))
    chart = plot_gantt(problem, plan, figure.add_subplot(grid[1, :]), language=language)
    chart.set_title(text("calendar", language))
    figure.suptitle(plain(_heading(outcome, language)), fontsize=11)
    return figure


def _title_of_map(day: date | None, language: Language) -> str:
    if day is None:
        return text("map_of_schools", language)
    return text("map_of_day", language, day=short_day(day, language))


def _heading(outcome: Outcome, language: Language) -> str:
    problem = outcome.problem
    told = figures(outcome, language)[:_FIGURES_TOLD]
    lines = [f"{one.value} {one.name} ({one.more})" for one in told]
    return "\n".join([f"{problem.name}, {period(problem.start, problem.end, language)}", *lines])
