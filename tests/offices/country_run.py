"""A run of plan_offices() in a process that tests kill: FOLDER MARKS [WRITE IT DIES IN].

It writes a line for each office: its name, whether it was resumed, and why it failed.
"""

import json
import os
import signal
import sys
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks.generate import Country
from ektp_sched.offices import Crew, plan_offices
from tests.offices.meddling import Meddling, tell_and_wait

OFFICES = ("dukcapil-006", "dukcapil-002", "dukcapil-005")  # 31, 21 and 16 schools


def main(folder: Path, marks: Path, dies_in: int = 0) -> None:
    country = Country(8, 0)
    offices = {name: country.office(int(name[-3:]) - 1) for name in OFFICES}
    deed = partial(tell_and_wait, marks)
    with Crew(2) as crew, patch("os.fsync", partial(_sync_or_die, [], dies_in)):
        hands = Meddling(crew, dict.fromkeys(OFFICES, deed))
        for one in plan_offices(offices, time_limit=1, executor=hands, workers=2, folder=folder):
            sys.stdout.write(json.dumps([one.office, one.resumed, one.failure]) + "\n")
            sys.stdout.flush()


def _sync_or_die(written: list[int], last: int, file: int) -> None:
    written.append(file)
    if len(written) == last:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
