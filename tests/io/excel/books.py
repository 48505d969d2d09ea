"""A workbook that is right, and ways to change one cell of it or to write it otherwise."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl import Workbook

from ektp_sched.io import save_problem_xlsx
from ektp_sched.io.excel.sheets import SHEETS
from ektp_sched.language import Language
from tests.io.base import full_problem

Change = Callable[[Workbook], object]


def a_book(path: Path, language: Language = "en") -> Path:
    """The small problem that uses every part of the format, as a workbook."""
    save_problem_xlsx(full_problem(), path, language)
    return path


def changed(path: Path, change: Change) -> Path:
    """The same workbook after a change."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def setting(place: str, value: Any) -> Change:
    """A change that puts a value into a cell, named as in ``Schools!B2``; None empties it."""
    title, cell = place.split("!")

    def put(book: Workbook) -> None:
        book[title][cell].value = value
        if isinstance(value, str):
            book[title][cell].data_type = "f" if value.startswith("=") else "s"

    return put


def place_of(book: Workbook, sheet: str, heading: str, row: int) -> str:
    """The cell below an English heading."""
    headings = {str(cell.value).rstrip("*"): cell.column_letter for cell in book[sheet][1]}
    return f"{headings[heading]}{row}"


def rezipped(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same package with some parts exchanged, added, or left out (None)."""
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (kept | dict(parts)).items():
            if data is not None:
                archive.writestr(name, data)
    return path


def part_of(path: Path, title: str) -> str:
    """The part of the package that holds a sheet written by openpyxl."""
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(title) + 1}.xml"


TITLES = {sheet.key: sheet.name.en for sheet in SHEETS}
