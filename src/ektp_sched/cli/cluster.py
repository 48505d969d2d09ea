"""Work on a Dask cluster that is running somewhere."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager

from ektp_sched.errors import Complaint, RequestError
from ektp_sched.extras import extra
from ektp_sched.language import _

with extra("cluster"):
    from distributed import Client

ANSWER_SECONDS = 30


@contextmanager
def hands_at(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of a cluster, and how many offices it takes at once.

    Raises
    ------
    RequestError
        No scheduler answers at that address, or it has no worker.
    """
    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(address, timeout=ANSWER_SECONDS))
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except (OSError, ValueError) as error:  # TimeoutError is an OSError
            what = _("no cluster works at {address}: {reason}", address=address, reason=error)
            remedy = _("Give the address that the scheduler tells as it starts; start workers.")
            raise RequestError([Complaint("", what, remedy)], source="--scheduler") from error
        yield client.get_executor(), sum(client.nthreads().values())
