"""A call of this package from its settings to a running budget."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ektp_sched.budget import Budget, CancelToken
from ektp_sched.solve.interrupt import cancel_on_interrupt
from ektp_sched.solve.settings import Settings
from ektp_sched.solve.warm_up import compile_first_plan, telling


@contextmanager
def budgeted(
    settings: Settings,
    cancel: CancelToken | None,
    compiling: Callable[[float], None] | None = None,
) -> Iterator[Budget]:
    """Give the budget of a call, begun once the loops of the first plan are compiled.

    The first Ctrl-C in the block cancels it. `compiling` is told what share of them is ready.
    """
    token = cancel or CancelToken()
    with cancel_on_interrupt(token):
        with telling(compiling):
            compile_first_plan()
        yield Budget(
            settings.time_limit,
            token=token,
            deterministic=settings.deterministic,
            workers=settings.workers,
            seed=settings.seed,
        )
