"""How far a search or a run has come, on standard error: a live line, or lines of a log."""

import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil

from rich import box
from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.table import Table

from ektp_sched.cli.streams import tell
from ektp_sched.offices import SharingProgress
from ektp_sched.offices.record import OfficeRecord, gap_of
from ektp_sched.report.progress import Listener, ProgressLog, Watch, progress_bar, times
from ektp_sched.texts.language import _, number


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


LATEST = 8  # offices in the live table
SECONDS_BETWEEN_LINES = 5.0


@dataclass(slots=True)
class Watching:
    """What a run has told so far."""

    time_limit: float
    offices: int
    live: Live | None
    begun: float = field(default_factory=time.monotonic)
    done: int = 0
    recorded: int = 0
    value: int = 0
    bound: int = 0
    blanks: int = 0
    drawn: int = 0
    latest: deque[OfficeRecord] = field(default_factory=lambda: deque(maxlen=LATEST))
    told: float = 0.0  # when a line of the log was written last

    def planned(self, record: OfficeRecord) -> None:
        """An office is done."""
        self.done += 1
        for name in ("recorded", "value", "bound", "blanks", "drawn"):
            setattr(self, name, getattr(self, name) + getattr(record, name))
        self.latest.append(record)
        if self.live is None:
            tell(f"{self.done}/{self.offices} {record.office}: {_in_words(record)}")
        else:
            self.live.update(self._table())

    def sharing(self, progress: SharingProgress) -> None:
        """An office is appraised."""
        words = _(
            "sharing out, round {round}: {done} of {offices} offices",
            round=progress.round,
            done=progress.offices_done,
            offices=progress.offices,
        )
        if progress.bound is not None:
            words += "; " + _(
                "pupils {pupils}, at best {bound}", pupils=progress.pupils, bound=progress.bound
            )
        words += f" ({self._times()})"
        if self.live is not None:
            self.live.update(words)
        elif (now := time.monotonic()) - self.told >= SECONDS_BETWEEN_LINES:
            self.told = now
            tell(words)

    def _times(self) -> str:
        elapsed = time.monotonic() - self.begun
        return times(elapsed, max(ceil(elapsed), self.time_limit))

    def _table(self) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column(_("Office"), overflow="fold")
        for name in (_("Pupils"), _("Recorded"), _("Gap"), _("Blanks drawn")):
            table.add_column(name, justify="right", no_wrap=True)
        for one in self.latest:
            if one.failure:
                reason = escape(one.failure_in_short[:40])
                table.add_row(escape(one.office), "-", "-", "-", reason)
            else:
                drawn = f"{number(one.drawn)} / {number(one.blanks)}"
                gap = number(one.gap, ".1%")
                counts = (number(one.pupils), number(one.recorded))
                table.add_row(escape(one.office), *counts, gap, drawn)
        table.add_section()
        table.add_row(
            _("{done} of {offices} offices", done=self.done, offices=self.offices),
            self._times(),
            number(self.recorded),
            number(gap_of(self.value, self.bound), ".1%"),
            f"{number(self.drawn)} / {number(self.blanks)}",
        )
        return table


def _in_words(record: OfficeRecord) -> str:
    if record.failure or record.left_alone:
        return record.failure_in_short
    return _(
        "{recorded} of {pupils} pupils, gap {gap:.1%}",
        recorded=record.recorded,
        pupils=record.pupils,
        gap=record.gap,
    )


@contextmanager
def watching(time_limit: float, offices: int) -> Iterator[Watching]:
    """Show how far a run is while the block lasts."""
    if not sys.stderr.isatty():
        yield Watching(time_limit, offices, None)
        return
    with Live(console=Console(stderr=True), transient=True, refresh_per_second=4) as live:
        yield Watching(time_limit, offices, live)
