"""The command line run inside the test, as a user would see it."""

from dataclasses import dataclass

import pytest

from ektp_sched.cli import main


@dataclass(frozen=True)
class Ran:
    """Exit code and output of one command."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


class Terminal:
    """Runs commands and catches what they print."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def run(self, *arguments: object) -> Ran:
        self._capture.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        return Ran(code, out, err)


def is_clear(ran: Ran, source: object, *parts: str) -> bool:
    """Whether bad input was refused without noise and some line holds all the parts, in order."""
    assert ran.code == 2
    assert ran.out == ""
    assert all(line.startswith(f"error: {source}: ") for line in ran.complaints), ran.err
    return any(_in_order(line, parts) for line in ran.complaints)


def _in_order(line: str, parts: tuple[str, ...]) -> bool:
    place = 0
    for part in parts:
        place = line.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True
