import threading

import pytest

from ektp_sched.report.progress import ProgressLog, Watch, in_one_line, times
from ektp_sched.solve import Progress
from ektp_sched.texts.language import speaking


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def a_step(
    value: int | None = 1200, bound: int | None = 1260, gap: float | None = 0.05
) -> Progress:
    return Progress(elapsed_seconds=3, tier="students", value=value, bound=bound, gap=gap)


def test_a_step_in_one_line() -> None:
    assert in_one_line(a_step()) == "students 1,200, at best 1,260, gap 5.0%"
    assert in_one_line(a_step(1200, None, None)) == "students 1,200"
    assert in_one_line(a_step(None, None, None)) == "students"


def test_value_and_bound_of_a_step_are_in_the_same_units() -> None:
    step = Progress(elapsed_seconds=3, tier="lessons", value=3_377_550, bound=3_326_154, gap=0.015)
    assert in_one_line(step) == "lessons 33,776, at best 33,262, gap 1.5%"
    step = Progress(elapsed_seconds=3, tier="2*students - travel", value=1_000, bound=3_000, gap=2)
    assert in_one_line(step) == "2*students - travel 1,000, at best 3,000"


def test_compiling_is_told_with_its_progress() -> None:
    step = Progress(elapsed_seconds=0, stage="compiling", share=0.344)
    assert in_one_line(step) == "compiling, once on this machine: 34% done"
    with speaking("id"):
        assert in_one_line(step) == "menyiapkan program, sekali saja di komputer ini: selesai 34%"


@pytest.mark.parametrize(
    ("elapsed", "limit", "words"),
    [
        (0, 60, "0:00, 1:00 left"),
        (12.9, 60, "0:12, 0:48 left"),
        (61, 60, "1:01, 0:00 left"),
        (3_725, 7_200, "1:02:05, 57:55 left"),
    ],
)
def test_elapsed_and_remaining_time(elapsed: float, limit: float, words: str) -> None:
    assert times(elapsed, limit) == words


def test_the_watch_follows_what_the_search_says() -> None:
    clock = Clock()
    watch = Watch(clock)
    clock.seconds += 50  # compiling, which the search does not count
    assert watch.elapsed == 50
    watch.set(3)
    clock.seconds += 4
    assert watch.elapsed == 7


def test_a_line_of_a_log_holds_times_and_the_last_step() -> None:
    clock, lines = Clock(), list[str]()
    log = ProgressLog(lines.append, 60, Watch(clock))
    clock.seconds += 5
    log.tell()
    log.listen(a_step(None, None, None))
    log.listen(a_step())
    clock.seconds += 5
    log.tell()
    assert lines == [
        "0:05, 0:55 left: looking for a first plan",
        "0:08, 0:52 left: students 1,200, at best 1,260, gap 5.0%",
    ]


def test_lines_come_until_the_block_ends() -> None:
    lines, twice = list[str](), threading.Event()

    def write(line: str) -> None:
        lines.append(line)
        if len(lines) == 2:
            twice.set()

    log = ProgressLog(write, 60, Watch(Clock()))
    with log.telling(every=0):
        assert twice.wait(timeout=30)
    told = len(lines)
    assert set(lines) == {"0:00, 1:00 left: looking for a first plan"}
    log.tell()
    assert len(lines) == told + 1


def test_steps_and_lines_told_by_other_threads_are_in_the_language_spoken() -> None:
    lines = list[str]()
    with speaking("id"):
        log = ProgressLog(lines.append, 60, Watch(Clock()))
    for tell in (log.tell, lambda: log.listen(a_step()), log.tell):
        thread = threading.Thread(target=tell)
        thread.start()
        thread.join()
    assert lines == [
        "0:00, sisa 1:00: mencari rencana pertama",
        "0:03, sisa 0:57: siswa 1.200, paling baik 1.260, selisih 5,0%",
    ]
