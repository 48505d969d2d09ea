"""The line that shows how far a search has come, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Line
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column

from ektp_sched.solve import Progress


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None] | None]:
    """Show a line on standard error while the block runs; yield what updates it."""
    if not sys.stderr.isatty():
        yield None
        return
    description = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
    )
    columns = (SpinnerColumn(), TimeElapsedColumn(), description)
    with Line(*columns, console=Console(stderr=True), transient=True) as line:
        task = line.add_task("looking for a first plan", total=None)
        yield lambda step: line.update(task, description=in_one_line(step))


def in_one_line(step: Progress) -> str:
    """A step in a few words, such as ``students 1,200, at best 1,260, gap 5.0%``."""
    words = [step.tier if step.value is None else f"{step.tier} {step.value:,}"]
    if step.bound is not None:
        words.append(f"at best {step.bound:,}")
    if step.gap is not None:
        words.append(f"gap {step.gap:.1%}")
    return ", ".join(words)
