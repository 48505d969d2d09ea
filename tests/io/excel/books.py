"""A small workbook that is right, as plain cells, and ways to change it."""

import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ektp_sched.files import save_problem_xlsx
from tests.io.base import full_problem

Change = Callable[[Workbook], object]
Cells = dict[str, list[tuple[Any, ...]]]


@cache
def _cells() -> Cells:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "full.xlsx"
        save_problem_xlsx(full_problem(), path, "en")
        book = openpyxl.load_workbook(path)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def a_book(path: Path, *changes: Change) -> Path:
    """The problem that uses every part of the format, in English headings, after some changes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in _cells().items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    for change in changes:
        change(book)
    book.save(path)
    return path


def page_of(book: Workbook, title: str) -> Worksheet:
    """A sheet by its title."""
    page = book[title]
    assert isinstance(page, Worksheet)
    return page


def put(place: str, value: Any, number_format: str = "") -> Change:
    """A change that puts a value into a cell, named as in ``Schools!B2``; None empties it."""
    title, name = place.split("!")

    def change(book: Workbook) -> None:
        cell = page_of(book, title)[name]
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def fill(title: str, *rows: tuple[Any, ...]) -> Change:
    """A change that adds rows below those of a sheet."""

    def change(book: Workbook) -> None:
        for row in rows:
            page_of(book, title).append(row)

    return change


def without(title: str) -> Change:
    """A change that deletes a sheet."""
    return lambda book: book.remove(book[title])


def called(title: str, name: str) -> Change:
    """A change that gives a sheet another title."""
    return lambda book: setattr(book[title], "title", name)


def rezipped(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same package with some parts exchanged, added, or left out (None)."""
    with zipfile.ZipFile(path) as archive:
        kept: dict[str, bytes | None] = {n: archive.read(n) for n in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (kept | dict(parts)).items():
            if data is not None:
                archive.writestr(name, data)
    return path
