"""Which instances a folder of data holds, and what the literature reached in them.

In FOLDER/mctopmtw and FOLDER/toptw each: `best_known.csv` with the columns instance, tours and
reference (MC-TOP-MTW: also file and proved_upper), and the files themselves in `instances`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.published import mctopmtw, toptw
from benchmarks.published.instance import Instance

FAMILIES = ("mctopmtw", "toptw")
SECONDS = {"mctopmtw": 30.0, "toptw": 60.0}

Source = Literal["published", "proved upper bound"]


class DataError(ValueError):
    """A folder lacks files of the suite."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An instance with a number of tours.

    `target` is what a plan is compared with: the published value, or the proved upper bound where
    that is lower, so that the value cannot be reached in the file as it is.
    """

    name: str
    family: str
    file: Path
    tours: int
    target: int
    target_is: Source

    def read(self) -> Instance:
        """The instance in the file.

        Raises
        ------
        InstanceError
            The file does not follow its format.
        """
        text = self.file.read_text(encoding="utf-8")
        return mctopmtw.parse(text) if self.family == "mctopmtw" else toptw.parse(text, self.tours)

    @property
    def labels(self) -> tuple[str, ...]:
        """Names that stand for this case and others: its family and its file."""
        return self.family, self.file.name, self.file.stem


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
        raise DataError(f"{len(missing)} listed files are missing, the first is {missing[0]}")
    return listed


def _family(folder: Path) -> Iterator[Listed]:
    best_known = folder / "best_known.csv"
    if not best_known.is_file():
        raise DataError(f"there is no {best_known}")
    with best_known.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                yield _listed(folder, row)
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(f"{best_known}: {row} cannot be read ({error!r})") from None


def _listed(folder: Path, row: dict[str, str]) -> Listed:
    reference, upper = int(row["reference"]), row.get("proved_upper") or row["reference"]
    file = row.get("file") or f"{row['instance']}.txt"
    stem = Path(file).stem
    return Listed(
        name=stem if "file" in row else f"{stem}x{int(row['tours'])}",
        family=folder.name,
        file=folder / "instances" / file,
        tours=int(row["tours"]),
        target=min(reference, int(upper)),
        target_is="published" if reference <= int(upper) else "proved upper bound",
    )
