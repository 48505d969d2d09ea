"""Which instances a folder of data holds, and what the literature reached in them.

In FOLDER/mctopmtw and FOLDER/toptw each: `best_known.csv` with the columns instance, tours and
reference (MC-TOP-MTW: also file and proved_upper), and the files themselves in `instances`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.published import mctopmtw, toptw
from benchmarks.published.instance import Instance
from benchmarks.record import Target

FAMILIES = {"mctopmtw": 30.0, "toptw": 60.0}  # seconds for a case


class DataError(ValueError):
    """A folder lacks files of the suite."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An instance with a number of tours.

    The value of `target` is the published one, or the proved upper bound where that is lower, so
    that the published value cannot be reached in the file as it is.
    """

    name: str
    file: Path
    target: Target

    def read(self) -> Instance:
        """The instance in the file.

        Raises
        ------
        InstanceError
            The file does not follow its format.
        """
        text = self.file.read_text(encoding="utf-8")
        if self.target.family == "mctopmtw":
            return mctopmtw.parse(text)
        return toptw.parse(text, self.target.tours)

    @property
    def seconds(self) -> float:
        """The usual time limit."""
        return FAMILIES[self.target.family]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names that stand for this case and others: its family and its file."""
        return self.target.family, self.file.name, self.file.stem


def catalogue(folder: Path) -> dict[str, Listed]:
    """Every case of a folder by name: the file's, and x2 for two tours if it does not say.

    Raises
    ------
    DataError
        A file is missing or a list of best known values is not of the form above.
    """
    listed = {one.name: one for family in FAMILIES for one in _family(folder / family)}
    missing = sorted({one.file for one in listed.values() if not one.file.is_file()})
    if missing:
        raise DataError(f"{len(missing)} listed files are missing, the first is {missing[0]}.")
    return listed


def _family(folder: Path) -> Iterator[Listed]:
    best_known = folder / "best_known.csv"
    if not best_known.is_file():
        raise DataError(f"There is no {best_known}: give the folder of {' and '.join(FAMILIES)}.")
    with best_known.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                yield _listed(folder, row)
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(f"{best_known}: {row} cannot be read ({error!r}).") from None


def _listed(folder: Path, row: dict[str, str]) -> Listed:
    tours, reference = int(row["tours"]), int(row["reference"])
    upper = int(row.get("proved_upper") or reference)
    file = row.get("file") or f"{row['instance']}.txt"
    stem = Path(file).stem
    return Listed(
        name=stem if "file" in row else f"{stem}x{tours}",
        file=folder / "instances" / file,
        target=Target(
            family=folder.name,
            tours=tours,
            value=min(reference, upper),
            source="published" if reference <= upper else "proved upper bound",
        ),
    )
