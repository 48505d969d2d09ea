"""From an outcome, whatever it is, to an exit code and at most one clear message."""

import os
import re
import sys
import traceback
from collections.abc import Sequence

import typer
from typer.main import get_command

from ektp_sched.cli import streams
from ektp_sched.cli.app import app_for
from ektp_sched.cli.interrupts import Interruption, Interrupts
from ektp_sched.cli.options import language_asked
from ektp_sched.errors import InputError
from ektp_sched.texts.language import N_, _, speaking

# typer's own words; the more special ones first.
_SAID = (
    N_("Missing argument {name}"),
    N_("Missing option {name}"),
    N_("No such option: {name}"),
    N_("No such command {name}"),
    N_("Missing command"),
    N_("Option {name} requires an argument"),
    N_("Got unexpected extra argument ({name})"),
    N_("Got unexpected extra arguments ({names})"),
    N_("Invalid value for {name}: {inner}"),
    N_("{value} is not a valid integer"),
    N_("{value} is not a valid float"),
    N_("{value} is not in the range {range}"),
    N_("{value} is not one of {words}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid number, unable to parse string as a number"),
)


def usage_in_words(said: str) -> str:
    """A sentence of typer in the language spoken; as it is where it is none of those known."""
    for text in _SAID:
        if match := re.fullmatch(_form_of(text), said):
            values = match.groupdict()
            if "inner" in values:
                values["inner"] = usage_in_words(values["inner"])
            return _(text, **values)
    return said


def _form_of(text: str) -> str:
    """A regular expression for a text with anything filled in."""
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(text))


BAD_INPUT = 2
OUR_FAULT = 70  # sysexits.h: EX_SOFTWARE
INTERRUPTED = 130
PIPE_CLOSED = 141  # what a shell reports for SIGPIPE

# The class of all usage errors: typer names only this one of its children, in every version.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    arguments
        What follows the program's name; by default that of this process.
    """
    streams.make_encodable()
    given = sys.argv[1:] if arguments is None else list(arguments)
    interrupts = Interrupts()
    with interrupts.installed(), speaking(language_asked(given)):
        code = _outcome(given, interrupts)
    return code if interrupts.signal is None else 128 + interrupts.signal


def _outcome(arguments: Sequence[str], interrupts: Interrupts) -> int:
    try:
        return _run(arguments, interrupts)
    except streams.PipeClosedError:
        streams.abandon_stdout()
        return PIPE_CLOSED
    except InputError as error:
        streams.complain(error)
        return BAD_INPUT
    except Interruption:
        streams.tell(_("interrupted"))
        return INTERRUPTED
    except _UsageError as error:
        streams.tell(_usage(error))
        return BAD_INPUT
    except Exception as error:  # whatever went wrong, no traceback by default
        _confess(error)
        return OUR_FAULT


def _run(arguments: Sequence[str], interrupts: Interrupts) -> int:
    command = get_command(app_for(arguments))
    code = command.main(
        list(arguments), prog_name="ektp-sched", standalone_mode=False, obj=interrupts
    )
    return code if isinstance(code, int) else 0


def _usage(error: Exception) -> str:
    message = getattr(error, "format_message", error.__str__)().rstrip(".")
    message = message.replace("Value error, ", "")  # typer puts it before choices
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ektp-sched"
    said = usage_in_words(message)
    what = _("{message}. See {command} --help.", message=said, command=command)
    return _("error: {what}", what=what)


def _confess(error: Exception) -> None:
    if os.environ.get("EKTP_SCHED_DEBUG") == "1":
        streams.tell("".join(traceback.format_exception(error)))
    first_line = (str(error).splitlines() or [""])[0]
    what = _(
        "{fault} - this is a fault of ektp-sched, not yours. "
        "Set EKTP_SCHED_DEBUG=1 to see where, and report it with the command and its files.",
        fault=f"{type(error).__name__}: {first_line}",
    )
    streams.tell(_("error: {what}", what=what))
