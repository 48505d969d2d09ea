"""Files read whole, and whether a place can be written to; io.outputs writes."""

import errno
import os
import secrets
from pathlib import Path

from ektp_sched.errors import Complaint, FileError
from ektp_sched.texts.language import N_, _

MAX_BYTES = 200_000_000


def read_text(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    FileError
        The file is missing, unreadable, larger than MAX_BYTES or not UTF-8.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _file_error(
            path,
            _("line {line:d} is not UTF-8 text", line=line),
            _('Save the file again with the encoding "UTF-8".'),
        ) from error


def read_bytes(path: Path) -> bytes:
    """Read a file of any kind.

    Raises
    ------
    FileError
        The file is missing, unreadable or larger than MAX_BYTES.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise cannot("read", path, error) from error
    if len(data) > MAX_BYTES:
        what = _("the file is larger than {most} MB", most=MAX_BYTES // 1_000_000)
        raise _file_error(path, what, _("Check that it is the file you mean."))
    return data


def require_ordinary(path: str | Path) -> None:
    """Make sure that no folder, device or file that is locked stands where a file shall be written.

    Raises
    ------
    FileError
        One does.
    """
    try:
        taken = os.path.lexists(path) and Path(path).exists() and not Path(path).is_file()
        if not taken and Path(path).exists():
            # One that is read-only, or open in a program that lets no other write.
            with Path(path).open("rb+"):
                pass
    except (OSError, ValueError) as error:
        raise cannot("write", path, error) from error
    if taken:
        what, remedy = _("this is no ordinary file"), _("Move it away, or choose another place.")
        raise _file_error(path, what, remedy)


def require_folder(folder: Path, *, shown: str | Path, make: bool = False) -> None:
    """Make sure that a folder is there and can be written to, before hours of work are put in.

    Parameters
    ----------
    shown
        What a complaint calls it.
    make
        Make it, with all above it, where it is not there.

    Raises
    ------
    FileError
        It is not there and cannot be made, is no folder or cannot be written to.
    """
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{secrets.token_hex(8)}.part"
        probe.touch(exist_ok=False)
        probe.unlink()
    except (OSError, ValueError) as error:
        raise cannot("write", shown, error) from error


def make_folder(path: str | Path) -> Path:
    """Make sure that a folder is there, made if new, and can be written to; raises FileError."""
    require_folder(Path(path), shown=path, make=True)
    return Path(path)


_REMEDIES: dict[type[Exception], str] = {
    FileNotFoundError: N_("Check the name and the folder."),
    IsADirectoryError: N_("Give the name of a file inside it."),
    NotADirectoryError: N_("Choose a folder; a file stands in its way."),
    FileExistsError: N_("Choose another folder, or move the file of that name away."),
    PermissionError: N_("Ask for permission, or choose a place that is yours."),
    ValueError: N_("Correct the name."),
}
# What systems say, in words that are in the catalogue; whatever else they say stays as it is.
_REASONS = (
    N_("no such file or directory"),
    N_("is a directory"),
    N_("not a directory"),
    N_("file exists"),
    N_("permission denied"),
    N_("no space left on device"),
    N_("read-only file system"),
)
_OTHER_REMEDIES = {
    "read": N_("Check the disk, or copy the file elsewhere and try again."),
    "write": N_("Make room on the disk, or choose another place."),
}
_FAILURES = {"read": N_("cannot read: {reason}"), "write": N_("cannot write: {reason}")}


def reason_of(error: OSError | ValueError) -> str:
    """Why a file cannot be used, as the system says it."""
    said = (error.strerror if isinstance(error, OSError) else None) or str(error)
    reason = said.lower()
    return _(reason) if reason in _REASONS else reason


def cannot(verb: str, path: str | Path, error: OSError | ValueError) -> FileError:
    """The error that says why a file cannot be used; `verb` is "read" or "write"."""
    fitting = (remedy for kind, remedy in _REMEDIES.items() if isinstance(error, kind))
    remedy = next(fitting, _OTHER_REMEDIES[verb])
    if isinstance(error, OSError) and error.errno == errno.EROFS:
        remedy = _REMEDIES[PermissionError]
    return _file_error(path, _(_FAILURES[verb], reason=reason_of(error)), _(remedy))


def _file_error(path: str | Path, what: str, remedy: str) -> FileError:
    return FileError([Complaint("", what, remedy)], source=str(path))
