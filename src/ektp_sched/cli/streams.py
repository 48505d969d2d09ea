"""What goes to standard output and standard error, and never breaks on the way."""

import io
import os
import sys
from collections.abc import Callable

from rich.console import Console, RenderableType

from ektp_sched.errors import Complaint, FileError, InputError
from ektp_sched.texts.language import _

MOST_COMPLAINTS = 20
PIPE_WIDTH = 160
_YES, _NO = frozenset({"y", "ya", "yes"}), frozenset({"n", "no", "t", "tidak"})


class PipeClosedError(Exception):
    """Nobody reads standard output any more, as after ``| head``."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise PipeClosedError


def make_encodable() -> None:
    """Write "?" for what a console's encoding lacks, instead of breaking off."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def say(*things: RenderableType) -> None:
    """Print text and tables to standard output; in a pipe, wide enough to keep rows in one line."""
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    console = _Console(width=width, highlight=False, markup=False, emoji=False)
    _written(lambda: console.print(*things, sep="\n"))


def say_text(text: str) -> None:
    """Write text to standard output as it is."""
    _written(lambda: sys.stdout.write(text))


def tell(text: str) -> None:
    """Write a message to standard error."""
    sys.stderr.write(f"{text}\n")


def ask(question: str) -> bool | None:
    """The answer to a question that yes or no answers; None where nobody is there to give it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    while True:
        sys.stderr.write(_("{question} [y/n] ", question=question))
        sys.stderr.flush()
        line = sys.stdin.readline()
        word = line.strip().casefold()
        if not line or word in _YES | _NO:
            return word in _YES if line else None


def complain(error: InputError) -> None:
    """Write each fault of an input on a line of its own, the first ones of very many."""
    head = f"{error.source}: " if error.source else ""
    for complaint in error.complaints[:MOST_COMPLAINTS]:
        tell(_("error: {what}", what=_one_line(f"{head}{complaint}")))
    if (more := len(error.complaints) - MOST_COMPLAINTS) > 0:
        what = _("and {more} more. Correct these first.", more=more)
        tell(_("error: {what}", what=f"{_one_line(head)}{what}"))


def abandon_stdout() -> None:
    """Send whatever is still buffered nowhere, so that the exit of the process cannot fail."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _written(write: Callable[[], object]) -> None:
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosedError from None
    except OSError as error:
        abandon_stdout()
        what = _("cannot write: {reason}", reason=error.strerror)
        complaint = Complaint("", what, _("Send it to another place."))
        raise FileError([complaint], source=_("standard output")) from error


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
