"""From an outcome, whatever it is, to an exit code and at most one clear message."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import typer
from typer.main import get_command

from ektp_sched.cli import streams
from ektp_sched.cli.app import app
from ektp_sched.cli.interrupts import Interruption, Interrupts
from ektp_sched.cli.options import language_asked
from ektp_sched.cli.usage import usage_in_words
from ektp_sched.errors import InputError
from ektp_sched.language import _, speaking

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
    _load_verbs()
    command = get_command(app)
    code = command.main(
        list(arguments), prog_name="ektp-sched", standalone_mode=False, obj=interrupts
    )
    return code if isinstance(code, int) else 0


def _load_verbs() -> None:
    """Import the modules verbs_NAME of this package; their verbs register themselves."""
    for module in iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("verbs_"):
            import_module(f"{__package__}.{module.name}")


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
