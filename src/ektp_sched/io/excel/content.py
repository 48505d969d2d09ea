"""What the rows of each sheet hold for a problem: the way back from reading."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ektp_sched.domain import MatrixTravel, Problem
from ektp_sched.io.excel import sheets
from ektp_sched.io.excel.office import OFFICE
from ektp_sched.io.excel.table import Column, Sheet

Rows = list[dict[str, Any]]
_FIELDS = {"from": "from_place", "to": "to_place"}  # the keys are aliases


def content_of(problem: Problem) -> dict[str, Rows]:
    """The rows of every sheet but the travel table, by sheet and column key."""
    special: dict[str, Rows] = {
        sheets.HOLIDAYS.key: [{"date": day} for day in problem.holidays],
        sheets.WALK_INS.key: [
            {"date": day, "cards": cards} for day, cards in problem.stock.walk_in_overrides.items()
        ],
        sheets.TIERS.key: [
            {"tier": number, "term": item.term, "weight": item.weight}
            for number, tier in enumerate(problem.policy.tiers, start=1)
            for item in tier
        ],
        sheets.COMMITMENTS.key: list(_commitments(problem)),
    }
    found = {OFFICE.key: [_values(OFFICE.columns, problem)], **special}
    for sheet in sheets.SHEETS:
        if sheet.key not in found and sheet is not sheets.MATRIX:
            found[sheet.key] = [_values(sheet.columns, *item) for item in _items(sheet, problem)]
    return found


def matrix_of(problem: Problem) -> list[list[Any]]:
    """The rows of the travel table; none where travel times are estimated."""
    travel = problem.travel
    if not isinstance(travel, MatrixTravel):
        return []
    rows = zip(travel.places, travel.minutes, strict=True)
    return [["↓ → ", *travel.places], *([place, *minutes] for place, minutes in rows)]


def _items(sheet: Sheet, problem: Problem) -> Iterator[tuple[BaseModel, dict[str, str]]]:
    """Each value of a sheet's model, with the id that its owner column names."""
    if not sheet.owner:
        for item in _at(problem, sheet.key):
            yield item, {}
        return
    owners, part = sheet.key.split(".")
    for owner in _at(problem, owners):
        for item in getattr(owner, part):
            yield item, {sheet.owner: owner.id}


def _values(
    columns: Iterable[Column], item: BaseModel, named: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The value of each column, blank ones left out."""
    given = named or {}
    values = {c.key: given[c.key] if c.key in given else _at(item, c.key) for c in columns}
    return {key: value for key, value in values.items() if value not in (None, "", frozenset())}


def _at(item: Any, key: str) -> Any:
    """What a way such as "location.lat" leads to; None where there is no such thing."""
    for step in key.split("."):
        item = getattr(item, _FIELDS.get(step, step), None)
    return item


def _commitments(problem: Problem) -> Iterator[dict[str, Any]]:
    for visit in problem.commitments:
        common = {
            k: getattr(visit, k) for k in ("school", "team", "date", "start", "end", "status")
        }
        if not visit.students:
            yield common
        for name, count in visit.students.items():
            yield {**common, "cohort": name, "students": count}
