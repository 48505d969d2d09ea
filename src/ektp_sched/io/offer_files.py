"""Offers as a file: what was read out on the telephone is what can be accepted later."""

from pathlib import Path

from ektp_sched.desk.offers import Offers
from ektp_sched.io.file_kinds import OFFERS
from ektp_sched.io.json_files import load_value
from ektp_sched.io.text_files import write_text_atomically


def save_offers(path: str | Path, offers: Offers) -> None:
    """Write offers whole or not at all; raises FileError."""
    write_text_atomically(path, offers.model_dump_json(indent=2) + "\n")


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
