"""Places for what a verb makes; the files that it reads stay as they are."""

from collections.abc import Sequence
from pathlib import Path

from ektp_sched.errors import Complaint, FileError
from ektp_sched.io import make_folder, require_writable
from ektp_sched.language import _


def new_files(folder: Path, names: Sequence[str], *, inputs: Sequence[Path]) -> list[Path]:
    """The files of these names in a folder, made if new, before hours of work are put in.

    Raises
    ------
    FileError
        One cannot be written, or is one of the `inputs`.
    """
    make_folder(folder)
    return [new_file(folder / name, inputs=inputs) for name in names]


def new_file(file: Path, *, inputs: Sequence[Path | None]) -> Path:
    """A file that may be written; of the inputs, None are those that were not given.

    Raises
    ------
    FileError
        It cannot be written, or is one of the `inputs`.
    """
    require_writable(file)
    given = [one for one in inputs if one is not None]
    if any(file.exists() and one.exists() and file.samefile(one) for one in given):
        what = _("this file was read and is not overwritten")
        raise FileError(
            [Complaint("", what, _("Choose another name or folder."))], source=str(file)
        )
    return file
