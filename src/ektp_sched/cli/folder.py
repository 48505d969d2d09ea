"""The folder for what a verb makes of a problem and a plan; the files it read stay as they are."""

from collections.abc import Sequence
from pathlib import Path

from ektp_sched.errors import Complaint, FileError
from ektp_sched.io import make_folder, require_writable


def new_files(folder: Path, names: Sequence[str], *, inputs: Sequence[Path]) -> list[Path]:
    """The files of these names in a folder, made if new, before hours of work are put in.

    Raises
    ------
    FileError
        One cannot be written, or is one of the `inputs`.
    """
    make_folder(folder)
    files = [folder / name for name in names]
    for file in files:
        require_writable(file)
        if any(file.exists() and one.exists() and file.samefile(one) for one in inputs):
            what, remedy = "this file was read and is not overwritten", "Choose another folder."
            raise FileError([Complaint("", what, remedy)], source=str(file))
    return files
