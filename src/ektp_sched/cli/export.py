"""``ektp-sched export``: a plan for spreadsheets and maps."""

from pathlib import Path
from typing import Annotated

import typer

from ektp_sched.cli.files import hand_out, read_both
from ektp_sched.cli.options import Lang, PlanFile, ProblemFile, Replace
from ektp_sched.files.geojson import places_geojson, routes_geojson
from ektp_sched.report.visits_csv import visits_csv
from ektp_sched.texts.language import spoken_language


def verb(
    problem: ProblemFile,
    plan: PlanFile,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the files; made if new.")
    ],
    replace: Replace = False,
    _lang: Lang = None,
) -> None:
    """Write visits.csv for spreadsheets, schools.geojson and routes.geojson for maps."""
    both = read_both(problem, plan)
    texts = {
        "visits.csv": visits_csv(*both, language=spoken_language()),
        "schools.geojson": places_geojson(*both),
        "routes.geojson": routes_geojson(*both),
    }
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    hand_out(output, files, replace=replace)
