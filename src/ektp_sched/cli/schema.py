"""``ektp-sched schema``: the form of a file as JSON Schema."""

from enum import StrEnum
from typing import Annotated

import typer

from ektp_sched.cli.streams import say_text
from ektp_sched.files import changes_schema, plan_schema, problem_schema
from ektp_sched.offices import pool_schema


class Kind(StrEnum):
    """What there is a schema of."""

    problem = "problem"
    plan = "plan"
    changes = "changes"
    pool = "pool"


def verb(
    kind: Annotated[Kind, typer.Argument(help="Which file's form to print.")],
) -> None:
    """Print the form of a file as JSON Schema."""
    makers = {
        Kind.problem: problem_schema,
        Kind.plan: plan_schema,
        Kind.changes: changes_schema,
        Kind.pool: pool_schema,
    }
    say_text(makers[kind]())
