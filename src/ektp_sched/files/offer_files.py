"""Offers as a file: what was read out on the telephone is what can be accepted later."""

from pathlib import Path

from ektp_sched.desk.offer import Offers
from ektp_sched.files.file_kinds import OFFERS
from ektp_sched.files.json_files import json_of, load_value
from ektp_sched.files.outputs import write_file


def save_offers(path: str | Path, offers: Offers, *, replace: bool = False) -> Path | None:
    """Write offers, as save_problem() does."""
    return write_file(path, json_of(offers), replace=replace)


def load_offers(path: str | Path) -> Offers:
    """Read offers.

    Raises
    ------
    FileError
        The file cannot be read or is no JSON.
    RequestError
        With one complaint for each fault in it.
    """
    return load_value(Path(path), Offers, OFFERS)
