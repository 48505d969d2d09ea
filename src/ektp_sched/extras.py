"""Optional packages: what is missing is said with the command that installs it."""

from collections.abc import Iterator
from contextlib import contextmanager

from ektp_sched.errors import Complaint, ExtraError
from ektp_sched.language import _


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import the packages of the extra `name` inside this context.

    Raises
    ------
    ExtraError
        One of them is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        what = _("the package {name} is not installed", name=error.name)
        remedy = _("Install what this needs: pip install 'ektp-sched[{extra}]'", extra=name)
        raise ExtraError([Complaint("", what, remedy)]) from error
