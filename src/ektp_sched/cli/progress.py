"""How far a search has come, on standard error: a live line on a terminal, else lines of a log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from ektp_sched.cli.streams import tell
from ektp_sched.report.progress import Listener, ProgressLog, Watch, progress_bar


@contextmanager
def progress_line(time_limit: float) -> Iterator[Listener]:
    """Show how far a search has come while the block runs; yield what it is told with."""
    if sys.stderr.isatty():
        with progress_bar(time_limit, console=Console(stderr=True)) as listener:
            yield listener
        return
    log = ProgressLog(tell, time_limit, Watch())
    with log.telling():
        yield log.listen
