"""How far a search has come: a line with a bar on terminals and in notebooks, lines in a log."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress as Line
from rich.progress import ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.progress_bar import ProgressBar
from rich.table import Column
from rich.text import Text

from ektp_sched.domain import TERMS
from ektp_sched.report.aims import figure, tier_in_words
from ektp_sched.texts.language import N_, Language, _, number, percentage, speaking, spoken_language

if TYPE_CHECKING:
    from ektp_sched.solve import Progress

Listener = Callable[["Progress"], None]

SECONDS_BETWEEN_LINES = 5.0
_FIRST = N_("looking for a first plan")
_BAR_WIDTH = 16


def in_one_line(step: "Progress") -> str:
    """A step in a few words, such as ``students 1,200, at best 1,260, gap 5.0%``."""
    if step.stage == "compiling":
        return _("compiling, once on this machine: {share:.0%} done", share=step.share or 0.0)
    words = [tier_in_words(step.tier)]
    if step.value is not None:
        words[0] += f" {_figure(step.tier, step.value)}"
    if step.bound is not None:
        words.append(_("at best {bound}", bound=_figure(step.tier, step.bound)))
    if step.gap is not None and step.gap < 1:
        words.append(_("gap {gap}", gap=percentage(step.gap)))
    return ", ".join(words)


def _figure(tier: str, value: int) -> str:
    """A tier's value or bound as all texts have it, lessons in minutes."""
    term = next((term for term in TERMS if term == tier), None)
    return number(value) if term is None else figure(term, value)


def times(elapsed: float, time_limit: float) -> str:
    """Elapsed and remaining time: ``0:12, 0:48 left``."""
    left = _clock(ceil(max(0.0, time_limit - elapsed)))
    return _("{elapsed}, {left} left", elapsed=_clock(elapsed), left=left)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


class Watch:
    """The search's own time between its steps: compiling before it is not counted once it tells.

    Parameters
    ----------
    now
        A clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun = now()

    def set(self, elapsed: float) -> None:
        """The search says how long it has run."""
        self._begun = self._now() - elapsed

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return self._now() - self._begun


@contextmanager
def progress_bar(time_limit: float, *, console: Console | None = None) -> Iterator[Listener]:
    """Show a bar while the block runs; yields what to hand to solve() as `on_progress`.

    Works on a terminal and in a notebook, where it needs the package ipywidgets. It goes away at
    the end of the block.

    Parameters
    ----------
    time_limit
        The seconds that solve() is given.
    console
        Where to show it; standard output (or the notebook) by default.
    """
    watch, language = Watch(), spoken_language()
    text = TextColumn(
        "{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")
    )
    columns = (SpinnerColumn(), _Bar(watch, time_limit), _Times(watch, time_limit, language), text)
    with Line(*columns, console=console, transient=True) as line:
        task = line.add_task(_(_FIRST), total=None)

        def listen(step: "Progress") -> None:
            watch.set(step.elapsed_seconds)
            with speaking(language):  # a solver's thread tells of its steps
                line.update(task, description=in_one_line(step))

        yield listen


class _Bar(ProgressColumn):
    """The share of the time that is used."""

    max_refresh = 0.2

    def __init__(self, watch: Watch, time_limit: float) -> None:
        super().__init__()
        self._watch, self._limit = watch, time_limit

    def render(self, task: Task) -> ProgressBar:  # noqa: ARG002 - the watch knows
        used = min(self._watch.elapsed, self._limit)
        return ProgressBar(total=max(self._limit, 1e-9), completed=used, width=_BAR_WIDTH)


class _Times(ProgressColumn):
    """Elapsed and remaining time; drawn by a thread of its own."""

    def __init__(self, watch: Watch, time_limit: float, language: Language) -> None:
        super().__init__(table_column=Column(no_wrap=True))
        self._watch, self._limit, self._language = watch, time_limit, language

    def render(self, task: Task) -> Text:  # noqa: ARG002 - the watch knows
        with speaking(self._language):
            return Text(times(self._watch.elapsed, self._limit))


class ProgressLog:
    """Plain lines with the last step, for a log.

    Parameters
    ----------
    write
        Takes each line.
    time_limit
        The seconds that solve() is given.
    watch
        Tells the time.
    """

    def __init__(self, write: Callable[[str], object], time_limit: float, watch: Watch) -> None:
        self._write, self._limit, self._watch = write, time_limit, watch
        self._language, self._last = spoken_language(), _(_FIRST)

    def listen(self, step: "Progress") -> None:
        """Remember a step; for solve() as `on_progress`."""
        self._watch.set(step.elapsed_seconds)
        with speaking(self._language):  # a solver's thread tells of its steps
            self._last = in_one_line(step)

    def tell(self) -> None:
        """Write a line now."""
        with speaking(self._language):
            self._write(f"{times(self._watch.elapsed, self._limit)}: {self._last}")

    @contextmanager
    def telling(self, *, every: float = SECONDS_BETWEEN_LINES) -> Iterator[None]:
        """Write a line every so many seconds while the block runs, the first one after as many."""
        over = threading.Event()

        def run() -> None:
            while not over.wait(every):
                self.tell()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
