"""The verbs of the command line, each imported when it is asked for."""

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Annotated

import typer

from ektp_sched.cli.streams import say_text
from ektp_sched.writer import writing_as

VERBS = {
    "plan": "Make the best plan that can be found and proven in the time given.",
    "check": "Say which rules a plan breaks, and what it is worth; or what is wrong in the data.",
    "schema": "Print the form of a file as JSON Schema.",
    "calendar": "Write the plan as iCalendar files: for the office, each team and each school.",
    "call-up": "Say which class comes when, for each visit: a list to read out or to send on.",
    "template": "Write a blank workbook that explains itself, to be filled in for an office.",
    "workbook": "Write a problem as a workbook that holds all of it.",
    "import-schools": "Put the schools of a list (Dapodik and others) into a workbook.",
    "import-hours": "Put the hours of a school's timetable, with their share of lessons, into a "
    "workbook.",
    "excel": "Write a plan as a workbook to print: by day, team and school, who is left, blank "
    "cards.",
    "explain": "Say why a school is not served, or not fully, and the least that would serve it.",
    "contradictions": "Show a smallest set of promised visits that cannot all be kept.",
    "export": "Write visits.csv for spreadsheets, schools.geojson and routes.geojson for maps.",
    "follow-up": "After visits: who was missed, a make-up visit where one is lacking, how many "
    "will come.",
    "letters": "Write a notice to each school and an assignment letter for each team (DOCX).",
    "letter-templates": "Write the built-in letter templates, to be changed in a word processor.",
    "offer": "Find the best slots to propose to a school, and what each costs the whole plan.",
    "accept": "Confirm an offer: it becomes a promise of the problem, and the plan holds it.",
    "refuse": "Close a school on dates that it refuses; its proposed visits on them fall.",
    "offices": "Plan all offices of a folder, with a summary as page and workbook.",
    "picture": "Write a picture of a plan to send or to print: map, blank cards and calendar.",
    "replan": "Repair a plan after changes, near to what was published.",
    "report": "Write a page to look at a plan: figures, calendar, map, blank cards, schools.",
    "contingent": "Add the visits that unconfirmed deliveries of blanks would allow, and how to "
    "give them up.",
    "what-if": "Say what a plan comes to if blanks arrive late, in part or not at all.",
    "worth": "Say what one more team-day, 100 blanks, a kit or half an hour at a school would "
    "bring.",
}
"""The verbs in the order of `--help`, each with the first line of its own help."""


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The command line for these arguments: of a verb that they do not name only its help line."""
    asked = next((word for word in arguments if not word.startswith("-")), None)
    app = typer.Typer(
        help="Plan the visits of mobile e-KTP recording teams to schools.",
        epilog="Exit codes: 0 done, 1 the plan breaks rules or there is none, 2 bad input or "
        "usage, 130 interrupted, 143 terminated, 70 a fault of ektp-sched.",
        add_completion=False,
    )
    app.callback()(_ektp_sched)
    for name, line in VERBS.items():
        if name == asked:
            app.command(name)(_module_of(name).verb)
        else:
            app.command(name, help=line)(_not_asked)
    return app


def _module_of(verb: str) -> ModuleType:
    return import_module(f"{__package__}.{verb.replace('-', '_')}")


def _not_asked() -> None:
    """Stands for a verb that these arguments do not ask for."""


def _print_version(wanted: bool) -> None:
    if wanted:
        from ektp_sched import __version__

        say_text(f"ektp-sched {__version__}\n")
        raise typer.Exit


def _ektp_sched(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    context.with_resource(writing_as(context.invoked_subcommand or ""))
