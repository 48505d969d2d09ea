"""Why the work of an office failed, in a planner's words."""

from ektp_sched.errors import EktpSchedError
from ektp_sched.language import N_, _

NOT_FOUND = N_("no plan was found; `ektp-sched plan` tells more")
# By the name of the exception: those of Dask are there only where it is installed.
_WORDS = {
    "BrokenProcessPool": N_("the process that planned it died"),
    "CancelledError": N_("the cluster gave it up or was lost"),
    "KilledWorker": N_("every process of the cluster that tried to plan it died"),
    "MemoryError": N_("it needs more memory than there is"),
}


def reason_of(error: Exception) -> str:
    """What to tell of an error; where it is none of ours, with its name and message."""
    if isinstance(error, EktpSchedError):
        return str(error)
    name = type(error).__name__
    said = f"{name}: {error}" if str(error) else name
    known = next(
        (_WORDS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _WORDS), None
    )
    return said if known is None else f"{_(known)} ({said})"
