"""Text files read whole and written whole or not at all."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ektp_sched.errors import Complaint, FileError

MAX_BYTES = 200_000_000


def read_text(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    FileError
        The file is missing, unreadable, larger than MAX_BYTES or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _cannot("read", path, error) from error
    if len(data) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise _file_error(path, what, "Check that it is the file you mean.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _file_error(
            path,
            f"line {line} is not UTF-8 text",
            'Save the file again with the encoding "UTF-8".',
        ) from error


def write_text_atomically(path: str | Path, text: str) -> None:
    """Write a UTF-8 file so that, whatever happens, either the old or the whole new one is there.

    Raises
    ------
    FileError
        The file cannot be written; a former file of that name is as it was.
    """
    write_bytes_atomically(path, text.encode("utf-8"))


def write_bytes_atomically(path: str | Path, data: bytes) -> None:
    """Write a file so that, whatever happens, either the old or the whole new one is there.

    Raises
    ------
    FileError
        The file cannot be written; a former file of that name is as it was.
    """
    require_writable(path)
    try:
        _write_and_rename(Path(os.path.realpath(path)), data)
    except (OSError, ValueError) as error:
        raise _cannot("write", path, error) from error


def require_writable(path: str | Path) -> None:
    """Make sure that no folder or device stands where a file shall be written.

    Raises
    ------
    FileError
        One does.
    """
    try:
        taken = os.path.lexists(path) and Path(path).exists() and not Path(path).is_file()
    except (OSError, ValueError) as error:
        raise _cannot("write", path, error) from error
    if taken:
        what, remedy = "this is no ordinary file", "Move it away, or choose another place."
        raise _file_error(path, what, remedy)


def _write_and_rename(target: Path, data: bytes) -> None:
    # Not from tempfile: the new file shall have the usual permissions, not its owner's alone.
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:  # Ctrl-C too must leave nothing half-written behind
        with suppress(OSError):
            part.unlink()
        raise


def make_folder(path: str | Path) -> Path:
    """Make sure that a folder is there and can be written to, before hours of work are put in.

    Raises
    ------
    FileError
        It cannot be made, is no folder or cannot be written to.
    """
    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{secrets.token_hex(8)}.part"
        probe.touch(exist_ok=False)
        probe.unlink()
    except (OSError, ValueError) as error:
        raise _cannot("write", folder, error) from error
    return folder


_REMEDIES: dict[type[Exception], str] = {
    FileNotFoundError: "Check the name and the folder.",
    IsADirectoryError: "Give the name of a file inside it.",
    NotADirectoryError: "Choose a folder; a file stands in its way.",
    FileExistsError: "Choose another folder, or move the file of that name away.",
    PermissionError: "Ask for permission, or choose a place that is yours.",
    ValueError: "Correct the name.",
}
_OTHER_REMEDIES = {
    "read": "Check the disk, or copy the file elsewhere and try again.",
    "write": "Make room on the disk, or choose another place.",
}


def _cannot(verb: str, path: str | Path, error: OSError | ValueError) -> FileError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    fitting = (remedy for kind, remedy in _REMEDIES.items() if isinstance(error, kind))
    remedy = next(fitting, _OTHER_REMEDIES[verb])
    return _file_error(path, f"cannot {verb}: {reason.lower()}", remedy)


def _file_error(path: str | Path, what: str, remedy: str) -> FileError:
    return FileError([Complaint("", what, remedy)], source=str(path))
